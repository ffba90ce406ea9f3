"""The S-curve."""

from dataclasses import replace
from datetime import date

import pytest
from chart_cases import CURVE_WORDS, STATUS, WIDE, WIDTHS, curve_data, label, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.curve import Curve, CurveData, CurveLine, CurvePoint, Limit, draw_curve
from kapm_site.pages.charts.inks import GHOST, INK, Frame


def draw(data: CurveData, frame: Frame = WIDE, status: date | None = STATUS) -> Curve:
    """The curve of some data."""
    chart = draw_curve(data, CURVE_WORDS, frame, label, status=status, top=1)
    assert chart is not None
    return chart


def test_nothing_is_none() -> None:
    """Without a finite point there is no chart."""
    bad = CurveData(CurveLine((CurvePoint(STATUS, float("inf")),)))
    assert draw_curve(CurveData(), CURVE_WORDS, WIDE, label) is None
    assert draw_curve(bad, CURVE_WORDS, WIDE, label, status=STATUS) is None


def test_inks_tell_the_courses_apart() -> None:
    """Planned is grey, forecast dashed in the accent, done the thickest in ink."""
    paths = draw(curve_data()).courses
    assert [(path.stroke, path.width) for path in paths] == [(GHOST, 2), (WIDE.look.accent, 2), (INK, 2.5)]
    assert [bool(path.dash) for path in paths] == [False, True, False]


@pytest.mark.parametrize("frame", WIDTHS)
def test_labels_keep_apart(frame: Frame) -> None:
    """Ends, status date, values and axis do not touch, in each width."""
    chart = draw(curve_data(), frame)
    assert overlaps((*chart.labels, *chart.axis)) == []
    assert outside(chart.sheet, (*chart.labels, *chart.axis)) == []
    assert {"14 Jan agreed", "26 Jan even chance", "9 Feb four in five", "62 % done"} <= {t.text for t in chart.labels}


@pytest.mark.parametrize("frame", WIDTHS)
def test_an_ended_project_has_room_for_its_labels(frame: Frame) -> None:
    """Where the status date is the last day, its labels still stand inside, without touching the ends."""
    data = curve_data()
    done = replace(data.done, points=(*data.done.points, CurvePoint(date(2027, 2, 20), 0.97)), now="97 % done")
    ended = CurveData(replace(data.planned, now="100 % planned"), done)
    chart = draw_curve(ended, CURVE_WORDS, frame, label, status=date(2027, 2, 20), top=1)
    assert chart is not None
    assert overlaps(chart.labels) == []
    assert outside(chart.sheet, chart.labels) == []
    assert {"100 % planned", "97 % done"} <= {t.text for t in chart.labels}


def test_the_value_at_the_status_date_lies_on_the_course() -> None:
    """Between two points the planned value is found on the straight line."""
    line = CurveLine((CurvePoint(date(2026, 11, 10), 0), CurvePoint(date(2026, 11, 30), 1)), "", "half")
    chart = draw(CurveData(line))
    heights = sorted(point.y1 for point in chart.grid if point.y1 == point.y2)
    assert chart.dots[0].cy == pytest.approx((heights[0] + heights[-1]) / 2, abs=0.2)


def test_a_limit_is_a_dotted_level() -> None:
    """A budget above all courses widens the scale and is named at the left."""
    chart = draw(replace(curve_data(), limits=(Limit(1.4, "budget"),)))
    assert [line.dash for line in chart.limits] == ["2 3"]
    assert chart.limits[0].y1 < min(dot.cy for dot in chart.dots)
    assert "budget" in {text.text for text in chart.labels}


@given(
    st.lists(st.tuples(st.dates(), st.floats(-1e9, 1e9)), max_size=5),
    st.lists(st.tuples(st.dates(), st.floats()), max_size=5),
    st.none() | st.dates(),
)
def test_any_course_can_be_drawn(planned: list, done: list, status: date | None) -> None:
    """Unsorted, constant, negative or infinite values never raise."""
    lines = [CurveLine(tuple(CurvePoint(*pair) for pair in pairs), "end", "now") for pairs in (planned, done)]
    for frame in WIDTHS:
        draw_curve(CurveData(*lines), CURVE_WORDS, frame, label, status=status)


def test_what_was_known_then_lies_behind() -> None:
    """Plan and progress as they were known are dotted and drawn first, so that the present lies over them."""
    then = CurveLine((CurvePoint(date(2026, 8, 3), 0.4), CurvePoint(STATUS, 0.6)))
    chart = draw(replace(curve_data(), known=(then, CurveLine())))
    assert [path.dash for path in chart.courses] == ["1 3", "", "5 3", ""]
