"""The weeks ahead: what starts, runs and finishes in them, and who does it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.blocks import Cell, Column, Row, Table
from kapm_site.pages.fields import plain, register
from kapm_site.pages.sections.task_details import is_done, slip_column, slip_text, task_details
from kapm_site.pages.setting import Setting

_WEEKS = 6
Event = Literal["starts", "finishes", "both", "runs"]


@dataclass(frozen=True, slots=True)
class _Item:
    """A task that is worked on in these weeks; `day` is its next event."""

    task: TaskView
    event: Event
    day: date


def lookahead_table(view: ProjectView, setting: Setting) -> Table | None:
    """List the open work of the next six weeks, in the order in which it asks for attention."""
    items = _items(view)
    if not items:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.task"), "long"),
        Column(words.text("label.ahead")),
        Column(words.text("label.owner")),
        Column(words.text("label.start"), "date"),
        Column(words.text("label.finish"), "date"),
        Column(words.text("label.percent_done_unit"), "number"),
    )
    title = words.text("section.lookahead")
    return register(setting, title, columns, [_row(item, setting) for item in items], heading=title, lead=6)


def task_table(view: ProjectView, setting: Setting) -> Table:
    """List all tasks for print, where the chart shows the plan: what asks for attention next first, phases last.

    Milestones have a register of their own.
    """
    words = setting.words
    next_ones = [item.task for item in _items(view) if not item.task.milestone]
    known = {task.id for task in next_ones}
    others = [task for task in view.tasks if task.id not in known and not task.milestone]
    others.sort(key=lambda task: (task.is_parent, is_done(task), task.forecast_start or task.start or date.max))
    columns = (
        Column(words.text("label.task"), "long"),
        Column(words.text("label.owner")),
        Column(words.text("label.start"), "date"),
        Column(words.text("label.finish"), "date"),
        Column(words.text("label.percent_done"), "number"),
        slip_column(setting),
    )
    rows = [task_row(task, view, setting) for task in (*next_ones, *others)]
    title = words.text("section.next_tasks")
    return register(setting, title, columns, rows, heading=title)


def task_row(task: TaskView, view: ProjectView, setting: Setting) -> Row:
    """Fill a row of a register of tasks; what has no column is among its details."""
    words = setting.words
    slip = task.slip_days
    bad = slip is not None and slip > 0 and task.critical and not is_done(task)
    web = setting.medium == "web"
    done = words.number(task.percent_complete) if web else words.percent(task.percent_complete)
    cells = (
        Cell(words.text("page.tagged", code=task.wbs, title=task.name), tone="" if web else "strong"),
        plain(task.owner),
        setting.day(task.forecast_start or task.start),
        setting.day(task.forecast_finish or task.finish),
        Cell(done),
        Cell(slip_text(slip, setting, 0 if float(slip or 0).is_integer() else 1), tone="bad" if bad else ""),
    )
    details = task_details(task, setting, has_baseline=view.schedule.has_baseline)
    return Row(cells, id=f"task-{task.id}", strong=task.is_parent, details=details)


def lookahead_finding(view: ProjectView, setting: Setting) -> str:
    """Count what starts or finishes in these weeks."""
    count = sum(item.event != "runs" for item in _items(view))
    if not count:
        return ""
    return setting.words.plural("finding.lookahead", count, date=setting.words.date(_until(view)))


def _until(view: ProjectView) -> date:
    return view.status + timedelta(weeks=_WEEKS)


def _items(view: ProjectView) -> list[_Item]:
    leaves = [task for task in view.tasks if not task.is_parent and not task.buffer and not is_done(task)]
    found = [item for task in leaves if (item := _item(task, view))]
    # What only continues asks for nothing: it stands behind what has a date.
    return sorted(found, key=lambda item: (item.event == "runs", item.day))


def _item(task: TaskView, view: ProjectView) -> _Item | None:
    until = _until(view)
    start, finish = task.forecast_start or task.start, task.forecast_finish or task.finish
    first = start or finish
    if first is None or first > until:
        return None
    begun = task.actual_start is not None or task.percent_complete > 0 or first <= view.status
    ends = finish is not None and finish <= until
    if finish is not None and (task.milestone or (begun and ends)):
        return _Item(task, "finishes", finish)
    if begun:
        return _Item(task, "runs", finish or first)
    return _Item(task, "both" if ends else "starts", first)


def _row(item: _Item, setting: Setting) -> Row:
    words, task = setting.words, item.task
    cells = (
        Cell(words.text("page.tagged", code=task.wbs, title=task.name), tone="strong"),
        Cell(words.text("label.milestone") if task.milestone else _event(item.event, words)),
        plain(task.owner),
        setting.day(None if task.milestone else task.forecast_start or task.start),
        setting.day(task.forecast_finish or task.finish),
        Cell("" if task.milestone else words.number(task.percent_complete)),
    )
    return Row(cells)


def _event(event: Event, words: Language) -> str:
    names = {
        "starts": words.text("lookahead.starts"),
        "finishes": words.text("lookahead.finishes"),
        "both": words.text("lookahead.both"),
        "runs": words.text("lookahead.runs"),
    }
    return names[event]
