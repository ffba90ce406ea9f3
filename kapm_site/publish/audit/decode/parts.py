"""The parts that an image file is made of, to find those that are no picture: whatever they hold, nobody reads it."""

import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = frozenset(
    ("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "hIST", "pHYs", "sPLT",
     "acTL", "fcTL", "fdAT")
)  # fmt: skip
_WEBP_PARTS = frozenset(("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"))
# Application segments of JPEG: its version, a color profile, how colors are coded.
_JPEG_PARTS = frozenset((0xE0, 0xE2, 0xEE))
_FIRST_APPLICATION, _LAST_APPLICATION, _REMARK, _SCAN, _END = 0xE0, 0xEF, 0xFE, 0xDA, b"\xff\xd9"
_BEHIND = "bytes behind its end"


def foreign_parts(content: bytes) -> list[str]:
    """Name the parts of a PNG, JPEG or WebP file that are neither its picture nor how to show it."""
    if content.startswith(_PNG):
        return list(_of_png(content))
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return list(_of_webp(content))
    return list(_of_jpeg(content)) if content.startswith(b"\xff\xd8") else []


def _of_png(content: bytes) -> Iterator[str]:
    at = len(_PNG)
    while at + 8 <= len(content):
        (size,), name = struct.unpack(">I", content[at : at + 4]), content[at + 4 : at + 8].decode("latin-1")
        if name not in _PNG_PARTS:
            yield f"part {name!r}"
        at += size + 12
        if name == "IEND":
            break
    if at < len(content):
        yield _BEHIND


def _of_webp(content: bytes) -> Iterator[str]:
    (length,) = struct.unpack("<I", content[4:8])
    at, end = 12, length + 8
    while at + 8 <= end:
        name, (size,) = content[at : at + 4].decode("latin-1"), struct.unpack("<I", content[at + 4 : at + 8])
        if name not in _WEBP_PARTS:
            yield f"part {name!r}"
        at += 8 + size + size % 2
    if end < len(content):
        yield _BEHIND


def _of_jpeg(content: bytes) -> Iterator[str]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - with which each segment begins
        kind, (size,) = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])
        if kind == _SCAN:
            break
        if kind == _REMARK or (_FIRST_APPLICATION <= kind <= _LAST_APPLICATION and kind not in _JPEG_PARTS):
            yield f"segment {kind:02x}"
        at += size + 2
    if not content.endswith(_END):
        yield _BEHIND
