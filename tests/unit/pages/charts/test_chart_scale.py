"""Scales and ticks."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from chart_cases import MONTHS, label
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.scale import LinearScale, TimeScale, day_range, linear_ticks, nice_domain, time_ticks

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
LENGTHS = st.floats(20, 2000)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("low", "high", "length", "minimum", "expected"),
    [
        (0, 1, 200, 40, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (0, 1, 160, 40, (0, 0.25, 0.5, 0.75, 1)),
        (0, 640, 240, 40, (0, 200, 400, 600)),
        (1, 5, 160, 32, (1, 2, 3, 4, 5)),
        (-3, 19, 220, 40, (0, 5, 10, 15)),
        (0.93, 0.97, 100, 20, (0.93, 0.94, 0.95, 0.96, 0.97)),
        (5, 5, 100, 20, ()),
        (0, 1, 0, 20, ()),
        (float("nan"), 1, 100, 20, ()),
    ],
)
def test_linear_ticks_are_round(low: float, high: float, length: float, minimum: float, expected: tuple) -> None:
    """Ticks are multiples of 1, 2, 2.5 or 5 times a power of ten, the finest that keep their distance."""
    assert linear_ticks(low, high, length, minimum) == expected


@given(NUMBERS, NUMBERS, LENGTHS, st.floats(5, 100))
def test_linear_ticks_stay_inside_and_apart(one: float, two: float, length: float, minimum: float) -> None:
    """Every tick lies in the domain, they ascend, and none comes nearer than the minimum."""
    low, high = sorted((one, two))
    ticks = linear_ticks(low, high, length, minimum)
    assert all(low <= tick <= high for tick in ticks)
    distances = [(b - a) / (high - low) * length for a, b in pairwise(ticks)]
    assert all(distance >= minimum * 0.999 for distance in distances)


@given(NUMBERS, NUMBERS, LENGTHS)
def test_a_nice_domain_holds_its_values(one: float, two: float, length: float) -> None:
    """The widened domain has an extent and contains what it was made for."""
    low, high = sorted((one, two))
    wide = nice_domain(low, high, length, 40)
    assert wide[0] < wide[1]
    error = 1e-6 * (wide[1] - wide[0])
    assert wide[0] <= low + error
    assert wide[1] >= high - error


def test_values_map_to_pixels() -> None:
    """A linear scale runs either way, and a domain without extent gives the middle."""
    assert LinearScale(0, 10, 100, 0).at(2.5) == 75
    assert LinearScale(0, 3, 0, 100).at(1) == 33.3
    assert LinearScale(5, 5, 0, 100).at(5) == 50
    assert LinearScale(0, 1e-300, 0, 100).at(1e300) == 10_000


def test_a_day_has_a_width() -> None:
    """The last day belongs to the scale: it ends where the scale ends."""
    scale = TimeScale(date(2026, 11, 1), date(2026, 11, 10), 0, 100)
    assert (scale.at(date(2026, 11, 1)), scale.after(date(2026, 11, 10)), scale.mid(date(2026, 11, 1))) == (0, 100, 5)


@pytest.mark.parametrize(
    ("first", "last", "width", "expected"),
    [
        ((2026, 11, 2), (2026, 11, 8), 420, ("2 Nov", "3 Nov", "4 Nov", "5 Nov", "6 Nov", "7 Nov", "8 Nov")),
        ((2026, 11, 2), (2026, 11, 29), 280, ("2 Nov", "9 Nov", "16 Nov", "23 Nov")),
        ((2026, 6, 1), (2027, 1, 31), 640, ("Jun 2026", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan 2027")),
        ((2026, 6, 1), (2027, 1, 31), 400, ("Jun 2026", "Aug", "Sep", "Oct", "Nov", "Dec", "2027")),
        ((2026, 7, 1), (2027, 6, 30), 540, ("Jul 2026", "Sep", "Oct", "Nov", "Dec", "2027", *MONTHS[1:6])),
        ((2025, 10, 1), (2026, 6, 30), 260, ("Nov", "2026", "Mar", "May")),
        ((2026, 3, 1), (2026, 6, 30), 180, ("Mar 2026", "May", "Jun")),
        ((2026, 12, 7), (2027, 1, 24), 350, ("7 Dec", "14 Dec", "21 Dec", "28 Dec", "4 Jan 2027", "18 Jan")),
        ((2026, 1, 1), (2027, 12, 31), 480, ("Q1 2026", "Q2", "Q3", "Q4", "Q1 2027", "Q2", "Q3", "Q4")),
        ((2020, 1, 1), (2029, 12, 31), 500, tuple(str(year) for year in range(2020, 2030))),
        ((2026, 11, 3), (2026, 11, 12), 50, ("3 Nov",)),
        ((2026, 11, 3), (2026, 11, 2), 500, ()),
    ],
)
def test_time_ticks_suit_the_span(first: tuple, last: tuple, width: float, expected: tuple) -> None:
    """Days, weeks, months, quarters or years are marked as the room allows, with the year where it begins."""
    ticks = time_ticks(TimeScale(date(*first), date(*last), 0, width), label, 40)
    assert tuple(tick.label for tick in ticks if tick.label) == expected


def test_values_of_months_are_marked_by_months() -> None:
    """However long the axis, no mark stands within a month, where there is no value."""
    ticks = time_ticks(TimeScale(date(2026, 6, 1), date(2026, 9, 30), 0, 900), label, 40, monthly=True)
    assert [tick.label for tick in ticks] == ["Jun 2026", "Jul", "Aug", "Sep"]


def test_counts_are_marked_by_whole_numbers() -> None:
    """A count has no halves."""
    assert linear_ticks(0, 3, 160, 30, whole=True) == (0, 1, 2, 3)
    assert linear_ticks(0, 10, 130, 30, whole=True) == (0, 5, 10)
    assert linear_ticks(0, 10, 130, 30) == (0, 2.5, 5, 7.5, 10)


def test_weeks_begin_on_monday() -> None:
    """Week marks are Mondays, the same ones in every chart."""
    ticks = time_ticks(TimeScale(date(2026, 11, 4), date(2027, 1, 20), 0, 900), label, 40, leading=False)
    assert {tick.day.weekday() for tick in ticks} == {0}


@given(DAYS, st.integers(0, 30_000), st.floats(60, 1200), st.floats(20, 90))
def test_time_ticks_stay_inside_and_apart(first: date, days: int, width: float, minimum: float) -> None:
    """Marks lie in the domain, ascend, keep the minimum, and no label reaches the next one or the limit."""
    last = min(first, date.max - timedelta(days=days)) + timedelta(days=days)
    ticks = time_ticks(TimeScale(first, last, 10, 10 + width), label, minimum)
    assert all(first <= tick.day <= last for tick in ticks)
    assert all(b.x - a.x >= minimum - 0.2 for a, b in pairwise(ticks))
    named = [tick for tick in ticks if tick.label]
    assert all(a.x + text_width(a.label) < b.x for a, b in pairwise(named))
    assert all(tick.x + text_width(tick.label) <= 10 + width + 0.1 for tick in named)


@pytest.mark.parametrize(
    ("first", "last"), [(date.min, date(1, 3, 1)), (date(9999, 10, 1), date.max), (date.min, date.max)]
)
def test_the_ends_of_the_calendar_are_no_error(first: date, last: date) -> None:
    """The first and the last year that dates know can be marked."""
    assert time_ticks(TimeScale(first, last, 0, 400), label, 40)


def test_a_span_without_a_mark_has_no_ticks() -> None:
    """A few days within one month, marked by months alone and without their beginning, are no error."""
    scale = TimeScale(date(2026, 9, 8), date(2026, 9, 25), 0, 100)
    assert time_ticks(scale, label, monthly=True, leading=False) == ()


def test_the_range_of_days_ignores_gaps() -> None:
    """Days that are missing do not count, and no day gives no range."""
    assert day_range([None, date(2026, 2, 1), date(2026, 1, 1)]) == (date(2026, 1, 1), date(2026, 2, 1))
    assert day_range([None]) is None
