"""PDFs are made by the real renderer, then given what a leak could ride on."""

import io
import json
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, OutlineItem, String
from PIL import Image

from kapm_site.problem import Problem
from kapm_site.publish import Secrets
from kapm_site.publish.audit.decode import Text, UnreadableError, decode

pytestmark = [pytest.mark.pdf, pytest.mark.promise("A1")]

HIDDEN = "Müller & Söhne wants out"
BODY = """<html lang="en"><head><title>Report</title><style>
@page {{ size: A5 }} p {{ width: 6em; hyphens: auto }} .u {{ text-transform: uppercase }}
</style></head><body><h1>ERP</h1><p>A fine week.</p>{}</body></html>"""


def _render(body: str) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=BODY.format(body), base_url="kapm:/").write_pdf(pdf_variant="pdf/ua-1"))


@pytest.fixture(scope="module")
def plain() -> bytes:
    """A report that holds nothing internal."""
    return _render("")


def _changed(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        change(document)
        document.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def _outline(document: pikepdf.Pdf) -> None:
    with document.open_outline() as items:
        items.root.append(OutlineItem(HIDDEN, 0))


def _information(document: pikepdf.Pdf) -> None:
    document.docinfo["/Keywords"] = String(HIDDEN)


def _custom_information(document: pikepdf.Pdf) -> None:
    document.docinfo[f"/{HIDDEN}"] = String("x")


def _xmp(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        metadata["dc:description"] = HIDDEN


def _attachment(document: pikepdf.Pdf) -> None:
    document.attachments["data.json"] = AttachedFileSpec(document, json.dumps([HIDDEN]).encode(), filename="data.json")


def _attachment_of_unknown_type(document: pikepdf.Pdf) -> None:
    document.attachments["data.bin"] = AttachedFileSpec(document, HIDDEN.encode(), filename="data.bin")


def _attachment_name(document: pikepdf.Pdf) -> None:
    document.attachments["x"] = AttachedFileSpec(document, b"", filename=HIDDEN)


def _attachment_description(document: pikepdf.Pdf) -> None:
    document.attachments["x"] = AttachedFileSpec(document, b"", filename="x", description=HIDDEN)


def _link(document: pikepdf.Pdf) -> None:
    action = Dictionary(
        S=Name.URI, URI=String("mailto:a@acme.example?subject=M%C3%BCller%20%26%20S%C3%B6hne%20wants%20out")
    )
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = document.make_indirect(Array([note]))


def _comment(document: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(HIDDEN))
    document.pages[0].Annots = document.make_indirect(Array([note]))


def _form_field(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=[Dictionary(T=String("f"), V=String(HIDDEN))])


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{HIDDEN}')"))


def _photo(document: pikepdf.Pdf) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", comment=HIDDEN.encode())
    image = document.make_stream(stream.getvalue())
    image.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, BitsPerComponent=8, ColorSpace=Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )  # fmt: skip
    document.pages[0].Resources = Dictionary(XObject=Dictionary(I=image))


CHANGES = [
    _outline, _information, _custom_information, _xmp, _attachment, _attachment_name, _attachment_description, _link,
    _comment, _form_field, _script, _photo,
]  # fmt: skip


def _leaks(audit: Callable[..., list[Problem]], content: bytes, secrets: Secrets) -> list[Problem]:
    problems = audit({"clients/acme/erp/report-001-full.pdf": content}, secrets)
    assert {problem.code for problem in problems} <= {"leak"}
    return problems


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_leak_is_found_in_every_part_of_a_document(
    plain: bytes,
    change: Callable[[pikepdf.Pdf], None],
    audit: Callable[..., list[Problem]],
    secrets: Callable[..., Secrets],
) -> None:
    """Outline, information, XMP, attachments, links, comments, forms, scripts and photos are all read."""
    assert len(_leaks(audit, _changed(plain, change), secrets((HIDDEN, "acme")))) == 1


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Müller &amp; Söhne wants out</p>", HIDDEN),
        ("<p lang=de>Donaudampfschifffahrtsgesellschaftskapitän</p>", "Donaudampfschifffahrtsgesellschaftskapitän"),
        ("<p class=u>Müller &amp; Söhne wants out</p>", HIDDEN),
        ("<p style='color:white;font-size:1px'>Müller &amp; Söhne wants out</p>", HIDDEN),
        ("<table><tr><td>Müller &amp; Söhne<td>wants out</table>", "Söhne wants out"),
        ("<div style='break-before:page;padding-top:150mm'>Müller &amp; Söhne<br>wants out</div>", HIDDEN),
        ("<svg width=90 height=20 viewBox='0 0 90 20'><text y=9>Müller &amp; Söhne wants out</text></svg>", HIDDEN),
        ("<svg width=9 height=9><title>Müller &amp; Söhne wants out</title><path d='M0 0h9z'/></svg>", HIDDEN),
        ("<h2>Müller &amp; Söhne wants out</h2>", HIDDEN),
        ("<a href='https://x.example/m%C3%BCller%20s%C3%B6hne%20wants%20out'>x</a>", HIDDEN),
        ("<p>Cost 412,345.00</p>", "412345"),
    ],
)  # fmt: skip
def test_a_leak_is_found_however_the_page_is_set(
    body: str, text: str, audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets]
) -> None:
    """Hyphenated, broken over lines, upper-case, invisible, in tables and drawings: the text is found."""
    assert len(_leaks(audit, _render(body), secrets((text, "acme")))) == 1


def test_a_clean_report_passes(
    plain: bytes, audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets]
) -> None:
    """Nothing is found where nothing is, and the round labels of a chart are no amounts."""
    assert _leaks(audit, plain, secrets((HIDDEN, "acme"))) == []
    chart = _render("<svg width=90 height=20 viewBox='0 0 90 20'><text y=9 font-size=5>500,000</text></svg>")
    assert _leaks(audit, chart, secrets(("500000", "acme"))) == []


def test_a_leak_tells_its_page(audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets]) -> None:
    """The problem names the page of the document."""
    content = _render(f"<p style='break-before:page'>{HIDDEN}</p>")
    assert _leaks(audit, content, secrets((HIDDEN, "acme")))[0].message.startswith("page 2 holds 'Müller")


@pytest.mark.promise("A2")
@pytest.mark.parametrize("damage", ["cut", "encrypted", "text", "appended", "updated", "unknown attachment"])
def test_what_cannot_be_read_is_refused(plain: bytes, damage: str) -> None:
    """A damaged or encrypted document, one with an earlier state of itself or a strange file, could hold anything."""
    content = {"cut": plain[: len(plain) // 9], "text": b"hello", "appended": plain + HIDDEN.encode()}.get(damage)
    if damage == "unknown attachment":
        content = _changed(plain, _attachment_of_unknown_type)
    if damage == "updated":
        content = plain + plain[plain.rindex(b"startxref") :]
    if content is None:
        stream = io.BytesIO()
        with pikepdf.open(io.BytesIO(plain)) as document:
            document.save(stream, encryption=pikepdf.Encryption(owner="o", user="u"))
        content = stream.getvalue()
    with pytest.raises(UnreadableError):
        decode(".pdf", content)


def test_a_document_is_texts(plain: bytes) -> None:
    """Its pages and its title are among the texts."""
    texts = decode(".pdf", plain)
    assert Text("Report", where="Title of the document", measures=True) in texts
    assert any("A fine week" in " ".join(text.text.split()) for text in texts if text.where == "page 1")
