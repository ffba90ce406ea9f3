"""Further hiding places, beside those of `test_audit_leaks`: one leak of each kind is found, with its place and source.

PDFs have a table of their own in `test_audit_pdf` and `test_audit_pdf_streams`.
"""

import io
import json
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable
from html import escape
from urllib.parse import quote

import pytest
from PIL import Image, PngImagePlugin

from kapm_site.problem import Mark, Problem
from kapm_site.publish import Secrets

pytestmark = pytest.mark.promise("A1")

HIDDEN = "Müller & Söhne wants out"
NAME = "müller-söhne-wants-out"
PAGE = "<!DOCTYPE html><html lang=en><head><title>ERP</title></head><body>{}</body></html>"
IN_MARKUP = HIDDEN.replace("&", "&amp;")
SPLIT = "Mül<b>ler</b> &amp; Söhne wants out"
XHTML = f'<p xmlns="http://www.w3.org/1999/xhtml">{SPLIT}</p>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
PROFILE = b"\0" * 128 + HIDDEN.encode()


def _saved(kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind, **options)
    return stream.getvalue()


def _png(change: Callable[[PngImagePlugin.PngInfo], None]) -> bytes:
    info = PngImagePlugin.PngInfo()
    change(info)
    return _saved("PNG", pnginfo=info)


def _segment(marker: int, data: bytes) -> bytes:
    """Put a segment at the head of a JPEG file."""
    photo = _saved("JPEG")
    return photo[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + photo[2:]


def _exif() -> Image.Exif:
    data = Image.Exif()
    data[0x010E] = HIDDEN.encode()
    return data


def _iptc() -> bytes:
    text = HIDDEN.encode()
    field = b"\x1c\x02\x78" + struct.pack(">H", len(text)) + text
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(field)) + field


def _gif_with_xmp() -> bytes:
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\x00;"
    return _saved("GIF")[:-1] + b"\x21\xff\x0bXMP DataXMP" + f"<x>{HIDDEN}</x>".encode() + trailer


COMMENTED = b64encode(_png(lambda info: info.add_text("a", HIDDEN))).decode()
PAGES = {
    "in noscript": f"<noscript>{IN_MARKUP}</noscript>",
    "in a text area": f"<textarea>{IN_MARKUP}</textarea>",
    "value of an option": f"<select><option value='{HIDDEN}'>x</option></select>",
    "placeholder": f"<input placeholder='{HIDDEN}'>",
    "alternative text": f"<img src='' alt='{HIDDEN}'>",
    "label for those who cannot see": f"<p aria-label='{HIDDEN}'>x",
    "style": f"<p style='--x: \"{HIDDEN}\"'>x",
    "id": f"<p id='{NAME}'>x",
    "fragment of an address": f"<a href='#{quote(NAME)}'>x</a>",
    "attribute without quotes": "<p data-x=MüllerSöhnewantsout>x",
    "references in an attribute": "<p title='" + "".join(f"&#{ord(letter)};" for letter in HIDDEN) + "'>x",
    "named references": "<p>M&uuml;ller &amp; S&ouml;hne wants out",
    "page in a page": f"<iframe srcdoc='{escape(SPLIT)}'></iframe>",
    "conditional comment": f"<!--[if IE]><p>{IN_MARKUP}</p><![endif]-->",
    "processing instruction": f"<?php {HIDDEN} ?>",
    "section of characters": f"<svg><![CDATA[{HIDDEN}]]></svg>",
    "name of an element": f"<{NAME}>x</{NAME}>",
    "name of an attribute": f"<p {NAME}>x</p>",
    "escapes in data": f'<script type="application/json">{json.dumps([HIDDEN])}</script>',
}
PLACES: dict[str, tuple[str, str | bytes]] = {
    **{f"html {kind}": ("index.html", PAGE.format(body)) for kind, body in PAGES.items()},
    "js joined": ("assets/a.js", "x = 'Mül' + 'ler & Söhne' + ' wants out'"),
    "js short escapes": ("assets/a.js", "x = 'M\\xfcller & S\\xf6hne wants out'"),
    "js escape before a digit of sixteen": ("assets/a.js", "x = 'M\\u00fcller & S\\u00f6hne w\\u0061nts out'"),
    "js escapes in braces": ("assets/a.js", "x = 'M\\u{fc}ller & S\\u{f6}hne wants out'"),
    "js data uri": ("assets/a.js", f"x = 'data:text/plain;base64,{b64encode(HIDDEN.encode()).decode()}'"),
    "css comment over lines": ("assets/a.css", "/* Müller &\n * Söhne\n * wants out */"),
    "css address": ("assets/a.css", f"p {{background: url(x.png?{quote(HIDDEN)})}}"),
    "json in json": ("status.json", json.dumps({"a": json.dumps({"b": HIDDEN})})),
    "json markup": ("status.json", json.dumps({"a": SPLIT})),
    "json percent signs": ("status.json", json.dumps({"a": quote(HIDDEN)})),
    "csv header": ("tasks.csv", f"\ufeffid,{HIDDEN}\n1,2\n"),
    "csv lines in a cell": ("tasks.csv", 'id\n"Müller &\nSöhne wants out"\n'),
    "ics folded by a tab": ("milestones.ics", "BEGIN:VCALENDAR\nSUMMARY:Müller & Sö\n\thne wants out\n"),
    "ics folded parameter": ("milestones.ics", 'X-NOTE;X-A="Müller & Söh\r\n ne wants out":x\r\n'),
    "ics escapes": ("milestones.ics", "DESCRIPTION:Müller \\, Söhne\\n wants out\r\n"),
    "ics id": ("milestones.ics", "UID:müllersöhnewantsout@acme.example\r\n"),
    "atom comment": ("feed.xml", f"<feed><!-- {HIDDEN} --></feed>"),
    "atom processing instruction": ("feed.xml", f"<feed><?x {HIDDEN}?></feed>"),
    "atom category": ("feed.xml", f"<feed><category term='{IN_MARKUP}'/></feed>"),
    "atom name of an element": ("feed.xml", f"<feed><{NAME}/></feed>"),
    "svg title": ("assets/a.svg", SVG.format(f"<title>{IN_MARKUP}</title>")),
    "svg description": ("assets/a.svg", SVG.format(f"<desc>{IN_MARKUP}</desc>")),
    "svg comment": ("assets/a.svg", SVG.format(f"<!-- {HIDDEN} -->")),
    "svg attribute": ("assets/a.svg", SVG.format(f"<g id='{IN_MARKUP}'/>")),
    "svg style": ("assets/a.svg", SVG.format(f"<style>/* {IN_MARKUP} */</style>")),
    "svg foreign object": ("assets/a.svg", SVG.format(f"<foreignObject>{XHTML}</foreignObject>")),
    "svg picture with a comment": ("assets/a.svg", SVG.format(f"<image href='data:image/png;base64,{COMMENTED}'/>")),
    "png text": ("assets/a.png", _png(lambda info: info.add_text("Comment", HIDDEN))),
    "png international text": ("assets/a.png", _png(lambda info: info.add_itxt("Comment", HIDDEN, zip=True))),
    "png translated keyword": ("assets/a.png", _png(lambda info: info.add_itxt("C", "x", lang="de", tkey=HIDDEN))),
    "png private part": ("assets/a.png", _png(lambda info: info.add(b"prVt", HIDDEN.encode()))),
    "png exif": ("assets/a.png", _saved("PNG", exif=_exif())),
    "png color profile": ("assets/a.png", _saved("PNG", icc_profile=PROFILE)),
    "jpeg xmp": ("assets/a.jpg", _segment(0xE1, f"http://ns.adobe.com/xap/1.0/\0<x>{HIDDEN}</x>".encode())),
    "jpeg iptc": ("assets/a.jpg", _segment(0xED, _iptc())),
    "jpeg segment of a program": ("assets/a.jpg", _segment(0xE9, HIDDEN.encode())),
    "jpeg color profile": ("assets/a.jpg", _saved("JPEG", icc_profile=PROFILE)),
    "webp color profile": ("assets/a.webp", _saved("WEBP", icc_profile=PROFILE)),
    "gif xmp": ("assets/a.gif", _gif_with_xmp()),
    "name of a folder": (f"{NAME}/index.html", PAGE.format("x")),
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_leak_of_each_kind_is_found(
    audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets], kind: str
) -> None:
    """The file, the place in it, and the line where the text was typed are named."""
    name, content = PLACES[kind]
    problems = audit({f"clients/acme/{name}": content}, secrets(("Harmless", None), (HIDDEN, "acme")))
    (leak,) = [problem for problem in problems if problem.code == "leak"]
    assert leak.mark.path == f"site/clients/acme/{name}"
    assert leak.related[0].mark == Mark("projects/acme/erp/risks.yaml", 2)
    assert not leak.message.startswith("the file holds")


@pytest.mark.promise("A2")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", _png(lambda info: info.add(b"prVt", zlib.compress(HIDDEN.encode())))),
        ("a.png", _saved("PNG") + zlib.compress(HIDDEN.encode())),
        ("a.jpg", _segment(0xE9, zlib.compress(HIDDEN.encode()))),
        ("a.jpg", _saved("JPEG") + zlib.compress(HIDDEN.encode())),
        ("a.webp", _saved("WEBP") + zlib.compress(HIDDEN.encode())),
    ],
)
def test_parts_of_a_picture_that_nobody_reads_are_not_published(
    audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets], name: str, content: bytes
) -> None:
    """What is compressed in a private part or behind the end could hold anything."""
    problems = audit({f"clients/acme/assets/{name}": content}, secrets())
    assert [(problem.code, problem.severity) for problem in problems] == [("image-metadata", "error")]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_alone_passes(
    audit: Callable[..., list[Problem]], secrets: Callable[..., Secrets], kind: str
) -> None:
    """What encoders write of themselves is none of these parts."""
    suffix = {"JPEG": "jpg"}.get(kind, kind.lower())
    assert audit({f"clients/acme/assets/a.{suffix}": _saved(kind)}, secrets((HIDDEN, "acme"))) == []
