"""Colours and their classes."""

import re
from pathlib import Path

import pytest

from kapm_site.pages.charts.inks import DEFAULT_ACCENT, FIXED, look_for

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    ("accent", "expected"),
    [
        ("#0f5a8a", "#0f5a8a"),
        ("#A0F", "#aa00ff"),
        ("1d4e89", "#1d4e89"),
        ("blue", DEFAULT_ACCENT),
        ("", DEFAULT_ACCENT),
        ("#000", DEFAULT_ACCENT),
        ("#808080", DEFAULT_ACCENT),
    ],
)
def test_the_accent_is_the_clients(accent: str, expected: str) -> None:
    """A colour in hexadecimal digits is taken; anything else, and what is like another ink, gives the default."""
    assert look_for(accent).accent.light == expected


def test_the_tint_is_light() -> None:
    """The tint keeps the hue and is close to paper."""
    assert look_for("#0f5a8a").accent_soft.light == "#d4e1ea"


def test_every_ink_has_its_rules() -> None:
    """The style sheet repaints each ink, as filling and as stroke."""
    css = (ROOT / "templates/charts/charts.css").read_text(encoding="utf-8")
    look = look_for()
    for ink in (*FIXED, look.accent, look.accent_soft):
        assert f".cf-{ink.name} {{" in css
        assert f".cs-{ink.name} {{" in css


#: Words on the areas that charts set them on: zones, closed days, bars, pills, paper.
WORDS = (
    *(("soft", "rule"), ("ink", "rule"), ("red", "hair"), ("red", "wash"), ("mute", "hair")),
    *(("paper", "mute"), ("paper", "ink"), ("paper", "red"), ("ink", "accent-soft")),
    *(("mute", "paper"), ("soft", "paper"), ("accent", "paper")),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_on_charts_can_be_read(theme: str) -> None:
    """Each has a contrast of 4.5 to 1 at least with what it stands on, by the colours of the site."""
    css = (ROOT / "templates/assets/tokens.css").read_text(encoding="utf-8")
    parts = css.split("@media")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", parts[0]))
    if theme == "dark":
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", parts[1]))
    assert [pair for pair in WORDS if _contrast(found[pair[0]], found[pair[1]]) < 4.5] == []


def _contrast(one: str, two: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
