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
    draw_gantt_strip,
    gantt_domain,
    group_rows,
    split_gantt,
)
from kapm_site.pages.charts.inks import GHOST, INK, PAPER, RED, Frame
from kapm_site.pages.charts.marks import Line
from kapm_site.pages.charts.scale import TimeScale

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


def test_a_link_enters_a_buffer_where_it_is_left() -> None:
    """The used part ends where the work before it does: an arrow to its beginning would lead back in time."""
    before = task(id="a", finish=date(2026, 11, 18))
    buffer = task(id="b", kind="buffer", start=date(2026, 11, 11), done=0.8, depends_on=("a",))
    chart = draw(before, buffer)
    entry = float(chart.links[0].d.split("L")[-1].split()[0])
    assert entry >= chart.bars[0].x + chart.bars[0].width


def test_long_names_are_shortened_with_their_whole_as_a_tip() -> None:
    """A German compound ends in an ellipsis and keeps its whole for the mouse."""
    chart = draw_gantt(plan(), GANTT_WORDS, PRINT, label)
    assert chart is not None
    cut = [name for name in chart.names if name.text.endswith("…")]
    assert [name.tip for name in cut if name.tip.startswith("Donau")] == [plan()[1].name]


@pytest.mark.parametrize("frame", WIDTHS)
def test_no_text_touches_another(frame: Frame) -> None:
    """Names, columns, months and the status date keep apart and inside, in each width."""
    chart = draw_gantt(plan(), GANTT_WORDS, frame, label, status=STATUS, closed=CLOSED)
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


def test_a_holiday_lies_on_its_days() -> None:
    """A named closure is shaded from the beginning of its first day to the end of its last, with its name."""
    chart = draw_gantt((task(finish=date(2027, 3, 1)),), WORDS, WIDE, label, closed=CLOSED)
    assert chart is not None
    (shade,) = chart.shades
    x = TimeScale(*(gantt_domain((task(finish=date(2027, 3, 1)),)) or (STATUS, STATUS)), *_ends(chart))
    assert shade.x == pytest.approx(x.at(date(2026, 12, 24)), abs=0.2)
    assert shade.x + shade.width == pytest.approx(x.after(date(2027, 1, 1)), abs=0.2)
    assert shade.tip == "closed"
    assert [text.text for text in chart.axis if text.y == 12] == ["closed"]


def _ends(chart: GanttChart) -> tuple[float, float]:
    """Where the time axis of a wide chart begins and ends: the task of the tests begins with it."""
    return chart.bars[0].x - 0.5, chart.sheet.width - 24


def test_a_public_holiday_is_not_named_above_the_chart() -> None:
    """A year has a dozen of them: they are shaded, and named under a mouse only."""
    closed = (ClosedSpan(date(2026, 11, 18), date(2026, 11, 18), "Repentance Day"),)
    chart = draw_gantt((task(),), WORDS, WIDE, label, closed=closed)
    assert chart is not None
    assert [shade.tip for shade in chart.shades] == ["Repentance Day"]
    assert "Repentance Day" not in [text.text for text in chart.axis]


def test_a_narrow_chart_keeps_lines_out_of_words() -> None:
    """On a phone the status line is interrupted at the words, and there are no connectors."""
    chart = draw_gantt(plan(), GANTT_WORDS, PHONE, label, status=STATUS, closed=CLOSED)
    assert chart is not None
    assert chart.links == ()
    drawn = _drawn(chart.status[-1])
    words = [(text.y - 9, text.y + 3) for text in (*chart.names, *chart.cells)]
    assert drawn
    assert not [1 for top, bottom in drawn for high, low in words if top < low and high < bottom]


def _drawn(piece: Line) -> list[tuple[float, float]]:
    """The stretches of an upright dashed line that are seen."""
    y, found = piece.y1, []
    for index, length in enumerate(map(float, piece.dash.split())):
        if index % 2 == 0 and length:
            found.append((y, y + length))
        y += length
    return found


def test_a_narrow_chart_sets_a_long_name_on_two_lines() -> None:
    """The row grows by a line, so that the bar stays below the words."""
    name = "Roll-out: Ferrygate, Northquay and Saltmere"
    short, long = GanttRow("a", "Short", start=STATUS, finish=STATUS), replace(plan()[2], name=name, depth=0)
    chart = draw(short, long, short, frame=PHONE)
    lines = [text.text for text in chart.names]
    assert (lines[0], f"{lines[1]} {lines[2]}", lines[3:]) == ("Short", name, ["Short"])
    assert chart.names[3].y - chart.names[1].y == 40 + 15


def test_a_long_plan_repeats_its_months() -> None:
    """With many rows the months stand below as well, and the rows are lower."""
    rows = tuple(task(id=str(number)) for number in range(150))
    chart = draw(*rows)
    assert len({text.y for text in chart.axis}) == 2
    assert chart.sheet.height < 150 * 20
    assert chart.names[1].y - chart.names[0].y == 18


def test_groups_are_the_phases_of_a_plan() -> None:
    """What lies below a phase is a level higher in its group; what lies in none has a group without a head."""
    rows = (*plan(), GanttRow("x", "Alone"))
    groups = group_rows(rows)
    assert [group.head and group.head.id for group in groups] == ["p1", "p2", None]
    assert [(row.id, row.depth) for row in groups[0].rows] == [("a", 0), ("b", 1), ("m1", 0)]


def test_a_line_for_the_whole_plan_is_no_group() -> None:
    """Plans from Microsoft Project often hang below one line: their phases are the level below."""
    root = GanttRow("root", "Everything", "phase")
    groups = group_rows((root, *(replace(row, depth=row.depth + 1) for row in plan())))
    assert [group.head and group.head.id for group in groups] == [None, "p1", "p2"]


@given(st.lists(st.integers(0, 3), max_size=30))
def test_no_row_is_lost_between_groups(depths: list[int]) -> None:
    """Heads and members together are the plan, in order."""
    rows = [GanttRow(str(n), str(n), depth=depth) for n, depth in enumerate(depths)]
    found = [row.id for group in group_rows(rows) for row in (group.head, *group.rows) if row]
    assert found == [row.id for row in rows]


def test_a_strip_is_the_bar_alone() -> None:
    """It stands beside words that say the same, so it has no name of its own."""
    domain = (date(2026, 1, 1), date(2026, 12, 31))
    strip = draw_gantt_strip(task(done=0.5), PHONE, label, domain, status=STATUS)
    assert (strip.sheet.title, strip.names, strip.axis) == ("", (), ())
    assert len(strip.bars) == 2
    assert all(bar.y >= 0 and bar.y + bar.height <= strip.sheet.height for bar in (*strip.bars, *strip.baselines))


def test_the_critical_path_is_dark() -> None:
    """What is critical and in time has a dark outline, what is not has one in the accent."""
    assert [bar.stroke for bar in draw(task(critical=True)).bars] == [INK]
    assert [bar.stroke for bar in draw(task()).bars] == [WIDE.look.accent]


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
