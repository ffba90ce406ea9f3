"""Sparklines."""

from datetime import date

from chart_cases import satisfaction

from kapm_site.pages.charts.inks import AMBER, MUTE, RED, Frame
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline

FRAME = Frame(120)


def test_nothing_is_none() -> None:
    """No sample, or none that is a number, gives no chart."""
    assert draw_sparkline((), "t", "d", FRAME) is None
    assert draw_sparkline((Sample(date(2026, 1, 1), float("nan")),), "t", "d", FRAME) is None


def test_the_course_runs_from_edge_to_edge() -> None:
    """The highest value lies on top, the lowest below, the last one carries the dot at the right edge."""
    chart = draw_sparkline(satisfaction(), "t", "d", FRAME)
    assert chart is not None
    assert chart.course[0].d.startswith("M4 24L")
    assert chart.last[0].cx == 116
    assert "92 4" in chart.course[0].d or " 4L" in chart.course[0].d


def test_a_single_sample_is_a_dot() -> None:
    """One value has no course: a dot in the middle of the height."""
    chart = draw_sparkline(satisfaction()[:1], "t", "d", FRAME)
    assert chart is not None
    assert chart.course == ()
    assert (chart.last[0].cx, chart.last[0].cy) == (116, 14)


def test_a_constant_lies_in_the_middle() -> None:
    """A constant is a level line."""
    chart = draw_sparkline([Sample(s.day, 5) for s in satisfaction()], "t", "d", FRAME)
    assert chart is not None
    assert {point.split(" ")[1] for point in chart.course[0].d[1:].split("L")} == {"14"}


def test_limits_are_part_of_the_range() -> None:
    """Target and thresholds are drawn in their inks, and the height makes room for them."""
    chart = draw_sparkline(satisfaction(), "t", "d", FRAME, target=4.2, amber=4.0, red=3.0)
    assert chart is not None
    assert [limit.stroke for limit in chart.limits] == [RED, AMBER, MUTE]
    assert chart.limits[0].y1 == 24


def test_samples_are_sorted() -> None:
    """The order of the samples does not matter, their days do."""
    samples = satisfaction()
    assert draw_sparkline(samples[::-1], "t", "d", FRAME) == draw_sparkline(samples, "t", "d", FRAME)
