"""Weeks of health and of load."""

import pytest
from chart_cases import HEAT_WORDS, PHONE, WEEKS, WIDE, WIDTHS, label, outside, overlaps

from kapm_site.pages.charts.heat import HeatRow, LoadRow, draw_heat, draw_workload
from kapm_site.pages.charts.inks import GHOST, INK, Frame

ROWS = (
    HeatRow("ERP", ("green",) * 11 + ("amber", "red")),
    HeatRow("Lagerverwaltungssystemeinführung", ("stale", None) + ("green",) * 11),
)


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
    """On track is a dot, at risk a triangle, off track a square, no report a broken ring, before the start nothing."""
    chart = draw_heat(ROWS, WEEKS, HEAT_WORDS, WIDE, label)
    assert chart is not None
    assert (len(chart.dots), len(chart.triangles), len(chart.squares)) == (23, 1, 1)
    assert [bool(dot.dash) for dot in chart.dots].count(True) == 1


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
    assert len(chart.dots) < 30
    assert chart.squares[0].x > max(dot.cx for dot in chart.dots)


def test_a_row_shorter_than_the_weeks_ends_early() -> None:
    """Missing cells at the end are left empty."""
    chart = draw_heat((HeatRow("New", ("green",)),), WEEKS, HEAT_WORDS, WIDE, label)
    assert chart is not None
    assert len(chart.dots) == 1


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
