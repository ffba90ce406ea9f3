"""Bars: money, shares, slips, scores."""

import pytest
from chart_cases import PHONE, PRINT, WIDE, WIDTHS, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.bars import BarMark, BarPart, BarRow, draw_bar_strips, draw_bars, draw_shares
from kapm_site.pages.charts.distribution import ScoreBin, draw_distribution
from kapm_site.pages.charts.inks import GHOST, INK, RED, Frame
from kapm_site.pages.charts.slips import SlipRow, draw_slip_strips, draw_slips

MONEY = (
    BarRow("Budget", (BarPart(640, "ghost"),), "€640k", strong=True),
    BarRow(
        "Verpflichtungen aus Rahmenverträgen", (BarPart(412, "ink", "spent"), BarPart(118, "mid", "committed")), "€530k"
    ),
    BarRow("完工估算", (BarPart(530), BarPart(134, "soft", "still to come")), "€664k"),
)
SLIPS = (SlipRow("Field app", 19, "+19 d", critical=True), SlipRow("ERP", 8, "+8 d"), SlipRow("Store", -2, "−2 d"))
NPS = tuple(ScoreBin(str(n), n, 0 if n < 7 else 1 if n < 9 else 2) for n in range(11))


def test_nothing_is_none() -> None:
    """No rows, no amounts, no answers give no chart."""
    assert draw_bars((), "t", "d", WIDE) is None
    assert draw_shares((BarPart(0), BarPart(float("nan"))), "t", "d", WIDE) is None
    assert draw_slips((), "t", "d", WIDE) is None
    assert draw_slip_strips((), "t", WIDE) == ()
    assert draw_bar_strips((), "t", WIDE) == ()
    assert draw_distribution((), (), "t", "d", WIDE) is None
    assert draw_distribution((ScoreBin("1", 0),), (), "t", "d", WIDE) is None


def test_all_bars_share_one_scale() -> None:
    """Twice the amount is twice the length, across rows."""
    chart = draw_bars((BarRow("a", (BarPart(100),)), BarRow("b", (BarPart(200),))), "t", "d", WIDE)
    assert chart is not None
    assert chart.bars[1].width == pytest.approx(2 * chart.bars[0].width, abs=0.2)
    strips = draw_bar_strips((BarRow("a", (BarPart(100),)), BarRow("b", (BarPart(200),))), "t", WIDE)
    assert (strips[0].bars[0].width, strips[1].bars[0].width) == (560, 1120)


@pytest.mark.parametrize("frame", WIDTHS)
def test_no_text_touches_another(frame: Frame) -> None:
    """Names, figures and words in bars keep apart and inside, with a mark across."""
    for chart in (
        draw_bars(MONEY, "t", "d", frame, mark=BarMark(640, "budget 640")),
        draw_shares(MONEY[1].parts, "t", "d", frame, mark=BarMark(500, "budget 500")),
        draw_slips(SLIPS, "t", "d", frame),
    ):
        assert chart is not None
        assert overlaps((*chart.names, *chart.texts)) == []
        assert outside(chart.sheet, (*chart.names, *chart.texts)) == []


def test_words_that_do_not_fit_stand_below() -> None:
    """A small part has its words under it, a large one inside."""
    chart = draw_shares(
        (BarPart(900, text="spent"), BarPart(100, "mid", "committed to the hosting provider")), "t", "d", PHONE
    )
    assert chart is not None
    inside, below = chart.texts
    assert below.y > inside.y
    assert below.x + 1 < 358


def test_a_mark_strikes_no_figure() -> None:
    """A figure that the budget line would cross stands behind it."""
    chart = draw_bars(
        (BarRow("a", (BarPart(95),), "€95k"), BarRow("b", (BarPart(120),), "€120k")),
        "t",
        "d",
        PHONE,
        mark=BarMark(100, "x"),
    )
    assert chart is not None
    assert chart.texts[0].x == chart.marks[0].x1 + 8


def test_early_goes_left_and_late_right() -> None:
    """Early is grey to the left, late is ink to the right, critical and late is red."""
    chart = draw_slips(SLIPS, "t", "d", PRINT)
    assert chart is not None
    zero = chart.marks[0].x1
    late, plain, early = chart.bars
    assert (late.fill, plain.fill, early.fill) == (RED, INK, GHOST)
    assert late.x == plain.x == zero
    assert early.x + early.width == pytest.approx(zero, abs=0.1)


def test_slip_strips_share_their_zero() -> None:
    """The strips of a table have one zero and one scale."""
    strips = draw_slip_strips(SLIPS, "t", Frame(200))
    assert len({strip.marks[0].x1 for strip in strips}) == 1
    assert strips[0].sheet.desc == "Field app +19 d"


def test_scores_are_grouped() -> None:
    """Each group of scores has a brace and its words; a score without answers has no column."""
    chart = draw_distribution(NPS, ("21 detractors", "15 passives", "19 promoters"), "t", "d", PHONE)
    assert chart is not None
    assert len(chart.columns) == 10
    assert [text.text for text in chart.groups] == ["21 detractors", "15 passives", "19 promoters"]
    assert outside(chart.sheet, (*chart.groups, *chart.scores, *chart.counts)) == []


@given(st.lists(st.floats(), max_size=6), st.floats())
def test_any_amount_can_be_drawn(values: list[float], mark: float) -> None:
    """Negative, infinite or missing amounts never raise and draw nothing."""
    parts = tuple(BarPart(value, "mid", "text") for value in values)
    draw_bars((BarRow("a", parts, "x"),), "t", "d", PHONE, mark=BarMark(mark, "mark"))
    draw_shares(parts, "t", "d", PHONE, mark=BarMark(mark, "mark"))
    draw_slips([SlipRow("a", value, "x") for value in values], "t", "d", PHONE)
