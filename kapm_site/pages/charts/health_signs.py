"""The signs of health on a map: the calm ones in one path each, the others apart with their tips, and their key.

A map of a year has hundreds of "on track": written one by one they would be most of a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kapm_site.pages.charts.inks import AMBER, GREEN, GREY, NONE, RED, SOFT
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import Dot, Path, Rect, Text, rect, tenth, triangle

Health = Literal["green", "amber", "red", "stale", "unknown"]

#: The line of the key, from a sign to its word, and between two entries.
_LINE, _BESIDE, _BETWEEN = 18, 11, 18
_SIGN = 6


@dataclass(frozen=True, slots=True)
class Sign:
    """A health at a place; `tip` is for the mouse."""

    health: Health
    x: float
    y: float
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """The marks of some signs: on track a dot, at risk a triangle, off track a square, stale a ring, unknown a dash."""

    calm: tuple[Path, ...]
    rings: tuple[Dot, ...]
    triangles: tuple[Path, ...]
    squares: tuple[Rect, ...]


def draw_signs(signs: Sequence[Sign], scale: float = 1.0) -> Signs:
    """Draw signs in one size; `scale` is 1 where they have room."""
    side = 9 * scale
    return Signs(
        calm=(*_dots(signs, scale), *_dashes(signs, scale)),
        rings=tuple(
            Dot(tenth(s.x), tenth(s.y), tenth(4 * scale), NONE, GREY, 1.2, "2 1.5", s.tip)
            for s in signs
            if s.health == "stale"
        ),
        triangles=tuple(Path(triangle(s.x, s.y, 5.5 * scale), AMBER, tip=s.tip) for s in signs if s.health == "amber"),
        squares=tuple(
            rect(s.x - side / 2, s.y - side / 2, side, side, RED, tip=s.tip) for s in signs if s.health == "red"
        ),
    )


def _dots(signs: Sequence[Sign], scale: float) -> tuple[Path, ...]:
    # The round end of a stroke that has next to no length is a dot.
    places = "".join(f"M{tenth(s.x)} {tenth(s.y)}h0.1" for s in signs if s.health == "green")
    return (Path(places, stroke=GREEN, width=tenth(6.4 * scale)),) if places else ()


def _dashes(signs: Sequence[Sign], scale: float) -> tuple[Path, ...]:
    half = 2.5 * scale
    places = "".join(f"M{tenth(s.x - half)} {tenth(s.y)}h{tenth(2 * half)}" for s in signs if s.health == "unknown")
    return (Path(places, stroke=GREY, width=1.4),) if places else ()


def lay_key(entries: Sequence[tuple[Health, str]], top: float, width: float) -> tuple[list[Sign], list[Text], float]:
    """Lay out the key of a map below it: each sign with its word, in as many lines as that takes.

    Returns:
        The signs, the words, and the height from `top` to the end.
    """
    signs: list[Sign] = []
    words: list[Text] = []
    x, y = 0.0, top + _LINE
    for health, word in entries:
        length = 2 * _SIGN + _BESIDE - _SIGN + text_width(word)
        if x and x + length > width:
            x, y = 0.0, y + _LINE
        signs.append(Sign(health, x + _SIGN, y - 4))
        words.append(Text(tenth(x + _SIGN + _BESIDE), tenth(y), word, SOFT))
        x += length + _BETWEEN
    return signs, words, y - top + 4 if entries else 0.0
