"""Trends of figures and of milestones."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from chart_cases import PRINT, STATUS, TREND_WORDS, WIDE, WIDTHS, label, outside, overlaps, satisfaction
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.inks import GHOST, INK, PAPER, RED, Frame
from kapm_site.pages.charts.milestone_trend import MilestoneCourse, draw_milestone_trend
from kapm_site.pages.charts.sparkline import Sample
from kapm_site.pages.charts.trend import TrendLine, draw_trend

REPORTS = tuple(STATUS - timedelta(weeks=2 * n) for n in reversed(range(12)))


def course(name: str, due: date, slip: int = 0, reports: int = 12, **more: bool) -> MilestoneCourse:
    """A milestone that holds its date until the last report, where it slips."""
    points = [(report, due) for report in REPORTS[:reports]]
    points[-1] = (points[-1][0], due + timedelta(days=slip))
    return MilestoneCourse(name, tuple(points), label(due, "day"), f"+{slip} d", **more)


COURSES = (
    course("Go-live", date(2027, 1, 18), 8, critical=True, late=True),
    course("User acceptance signed", date(2027, 1, 14), 8, critical=True, late=True),
    course("Benutzerschulungen abgeschlossen", date(2027, 1, 11), 4, late=True),
    course("集成测试通过", date(2026, 12, 17)),
    course("Blueprint signed off", date(2026, 7, 31), reports=4, done=True),
)


def test_nothing_is_none() -> None:
    """Without a sample or a point there is no chart."""
    assert draw_trend((), TREND_WORDS, WIDE, label) is None
    assert draw_trend((TrendLine((Sample(STATUS, float("nan")),)),), TREND_WORDS, WIDE, label) is None
    assert draw_milestone_trend((MilestoneCourse("a", ()),), "t", "d", WIDE, label) is None


@pytest.mark.parametrize("frame", WIDTHS)
def test_values_stand_at_their_points(frame: Frame) -> None:
    """Values, names, target and axis keep apart; the last value is always written."""
    lines = (TrendLine(satisfaction(), "Acme"),)
    chart = draw_trend(lines, TREND_WORDS, frame, label, target=4.2, bounds=(1, 5), height=220)
    assert chart is not None
    assert outside(chart.sheet, (*chart.labels, *chart.axis)) == []
    assert [text.text for text in chart.labels if text.bold] == ["4.3"]
    assert overlaps(chart.labels) == []


def test_a_quiet_line_is_grey_without_values() -> None:
    """A line for comparison is grey and carries its name only."""
    chart = draw_trend((TrendLine(satisfaction(), "all", quiet=True),), TREND_WORDS, WIDE, label)
    assert chart is not None
    assert chart.courses[0].stroke is GHOST
    assert [text.text for text in chart.labels] == ["all"]


def test_many_values_are_thinned() -> None:
    """Values that would touch are left out, from the last backwards."""
    samples = tuple(Sample(STATUS - timedelta(days=n), n % 5) for n in range(200))
    chart = draw_trend((TrendLine(samples),), TREND_WORDS, PRINT, label)
    assert chart is not None
    assert 5 < len(chart.labels) < 40
    assert overlaps(chart.labels) == []


@pytest.mark.parametrize("frame", WIDTHS)
def test_milestones_are_labelled_apart(frame: Frame) -> None:
    """Milestones of nearly one date have labels that do not touch, each with its leader."""
    chart = draw_milestone_trend(COURSES, "t", "d", frame, label, diagonal="status date")
    assert chart is not None
    assert overlaps(chart.labels) == []
    assert outside(chart.sheet, (*chart.labels, *chart.axis)) == []


@pytest.mark.parametrize("days", range(10, 70, 4))
def test_the_diagonal_is_named_where_no_words_stand(days: int) -> None:
    """Its name gives way to that of a milestone reached beside it."""
    reached = MilestoneCourse(
        "Blueprint signed off", ((REPORTS[0], REPORTS[0] + timedelta(days=days)), (REPORTS[3], REPORTS[3])), done=True
    )
    chart = draw_milestone_trend((*COURSES[:2], reached), "t", "d", WIDE, label, diagonal="status date")
    assert chart is not None
    assert overlaps(chart.labels) == []


@pytest.mark.parametrize("frame", WIDTHS)
@pytest.mark.parametrize("days", [3, 20, 60, 400])
def test_dates_on_the_left_have_their_room(frame: Frame, days: int) -> None:
    """Whether the forecasts span days, weeks or years, their dates are not cut off."""

    def long_label(day: date, style: str, /) -> str:
        return f"{label(day, style)} oder danach"

    milestones = (course("Go-live", date(2027, 1, 18), days), course("Pilot", date(2027, 1, 18)))
    chart = draw_milestone_trend(milestones, "t", "d", frame, long_label)
    assert chart is not None
    assert outside(chart.sheet, [text for text in chart.axis if text.anchor == "end"]) == []


def test_the_state_of_a_milestone_shows() -> None:
    """Critical and late is red, reached is hollow, the rest is ink."""
    chart = draw_milestone_trend(COURSES, "t", "d", WIDE, label)
    assert chart is not None
    assert [sign.fill for sign in chart.diamonds] == [RED, RED, INK, INK, PAPER]


def test_a_slip_rises() -> None:
    """A later forecast stands higher."""
    chart = draw_milestone_trend(COURSES[:1], "t", "d", WIDE, label)
    assert chart is not None
    heights = [float(point.split(" ")[1]) for point in chart.courses[0].d[1:].split("L")]
    assert heights[-1] < heights[-2] == heights[0]


def test_many_milestones_make_the_chart_grow() -> None:
    """The height grows with the number of labels."""
    many = [course(f"M{n}", date(2027, 1, 1), n) for n in range(40)]
    chart = draw_milestone_trend(many, "t", "d", WIDE, label)
    assert chart is not None
    assert chart.sheet.height > 700
    assert overlaps(chart.labels) == []


@given(st.lists(st.lists(st.tuples(st.dates(), st.dates()), max_size=4), max_size=4), st.booleans())
def test_any_milestone_can_be_drawn(points: list, done: bool) -> None:
    """Any dates, also of one day or the whole calendar, never raise."""
    for frame in WIDTHS:
        draw_milestone_trend([MilestoneCourse("a", tuple(p), done=done) for p in points], "t", "d", frame, label)


def test_a_course_of_weeks_has_one_value() -> None:
    """Of sixty weeks only the last has its dot and its value; a break is drawn where the course runs."""
    samples = tuple(Sample(STATUS - timedelta(weeks=n), 0.9) for n in range(60))
    breaks = (STATUS - timedelta(weeks=20), STATUS - timedelta(weeks=80))
    chart = draw_trend((TrendLine(samples, ends=True, dash="5 3"),), TREND_WORDS, WIDE, label, breaks=breaks)
    assert chart is not None
    assert (len(chart.dots), len(chart.labels), len(chart.breaks)) == (1, 1, 1)
    assert chart.courses[0].dash == "5 3"


def test_a_long_last_value_stays_on_the_sheet() -> None:
    """An amount at the end of the course is not cut off."""
    words = replace(TREND_WORDS, value=lambda value: f"{value:,.0f} EUR at stake")
    chart = draw_trend((TrendLine(satisfaction(), ends=True),), words, WIDTHS[-1], label)
    assert chart is not None
    assert outside(chart.sheet, chart.labels) == []


def test_a_new_baseline_stands_across_the_milestones() -> None:
    """A line at the day of the break, and none for a day before the first report."""
    breaks = (REPORTS[4], REPORTS[0] - timedelta(days=1))
    chart = draw_milestone_trend(COURSES, "t", "d", WIDE, label, breaks=breaks)
    assert chart is not None
    (rule,) = chart.breaks
    assert rule.x1 == rule.x2 == chart.dots[4].cx
