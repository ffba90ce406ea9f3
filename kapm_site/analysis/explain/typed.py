"""Finds where what a figure is made of is typed: tasks, baselines, costs, settings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from kapm_site.analysis.explain.records import Case, Input, Inputs, Unit
from kapm_site.analysis.records import Analysis, TaskFigures
from kapm_site.model.plan import Assignment, Baseline, Constraint, Cost, Delay, Dependency, Estimate, Step, Task
from kapm_site.model.record import Record
from kapm_site.problem import Mark

#: So many of the largest contributions are listed one by one.
LISTED = 5

#: Keys of a task that decide its planned dates, and those that say how far it is.
PLAN_KEYS = ("start", "finish", "duration", "estimate", "work", "milestone", "depends_on", "constraint", "calendar")
PROGRESS_KEYS = ("progress", "steps", "actual_start", "actual_finish", "remaining")


def place(record: Record, *path: str | int) -> Mark | None:
    """Return where a value stands, None where the record was built in code."""
    mark = record.mark(*path)
    return mark if mark.path else None


def typed(record: Record, key: str, name: str, unit: Unit = "text") -> Iterator[Input]:
    """Yield a field of a record where somebody typed it."""
    if key in record.model_fields_set and getattr(record, key) is not None:
        yield Input(name, plain(getattr(record, key)), unit, place(record, key))


def setting(record: Record, key: str, name: str, unit: Unit = "number") -> Input:
    """Return a setting: with its place where it is typed, without one where it is the default."""
    mark = place(record, key) if key in record.model_fields_set else None
    return Input(name, plain(getattr(record, key)), unit, mark)


def plain(value: Any) -> Any:
    """Return a value of a record as JSON would hold it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(str(plain(item)) for item in value)
    return value.amount if isinstance(value, Cost) else _in_words(value)


def _in_words(value: Any) -> str:
    """Write a record inside a record in a few words."""
    match value:
        case Delay():
            text = f"{value.cause}, new finish {value.new_finish or 'not stated'}"
        case Estimate():
            text = f"{value.optimistic} / {value.likely} / {value.pessimistic}"
        case Dependency():
            lag = str(value.lag or "")
            text = " ".join(filter(None, (value.task, value.type if value.type != "FS" or lag else "", lag)))
        case Step():
            text = f"{value.name} ({'done' if value.done else 'open'})"
        case Assignment():
            text = f"{value.person} {value.units:g}%"
        case Constraint():
            text = f"{value.type} {value.date or ''}".rstrip()
        case _:
            text = str(value)
    return text


def of_task(task: Task, *keys: str) -> list[Input]:
    """Return what is typed of a task; where none of it is, the task itself."""
    found = [item for key in keys for item in typed(task, key, f"{key} of {task.id}")]
    return found or [Input(f"task {task.id}", task.name, "text", place(task, "id"))]


def leaves_of(analysis: Analysis, task_id: str | None = None) -> list[TaskFigures]:
    """Return the leaves of the plan, or those at and below a task."""
    every = [task for task in analysis.schedule.tasks.values() if not task.is_parent]
    return every if task_id is None else [task for task in every if task_id in (task.id, *task.path)]


def baseline_of(analysis: Analysis) -> Baseline | None:
    """Return the baseline that counts."""
    found = (entry for entry in analysis.project.baselines.baselines if entry.id == analysis.schedule.baseline_id)
    return next(found, None)


def of_baseline(analysis: Analysis, task: TaskFigures, *keys: str) -> list[Input]:
    """Return what the baseline says of a leaf; what the plan says where that stands in for a baseline."""
    baseline = baseline_of(analysis)
    if baseline is None:
        return of_task(task.task, *keys)
    recorded = baseline.tasks.get(task.id)
    if recorded is None:
        return [Input(f"baseline {baseline.id}", f"has no task {task.id}", "text", place(baseline, "tasks"))]
    return [item for key in keys for item in typed(recorded, key, f"baseline {key} of {task.id}")]


def cost_place(analysis: Analysis, task: TaskFigures) -> Mark | None:
    """Return where the planned cost of a leaf is typed: in the baseline, or in the plan where that has no cost."""
    baseline = baseline_of(analysis)
    recorded = baseline.tasks.get(task.id) if baseline else None
    if recorded is not None and recorded.cost is not None:
        return place(recorded, "cost")
    return place(task.task, "cost") if task.task.cost is not None else place(task.task, "id")


def progress_place(task: TaskFigures) -> Mark | None:
    """Return where it is typed how far a leaf is."""
    keys = ("actual_finish", "steps", "progress", "actual_start")
    typed_keys = [key for key in keys if key in task.task.model_fields_set]
    return place(task.task, typed_keys[0] if typed_keys else "id")


def largest(inputs: Iterable[Input], noun: str) -> list[Input]:
    """List the largest contributions, and the sum of the others as one."""
    ranked = sorted((item for item in inputs if item.value), key=lambda item: (-abs(item.value), item.name))
    rest = ranked[LISTED:]
    if len(rest) <= 1:
        return ranked
    return [*ranked[:LISTED], Input(f"{len(rest)} more {noun}", sum(item.value for item in rest), rest[0].unit)]


def first(inputs: Sequence[Input], noun: str) -> list[Input]:
    """List the first inputs, and how many more there are."""
    rest = len(inputs) - LISTED
    return list(inputs) if rest <= 1 else [*inputs[:LISTED], Input(f"{rest} more {noun}", None)]


def cost_entries(analysis: Analysis, ids: frozenset[str] | None = None) -> list[Input]:
    """Return the costs that count up to the status date: entries, and `actual_cost` in place of a task's entries."""
    leaves = [task for task in leaves_of(analysis) if ids is None or task.id in ids]
    given = {task.id for task in leaves if task.task.actual_cost is not None}
    day = analysis.status.date()
    found = [
        Input(f"cost of {entry.date}, {entry.task or entry.kind}", entry.amount, "money", place(entry, "amount"))
        for entry in analysis.project.costs.entries
        if entry.date <= day and entry.task not in given and (ids is None or entry.task in ids)
    ]
    for task in leaves:
        if task.id in given:
            mark = place(task.task, "actual_cost")
            found.append(Input(f"actual_cost of {task.id}", task.task.actual_cost, "money", mark))
    return found


def status_date(case: Case) -> Iterator[Input]:
    """Yield the status date."""
    yield Input("status date", case.analysis.status.date().isoformat(), "date")


def working_day(case: Case) -> Iterator[Input]:
    """Yield what a working day is worth, in the calendar that counts the project's days."""
    analysis = case.analysis
    calendar = analysis.project.project.calendar or analysis.account.client.calendar or analysis.settings.calendar
    yield setting(calendar, "hours_per_day", "calendar.hours_per_day")


def named(*names: str) -> Inputs:
    """Return a function that yields further figures by name; those that are not known are left out."""

    def found(case: Case) -> Iterator[Input]:
        for name in names:
            value = case.figure(name)
            if value is not None:
                shown = ".".join((*case.keys[:-1], name[1:])) if name.startswith(".") else name
                yield Input(shown, value, "number" if isinstance(value, int | float) else "text")

    return found
