"""Contrast is that of WCAG, and a darkened colour has enough of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.model.colors import contrast, darkened

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
