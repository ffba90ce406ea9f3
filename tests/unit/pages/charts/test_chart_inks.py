"""Colours and their classes."""

from pathlib import Path

import pytest

from kapm_site.pages.charts.inks import DEFAULT_ACCENT, FIXED, look_for

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    ("accent", "expected"),
    [
        ("#0f5a8a", "#0f5a8a"),
        ("#ABC", "#aabbcc"),
        ("1d4e89", "#1d4e89"),
        ("blue", DEFAULT_ACCENT),
        ("", DEFAULT_ACCENT),
    ],
)
def test_the_accent_is_the_clients(accent: str, expected: str) -> None:
    """A colour in hexadecimal digits is taken, anything else gives the default."""
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
