"""Leaks in the streams of a PDF: where a page draws them, and where no page shows them at all."""

import io
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Stream, String

from kapm_site.problem import Mark, Problem
from kapm_site.publish import Secrets

pytestmark = [pytest.mark.pdf, pytest.mark.promise("A1")]

HIDDEN = "Müller & Söhne wants out"
DRAWN = r"BT /Helv 9 Tf 20 20 Td (M\374ller & S\366hne wants out) Tj ET"


def _fonts() -> Dictionary:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    return Dictionary(Font=Dictionary(Helv=font))


def _draw(document: pikepdf.Pdf, operators: str) -> None:
    page = document.pages[0]
    page.obj.Resources = _fonts()
    page.contents_add(document.make_stream(operators.encode("latin-1")))


def _form(document: pikepdf.Pdf) -> Stream:
    form = document.make_stream(DRAWN.encode())
    form.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99], Resources=_fonts())
    return form


def _hidden_layer(document: pikepdf.Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    shown = Dictionary(OFF=Array([layer]), Order=Array([layer]))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)
    _draw(document, f"/OC /oc1 BDC {DRAWN} EMC")
    document.pages[0].obj.Resources.Properties = Dictionary(oc1=layer)


def _of_private_data(document: pikepdf.Pdf, stream: Stream) -> None:
    document.Root.PieceInfo = Dictionary(X=Dictionary(Private=stream))


def _attached_to_a_remark(document: pikepdf.Pdf) -> None:
    file = AttachedFileSpec(document, HIDDEN.encode(), filename="x.txt").obj
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=file)
    document.pages[0].obj.Annots = document.make_indirect(Array([note]))


def _appearance(document: pikepdf.Pdf) -> None:
    look = Dictionary(N=_form(document))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 9, 9], AP=look)
    document.pages[0].obj.Annots = document.make_indirect(Array([note]))


def _program_of_a_font(document: pikepdf.Pdf) -> None:
    program = document.make_stream(HIDDEN.encode("utf-16-be"), Length1=9)
    described = Dictionary(Type=Name.FontDescriptor, FontName=Name.Z, FontFile2=program)
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Z, FontDescriptor=described)
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(Z=font))


def _unused_form(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Fx=_form(document)))


def _color_profile(document: pikepdf.Pdf) -> None:
    profile = document.make_stream(HIDDEN.encode(), N=3)
    document.Root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, DestOutputProfile=profile)])


def _script(document: pikepdf.Pdf) -> None:
    script = document.make_stream(f"app.alert('{HIDDEN}')".encode())
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=script)


def _dynamic_form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(f"<x>{HIDDEN}</x>".encode()))


def _label_of_pages(document: pikepdf.Pdf) -> None:
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(HIDDEN))]))


def _name_of_a_place(document: pikepdf.Pdf) -> None:
    place = Array([document.pages[0].obj, Name.Fit])
    document.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(HIDDEN), place])))


def _metadata_of_a_page(document: pikepdf.Pdf) -> None:
    packet = document.make_stream(f"<x>{HIDDEN.replace('&', '&amp;')}</x>".encode())
    packet.stream_dict = Dictionary(Type=Name.Metadata, Subtype=Name.XML)
    document.pages[0].obj.Metadata = packet


UTF_16 = HIDDEN.encode("utf-16-be").hex()
DRAWINGS = {
    "invisible letters": DRAWN.replace("9 Tf", "9 Tf 3 Tr"),
    "white letters": f"1 1 1 rg {DRAWN}",
    "beside the page": DRAWN.replace("20 20", "-900 -900"),
    "clipped away": f"q 0 0 1 1 re W n {DRAWN} Q",
    "letters moved apart": r"BT /Helv 9 Tf 20 20 Td [(M\374l) -20 (ler & S\366h) 10 (ne wan) (ts out)] TJ ET",
    "several strings": r"BT /Helv 9 Tf 20 20 Td (M\374l) Tj (ler & S\366h) Tj (ne wan) Tj (ts out) Tj ET",
    "digits of sixteen": f"BT /Helv 9 Tf 20 20 Td <{HIDDEN.encode('cp1252').hex()}> Tj ET",
    "a remark in the drawing": f"% {HIDDEN}\n",
    "text for copying": r"/Span <</ActualText (M\374ller & S\366hne wants out)>> BDC EMC",
    "text for copying in UTF-16": f"/Span <</ActualText <FEFF{UTF_16}>>> BDC EMC",
}
CHANGES: dict[str, Callable[[pikepdf.Pdf], None]] = {
    **{kind: lambda document, drawn=drawn: _draw(document, drawn) for kind, drawn in DRAWINGS.items()},
    "hidden layer": _hidden_layer,
    "form of no page": _unused_form,
    "look of a stamp": _appearance,
    "data of a program": lambda document: _of_private_data(document, document.make_stream(HIDDEN.encode())),
    "compressed data of a program": lambda document: _of_private_data(
        document, Stream(document, zlib.compress(HIDDEN.encode()), Filter=Name.FlateDecode)
    ),
    "dynamic form": _dynamic_form,
    "script": _script,
    "label of pages": _label_of_pages,
    "name of a place": _name_of_a_place,
    "alternative text": lambda document: setattr(document.Root, "StructTreeRoot", Dictionary(Alt=String(HIDDEN))),
    "file of a remark": _attached_to_a_remark,
    "metadata of a page": _metadata_of_a_page,
    "color profile": _color_profile,
    "program of a font": _program_of_a_font,
}


def _document(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    stream, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    change(document)
    document.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return stream.getvalue()


@pytest.mark.parametrize("kind", CHANGES)
def test_a_leak_of_each_kind_is_found(
    audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets], kind: str
) -> None:
    """Compressed or not, shown or not: the file, the place and the source are named."""
    content = _document(CHANGES[kind])
    assert HIDDEN.encode() not in content
    (leak,) = audit({"clients/acme/erp/report-001-full.pdf": content}, secrets((HIDDEN, "acme")))
    assert (leak.code, leak.mark.path) == ("leak", "site/clients/acme/erp/report-001-full.pdf")
    assert leak.related[0].mark == Mark("projects/acme/erp/risks.yaml", 1)
    assert not leak.message.startswith("the file holds")


def _zipped(document: pikepdf.Pdf) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", HIDDEN * 9)
    document.attachments["a.zip"] = AttachedFileSpec(document, stream.getvalue(), filename="a.zip")


def _picture_of_unknown_coding(document: pikepdf.Pdf) -> None:
    image = Stream(document, b"\0\0\0\x0cjP", Type=Name.XObject, Subtype=Name.Image, Filter=Name.JPXDecode)
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=image))


@pytest.mark.promise("A2")
@pytest.mark.parametrize("change", [_zipped, _picture_of_unknown_coding])
def test_what_nobody_here_can_read_is_not_published(
    audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets], change: Callable[[pikepdf.Pdf], None]
) -> None:
    """An archive in a document, or a picture coded in another way, could hold anything."""
    problems = audit({"clients/acme/erp/a.pdf": _document(change)}, secrets())
    assert [problem.code for problem in problems] == ["unaudited-file"]
