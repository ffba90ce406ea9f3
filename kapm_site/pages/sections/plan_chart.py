"""The plan over time: a Gantt chart of what its medium has room for, and the rest of a long plan phase by phase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Figure, Fold
from kapm_site.pages.charts.gantt import (
    ClosedSpan,
    GanttChart,
    GanttRow,
    GanttWords,
    draw_gantt,
    draw_gantt_axis,
    draw_gantt_strip,
    gantt_domain,
    group_rows,
    split_gantt,
)
from kapm_site.pages.charts.gantt_rows import RowGroup, baseline_of
from kapm_site.pages.closed_days import closed_spans
from kapm_site.pages.fields import sentences
from kapm_site.pages.sections.plan_rows import gantt_row, group_note
from kapm_site.pages.setting import Setting

#: Rows of a chart that shows a plan as a whole; of a longer one it shows the upper levels, phases follow one by one.
_WHOLE, _SUMMARY = 64, 40
#: Pixels of a day from which bars of a week are seen on the axis of the whole plan.
_SEEN = 0.8
#: Rows of a chart of a plan without levels, on the site and in print, and of one with levels in print.
_MOST_FLAT, _MOST_FLAT_PRINT, _MOST_PRINT = 160, 66, 30
#: Rows of a phone's chart that stand open.
_OPEN = 16
#: A printed chart is one piece: two of a plan without levels fill a page, and neither leaves half of one empty.
_ROWS_PER_PIECE, _PRINT_HEIGHT = 23, 15


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all charts of one plan are drawn from; `title` and `desc` of the one that shows it as a whole."""

    view: ProjectView
    setting: Setting
    title: str
    desc: str
    closed: tuple[ClosedSpan, ...]
    rows: tuple[GanttRow, ...]
    domain: tuple[date, date]


def plan_figure(view: ProjectView, setting: Setting, desc: str) -> Figure | None:
    """Draw the plan, for the page and for a phone, or for as many printed pages as it takes."""
    rows = tuple(gantt_row(task, view, setting) for task in view.tasks)
    domain = gantt_domain(rows, view.status)
    if domain is None:
        return None
    words = setting.words
    start, finish = view.schedule.start or domain[0], view.schedule.forecast_finish or domain[1]
    title = words.text("chart.gantt_title", start=words.date(start), finish=words.date(finish))
    plan = _Plan(view, setting, title, desc, closed_spans(view, words), rows, domain)
    return _on_paper(plan) if setting.medium == "print" else _on_screen(plan)


def _on_paper(plan: _Plan) -> Figure:
    nested = any(row.depth for row in plan.rows)
    rows = _levels(plan.rows, _MOST_PRINT if nested else _MOST_FLAT_PRINT)
    words = plan.setting.words
    pages = split_gantt(
        rows, _MOST_PRINT if nested else _ROWS_PER_PIECE, lambda name: words.text("page.continued", name=name)
    )
    drawn = (_drawn(page, plan, plan.setting.widths[0]) for page in pages)
    return Figure(tuple(chart for chart in drawn if chart), caption=_caption(plan, rows))


def _on_screen(plan: _Plan) -> Figure:
    """Draw a short plan as a whole; of a long one the upper levels, the rest waits behind a click."""
    wide, narrow = plan.setting.widths
    groups = group_rows(plan.rows)
    long = len(plan.rows) > _WHOLE and any(group.head for group in groups)
    chart = _drawn(_levels(plan.rows, _SUMMARY) if long else plan.rows[:_MOST_FLAT], plan, wide)
    phone = _on_phone(plan, groups, narrow) if narrow else ((), ())
    return Figure(
        wide=(chart,) if chart else (),
        wide_folds=tuple(_rest(plan, groups, wide)) if long else (),
        narrow=phone[0],
        narrow_folds=phone[1],
        caption=_caption(plan, plan.rows),
    )


def _rest(plan: _Plan, groups: Sequence[RowGroup], width: int) -> list[Fold]:
    """Draw all lines at once where a week can be seen on the axis of the whole plan, else phase by phase."""
    days = (plan.domain[1] - plan.domain[0]).days + 1
    if len(plan.rows) > _MOST_FLAT or width / 2 / days < _SEEN:
        return _folds(plan, groups, width)
    chart = _drawn(plan.rows, plan, width)
    words = plan.setting.words
    total = words.number(len(plan.rows))
    return [Fold(words.text("page.show_all", total=total), chart)] if chart else []


def _on_phone(plan: _Plan, groups: Sequence[RowGroup], width: int) -> tuple[tuple[GanttChart, ...], tuple[Fold, ...]]:
    """Draw phases as strips that open, below one axis; a plan without phases as one chart."""
    if not any(group.head for group in groups):
        chart = _drawn(plan.rows[:_WHOLE], plan, width)
        return ((chart,) if chart else ()), ()
    frame, setting = plan.setting.frame(width), plan.setting
    axis = draw_gantt_axis(_words(plan), frame, setting.tick, plan.domain, status=plan.view.status)
    return (axis,), tuple(_folds(plan, groups, width, strips=True))


def _folds(plan: _Plan, groups: Sequence[RowGroup], width: int, *, strips: bool = False) -> list[Fold]:
    """Draw each phase on a time axis of its own, so that a long plan is seen closer.

    With `strips` the bar of each phase stands beside its name, and the first ones that are under way are open.
    """
    folds, opened = [], 0
    for group in groups:
        fold = _fold(plan, group, width, strip=strips)
        if fold is None:
            continue
        running = strips and group.head is not None and 0 < group.head.done < 1
        if running and opened + len(group.rows) <= _OPEN:
            opened += len(group.rows)
            fold = replace(fold, open=True)
        folds.append(fold)
    return folds


def _fold(plan: _Plan, group: RowGroup, width: int, *, strip: bool) -> Fold | None:
    setting, status, head = plan.setting, plan.view.status, group.head
    if head is None and all(row.kind == "phase" for row in group.rows):
        return None  # the line that stands for the whole plan
    name = head.name if head else setting.words.text("page.more_tasks")
    note = group_note(head, setting, status) if head else ""
    chart = _drawn(group.rows, replace(plan, title=name, desc=note), width, gantt_domain(group.rows))
    if chart is None:
        return None
    bar = None
    if strip and head:
        bar = draw_gantt_strip(head, setting.frame(width), setting.tick, plan.domain, status=status)
    return Fold(name, chart, note, bar)


def _levels(rows: Sequence[GanttRow], most: int) -> tuple[GanttRow, ...]:
    """Leave out the deepest levels until the rest has room; milestones go last."""
    deepest = max((row.depth for row in rows), default=0)
    for depth in range(deepest, -1, -1):
        kept = tuple(row for row in rows if row.depth <= depth or row.kind == "milestone")
        if len(kept) <= most:
            return kept
    return tuple(row for row in rows if row.depth == 0)[:most]


def _drawn(
    rows: Sequence[GanttRow], plan: _Plan, width: int, domain: tuple[date, date] | None = None
) -> GanttChart | None:
    setting = plan.setting
    return draw_gantt(
        rows,
        _words(plan),
        setting.frame(width),
        setting.tick,
        status=plan.view.status,
        closed=plan.closed,
        domain=domain or plan.domain,
        row_height=_PRINT_HEIGHT if setting.medium == "print" else None,
    )


def _words(plan: _Plan) -> GanttWords:
    words = plan.setting.words
    return GanttWords(
        title=plan.title,
        desc=plan.desc,
        name=words.text("label.task"),
        heads=(words.text("label.finish"), words.text("figure.schedule.slip_days")),
        status=words.date(plan.view.status, "short"),
    )


def _caption(plan: _Plan, rows: Sequence[GanttRow]) -> str:
    """Explain the signs that occur."""
    words = plan.setting.words
    open_rows = [row for row in rows if row.done < 1]
    signs = (
        ("chart.gantt_note", True),
        ("chart.gantt_baseline", any(baseline_of(row) and row.kind != "milestone" for row in rows)),
        ("chart.gantt_critical", any(row.critical and not row.late and row.kind != "phase" for row in open_rows)),
        ("chart.gantt_buffer", any(row.kind == "buffer" for row in rows)),
        ("chart.gantt_closed", any(span.name for span in plan.closed)),
    )
    return sentences(words, *(words.text(name) for name, occurs in signs if occurs))
