"""The Gantt chart."""

from dataclasses import replace
from datetime import date

import pytest
from chart_cases import CLOSED, GANTT_WORDS, PHONE, PRINT, STATUS, WIDE, WIDTHS, label, outside, overlaps, plan
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.gantt import (
    ClosedSpan,
    GanttChart,
    GanttRow,
    GanttWords,
    draw_gantt,
    gantt_domain,
    outline_rows,
    split_gantt,
)
from kapm_site.pages.charts.inks import GHOST, INK, PAPER, RED, Frame

WORDS = GanttWords("t", "d")


def draw(*rows: GanttRow, frame: Frame = WIDE, status: date | None = None) -> GanttChart:
    """The chart of some rows, which must exist."""
    chart = draw_gantt(rows, WORDS, frame, label, status=status)
    assert chart is not None
    return chart


def task(**more: object) -> GanttRow:
    """A task of ten days in the middle of November."""
    return replace(GanttRow("t", "Task", start=date(2026, 11, 11), finish=date(2026, 11, 20)), **more)


def test_nothing_to_draw_is_none() -> None:
    """No row, or rows without any date, give no chart."""
    assert draw_gantt((), WORDS, WIDE, label) is None
    assert draw_gantt((GanttRow("a", "A"),), WORDS, WIDE, label, status=STATUS) is None


def test_the_done_part_is_ink_and_the_rest_outlined() -> None:
    """A half-done task is half ink and half the tint of the accent in an outline."""
    rest, done = draw(task(done=0.5)).bars
    assert (done.fill, rest.fill, rest.stroke) == (INK, WIDE.look.accent_soft, WIDE.look.accent)
    assert abs((rest.x - 0.5) - (done.x + done.width)) <= 0.2


@pytest.mark.parametrize(("critical", "late", "red"), [(True, True, True), (True, False, False), (False, True, False)])
def test_red_is_critical_and_late(critical: bool, late: bool, red: bool) -> None:
    """Only what is both critical and late is red."""
    chart = draw(task(critical=critical, late=late))
    assert any(bar.fill is RED for bar in chart.bars) == red


@pytest.mark.parametrize("done", [-1.0, float("nan"), 0.0])
def test_a_fraction_out_of_range_is_brought_in(done: float) -> None:
    """A fraction below nought or no number counts as nothing done, one above as all."""
    assert [bar.fill for bar in draw(task(done=done)).bars] == [WIDE.look.accent_soft]
    assert [bar.fill for bar in draw(task(done=7)).bars] == [INK]


def test_the_baseline_lies_below_its_bar() -> None:
    """The agreed dates are a thin grey bar that does not touch the bar itself."""
    chart = draw(task(baseline_start=date(2026, 11, 4), baseline_finish=date(2026, 11, 13)))
    (bar,), (baseline,) = chart.bars, chart.baselines
    assert baseline.fill is GHOST
    assert baseline.y > bar.y + bar.height
    assert baseline.x < bar.x


def test_the_forecast_replaces_the_plan() -> None:
    """A forecast finish moves the end of the bar."""
    plain, moved = draw(task()), draw(task(forecast_finish=date(2026, 12, 20)))
    assert moved.bars[0].width > plain.bars[0].width * 0.9
    assert moved.sheet == plain.sheet


def test_a_moved_milestone_shows_both_dates() -> None:
    """The agreed date is a hollow diamond, tied to the filled one by a line; the date stands beside."""
    row = GanttRow(
        "m", "Go", "milestone", 0, None, date(2027, 1, 26), None, date(2027, 1, 14), critical=True, late=True
    )
    chart = draw(task(), row)
    assert [path.fill for path in chart.diamonds] == [PAPER, RED]
    assert len(chart.slips) == 1
    assert [note.text for note in chart.notes] == ["26 Jan"]


def test_a_buffer_is_hatched() -> None:
    """A buffer is hollow with diagonal lines; what is eaten of it is filled."""
    chart = draw(task(kind="buffer", done=0.4))
    assert chart.bars[0].fill is PAPER
    assert chart.hatches[0].d.count("M") > 3
    assert chart.bars[1].width == pytest.approx(chart.bars[0].width * 0.4, abs=1)


def test_long_names_are_shortened_with_their_whole_as_a_tip() -> None:
    """A German compound ends in an ellipsis and keeps its whole for the mouse."""
    chart = draw_gantt(plan(), GANTT_WORDS, PRINT, label)
    assert chart is not None
    cut = [name for name in chart.names if name.text.endswith("…")]
    assert [name.tip for name in cut if name.tip.startswith("Donau")] == [plan()[1].name]


@pytest.mark.parametrize("frame", WIDTHS)
def test_no_text_touches_another(frame: Frame) -> None:
    """Names, columns, months and the status date keep apart and inside, in each width."""
    rows = outline_rows(plan()) if frame is PHONE else plan()
    chart = draw_gantt(rows, GANTT_WORDS, frame, label, status=STATUS, closed=CLOSED)
    assert chart is not None
    texts = (*chart.names, *chart.cells, *chart.axis, *chart.notes)
    assert overlaps(texts) == []
    assert outside(chart.sheet, texts) == []


def test_the_status_line_ends_the_status_date() -> None:
    """What is done by the status date lies left of the line, and a status outside the plan draws none."""
    chart = draw(task(), status=date(2026, 11, 20))
    assert chart.status[0].x1 == chart.bars[0].x + chart.bars[0].width + 0.5
    domain = (date(2026, 11, 1), date(2026, 11, 30))
    far = draw_gantt((task(),), WORDS, WIDE, label, status=date(2027, 5, 1), domain=domain)
    assert far is not None
    assert far.status == ()


def test_weekends_show_where_a_day_is_wide() -> None:
    """Unnamed closed days are shaded in a short plan and left out of a long one."""
    weekend = ClosedSpan(date(2026, 11, 14), date(2026, 11, 15))
    short = draw_gantt((task(),), WORDS, WIDE, label, closed=(weekend,))
    long = draw_gantt((task(finish=date(2027, 11, 20)),), WORDS, WIDE, label, closed=(weekend,))
    assert short is not None
    assert long is not None
    assert (len(short.shades), len(long.shades)) == (1, 0)


def test_a_narrow_chart_keeps_lines_out_of_words() -> None:
    """On a phone the status line and shades cover the bars only, and there are no connectors."""
    chart = draw_gantt(outline_rows(plan()), GANTT_WORDS, PHONE, label, status=STATUS, closed=CLOSED)
    assert chart is not None
    assert chart.links == ()
    assert all(piece.y2 - piece.y1 <= 24 for piece in chart.status)


def test_a_long_plan_repeats_its_months() -> None:
    """With many rows the months stand below as well, and the rows are lower."""
    rows = tuple(task(id=str(number)) for number in range(150))
    chart = draw(*rows)
    assert len({text.y for text in chart.axis}) == 2
    assert chart.sheet.height < 150 * 20
    assert chart.names[1].y - chart.names[0].y == 18


def test_the_outline_keeps_phases_and_milestones() -> None:
    """The rows for a phone are the top level and the milestones, right below."""
    assert [(row.id, row.depth) for row in outline_rows(plan())] == [("p1", 0), ("m1", 1), ("p2", 0), ("m2", 1)]


def test_pages_hold_at_most_their_rows() -> None:
    """A plan is cut before a phase near the end of a page, never after its own line; it is named again."""
    rows = [GanttRow(f"p{p}.{n}", f"{p}.{n}", "task" if n else "phase", min(n, 1)) for p in range(5) for n in range(8)]
    pages = split_gantt(rows, 10, lambda name: f"{name} (continued)")
    assert [len(page) for page in pages] == [8, 8, 8, 8, 8]
    pages = split_gantt(rows, 6, lambda name: f"{name} (continued)")
    assert max(len(page) for page in pages) <= 6
    assert pages[1][0] == GanttRow("", "0.0 (continued)", "phase")
    assert not any(page[-1].kind == "phase" for page in pages)


@given(
    st.lists(st.tuples(st.sampled_from(["phase", "task", "milestone"]), st.integers(0, 3)), max_size=60),
    st.integers(-1, 20),
)
def test_no_row_is_lost_between_pages(shape: list[tuple[str, int]], limit: int) -> None:
    """Whatever the plan and the limit, the pages together are the plan, in order."""
    rows = [GanttRow(str(n), str(n), kind, depth) for n, (kind, depth) in enumerate(shape)]
    pages = split_gantt(rows, limit)
    assert [row.id for page in pages for row in page if row.id] == [row.id for row in rows]


def test_parts_share_one_domain() -> None:
    """The domain covers plan, baseline, forecast and status."""
    row = task(baseline_start=date(2026, 10, 1), forecast_finish=date(2027, 3, 1))
    first, last = gantt_domain((row,), STATUS) or (date.min, date.min)
    assert first == date(2026, 10, 1)
    assert last >= date(2027, 3, 1)


@given(st.data())
def test_any_plan_can_be_drawn(data: st.DataObject) -> None:
    """Missing, reversed or extreme dates and unknown links never raise."""
    dates = st.none() | st.dates()
    rows = data.draw(
        st.lists(
            st.builds(
                GanttRow,
                st.sampled_from("abc"),
                st.text(max_size=30),
                st.sampled_from(["phase", "task", "milestone", "buffer"]),
                st.integers(-2, 12),
                dates,
                dates,
                dates,
                dates,
                dates,
                dates,
                st.floats(),
                st.booleans(),
                st.booleans(),
                depends_on=st.lists(st.sampled_from("abcd"), max_size=2).map(tuple),
            ),
            max_size=6,
        )
    )
    for frame in WIDTHS:
        draw_gantt(rows, GANTT_WORDS, frame, label, status=STATUS)
