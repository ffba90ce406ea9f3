"""Texts of a PDF: its pages, and every string of its objects, metadata, images and attachments.

Searching the bytes of a PDF proves nothing: text is drawn as numbers of glyphs, outlines are UTF-16, and
both are compressed. PDFium reads the pages in a few milliseconds, qpdf (pikepdf) walks the objects: the
outline, link targets, alternative texts, document information, names of attachments.
"""

import io
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kapm_site.publish.audit.decode.image import image_texts
from kapm_site.publish.audit.decode.markup import xml_texts
from kapm_site.publish.audit.decode.plain import binary_texts, stream_texts
from kapm_site.publish.audit.decode.text import Text, UnreadableError, deepen

if TYPE_CHECKING:
    import pikepdf

_FONT_PROGRAMS = ("/CIDFontType0C", "/OpenType", "/Type1C")
# What holds other objects, which are read one by one.
_OF_OBJECTS = ("/ObjStm", "/XRef")
_PACKET = re.compile(rb"<\?xpacket[^>]*\?>")


def pdf_texts(content: bytes) -> list[Text]:
    """Take a PDF apart.

    Raises:
        UnreadableError: It isn't a PDF, it is encrypted, or it holds more than the document that readers show.
    """
    import pikepdf
    import pypdfium2  # type: ignore[import-untyped]

    # An update appended to a PDF leaves what it replaces in the file, where qpdf and PDFium don't look.
    if content.count(b"startxref") > 1 or not content.rstrip().endswith(b"%%EOF"):
        raise UnreadableError("it has an appended update, or bytes after its end")
    try:
        found = list(_pages(content))
        with pikepdf.open(io.BytesIO(content)) as document:
            found += _strings(document)
            # The first place that holds a text is told: attachments are streams too, and their names say more.
            found += _attachments(document)
            found += _streams(document)
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        raise UnreadableError(f"it is not a readable PDF ({error})") from None
    return found


def _pages(content: bytes) -> Iterator[Text]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield Text(text.get_text_range(), where=f"page {number + 1}", measures=True)
            text.close()
            page.close()


def _strings(document: "pikepdf.Pdf") -> list[Text]:
    texts: dict[str, Text] = {}
    # Each object is turned to JSON by qpdf at once: asking for its members one by one costs ten times as much.
    for thing in (*document.objects, document.trailer):
        for key, value in _json_strings(json.loads(thing.to_json(dereference=True)), ""):
            texts.setdefault(value, Text(value, where=f"{key.lstrip('/') or 'text'} of the document", measures=True))
    return deepen(texts.values())


def _json_strings(data: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield "key", name
            yield from _json_strings(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _json_strings(value, key)
    elif isinstance(data, str) and data.startswith(("u:", "n:", "/")):
        yield key, data.removeprefix("u:").removeprefix("n:")
    elif isinstance(data, str) and data.startswith("b:"):
        yield from ((key, text.text) for text in binary_texts(bytes.fromhex(data[2:])))


def _streams(document: "pikepdf.Pdf") -> Iterator[Text]:
    """Read what streams hold: remarks and alternative texts in drawings, scripts, forms, data of other programs."""
    import pikepdf

    for thing in document.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        if thing.get("/Type") == pikepdf.Name.Metadata:
            yield from xml_texts(_PACKET.sub(b"", thing.read_bytes()).strip())
        elif thing.get("/Subtype") == pikepdf.Name.Image:
            yield from _image(thing)
        elif "/Length1" in thing or str(thing.get("/Subtype")) in _FONT_PROGRAMS:
            yield from binary_texts(thing.read_bytes())
        elif str(thing.get("/Type")) not in _OF_OBJECTS:
            yield from stream_texts(thing.read_bytes())


def _image(image: "pikepdf.Stream") -> list[Text]:
    """Read a photograph with its metadata; other images are pixels alone."""
    import pikepdf

    filters = image.get("/Filter")
    if filters == pikepdf.Name.DCTDecode:
        return image_texts(image.read_raw_bytes())
    if filters is not None and filters != pikepdf.Name.FlateDecode:
        raise UnreadableError(f"it has an image that is coded by {filters!r}")
    return []


def _attachments(document: "pikepdf.Pdf") -> Iterator[Text]:
    """Read the files in a document: those of its list, and those that a remark on a page holds."""
    import pikepdf

    listed = {name: file.get_file().read_bytes() for name, file in document.attachments.items()}
    for name, content in listed.items():
        yield from _attachment(name, content)
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/EF" in thing:
            name = str(thing.get("/UF", thing.get("/F", "")))
            contents = {stream.read_bytes() for stream in thing.EF.as_dict().values()}
            for content in contents - set(listed.values()):
                yield from _attachment(name, content)


def _attachment(name: str, content: bytes) -> Iterator[Text]:
    from kapm_site.publish.audit.decode import DECODERS

    reader = DECODERS.get(PurePosixPath(name).suffix.lower())
    if reader is None:
        raise UnreadableError(f"it holds {name!r}, a file of a type that the audit cannot read")
    yield from (text._replace(where=f"attachment {name!r}, {text.where}") for text in reader(content))
