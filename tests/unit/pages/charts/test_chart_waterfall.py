"""The waterfall from the agreed date to the expected one."""

from itertools import pairwise

import pytest
from chart_cases import PHONE, STEPS, WIDE, WIDTHS, box, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.inks import PAPER, RED, Frame
from kapm_site.pages.charts.waterfall import Waterfall, WaterfallEnd, WaterfallStep, draw_waterfall

BEGIN, END = WaterfallEnd("Baseline finish", "14 Jan 2027"), WaterfallEnd("Forecast finish", "26 Jan 2027, +8 d")


def draw(*steps: WaterfallStep, frame: Frame = WIDE) -> Waterfall:
    """The chart of some steps, which must exist."""
    chart = draw_waterfall(steps, BEGIN, END, "t", "d", frame)
    assert chart is not None
    return chart


def test_no_step_is_no_chart() -> None:
    """A finish that nothing moved has no waterfall, nor has a step that is no number."""
    assert draw_waterfall((), BEGIN, END, "t", "d", WIDE) is None
    assert draw_waterfall((WaterfallStep("x", float("nan"), ""),), BEGIN, END, "t", "d", WIDE) is None


@pytest.mark.parametrize("frame", WIDTHS)
def test_each_step_begins_where_the_last_one_ended(frame: Frame) -> None:
    """The bars hand over to each other, and the expected date lies as far from the agreed one as all together."""
    chart = draw(*STEPS, frame=frame)
    agreed, expected = (float(path.d[1:].split()[0]) for path in chart.diamonds)
    widths = [bar.width + (bar.fill is PAPER) for bar in chart.bars]
    assert chart.bars[0].x == pytest.approx(agreed, abs=0.2)
    assert chart.bars[1].x == pytest.approx(chart.bars[0].x + widths[0], abs=0.2)
    assert chart.bars[2].x + widths[2] == pytest.approx(chart.bars[1].x + widths[1], abs=0.7)
    assert expected == pytest.approx(agreed + widths[0] + widths[1] - widths[2], abs=0.6)


def test_what_lost_time_is_red_and_what_made_it_up_is_not() -> None:
    """The direction shows in grey as well: a bar back to the left is hollow."""
    assert [bar.fill for bar in draw(*STEPS).bars] == [RED, RED, PAPER]


@pytest.mark.parametrize("frame", WIDTHS)
def test_no_text_touches_another(frame: Frame) -> None:
    """Names, figures and notes keep apart and inside, and no bar runs through them."""
    chart = draw(*STEPS, frame=frame)
    texts = (*chart.names, *chart.texts)
    assert overlaps(texts) == []
    assert outside(chart.sheet, texts) == []
    boxes = [box(text) for text in texts]
    assert not [
        bar
        for bar in chart.bars
        for left, top, right, bottom in boxes
        if left < bar.x + bar.width and bar.x < right and top < bar.y + bar.height and bar.y < bottom
    ]


def test_lines_stay_out_of_names_on_a_phone() -> None:
    """Where a name stands between two bars, the line between them ends above it."""
    chart = draw(*STEPS, frame=PHONE)
    boxes = [box(text) for text in chart.names]
    assert not [
        piece
        for piece in (*chart.grid, *chart.levels)
        for left, top, right, bottom in boxes
        if left < piece.x1 < right and piece.y1 < bottom - 1 and top + 1 < piece.y2
    ]


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=12))
def test_any_days_can_be_drawn(days: list[float]) -> None:
    """Whatever the steps, the bars stay between the names and the edge, one below the other."""
    chart = draw(*(WaterfallStep(f"Cause {n}", value, f"{value:+.1f} d") for n, value in enumerate(days)))
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDE.width for bar in chart.bars)
    assert all(one.y < two.y for one, two in pairwise(chart.bars))
