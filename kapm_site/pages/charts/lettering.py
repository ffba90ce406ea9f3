"""How wide a text will be, known before anything renders it: so that labels neither collide nor overflow."""

import re
import unicodedata
from functools import lru_cache

SIZE = 12
ELLIPSIS = "…"

# Advance widths of Inter in hundredths of an em, rounded up to a class; other grotesques are narrower.
_CLASSES = (
    (26, "ijlI "),
    (31, "!,.:·;'\N{NO-BREAK SPACE}"),
    (37, "tf|()/\\[]`"),
    (43, "r{}"),
    (48, '-_"^'),
    (54, "*?s–"),
    (58, "kxzavycJL7"),
    (62, "ebdghnopquFE12356890ß"),
    (66, "#$&PRSBTZ4+<=>~×−€"),
    (72, "KXYAVD"),
    (77, "CHUGNOQ"),
    (84, "w"),
    (92, "mMæ…"),
    (100, "W%@—→←↑↓"),
)
_HUNDREDTHS = {character: width for width, characters in _CLASSES for character in characters}
_UNKNOWN = 66
#: A Chinese character, which a line may end after, with the marks that stay beside it; or a word with its blanks.
_PIECES = re.compile(r"[（【《「]*[⺀-鿿豈-﫿][、。，：；！？）】》」]*|[^\s⺀-鿿豈-﫿]+\s*|\s+")
_BOLD = 1.04


@lru_cache(maxsize=4096)  # a chart is drawn at several widths with the same words
def text_width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """The width of a text in pixels, estimated for Inter; a Chinese character is one em wide."""
    hundredths = sum(_character(character) for character in text)
    return hundredths * size / 100 * (_BOLD if bold else 1)


def shorten(text: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
    """The text if it fits into `room` pixels, else its longest beginning with an ellipsis, else nothing."""
    if text_width(text, size, bold=bold) <= room:
        return text
    left = room - text_width(ELLIPSIS, size, bold=bold)
    kept = 0
    for character in text:
        left -= text_width(character, size, bold=bold)
        if left < 0:
            break
        kept += 1
    # A combining mark left alone, or a break before a blank, would show as a defect of the text.
    beginning = text[:kept].rstrip(" -–·,.(")
    return beginning + ELLIPSIS if beginning else ""


def wrap(text: str, room: float, lines: int, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """The text on as few lines as it needs, broken at blanks and between Chinese characters; the last is shortened."""
    found = [""]
    for piece in _PIECES.findall(text):
        longer = found[-1] + piece
        if len(found) == lines or not found[-1].strip() or text_width(longer.rstrip(), size, bold=bold) <= room:
            found[-1] = longer
        else:
            found.append(piece.lstrip())
    return [shorten(line.strip(), room, size, bold=bold) for line in found]


def widest(texts: tuple[str, ...] | list[str], size: float = SIZE, *, bold: bool = False) -> float:
    """The width of the widest of some texts, 0 for none."""
    return max((text_width(text, size, bold=bold) for text in texts), default=0.0)


@lru_cache(maxsize=4096)
def _character(character: str) -> int:
    known = _HUNDREDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn"}:
        return 0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 100
    base = unicodedata.normalize("NFD", character)[0]
    return _HUNDREDTHS.get(base, _UNKNOWN)
