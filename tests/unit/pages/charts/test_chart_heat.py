"""Weeks of health and of load."""

from datetime import timedelta

import pytest
from chart_cases import HEAT_WORDS, PHONE, STATUS, WEEKS, WIDE, WIDTHS, label, outside, overlaps

from kapm_site.pages.charts.heat import HeatMap, HeatRow, HeatWords, LoadRow, draw_heat, draw_workload
from kapm_site.pages.charts.inks import AMBER, GHOST, GREEN, GREY, INK, NONE, RED, Frame, Ink

ROWS = (
    HeatRow("ERP", ("green",) * 11 + ("amber", "red")),
    HeatRow("Lagerverwaltungssystemeinführung", ("stale", None) + ("green",) * 11),
)


def columns(chart: HeatMap, ink: Ink = GREEN) -> list[float]:
    """The weeks that are on track, or have another colour, from the left."""
    (path,) = (path for path in chart.signs if ink in (path.stroke, path.fill))
    return [float(place.split()[0]) for place in path.d.split("M")[1:]]


def percent(value: float) -> str:
    """A load in per cent."""
    return f"{value * 100:.0f}"


def test_nothing_is_none() -> None:
    """No row or no week gives no chart."""
    assert draw_heat((), WEEKS, HEAT_WORDS, WIDE, label) is None
    assert draw_heat(ROWS, (), HEAT_WORDS, WIDE, label) is None
    assert draw_workload((), WEEKS, HEAT_WORDS, WIDE, label, value=percent) is None
    assert draw_workload((LoadRow("a", ()),), (), HEAT_WORDS, WIDE, label, value=percent) is None


def test_each_health_has_its_shape() -> None:
    """On track is a dot, at risk a triangle, off track a square, stale a broken ring, before the start is nothing.

    All signs of a kind are one path.
    """
    rows = (*ROWS, HeatRow("New", ("unknown",) * 3))
    chart = draw_heat(rows, WEEKS, HEAT_WORDS, WIDE, label)
    assert chart is not None
    marks = {
        path.fill if path.stroke is NONE else path.stroke: path.d.count("M") for path in chart.signs if not path.dash
    }
    assert marks == {GREEN: 22, AMBER: 1, RED: 1, GREY: 3}
    (ring,) = [path for path in chart.signs if path.dash]
    assert ring.d.count("M") == 1


@pytest.mark.parametrize("frame", WIDTHS)
def test_texts_keep_apart(frame: Frame) -> None:
    """Names and dates do not touch, and the last week is always dated."""
    chart = draw_heat(ROWS, WEEKS, HEAT_WORDS, frame, label)
    assert chart is not None
    assert overlaps((*chart.names, *chart.axis)) == []
    assert outside(chart.sheet, (*chart.names, *chart.axis)) == []
    assert chart.axis[-1].text == "20 Nov"


def test_a_narrow_map_leaves_out_the_oldest_weeks() -> None:
    """What does not fit is left out from the beginning; the last week stays in its column."""
    weeks = tuple(WEEKS) * 4
    row = HeatRow("ERP", ("green",) * 51 + ("red",))
    chart = draw_heat((row,), weeks, HEAT_WORDS, PHONE, label)
    assert chart is not None
    assert len(columns(chart)) < 30
    assert columns(chart, RED)[0] > max(columns(chart))


def test_a_row_shorter_than_the_weeks_ends_early() -> None:
    """Missing cells at the end are left empty."""
    chart = draw_heat((HeatRow("New", ("green",)),), WEEKS, HEAT_WORDS, WIDE, label)
    assert chart is not None
    assert len(columns(chart)) == 1


def test_a_few_weeks_stand_beside_their_names() -> None:
    """The chart of a young project is as narrow as its weeks, not as wide as the page."""
    chart = draw_heat((HeatRow("Zufriedenheit", ("green",) * 4),), WEEKS[:4], HEAT_WORDS, WIDE, label)
    assert chart is not None
    assert chart.sheet.width <= 358
    assert columns(chart)[0] < 200


def test_sixty_weeks_fit_a_wide_page() -> None:
    """More than a year of weeks is shown whole where each may be narrow, and its signs shrink with it."""
    weeks = tuple(STATUS - timedelta(weeks=n) for n in reversed(range(60)))
    rows = (HeatRow("Zufriedenheit", ("green",) * 59 + ("red",)),)
    large, small = (draw_heat(rows, weeks, HEAT_WORDS, f, label, least=9) for f in (WIDE, Frame(687)))
    assert large is not None
    assert small is not None
    assert len(columns(large)) == len(columns(small)) == 59
    (wide,), (thin,) = ([p.width for p in chart.signs if p.stroke is GREEN] for chart in (large, small))
    assert thin < wide == 6.4


def test_a_break_stands_before_its_week() -> None:
    """A line is drawn between the week before a day and the week that the day lies in; none for what is not shown."""
    breaks = (WEEKS[3] + timedelta(days=2), WEEKS[0] - timedelta(days=1))
    chart = draw_heat((HeatRow("ERP", ("green",) * 13),), WEEKS, HEAT_WORDS, WIDE, label, breaks=breaks)
    assert chart is not None
    (rule,) = chart.breaks
    assert columns(chart)[2] < rule.x1 < columns(chart)[3]


@pytest.mark.parametrize("frame", WIDTHS)
def test_the_key_explains_the_signs(frame: Frame) -> None:
    """Each sign stands before its word, on as many lines as the width asks for."""
    words = ("Im Plan", "Gefährdet", "Kritisch", "Keine aktuellen Daten", "Zu wenig Daten")
    key = tuple(zip(("green", "amber", "red", "stale", "unknown"), words, strict=True))
    chart = draw_heat(ROWS, WEEKS, HeatWords("Health", "Weeks", key), frame, label)
    assert chart is not None
    assert [text.text for text in chart.names[-5:]] == list(words)
    assert overlaps(chart.names) == []
    assert outside(chart.sheet, chart.names) == []


def test_overload_is_dark_with_its_value() -> None:
    """The part above full load is ink and valued; absence and nonsense draw nothing."""
    row = LoadRow("L. Brandt", (0.8, 1.4, None, float("nan"), 0, -1))
    chart = draw_workload((row,), WEEKS[:6], HEAT_WORDS, WIDE, label, value=percent)
    assert chart is not None
    assert [bar.fill for bar in chart.bars] == [GHOST, GHOST, INK]
    assert [text.text for text in chart.values] == ["140"]
    assert chart.bars[2].y < chart.bars[1].y


def test_an_extreme_load_stays_in_its_row() -> None:
    """A load of nine times is scaled down, not drawn over its neighbour."""
    chart = draw_workload(
        (LoadRow("a", (9.0,)), LoadRow("b", (9.0,))), WEEKS[:1], HEAT_WORDS, WIDE, label, value=percent
    )
    assert chart is not None
    assert min(bar.y for bar in chart.bars) > 24
