"""One row of a foreign plan as a task of `plan.yaml`.

A row with dates keeps them as agreed dates, with its links beside them: the plan's owner sees the dates that the
other system computed, and a link that they break is a finding here. A summary row keeps none: they roll up.
"""

from kapm_site.importers.ids import Ids
from kapm_site.importers.moments import Clock
from kapm_site.importers.records import Dropped, ImportedAssignment, ImportedLink, ImportedTask
from kapm_site.importers.text import cut_text
from kapm_site.model.plan import Task
from kapm_site.source import MAX_TEXT_BYTES
from kapm_site.source.emit import scalar_text

TASK_KEYS = tuple(Task.keys())

_FINISH_CONSTRAINTS = ("finish_no_earlier_than", "finish_no_later_than", "must_finish_on")
_MAX_UNITS = 1000


def task_data(task: ImportedTask, ids: Ids, clock: Clock) -> tuple[dict[str, object], list[Dropped]]:
    """Write a row as a task without its children, `source` still empty; and name what is lost."""
    title = f"row {task.row} '{task.name}'"
    dropped: list[Dropped] = []
    data: dict[str, object] = {"id": ids.tasks[task.key], "name": task.name or f"Task {task.row or task.key}"}
    data |= _people(task, ids, title, dropped)
    data |= _links(task, ids, clock)
    data |= _limits(task, clock)
    if task.summary:
        dropped += _lost_of_summary(task, title)
    else:
        data |= _dates(task, clock, title, dropped)
        data |= _progress(task, clock, title, dropped)
        data |= _figures(task, clock)
    if task.calendar in ids.calendars:
        data["calendar"] = ids.calendars[str(task.calendar)]
    data["source"] = {}
    if task.notes:
        data["notes"] = cut_text(task.notes)
        if len(task.notes.encode()) > MAX_TEXT_BYTES:
            dropped.append(Dropped("field", f"end of the notes of {title}", "a text has at most 20 KB"))
    return {key: data[key] for key in TASK_KEYS if key in data}, dropped


def _people(task: ImportedTask, ids: Ids, title: str, dropped: list[Dropped]) -> dict[str, object]:
    assigned: list[dict[str, object]] = []
    for item in task.assignments:
        person = ids.people.get(item.resource)
        if person and all(person != other["person"] for other in assigned):
            assigned.append(_assignment(item, person, title, dropped))
    return {"owner": assigned[0]["person"], "assigned": assigned} if assigned else {}


def _assignment(item: ImportedAssignment, person: str, title: str, dropped: list[Dropped]) -> dict[str, object]:
    if not 0 <= item.units <= _MAX_UNITS:
        dropped.append(Dropped("field", f"units of '{person}' on {title}", f"{item.units:g} % is out of range"))
        return {"person": person}
    return {"person": person} if item.units == 100 else {"person": person, "units": item.units}  # noqa: PLR2004 percent


def _links(task: ImportedTask, ids: Ids, clock: Clock) -> dict[str, object]:
    """Write the links; where one needs more than the predecessor's id, all are written in full."""
    links = [_link(link, ids, clock) for link in task.links]
    if all(set(link) == {"task"} for link in links):
        return {"depends_on": [link["task"] for link in links]} if links else {}
    return {"depends_on": links}


def _link(link: ImportedLink, ids: Ids, clock: Clock) -> dict[str, object]:
    data: dict[str, object] = {"task": ids.tasks[link.predecessor]}
    if link.type != "FS":
        data["type"] = link.type
    if link.lag_percent is not None:
        data["lag"] = f"{scalar_text(link.lag_percent)}%"
    elif link.lag:
        data["lag"] = clock.duration(link.lag)
    return data


def _limits(task: ImportedTask, clock: Clock) -> dict[str, object]:
    data: dict[str, object] = {}
    if task.constraint == "alap":
        data["constraint"] = {"type": "alap"}
    elif task.constraint_date:
        at_finish = task.constraint in _FINISH_CONSTRAINTS
        day = clock.finish(task.constraint_date) if at_finish else clock.start(task.constraint_date)
        data["constraint"] = {"type": task.constraint, "date": day}
    if task.deadline:
        data["deadline"] = clock.finish(task.deadline)
    return data


def _dates(task: ImportedTask, clock: Clock, title: str, dropped: list[Dropped]) -> dict[str, object]:
    if task.milestone:
        if task.duration and task.duration.minutes:
            reason = f"{clock.duration(task.duration)}; a milestone has one date, its finish"
            dropped.append(Dropped("field", f"duration of {title}", reason))
        moment = task.finish or task.start
        return {"milestone": True, "finish": clock.finish(moment)} if moment else {"milestone": True}
    data: dict[str, object] = {}
    if task.start:
        data["start"] = clock.start(task.start)
    if task.finish:
        data["finish"] = clock.finish(task.finish)
    if task.duration:
        data["duration"] = clock.duration(task.duration)
    return data


def _progress(task: ImportedTask, clock: Clock, title: str, dropped: list[Dropped]) -> dict[str, object]:
    data: dict[str, object] = {"progress": task.percent or 0}
    if task.actual_start and not task.milestone:
        data["actual_start"] = clock.start(task.actual_start)
    finished = task.actual_finish
    if finished and task.actual_start and finished < task.actual_start:
        dropped.append(Dropped("field", f"actual finish of {title}", "it lies before the actual start"))
        finished = None
    if finished:
        data["actual_finish"] = clock.finish(finished)
    started = bool(task.percent or task.actual_start)
    if started and not finished and task.remaining and task.remaining.minutes and not task.milestone:
        data["remaining"] = clock.duration(task.remaining)
    return data


def _figures(task: ImportedTask, clock: Clock) -> dict[str, object]:
    data: dict[str, object] = {}
    amount, fixed = task.cost or 0, task.fixed_cost or 0
    if fixed and task.accrual != "prorated":
        data["cost"] = {"amount": max(amount, fixed), "fixed": fixed, "accrual": task.accrual}
    elif amount or fixed:
        data["cost"] = max(amount, fixed)
    if task.work and task.work.minutes:
        data["work"] = clock.duration(task.work)
    if task.actual_cost:
        data["actual_cost"] = task.actual_cost
    if task.actual_work and task.actual_work.minutes:
        data["actual_work"] = clock.duration(task.actual_work)
    return data


def _lost_of_summary(task: ImportedTask, title: str) -> list[Dropped]:
    lost: list[Dropped] = []
    if task.fixed_cost:
        reason = f"{task.fixed_cost:g} is the summary task's own; a parent's cost rolls up from its children"
        lost.append(Dropped("field", f"fixed cost of {title}", reason))
    if task.manual:
        reason = "they are set by hand there; a parent's dates roll up from its children"
        lost.append(Dropped("field", f"dates of {title}", reason))
    return lost
