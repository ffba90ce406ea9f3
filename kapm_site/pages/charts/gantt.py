"""The plan as bars over time: what is done, what is left, what was agreed, and where today stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from kapm_site.pages.charts.gantt_axis import axis, grid, shades, status_lines, total_height
from kapm_site.pages.charts.gantt_bars import Pen, RowMarks, draw_note, draw_row
from kapm_site.pages.charts.gantt_layout import (
    HEAD,
    STRIP,
    Plan,
    cell_texts,
    lay_narrow,
    lay_out,
    lay_strip,
    name_texts,
)
from kapm_site.pages.charts.gantt_links import connect, strikes
from kapm_site.pages.charts.gantt_rows import (
    ClosedSpan,
    GanttRow,
    GanttWords,
    baseline_of,
    group_rows,
    span_of,
    split_gantt,
)
from kapm_site.pages.charts.inks import HAIR, INK, PAPER, Frame
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import Line, Path, Rect, Sheet, Text, line, rect
from kapm_site.pages.charts.scale import DateLabel, TimeScale, day_range, time_ticks

__all__ = [
    "ClosedSpan",
    "GanttChart",
    "GanttRow",
    "GanttWords",
    "draw_gantt",
    "draw_gantt_axis",
    "draw_gantt_strip",
    "gantt_domain",
    "group_rows",
    "split_gantt",
]

_TICK_ROOM = 30
_MANY = 60


@dataclass(frozen=True, slots=True)
class GanttChart:
    """The geometry of a Gantt chart, by layer from the ground up."""

    template: ClassVar[str] = "charts/gantt.svg.j2"
    sheet: Sheet
    shades: tuple[Rect, ...] = ()
    grid: tuple[Line, ...] = ()
    links: tuple[Path, ...] = ()
    baselines: tuple[Rect, ...] = ()
    bars: tuple[Rect, ...] = ()
    hatches: tuple[Path, ...] = ()
    slips: tuple[Line, ...] = ()
    status: tuple[Line, ...] = ()
    diamonds: tuple[Path, ...] = ()
    grounds: tuple[Rect, ...] = ()
    names: tuple[Text, ...] = ()
    cells: tuple[Text, ...] = ()
    axis: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    tips: tuple[Rect, ...] = ()


def gantt_domain(rows: Sequence[GanttRow], status: date | None = None) -> tuple[date, date] | None:
    """First and last day of a plan and a little air after it: give it to every page of a split plan."""
    days = [day for row in rows for span in (span_of(row), baseline_of(row)) if span for day in span]
    bounds = day_range([*days, status]) if days else None
    if bounds is None:
        return None
    first, last = bounds
    air = timedelta(days=max(1, (last - first).days // 80))
    return first, min(last, date.max - air) + air


def draw_gantt(
    rows: Sequence[GanttRow],
    words: GanttWords,
    frame: Frame,
    label: DateLabel,
    *,
    status: date | None = None,
    closed: Sequence[ClosedSpan] = (),
    domain: tuple[date, date] | None = None,
    row_height: float | None = None,
) -> GanttChart | None:
    """Lay out rows over time; None without a row or without a date.

    Widths under 520 px set the words above the bars. A part of a `split_gantt` takes the `gantt_domain` of the whole.
    """
    domain = domain or gantt_domain(rows, status)
    if not rows or domain is None:
        return None
    plan = lay_out(rows, words, frame.width, domain, row_height)
    pen = Pen(plan.scale, 8 if len(rows) <= _MANY else 7, frame.look, label)
    marks = _drawn(rows, plan, pen)
    notes = _notes(marks, plan, pen)
    links = () if plan.narrow else connect([found.slot for found in marks], len(rows))
    ticks = time_ticks(plan.scale, label, _TICK_ROOM)
    status = _inside(status, plan.scale)
    return replace(
        _layers(marks, Sheet(frame.width, total_height(plan), words.title, words.desc, frame.look.font)),
        shades=shades(plan, closed),
        grid=grid(rows, plan, ticks),
        links=links,
        status=status_lines(plan, status, ticks),
        grounds=_grounds(plan, notes, links, status),
        names=tuple(text for index, row in enumerate(rows) for text in name_texts(row, index, plan)),
        cells=tuple(text for index, row in enumerate(rows) for text in cell_texts(row, index, plan)),
        axis=axis(plan, words, ticks, status, closed),
        notes=notes,
        tips=() if plan.narrow else tuple(found.area for found in marks if found.area.tip),
    )


def draw_gantt_axis(
    words: GanttWords, frame: Frame, label: DateLabel, domain: tuple[date, date], *, status: date | None = None
) -> GanttChart:
    """The axis of a narrow chart alone, above strips of the same domain."""
    plan = lay_narrow((), (), frame.width, domain)
    ticks, status = time_ticks(plan.scale, label, _TICK_ROOM), _inside(status, plan.scale)
    return replace(
        _layers((), Sheet(frame.width, HEAD, words.title, words.desc, frame.look.font)),
        grid=grid((), plan, ticks),
        status=status_lines(plan, status, ticks),
        axis=axis(plan, words, ticks, status, ()),
    )


def draw_gantt_strip(
    row: GanttRow, frame: Frame, label: DateLabel, domain: tuple[date, date], *, status: date | None = None
) -> GanttChart:
    """The bar of one row without words, for a line that says them."""
    plan = lay_strip(frame.width, domain)
    marks = _drawn((row,), plan, Pen(plan.scale, 8, frame.look, label))
    return replace(
        _layers(marks, Sheet(frame.width, STRIP, "", "", frame.look.font)),
        grid=(line(plan.scale.start, STRIP - 1, plan.scale.end, STRIP - 1, HAIR),),
        status=tuple(line(x, 0, x, STRIP, INK, width=1.2) for x in _status_at(status, plan.scale)),
    )


def _drawn(rows: Sequence[GanttRow], plan: Plan, pen: Pen) -> list[RowMarks]:
    drawn = (draw_row(row, index, plan.mid(index), pen) for index, row in enumerate(rows))
    return [found for found in drawn if found is not None]


def _layers(marks: Sequence[RowMarks], sheet: Sheet) -> GanttChart:
    return GanttChart(
        sheet,
        baselines=tuple(mark for found in marks for mark in found.baselines),
        bars=tuple(mark for found in marks for mark in found.bars),
        hatches=tuple(mark for found in marks for mark in found.hatches),
        slips=tuple(mark for found in marks for mark in found.slips),
        diamonds=tuple(mark for found in marks for mark in found.diamonds),
    )


def _inside(status: date | None, scale: TimeScale) -> date | None:
    return status if status is not None and scale.first <= status <= scale.last else None


def _status_at(status: date | None, scale: TimeScale) -> tuple[float, ...]:
    inside = _inside(status, scale)
    return (scale.after(inside),) if inside else ()


def _notes(marks: Sequence[RowMarks], plan: Plan, pen: Pen) -> tuple[Text, ...]:
    """The notes beside bars, less the dates of milestones that a narrow chart says in the words above them."""
    wanted = [found for found in marks if not plan.narrow or found.slot.row.note or not found.slot.row.cells]
    return tuple(note for found in wanted if (note := draw_note(found, pen)))


def _grounds(plan: Plan, notes: Sequence[Text], links: Sequence[Path], status: date | None) -> tuple[Rect, ...]:
    """Paper behind those notes that a line would strike through."""
    grounds = []
    for note in notes:
        width = text_width(note.text, bold=note.bold)
        left = note.x if note.anchor == "start" else note.x - width
        struck = status is not None and left - 2 < plan.scale.after(status) < left + width + 2
        if struck or strikes(links, note.y - 4, left, left + width):
            grounds.append(rect(left - 2, note.y - 10, width + 4, 13, PAPER))
    return tuple(grounds)
