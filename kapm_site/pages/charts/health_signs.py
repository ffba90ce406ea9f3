"""The signs of health on a map and in its key: one path for all signs of a kind.

A map of a year has hundreds of signs: written one by one they would be most of a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kapm_site.pages.charts.inks import AMBER, GREEN, GREY, NONE, RED, SOFT
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import XY, Path, Text, tenth

Health = Literal["green", "amber", "red", "stale", "unknown"]

#: The line of the key, the room of a sign, from a sign to its word, and between two entries.
_LINE, _SIGN, _BESIDE, _BETWEEN = 18, 6, 11, 18


@dataclass(frozen=True, slots=True)
class Sign:
    """A health at a place."""

    health: Health
    x: float
    y: float


def draw_signs(signs: Sequence[Sign], scale: float = 1.0) -> tuple[Path, ...]:
    """Draw on track as dots, at risk as triangles, off track as squares, stale as rings, too little data as dashes.

    `scale` is 1 where they have room.
    """
    places: dict[Health, list[XY]] = {}
    for sign in signs:
        places.setdefault(sign.health, []).append((sign.x, sign.y))
    drawn = (_draw(health, found, scale) for health, found in places.items())
    return tuple(sorted(drawn, key=lambda path: path.fill.name))


def _draw(health: Health, places: Sequence[XY], scale: float) -> Path:
    if health == "green":
        # The round end of a stroke that has next to no length is a dot.
        return Path(_each(places, 0, 0, "h0.1"), stroke=GREEN, width=tenth(6.4 * scale))
    if health == "amber":
        half, low = tenth(5.8 * scale), tenth(10.3 * scale)
        return Path(_each(places, 0, 5.5 * scale, f"l{half} {low}h{tenth(-2 * half)}z"), AMBER)
    if health == "red":
        side = tenth(9 * scale)
        return Path(_each(places, side / 2, side / 2, f"h{side}v{side}h{-side}z"), RED)
    if health == "stale":
        r, across = tenth(4 * scale), tenth(8 * scale)
        ring = f"a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 {-across} 0"
        return Path(_each(places, r, 0, ring), NONE, GREY, 1.2, "2 1.5")
    half = 2.5 * scale
    return Path(_each(places, half, 0, f"h{tenth(2 * half)}"), stroke=GREY, width=1.4)


def _each(places: Sequence[XY], left: float, up: float, outline: str) -> str:
    """Path data of one outline at each place, begun so far to the left of it and above it."""
    return "".join([f"M{x - left:.1f} {y - up:.1f}{outline}" for x, y in places])


def lay_key(entries: Sequence[tuple[Health, str]], top: float, width: float) -> tuple[list[Sign], list[Text], float]:
    """Lay out the key of a map below it: each sign with its word, in as many lines as that takes.

    Returns:
        The signs, the words, and the height from `top` to the end.
    """
    signs: list[Sign] = []
    words: list[Text] = []
    x, y = 0.0, top + _LINE
    for health, word in entries:
        length = _SIGN + _BESIDE + text_width(word)
        if x and x + length > width:
            x, y = 0.0, y + _LINE
        signs.append(Sign(health, x + _SIGN, y - 4))
        words.append(Text(tenth(x + _SIGN + _BESIDE), tenth(y), word, SOFT))
        x += length + _BETWEEN
    return signs, words, y - top + 4 if entries else 0.0
