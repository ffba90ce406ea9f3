"""Finds what a leaf waits for and what waits for it, with the place of each link."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from kapm_site.analysis.days import finish_day
from kapm_site.analysis.explain.records import Case, Input
from kapm_site.analysis.explain.typed import first, place, typed
from kapm_site.analysis.records import TaskFigures
from kapm_site.model.plan import Task


def predecessors(case: Case, leaf: TaskFigures, date: Literal["early_finish", "forecast_finish"]) -> Iterator[Input]:
    """Yield a date of each task that a leaf waits for, and the project's start where nothing else decides."""
    for task in _bound(case, leaf):
        for number, dependency in enumerate(task.depends_on):
            before = case.analysis.schedule.tasks.get(dependency.task)
            moment = _date_of(before, date) if before is not None else None
            if before is not None and moment is not None:
                name = f"schedule.tasks.{before.id}.{date}"
                mark = place(task, "depends_on", number)
                if date == "early_finish":
                    yield Input(name, moment.isoformat(timespec="minutes"), "moment", mark)
                else:
                    yield Input(name, finish_day(moment).isoformat(), "date", mark)
    if leaf.task.start is None and leaf.task.finish is None:
        yield from typed(case.analysis.project.project, "start", "agreed start of the project", "date")


def successors(case: Case, leaf: TaskFigures, date: Literal["early_start", "late_start"]) -> Iterator[Input]:
    """Yield a date of each task that waits for a leaf; where none does, the project's finish."""
    own = {leaf.id, *leaf.path}
    found = []
    for after in case.analysis.schedule.tasks.values():
        moment = after.late_start if date == "late_start" else after.early_start
        for number, dependency in enumerate(after.task.depends_on):
            if dependency.task in own and moment is not None:
                mark = place(after.task, "depends_on", number)
                name = f"schedule.tasks.{after.id}.{date}"
                found.append(Input(name, moment.isoformat(timespec="minutes"), "moment", mark))
    yield from first(found, "successors")
    if not found:
        yield Input("schedule.finish", case.figure("schedule.finish"), "date")


def _date_of(task: TaskFigures, date: Literal["early_finish", "forecast_finish"]) -> datetime | None:
    return task.early_finish if date == "early_finish" else task.forecast_finish


def _bound(case: Case, task: TaskFigures) -> Iterator[Task]:
    """Yield the task and its parents, whose links bind it too."""
    for task_id in (task.id, *task.path):
        yield case.analysis.schedule.tasks[task_id].task
