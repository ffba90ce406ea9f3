"""What each line of the Gantt chart is told: dates, state, and the words beside its bar."""

from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import BufferView, ProjectView
from kapm_site.pages.charts.gantt_rows import GanttRow, Kind
from kapm_site.pages.sections.task_details import is_done
from kapm_site.pages.setting import Setting

_WHOLE = 100


def gantt_row(task: TaskView, view: ProjectView, setting: Setting) -> GanttRow:
    """Turn a task into a line of the chart."""
    agreed = view.schedule.has_baseline
    buffer = next((one for one in view.buffers if one.task_id == task.id), None) if task.buffer else None
    return GanttRow(
        id=task.id,
        name=task.name,
        kind=_kind(task),
        depth=task.depth,
        start=task.start,
        finish=task.finish,
        baseline_start=task.baseline_start if agreed else None,
        baseline_finish=task.baseline_finish if agreed else None,
        forecast_start=_start(task),
        forecast_finish=task.forecast_finish,
        done=_used(task, buffer) if task.buffer else 1 if is_done(task) else task.percent_complete / _WHOLE,
        critical=task.critical,
        late=task.late,
        cells=_cells(task, view, setting),
        depends_on=tuple(link.task_id for link in task.depends_on),
        note=_note(buffer, setting),
        tip=_tip(task, setting) if setting.medium == "web" else "",
    )


def group_note(row: GanttRow, setting: Setting, status: date) -> str:
    """Say how far a phase is and when it ends."""
    words = setting.words
    start, finish = row.forecast_start or row.start, row.forecast_finish or row.finish
    if start is None or finish is None:
        return ""

    def day(one: date) -> str:
        return words.date(one, "short" if one.year == status.year else "medium")

    if row.done >= 1:
        told = words.text("page.group_done", date=day(finish))
    elif row.done > 0:
        told = words.text("page.group_open", percent=words.percent(row.done * _WHOLE), date=day(finish))
    else:
        told = words.text("page.group_coming", start=day(start), finish=day(finish))
    slip = row.cells[-1] if row.cells else ""
    return words.text("page.joined", first=told, second=slip) if slip else told


def _kind(task: TaskView) -> Kind:
    if task.is_parent:
        return "phase"
    if task.milestone:
        return "milestone"
    return "buffer" if task.buffer else "task"


def _start(task: TaskView) -> date | None:
    """Let a buffer begin where it was agreed to: what is left of it begins later."""
    if not task.buffer:
        return task.forecast_start
    days = [day for day in (task.baseline_start or task.start, task.forecast_start) if day]
    return min(days) if days else None


def _used(task: TaskView, buffer: BufferView | None) -> float:
    if buffer is None or buffer.consumed_percent is None:
        return 1 if is_done(task) else 0
    return buffer.consumed_percent / _WHOLE


def _note(buffer: BufferView | None, setting: Setting) -> str:
    words = setting.words
    if buffer is None or not buffer.consumed_percent:
        return ""
    return words.text("chart.buffer_used", percent=words.percent(buffer.consumed_percent))


def _cells(task: TaskView, view: ProjectView, setting: Setting) -> tuple[str, str]:
    words = setting.words
    finish = task.forecast_finish or task.finish
    shown = words.date(finish, "short" if finish.year == view.status.year else "medium") if finish else ""
    return shown, words.days_short(task.slip_days, signed=True) if task.slip_days else ""


def _tip(task: TaskView, setting: Setting) -> str:
    """Say what the columns do not: of open work when it begins, and how late it is in words."""
    words = setting.words
    start, finish = task.forecast_start or task.start, task.forecast_finish or task.finish
    if finish is None or is_done(task):
        return ""
    first, last = words.date(start or finish), words.date(finish)
    if task.late and task.slip_days:
        late = words.days(task.slip_days)
        return words.text("chart.row_late", name=task.name, start=first, finish=last, days=late)
    return words.text("chart.row_forecast", name=task.name, start=first, finish=last)
