"""The PDF engine on real documents: what it tells, and that it gives the same bytes everywhere."""

import gc
import hashlib
import logging
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from kapm_site.problem import Mark, Problem
from kapm_site.render.folders import fonts_folder
from kapm_site.render.fonts import missing_characters
from kapm_site.render.pdf import Heading, Job, Pdf, render_job, render_pdf, render_pdfs

pytestmark = pytest.mark.pdf

Wrap = Callable[[str], Job]
Make = Callable[[Job], Pdf]


def test_text_can_be_extracted(pdf: Pdf) -> None:
    """Search and copy find the words in both scripts."""
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    for words in ("ERP rollout", "Schedule performance index", "Risk number 69", "里程碑", "喆堃", "Page 2 of"):
        assert words in text


def test_result_tells_pages_and_outline(pdf: Pdf) -> None:
    """The caller learns how many pages there are and where the headings stand."""
    assert pdf.pages == len(PdfReader(BytesIO(pdf.content)).pages) > 2
    [top] = pdf.outline
    assert (top.title, top.page) == ("ERP rollout", 1)
    assert [heading.title for heading in top.children] == ["Plan", "Done", "Risks", "里程碑"]
    assert top.children[2] == Heading("Risks", 2)


def test_metadata(pdf: Pdf) -> None:
    """Title, author, language and date come from the document, and nothing from the clock."""
    reader = PdfReader(BytesIO(pdf.content))
    assert reader.metadata is not None
    assert reader.metadata.title == "ERP rollout, report 12"
    assert reader.metadata.author == "Northwind Delivery"
    assert reader.metadata.creation_date_raw == "D:20261120"
    assert reader.root_object["/Lang"] == "en"
    assert b"pdfuaid:part" in pdf.content
    undated, _ = render_pdf("<html lang=en><title>T</title><p>x", "", {})
    assert undated is not None
    assert "/CreationDate" not in (PdfReader(BytesIO(undated.content)).metadata or {})


def test_only_the_bundled_fonts_are_used(wrap: Wrap, make: Make) -> None:
    """A PDF looks the same on every machine, whatever fonts it has and whatever the style sheet asks for."""
    job = wrap("<p style='font-family:DejaVu Sans,serif'>x ● <b>里程碑</b></p>")
    reader = PdfReader(BytesIO(make(job).content))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    assert {font.get_object()["/BaseFont"].split("+")[1][:9] for font in fonts} == {"Kapm-Sans"}
    assert "FONTCONFIG_FILE" not in os.environ


def test_the_same_bytes_everywhere(report: Job, pdf: Pdf, tmp_path: Path, make: Make) -> None:
    """Hash seed, time zone, locale, folder, home and a cold start change no byte; nor does what came before."""
    expected = hashlib.sha256(pdf.content).hexdigest()
    program = (
        "import sys, pickle, hashlib; from kapm_site.render.pdf import render_job\n"
        "print(hashlib.sha256(render_job(pickle.load(sys.stdin.buffer))[0].content).hexdigest())"
    )
    root = str(Path(__file__).parents[3])
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LANG": "C", "HOME": str(tmp_path)},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    ]
    for number, setting in enumerate(settings):
        folder = tmp_path / str(number)
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=pickle.dumps(report),
            env={**setting, "PYTHONPATH": root, "TMPDIR": str(folder)},
            cwd=folder,
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().strip() == expected
        assert done.stderr == b""
        assert list(folder.iterdir()) == [], "the copies of the fonts are gone"
    assert hashlib.sha256(make(report).content).hexdigest() == expected


def test_missing_glyphs_are_problems(wrap: Wrap) -> None:
    """Each character in no font is told once, the same ones that the coverage of the fonts foretells."""
    text = "ok 里程碑 喆 ◌◌ 한 א 骉 → ✓ \u200d\ufe0f"
    _, problems = render_job(wrap(f"<p>{text}</p><p><b>{text}</b></p>"))
    assert {problem.code for problem in problems} == {"missing-glyph"}
    assert {problem.message.split("'")[1] for problem in problems} == missing_characters(text) == set("◌한א骉")
    assert len(problems) == 4


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<html lang=en><title>T</title><img src=assets/logo.png>", "no required alt description"),
        ("<html><title>T</title><p>x", '"lang"'),
        ("<html lang=en><title>T</title><a href='#nowhere'>x</a>", "#nowhere"),
    ],
)
def test_what_a_template_forgot_is_a_problem(html: str, says: str, report: Job) -> None:
    """A missing description, language or target of a link is told."""
    made, [problem] = render_job(replace(report, html=html))
    assert made is not None
    assert problem.code == "pdf-warning"
    assert says in problem.message


def test_unknown_css_is_in_the_log(report: Job) -> None:
    """What the engine does not understand of a style sheet is for its author, not for the user."""
    made, problems = render_job(replace(report, css="p{colour:red}"))
    assert problems == []
    assert made is not None
    assert "colour:red" in made.log[0]


def test_a_document_too_deep_is_a_problem(wrap: Wrap) -> None:
    """A document that the engine cannot lay out costs itself alone."""
    made, [problem] = render_job(wrap("<div>" * 1500 + "x"))
    assert made is None
    assert problem.code == "pdf-failed"
    assert "RecursionError" in problem.message
    assert gc.isenabled()
    assert len(logging.getLogger("weasyprint").handlers) == 1


def fonts_of(content: bytes) -> set[str]:
    """Name the font families of a first page."""
    fonts = PdfReader(BytesIO(content)).pages[0]["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].split("+")[1].split("-")[0] for font in fonts}


def test_fonts_of_a_workspace(report: Job, pdf: Pdf, make: Make) -> None:
    """A workspace's print style sheet may bring a font, which no other document of the process sees."""
    font = (fonts_folder() / "KapmSans-Bold.ttf").read_bytes()
    borrowed = report.css.replace('"Kapm Sans",', '"House",')
    css = '@font-face{font-family:"House";src:url(assets/house.ttf)}' + borrowed
    made = make(replace(report, css=css, assets={**report.assets, "assets/house.ttf": font}))
    assert "House" in fonts_of(made.content)
    assert "House" not in fonts_of(make(replace(report, css=borrowed)).content)
    assert make(report).content == pdf.content


def test_documents_are_forgotten(report: Job, make: Make) -> None:
    """Memory does not grow with the number of documents."""
    from weasyprint.formatting_structure.boxes import Box

    gc.disable()
    try:
        make(report)
        assert not [one for one in gc.get_objects() if isinstance(one, Box)]
    finally:
        gc.enable()


class _Deadly(dict[str, bytes]):
    """Files that end the process which unpacks them."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_many_processes_give_the_same_in_order(wrap: Wrap) -> None:
    """Several processes change neither bytes nor order, and one that dies costs its own document alone."""
    jobs = [wrap(f"<p>report {number}</p>") for number in range(6)]
    expected = [result for job in jobs for result in [render_job(job)]]
    assert list(render_pdfs(iter(jobs), processes=2)) == expected
    jobs[1] = replace(jobs[1], assets=_Deadly(), mark=Mark("projects/acme/erp"))
    results = list(render_pdfs(jobs, processes=2))
    assert [result for number, result in enumerate(results) if number != 1] == expected[:1] + expected[2:]
    made, [problem] = results[1]
    assert made is None
    assert (problem.code, problem.mark.path) == ("pdf-failed", "projects/acme/erp")


def test_processes_leave_nothing_behind(wrap: Wrap, tmp_path: Path) -> None:
    """The copies of fonts that each process makes are gone when the last document is."""
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, pickle\nfrom kapm_site.render.pdf import render_pdfs\n"
        "if __name__ == '__main__':\n"
        "    jobs = [pickle.load(sys.stdin.buffer)] * 5\n"
        "    print([len(problems) for _, problems in render_pdfs(jobs, processes=2)])\n"
    )
    job = pickle.dumps(wrap("<p>x</p>"))
    # A short path: the socket of a fork server has room for about a hundred characters.
    with tempfile.TemporaryDirectory() as folder:
        env = {"TMPDIR": folder, "PYTHONPATH": str(Path(__file__).parents[3])}
        done = subprocess.run([sys.executable, str(program)], input=job, env=env, capture_output=True, check=True)
        assert (done.stdout, done.stderr) == (b"[0, 0, 0, 0, 0]\n", b"")
        assert list(Path(folder).iterdir()) == []


def test_a_document_without_end_is_a_problem(wrap: Wrap) -> None:
    """Time is up for one document; the next is made."""
    long = wrap("<table>" + "<tr><td>x</td></tr>" * 20_000 + "</table>")
    (made, [problem]), (other, _) = render_pdfs([replace(long, mark=Mark("projects/acme/erp")), wrap("<p>x</p>")], 1, 1)
    assert made is None
    assert str(problem) == (
        "projects/acme/erp:1:1: error: no PDF was made: it takes more than 1 seconds of processor time [pdf-failed]"
    )
    assert other is not None


def test_problems_are_plain() -> None:
    """Results cross processes."""
    result = (Pdf(b"x", 1), [Problem(Mark("a"), "pdf-failed", "x")])
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own bytes


LIKE_XML = [
    pytest.param(
        '<p lang="de">Ä&nbsp;&amp; b<br>c</p><table><tr><th scope="row">x</th></tr></table>', id="void elements"
    ),
    pytest.param(
        '<svg viewBox="0 0 2 2" width="9" height="9"><title>T</title><path d="M0 0L2 2"/></svg>', id="drawing"
    ),
    pytest.param("<p>one<p>two", id="no XML"),
    pytest.param("<pre>\n  kept</pre>", id="blanks count"),
]


@pytest.mark.parametrize("body", LIKE_XML)
def test_what_is_parsed_as_xml_looks_as_if_parsed_as_html(wrap: Callable[[str], Job], body: str) -> None:
    """The short way comes to the same text, drawing and links; what is no XML goes the long way."""
    job = wrap(body)
    short, _ = render_job(job)
    long, _ = render_job(replace(job, html=job.html.replace("<main>", "<main><pre hidden></pre>")))
    assert short is not None
    assert long is not None
    assert pages_of(short) == pages_of(long)


def pages_of(pdf: Pdf) -> list[bytes]:
    """Draw the pages of a PDF."""
    return [bytes(page.render(scale=0.5).to_numpy().tobytes()) for page in PdfDocument(pdf.content)]


def test_a_document_is_set_closer_to_save_a_last_page_of_few_lines() -> None:
    """Its style sheet says how; what has nothing to save, or much on its last page, stays as it is."""
    css = "@page{size:A5;margin:20mm}p{margin:0 0 5mm;font:10pt/5mm 'Kapm Sans'}.tight p{margin-bottom:3mm}"

    def pages(lines: int, style: str = css) -> int:
        body = "".join(f"<p>Line {n}</p>" for n in range(lines))
        made, problems = render_pdf(f"<html lang=en><title>T</title><body class=own>{body}", style, {})
        assert problems == []
        assert made is not None
        return made.pages

    assert [pages(lines, css.replace(".tight p{margin-bottom:3mm}", "")) for lines in (17, 20, 30)] == [1, 2, 2]
    assert [pages(lines) for lines in (17, 20, 30)] == [1, 1, 2]
    assert pages(20, css.replace(".tight", ".own.tight")) == 1
    # Twenty lines of an opening, and a section that begins a page: it is the second, not the third.
    opening = f"{css}p:nth-of-type(21){{break-before:page}}"
    assert pages(24, opening.replace(".tight p{margin-bottom:3mm}", "")) == 3
    assert pages(24, opening) == 2
