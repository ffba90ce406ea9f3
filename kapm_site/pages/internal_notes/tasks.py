"""What the plan keeps from the client: notes on tasks and feedback, and the figures of every task."""

from datetime import date, datetime

from kapm_site.analysis.days import finish_day
from kapm_site.analysis.records import TaskFigures
from kapm_site.audience.internal import InternalProject
from kapm_site.pages.blocks import Cell, Column, Row, Section
from kapm_site.pages.fields import filled, register
from kapm_site.pages.setting import Setting


def notes_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show the locked notes of tasks, delays and feedback."""
    words, record = setting.words, project.notes.analysis.project
    rows: list[Row] = []
    for task in record.tasks():
        if task.delay and task.delay.internal_note:
            rows.append(_note(task.name, words.text("section.delays"), Cell(task.delay.internal_note)))
        if task.notes:
            rows.append(_note(task.name, words.text("label.task"), Cell(task.notes, markdown=True)))
    for said in record.feedback.feedback:
        if said.internal_note:
            about = words.date(said.date)
            rows.append(_note(about, words.text("label.feedback"), Cell(said.internal_note)))
    if not rows:
        return None
    title = words.text("internal.notes")
    columns = (
        Column(words.text("label.name")),
        Column(words.text("label.kind")),
        Column(words.text("label.internal_note"), "long"),
    )
    table = register(setting, title, columns, rows)
    return Section("internal-notes", title, blocks=(table,))


def tasks_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show the computed figures of every item of the plan, in the plan's order."""
    tasks = project.notes.analysis.schedule.tasks
    if not tasks:
        return None
    words = setting.words
    title = words.text("internal.tasks")
    money = ("figure.bac", "figure.pv", "figure.ev", "figure.ac")
    columns = (
        Column(words.text("label.wbs")),
        Column(words.text("label.task")),
        Column(words.text("label.early_start"), "date"),
        Column(words.text("label.late_finish"), "date"),
        Column(words.text("label.slack_days"), "number"),
        *(Column(words.text(name), "number") for name in money),
    )
    table = register(setting, title, columns, [_figures(task, setting) for task in tasks.values()])
    return Section("internal-tasks", title, blocks=(table,))


def _note(name: str, kind: str, note: Cell) -> Row:
    return Row((Cell(name), Cell(kind), note))


def _figures(task: TaskFigures, setting: Setting) -> Row:
    words = setting.words
    sums = (task.bac, task.pv, task.ev, task.ac)
    details = (
        (words.text("label.early_finish"), setting.day(_finish(task.early_finish))),
        (words.text("label.late_start"), setting.day(_start(task.late_start))),
        (words.text("label.free_slack_days"), Cell(_days(task.free_slack_days, setting))),
    )
    return Row(
        (
            Cell(task.wbs),
            Cell(task.task.name),
            setting.day(_start(task.early_start)),
            setting.day(_finish(task.late_finish)),
            Cell(_days(task.total_slack_days, setting)),
            *(Cell(setting.money(amount)) for amount in sums),
        ),
        id=f"figures-{task.id}",
        depth=task.depth,
        strong=task.is_parent,
        details=filled(*details),
    )


def _start(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _finish(moment: datetime | None) -> date | None:
    return finish_day(moment) if moment else None


def _days(days: float | None, setting: Setting) -> str:
    return setting.words.number(days, 1) if days is not None else ""
