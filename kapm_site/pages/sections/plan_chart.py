"""The plan over time: rows for the Gantt chart, as many as its medium has room for."""

from collections.abc import Sequence
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Figure
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
from kapm_site.pages.charts.gantt_rows import Kind
from kapm_site.pages.sections.task_details import is_done
from kapm_site.pages.setting import Setting

#: Rows of the chart; a longer plan leaves out its deepest levels, which the register shows.
#: Rows of the chart. In print one page shows the upper levels; a plan without levels takes two.
_MOST_WEB, _MOST_PRINT, _MOST_FLAT = 160, 44, 90
_ROWS_PER_PAGE, _PRINT_HEIGHT = 45, 18


def plan_figure(view: ProjectView, setting: Setting, desc: str) -> Figure | None:
    """Draw the plan, for the page and for a phone, or for as many printed pages as it takes."""
    web = setting.medium == "web"
    nested = any(task.depth for task in view.tasks)
    shown = _levels(view.tasks, _MOST_WEB if web else _MOST_PRINT if nested else _MOST_FLAT)
    rows = [_row(task, view, setting) for task in shown]
    domain = gantt_domain(rows, view.status)
    if domain is None:
        return None
    words = setting.words
    wide_width, narrow_width = setting.widths
    pages: Sequence[Sequence[GanttRow]] = [rows]
    if not web:
        pages = split_gantt(rows, _ROWS_PER_PAGE, lambda name: words.text("page.continued", name=name))
    wide = [_drawn(page, view, setting, desc, wide_width, domain) for page in pages]
    narrow = [_drawn(outline_rows(rows), view, setting, desc, narrow_width)] if narrow_width else []
    return Figure(
        wide=tuple(chart for chart in wide if chart),
        narrow=tuple(chart for chart in narrow if chart),
        caption=words.text("chart.gantt_note"),
    )


def _levels(tasks: Sequence[TaskView], most: int) -> list[TaskView]:
    """Leave out the deepest levels until the rest has room; milestones stay as long as any level goes before them."""
    for deepest in range(max((task.depth for task in tasks), default=0), -1, -1):
        kept = [task for task in tasks if task.depth <= deepest or (task.milestone and deepest > 0)]
        if len(kept) <= most:
            return kept
    return [task for task in tasks if task.depth == 0][:most]


def _drawn(
    rows: Sequence[GanttRow],
    view: ProjectView,
    setting: Setting,
    desc: str,
    width: int,
    domain: tuple[date, date] | None = None,
) -> GanttChart | None:
    words = setting.words
    span = domain or gantt_domain(rows, view.status)
    if span is None:
        return None
    start, finish = view.schedule.start or span[0], view.schedule.forecast_finish or span[1]
    names = GanttWords(
        title=words.text("chart.gantt_title", start=words.date(start), finish=words.date(finish)),
        desc=desc,
        name=words.text("label.task"),
        heads=(words.text("label.finish"), words.text("figure.schedule.slip_days")),
        status=words.date(view.status, "short"),
    )
    closed = [ClosedSpan(*closed_days) for closed_days in view.closed_days]
    return draw_gantt(
        rows,
        names,
        setting.frame(width),
        setting.tick,
        status=view.status,
        closed=closed,
        domain=span,
        row_height=_PRINT_HEIGHT if setting.medium == "print" else None,
    )


def _row(task: TaskView, view: ProjectView, setting: Setting) -> GanttRow:
    agreed = view.schedule.has_baseline
    return GanttRow(
        id=task.id,
        name=task.name,
        kind=_kind(task),
        depth=task.depth,
        start=task.start,
        finish=task.finish,
        baseline_start=task.baseline_start if agreed else None,
        baseline_finish=task.baseline_finish if agreed else None,
        forecast_start=task.forecast_start,
        forecast_finish=task.forecast_finish,
        done=1 if is_done(task) else task.percent_complete / 100,
        critical=task.critical,
        late=task.late,
        cells=_cells(task, view, setting),
        depends_on=tuple(link.task_id for link in task.depends_on),
        tip=_tip(task, setting),
    )


def _kind(task: TaskView) -> Kind:
    if task.is_parent:
        return "phase"
    if task.milestone:
        return "milestone"
    return "buffer" if task.buffer else "task"


def _cells(task: TaskView, view: ProjectView, setting: Setting) -> tuple[str, str]:
    words = setting.words
    finish = task.forecast_finish or task.finish
    shown = words.date(finish, "short" if finish.year == view.status.year else "medium") if finish else ""
    return shown, words.days_short(task.slip_days, signed=True) if task.slip_days else ""


def _tip(task: TaskView, setting: Setting) -> str:
    words = setting.words
    start, finish = task.forecast_start or task.start, task.forecast_finish or task.finish
    if finish is None:
        return task.name
    if is_done(task):
        return words.text("chart.row_done", name=task.name, date=words.date(finish))
    first, last = words.date(start or finish), words.date(finish)
    if task.late and task.slip_days:
        late = words.days(task.slip_days)
        return words.text("chart.row_late", name=task.name, start=first, finish=last, days=late)
    return words.text("chart.row_forecast", name=task.name, start=first, finish=last)
