"""The bundled fonts of the PDF: which files there are, and which characters they lack."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from unicodedata import category

from kapm_site.problem import Mark, Problem
from kapm_site.render.folders import fonts_folder


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and the family, weight and style by which a print style sheet asks for it."""

    file: str
    family: str
    weight: int
    style: str = "normal"


FACES = (
    Face("KapmSans-Regular.ttf", "Kapm Sans", 400),
    Face("KapmSans-Italic.ttf", "Kapm Sans", 400, "italic"),
    Face("KapmSans-SemiBold.ttf", "Kapm Sans", 600),
    Face("KapmSans-Bold.ttf", "Kapm Sans", 700),
    Face("KapmSansSC-Regular.ttf", "Kapm Sans SC", 400),
    Face("KapmSansSC-Bold.ttf", "Kapm Sans SC", 700),
)

# Nearly every text is within these, and then no font need be opened to say so.
_COMMON = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x149), *range(0x14A, 0x180), *b"\t\n\r"))) | set(
    "–—‘’“”„…•€→←↑↓−×"
)

_INVISIBLE = re.compile("[\u034f\u17b4\u17b5\u180b-\u180e\ufe00-\ufe0f\U000e0000-\U000e0fff]")


def missing_characters(text: str) -> set[str]:
    """Name the characters that a PDF could show only as an empty box.

    Every bundled font is a fallback of every other, so the language of the text does not matter.
    """
    rare = set(text) - _COMMON
    if not rare:
        return set()
    return {char for char in rare if _is_drawn(char) and ord(char) not in _coverage()}


def glyph_problem(character: str, mark: Mark) -> Problem:
    """Say that a character is in no font; `mark` is where it stands."""
    message = f"the character '{character}' (U+{ord(character):04X}) is in none of the fonts of the PDF"
    hint = "replace it, as the PDF shows an empty box in its place"
    return Problem(mark, "missing-glyph", message, "warning", hint)


def font_face_rules(base: str, faces: Iterable[Face] = FACES) -> str:
    """Write the `@font-face` rules of the bundled fonts, with `base` before each file name.

    No two files share family, weight and style: WeasyPrint 70 would take them for one font and print the
    glyphs of the other.
    """
    rule = '@font-face{{font-family:"{0.family}";font-weight:{0.weight};font-style:{0.style};src:url("{1}{0.file}")}}'
    return "\n".join(rule.format(face, base) for face in faces)


def font_files() -> dict[str, bytes]:
    """Read the bundled fonts, by file name."""
    return {face.file: (fonts_folder() / face.file).read_bytes() for face in FACES}


@lru_cache(maxsize=16)
def font_fault(content: bytes) -> str:
    """Say why a file that begins like a font is none; empty where each of its tables can be read."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(BytesIO(content), lazy=True) as font:
            for tag in font.reader.keys():  # noqa: SIM118 it is no dictionary
                font.reader[tag]
            if not (font["head"].unitsPerEm and font["maxp"].numGlyphs and font.getBestCmap()):
                return "it has no letters"
    except Exception as error:  # noqa: BLE001 each kind of damage has an exception of its own
        return f"{error or type(error).__name__}".splitlines()[0]
    return ""


def _is_drawn(char: str) -> bool:
    return category(char) not in ("Cc", "Cf", "Cs", "Zs") and not _INVISIBLE.match(char)


@cache
def _coverage() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    covered: set[int] = set()
    for face in FACES:
        if face.style == "normal":
            with TTFont(fonts_folder() / face.file, lazy=True) as font:
                covered.update(font.getBestCmap())
    return frozenset(covered)
