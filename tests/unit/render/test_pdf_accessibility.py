"""PDF that keep PDF/UA-1 and, as archives, PDF/A-3a, by an independent checker and by their structure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import page as validator
import pytest
from pypdf import PdfReader

from kapm_site.render.pdf import Attached, Job, Pdf

pytestmark = pytest.mark.pdf

Wrap = Callable[[str], Job]
Make = Callable[[Job], Pdf]
CREATED = datetime(2026, 11, 20, tzinfo=UTC)


def failures(content: bytes, profile: str) -> list[str]:
    """Name the rules of a standard that a PDF breaks."""
    report = validator.validate_pdf_bytes(content, profile=profile)
    assert report.rules.total > 50
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def structure(content: bytes) -> Iterator[tuple[str, Any]]:
    """Yield the elements of the structure tree, in reading order."""
    root = PdfReader(BytesIO(content)).root_object["/StructTreeRoot"]
    waiting = [root["/K"][0].get_object()]
    while waiting:
        element = waiting.pop()
        yield element["/S"][1:], element
        kids = [kid.get_object() for kid in element.get("/K", [])]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, dict) and "/S" in kid]


def test_report_is_accessible(pdf: Pdf) -> None:
    """A report with all that reports hold breaks no rule of PDF/UA-1."""
    assert failures(pdf.content, "ua1") == []


def test_archive_is_accessible_too(report: Job, make: Make) -> None:
    """The archive variant keeps PDF/A-3a and PDF/UA-1 at once, with a file inside."""
    data = Attached("status.json", b'{"schema": 1}', CREATED, "The figures", "Data")
    archive = make(replace(report, variant="pdf/a-3a", attachments=(data,)))
    assert failures(archive.content, "3a") == []
    assert failures(archive.content, "ua1") == []
    assert PdfReader(BytesIO(archive.content)).attachments == {"status.json": [data.content]}


LINK = '<a href="https://acme.example">{}</a>'
SVG = '<svg viewBox="0 0 9 9" width="9" height="9">{}<rect width="9" height="9"/></svg>'
PIECES = {
    "link with emphasis": f"<p>{LINK.format('x <b>y <i>z</i></b>')}</p>",
    "link around an image": f"<p>{LINK.format('<img src=assets/logo.png alt=x>')}</p>",
    "link around decoration": "<p>" + LINK.format("<img src=assets/logo.png alt=''>") + "</p>",
    "link around a chart": f"<p>{LINK.format(SVG.format('<title>T</title>'))} {LINK.format(SVG.format(''))}</p>",
    "link around blocks": LINK.format("<div><p>x</p><p>y</p></div>"),
    "link over lines": f"<p>{LINK.format('word ' * 90 + '<b>' + 'word ' * 90 + '</b>')}</p>",
    "link without target": "<p><a>x</a> <a href='rel/x'>y</a></p>",
    "lists in lists": "<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>",
    "loose list": "<ul><li><p>a</p><p>b</p></li><li>c<p>d</p></li></ul>",
    "list in a line": "<ul style='list-style:none'><li style='display:inline-block'>a</li> <li>b</li></ul>",
    "empty list": "<ul></ul><ul><li></li></ul>",
    "definitions": "<dl><dt>a<dd>b<dt>c<dd><p>d</p></dl>",
    "spans": "<table><thead><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tbody><tr><td>1<td>2<td>3</table>",
    "irregular table": "<table><tr><td>1<td>2<tr><td>1</table><table><tr><td colspan=2>1<tr><td>2</table>",
    "table without head": "<table><tr><th>a<th>b<tr><td>1<td>2</table>",
    "empty cells": "<table><thead><tr><th><th>b<tbody><tr><td><td></table>",
    "table in a table": "<table><tr><td><table><tr><td>1</table></table>",
    "figure": "<figure><img src=assets/logo.png alt=x><figcaption>c</figcaption></figure>",
    "floats and columns": "<div style='float:left'>a</div><div style='columns:2'><p>b</p><p>c</p></div>",
    "flex and grid": "<div style='display:flex'><p>a</p></div><div style='display:grid'><p>b</p></div>",
    "footnote": f"<p>x<span style='float:footnote'>note {LINK.format('l')}</span></p>",
    "opacity": "<div style='opacity:.5;transform:rotate(3deg)'><p>x</p></div>",
    "pre, quote, rule": "<pre><code>a\n b</code></pre><blockquote><p>q</p></blockquote><hr>",
    "background": "<div style='background:url(assets/logo.png);height:20px'>x</div>",
    "nothing": "",
}


@pytest.mark.parametrize("piece", PIECES)
def test_pieces_are_accessible(piece: str, wrap: Wrap, make: Make) -> None:
    """Whatever a template or a Markdown field may hold keeps both standards; the archive is the stricter variant."""
    archive = make(replace(wrap(PIECES[piece]), variant="pdf/a-3a")).content
    assert failures(archive, "ua1") + failures(archive, "3a") == []


def test_headers_know_what_they_head(pdf: Pdf) -> None:
    """A screen reader can say the column and the row of each cell."""
    headers = [element for name, element in structure(pdf.content) if name == "TH"]
    scopes = [element["/A"]["/Scope"] for element in headers]
    assert scopes.count("/Row") == 70
    assert scopes.count("/Column") > 5
    assert len(scopes) == scopes.count("/Row") + scopes.count("/Column")


def test_figures_have_a_description_and_a_place(pdf: Pdf) -> None:
    """Pictures that say something are in the tree, on the page and up from its foot; decoration is not."""
    figures = [element for name, element in structure(pdf.content) if name == "Figure"]
    assert sorted(figure["/Alt"] for figure in figures) == ["Acme logo", "Go-live moves to 26 January", "Plan"]
    for figure in figures:
        left, bottom, right, top = map(float, figure["/A"]["/BBox"])
        assert 0 < left < right < 596
        assert 450 < bottom < top < 842


def test_running_headers_are_not_read_aloud(wrap: Wrap, make: Make) -> None:
    """What repeats on each page is marked as an artifact and hangs on no element."""
    [page] = PdfReader(BytesIO(make(wrap("<p>x</p>")).content)).pages
    assert page.get_contents().get_data().count(b"/Pagination") == 2


def test_links_print(pdf: Pdf) -> None:
    """Every link bears the flag that PDF/A asks of annotations."""
    pages = PdfReader(BytesIO(pdf.content)).pages
    flags = [annotation.get_object()["/F"] for page in pages for annotation in page.get("/Annots", [])]
    assert set(flags) == {4}
    assert len(flags) > 70


def test_lists_are_lists(wrap: Wrap, make: Make) -> None:
    """Each item has at most a label and one body, also where the author left blank lines."""
    content = make(wrap(PIECES["loose list"])).content
    items = [element for name, element in structure(content) if name == "LI"]
    assert [[kid.get_object()["/S"] for kid in item["/K"]] for item in items] == [["/Lbl", "/LBody"]] * 2
