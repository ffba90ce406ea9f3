"""The estimate of text widths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.lettering import shorten, text_width, widest, wrap


@pytest.mark.parametrize(
    ("text", "em"),
    [
        # Advance widths of Inter Regular, in em.
        ("Go-live", 3.44),
        ("Integration test passed", 10.83),
        ("status 20 Nov", 6.58),
        ("Verpflichtungen aus Rahmenverträgen", 18.24),
        ("里程碑", 3.0),
    ],
)
def test_the_estimate_is_near_the_font(text: str, em: float) -> None:
    """An estimate is never narrower than Inter and at most a tenth wider."""
    assert em * 12 <= text_width(text) <= em * 12 * 1.10


def test_bold_and_accents() -> None:
    """Semibold is wider, an accented letter as wide as its base, a combining mark has no width."""
    assert text_width("Text", bold=True) > text_width("Text")
    assert text_width("ÄÖÜé") == text_width("AOUe")
    assert text_width("e\N{COMBINING ACUTE ACCENT}") == text_width("e")


def test_what_fits_is_not_touched() -> None:
    """A text that fits stays, one that does not ends in an ellipsis, one without any room vanishes."""
    assert shorten("Go-live", 200) == "Go-live"
    assert shorten("Donaudampfschifffahrt", 80) == "Donaudam…"
    assert shorten("财务接口联合测试", 50) == "财务接…"
    assert shorten("Go-live", 3) == ""


@given(st.text(max_size=60), st.floats(0, 400), st.booleans())
def test_a_shortened_text_fits(text: str, room: float, bold: bool) -> None:
    """Whatever the text, the result is not wider than its room."""
    assert text_width(shorten(text, room, bold=bold), bold=bold) <= room + 1e-9


def test_the_widest_of_none_is_nothing() -> None:
    """No text needs no room."""
    assert widest([]) == 0
    assert widest(["a", "aaa"]) == text_width("aaa")


def test_a_long_name_is_broken_between_words() -> None:
    """Lines break at blanks and between Chinese characters, marks stay with their characters; the last is shortened."""
    assert wrap("Roll-out: Ferrygate and Northquay", 130, 2) == ["Roll-out: Ferrygate", "and Northquay"]
    assert wrap("全面推广：一厂和二厂", 72, 2) == ["全面推广：一", "厂和二厂"]
    assert wrap("全面推广一厂（二厂）", 108, 2) == ["全面推广一厂（二", "厂）"]
    assert wrap("One two three four five", 60, 2) == ["One two", "three fo…"]
    assert wrap("Short", 100, 2) == ["Short"]
