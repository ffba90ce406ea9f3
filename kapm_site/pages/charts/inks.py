"""The colours of every chart, each with the name by which a style sheet repaints it in the dark."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kapm_site.model import colors


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour: `name` becomes the class of an element, `light` its presentation attribute."""

    name: str
    light: str


NONE = Ink("none", "none")
PAPER = Ink("paper", "#ffffff")
WASH = Ink("wash", "#f3f4f6")
HAIR = Ink("hair", "#e4e7eb")
RULE = Ink("rule", "#c9ced5")
GHOST = Ink("ghost", colors.GHOST)
MID = Ink("mid", colors.MID)
MUTE = Ink("mute", "#5f6773")
SOFT = Ink("soft", "#4a515b")
INK = Ink("ink", colors.INK)
RED = Ink("red", colors.RED)
AMBER = Ink("amber", "#a35f00")
GREEN = Ink("green", "#1a7f4b")
GREY = Ink("grey", "#5f6773")

DEFAULT_ACCENT = "#0f5a8a"
FIXED = (NONE, PAPER, WASH, HAIR, RULE, GHOST, MID, MUTE, SOFT, INK, RED, AMBER, GREEN, GREY)

_SOFTNESS = 0.82
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Look:
    """What a client's brand changes in a chart: the accent, its tint, and the font that print must name."""

    accent: Ink
    accent_soft: Ink
    font: str = ""


@lru_cache(maxsize=64)
def look_for(accent: str = DEFAULT_ACCENT, font: str = "") -> Look:
    """The look for a client's accent (`#rrggbb` or `#rgb`).

    What is no colour gives the default accent, and so does one that would be taken for another ink.
    """
    red, green, blue = _channels(accent)
    if not colors.stands_out(f"#{red:02x}{green:02x}{blue:02x}"):
        red, green, blue = _channels(DEFAULT_ACCENT)
    tint = (round(c + (255 - c) * _SOFTNESS) for c in (red, green, blue))
    return Look(
        Ink("accent", f"#{red:02x}{green:02x}{blue:02x}"),
        Ink("accent-soft", "#" + "".join(f"{c:02x}" for c in tint)),
        font,
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The place a chart is drawn for: its width in CSS pixels and the look of the client."""

    width: float
    look: Look = field(default_factory=look_for)


def _channels(accent: str) -> tuple[int, int, int]:
    match = _HEX.fullmatch(accent.strip())
    digits = match[1] if match else DEFAULT_ACCENT[1:]
    if len(digits) == 3:  # noqa: PLR2004 -- the short form #rgb
        digits = "".join(d * 2 for d in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
