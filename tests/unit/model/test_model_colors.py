"""Contrast is that of WCAG, a darkened colour has enough of it, and charts keep their colours apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.model.colors import contrast, darkened, stands_out

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the well-known grey that just fails
        ("#767676", "#ffffff", 4.54),  # and the one that just passes
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_agrees_with_known_pairs(a: str, b: str, expected: float) -> None:
    """Both ways round."""
    assert contrast(a, b) == pytest.approx(expected, abs=0.01)
    assert contrast(b, a) == contrast(a, b)


@given(COLORS)
def test_a_darkened_color_is_legible_on_white(color: str) -> None:
    """And it is the same colour where it was legible before."""
    shade = darkened(color)
    assert contrast(shade, "#ffffff") >= 4.5
    assert (shade == color) == (contrast(color, "#ffffff") >= 4.5)


def test_where_no_shade_will_do_the_color_is_black() -> None:
    """On black nothing dark can be read."""
    assert darkened("#808080", "#000000", 21) == "#000000"


@pytest.mark.parametrize("color", ["#000000", "#1f2a44", "#808080", "#5f6773", "#757575", "#c8102e", "#e30613"])
def test_black_grey_and_red_do_not_stand_out(color: str) -> None:
    """They would be taken for done, baseline, and critical and late."""
    assert not stands_out(color)


@pytest.mark.parametrize("color", ["#0f5a8a", "#003366", "#0b5d57", "#006633", "#4b2e83", "#8c7400"])
def test_blue_green_violet_and_gold_stand_out(color: str) -> None:
    """Dark ones too."""
    assert stands_out(color)
