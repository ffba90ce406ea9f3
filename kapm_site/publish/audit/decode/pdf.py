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
from kapm_site.publish.audit.decode.plain import binary_texts
from kapm_site.publish.audit.decode.text import Text, UnreadableError, deepen

if TYPE_CHECKING:
    import pikepdf

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
            found += _streams(document)
            found += _attachments(document)
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
    import pikepdf

    for thing in document.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        if thing.get("/Type") == pikepdf.Name.Metadata:
            yield from xml_texts(_PACKET.sub(b"", thing.read_bytes()).strip())
        elif thing.get("/Subtype") == pikepdf.Name.Image and thing.get("/Filter") == pikepdf.Name.DCTDecode:
            yield from image_texts(thing.read_raw_bytes())


def _attachments(document: "pikepdf.Pdf") -> Iterator[Text]:
    from kapm_site.publish.audit.decode import DECODERS

    for name, specification in document.attachments.items():
        content = specification.get_file().read_bytes()
        reader = DECODERS.get(PurePosixPath(name).suffix.lower())
        texts = reader(content) if reader else binary_texts(content)
        yield from (text._replace(where=f"attachment {name!r}, {text.where}") for text in texts)
