"""Milestones over projects, and in the cells of a table."""

from datetime import date, timedelta

import pytest
from chart_cases import CLOSED, PHONE, STATUS, TIMELINE_WORDS, WIDE, WIDTHS, box, label, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.dumbbell import DumbbellRow, draw_dumbbell_head, draw_dumbbells
from kapm_site.pages.charts.inks import INK, PAPER, RED, Frame
from kapm_site.pages.charts.timeline import TimelineMark, TimelineRow, draw_timeline

ROWS = (
    TimelineRow("Field app", (TimelineMark(date(2026, 11, 26), "26 Nov Pilot live", critical=True, late=True),)),
    TimelineRow(
        "ERP rollout",
        (
            TimelineMark(date(2027, 1, 8), "8 Jan Training"),
            TimelineMark(date(2027, 1, 19), "19 Jan Acceptance", date(2027, 1, 7)),
            TimelineMark(date(2027, 1, 26), "26 Jan Go-live", done=True),
            TimelineMark(date(2027, 1, 29), "29 Jan Tracking live in Oslo"),
        ),
    ),
    TimelineRow(
        "门店推广", tuple(TimelineMark(date(2026, 12, 9 + n), f"12月{9 + n}日 门店推广验收") for n in range(9))
    ),
)
DUMBBELLS = (
    DumbbellRow(date(2026, 12, 1), date(2026, 11, 19), critical=True, late=True),
    DumbbellRow(date(2027, 1, 26), date(2027, 1, 26)),
    DumbbellRow(date(2026, 12, 17), None, done=True),
)


def test_nothing_is_none() -> None:
    """No milestone, or none in the domain, gives no chart."""
    domain = (date(2030, 1, 1), date(2030, 2, 1))
    assert draw_timeline((), TIMELINE_WORDS, WIDE, label) is None
    assert draw_timeline((TimelineRow("a", ()),), TIMELINE_WORDS, WIDE, label, status=STATUS) is None
    assert draw_timeline(ROWS, TIMELINE_WORDS, WIDE, label, domain=domain) is None
    assert draw_dumbbells((), WIDE, label) == ()
    assert draw_dumbbell_head((), "t", WIDE, label) is None


@pytest.mark.parametrize("frame", WIDTHS)
def test_crowded_labels_do_not_touch(frame: Frame) -> None:
    """Labels take lines above and below, keep inside, and what finds no place is counted."""
    chart = draw_timeline(ROWS, TIMELINE_WORDS, frame, label, status=STATUS, closed=CLOSED)
    assert chart is not None
    texts = (*chart.names, *chart.axis, *chart.labels)
    assert overlaps(texts) == []
    assert outside(chart.sheet, texts) == []
    counted = [int(text.text.split()[0]) for text in chart.names if text.text.endswith("more")]
    assert len(chart.labels) + sum(counted) == 14


def test_no_leader_strikes_a_text() -> None:
    """A leader to an outer line runs past the texts of the inner ones."""
    chart = draw_timeline(ROWS, TIMELINE_WORDS, PHONE, label, status=STATUS)
    assert chart is not None
    leaders = [line for line in chart.slips if line.x1 == line.x2]
    assert leaders
    for line in leaders:
        low, high = sorted((line.y1, line.y2))
        struck = [t.text for t in chart.labels if box(t)[0] < line.x1 < box(t)[2] and low < box(t)[1] + 1 < high - 6]
        assert struck == []


def test_the_state_of_a_mark_shows() -> None:
    """Red is critical and late, hollow ink is reached, the accent is to come, a grey diamond was agreed."""
    chart = draw_timeline(ROWS[:2], TIMELINE_WORDS, WIDE, label)
    assert chart is not None
    accent = WIDE.look.accent
    assert [sign.fill for sign in chart.diamonds] == [RED, accent, PAPER, accent, PAPER, accent]
    assert chart.diamonds[4].stroke is INK


@given(st.lists(st.lists(st.tuples(st.dates(), st.text(max_size=40)), max_size=8), max_size=4), st.none() | st.dates())
def test_any_milestones_can_be_drawn(rows: list, status: date | None) -> None:
    """Any dates and any text never raise, and labels never touch."""
    for frame in WIDTHS:
        chart = draw_timeline(
            [TimelineRow("row", tuple(TimelineMark(*mark) for mark in marks)) for marks in rows],
            TIMELINE_WORDS,
            frame,
            label,
            status=status,
        )
        assert chart is None or overlaps(chart.labels) == []


def test_dumbbells_share_one_scale() -> None:
    """The cells of a table have the same months and the same status date at the same place."""
    cells = draw_dumbbells(DUMBBELLS, Frame(240), label, status=STATUS)
    assert len({cell.status for cell in cells}) == 1
    assert len({cell.grid for cell in cells}) == 1


def test_a_dumbbell_shows_the_slip() -> None:
    """A moved milestone has two diamonds and a line, red if critical and late; an unmoved one has one diamond."""
    moved, kept, reached = draw_dumbbells(DUMBBELLS, Frame(240), label, status=STATUS)
    assert [sign.fill for sign in moved.diamonds] == [PAPER, RED]
    assert moved.slips[0].stroke is RED
    assert (len(kept.diamonds), kept.slips) == (1, ())
    assert reached.diamonds[0].fill is INK


def test_the_head_names_status_and_months() -> None:
    """The status date comes first, the months take what is left."""
    head = draw_dumbbell_head(DUMBBELLS, "t", Frame(280), label, status=STATUS, status_label="20 Nov")
    assert head is not None
    assert [text.text for text in head.axis][:2] == ["20 Nov", "Dec 2026"]
    assert overlaps(head.axis) == []


def test_one_day_is_a_scale_too() -> None:
    """A single milestone on the status date draws."""
    assert draw_dumbbells((DumbbellRow(STATUS, desc="Go-live"),), Frame(120), label, status=STATUS)
    rows = (TimelineRow("a", (TimelineMark(date.max, "end"), TimelineMark(date.max - timedelta(1), "before"))),)
    assert draw_timeline(rows, TIMELINE_WORDS, WIDE, label) is not None
