"""An imported project as the data of its YAML files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kapm_site.importers.calendar_data import calendar_data
from kapm_site.importers.ids import Ids, used_calendars
from kapm_site.importers.moments import Clock
from kapm_site.importers.ownership import fingerprint
from kapm_site.importers.records import Dropped, ImportedBaseline, ImportedCalendar, ImportedProject, ImportedResource
from kapm_site.importers.task_data import task_data
from kapm_site.source.emit import texts

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task as it stands in `plan.yaml`, without its children."""

    key: str
    parent: str | None
    id: str
    data: Data


@dataclass(frozen=True, slots=True)
class Documents:
    """The data of a project's files.

    Attributes:
        project: `project.yaml`.
        team: The people, as records of `team`.
        tasks: `plan.yaml`, parents before children.
        baselines: `baselines.yaml`.
        calendars: Calendars for kapm.yaml, by name.
        dropped: What the vocabulary has no place for.
    """

    project: Data
    team: tuple[Data, ...]
    tasks: tuple[TaskRecord, ...]
    baselines: tuple[Data, ...]
    calendars: Mapping[str, Data]
    dropped: tuple[Dropped, ...] = field(default=())


def documents(project: ImportedProject, ids: Ids) -> Documents:
    """Write a plan as data.

    Args:
        project: A plan that fits the levels of tasks.
        ids: The ids of its rows, people and calendars.
    """
    calendars = {calendar.key: calendar for calendar in project.calendars}
    clocks = {key: Clock(item, project.minutes_per_day, in_days=False) for key, item in calendars.items()}
    usual = Clock(calendars.get(project.calendar or ""), project.minutes_per_day)
    dropped: list[Dropped] = []
    tasks: list[TaskRecord] = []
    for task in project.tasks:
        clock = clocks[str(task.calendar)] if task.calendar in ids.calendars else usual
        data, lost = task_data(task, ids, clock)
        dropped += lost
        if task.calendar and task.calendar not in calendars:
            dropped.append(
                Dropped("field", f"calendar of task '{ids.tasks[task.key]}'", "the file has no such calendar")
            )
        data["source"] = {"system": project.system, "key": task.key, "imported": fingerprint(_texts(data))}
        tasks.append(TaskRecord(task.key, task.parent, ids.tasks[task.key], data))
    dropped += _no_people(project)
    named: dict[str, Data] = {}
    for calendar in used_calendars(project):
        named[ids.calendars[calendar.key]], lost = calendar_data(calendar, project)
        dropped += lost
    charter, lost = _project_data(project, ids, calendars.get(project.calendar or ""), usual)
    baselines, lost_baselines = _baselines(project, ids, usual)
    return Documents(
        charter,
        _team(project, ids),
        tuple(tasks),
        baselines,
        named,
        (*dropped, *lost, *lost_baselines),
    )


def tree_of(tasks: tuple[TaskRecord, ...]) -> list[Data]:
    """Nest tasks under their parents."""
    children: dict[str | None, list[Data]] = {None: []}
    for task in tasks:
        below: list[Data] = []
        children[task.key] = below
        children[task.parent].append({**task.data, "tasks": below})
    return [_without_empty(item) for item in children[None]]


def _texts(data: Data) -> Data:
    return {key: texts(value) for key, value in data.items()}


def _no_people(project: ImportedProject) -> list[Dropped]:
    return [
        Dropped("resource", f"'{item.name}'", f"it is a {item.kind} resource, no person")
        for item in project.resources
        if item.kind != "work"
    ]


def _without_empty(item: Data) -> Data:
    below = item["tasks"]
    rest = {key: value for key, value in item.items() if key != "tasks"}
    return {**rest, "tasks": [_without_empty(child) for child in below]} if below else rest  # type: ignore[attr-defined]


def _project_data(
    project: ImportedProject,
    ids: Ids,
    calendar: ImportedCalendar | None,
    clock: Clock,
) -> tuple[Data, list[Dropped]]:
    data: Data = {"name": project.name}
    dropped: list[Dropped] = []
    if ids.manager:
        data["manager"] = ids.manager
    if project.start:
        data["start"] = clock.start(project.start)
    if project.finish and (project.start is None or project.finish >= project.start):
        data["finish"] = clock.finish(project.finish)
    if calendar:
        data["calendar"], dropped = calendar_data(calendar, project)
    if len(project.currency) == 3 and project.currency.isalpha():  # noqa: PLR2004 ISO 4217
        data["currency"] = project.currency
    return data, dropped


def _team(project: ImportedProject, ids: Ids) -> tuple[Data, ...]:
    members: list[Data] = []
    if ids.hired and ids.manager:
        members.append({"id": ids.manager, "name": ids.hired, "organization": "vendor"})
    seen: set[str] = set()
    for resource in project.resources:
        person = ids.people.get(resource.key)
        if person and person not in seen:
            seen.add(person)
            members.append(_person(resource, person, ids, project.minutes_per_day))
    return tuple(members)


def _person(resource: ImportedResource, person: str, ids: Ids, minutes_per_day: int) -> Data:
    data: Data = {"id": person, "name": resource.name, "organization": "vendor"}
    if resource.group:
        data["department"] = resource.group
    if resource.email:
        data["email"] = resource.email
    if resource.units is not None and resource.units != 100 and resource.units <= 1000:  # noqa: PLR2004 percent
        data["capacity"] = resource.units
    if resource.calendar in ids.calendars:
        data["calendar"] = ids.calendars[str(resource.calendar)]
    if resource.rate:
        data["rate"] = round(resource.rate * minutes_per_day / 60, 2)
    return data


def _baselines(project: ImportedProject, ids: Ids, clock: Clock) -> tuple[tuple[Data, ...], list[Dropped]]:
    parents = {task.parent for task in project.tasks}
    dropped: list[Dropped] = []
    found: list[Data] = []
    for baseline in project.baselines:
        leaves = [item for item in baseline.tasks if item.task in ids.tasks and item.task not in parents]
        lost = [item for item in leaves if item.finish < item.start]
        for item in lost:
            what = f"baseline {baseline.number} of task '{ids.tasks[item.task]}'"
            dropped.append(Dropped("baseline", what, "it finishes before it starts"))
        kept = tuple(item for item in leaves if item.finish >= item.start)
        if kept:
            found.append(_baseline(replace(baseline, tasks=kept), project, ids, clock))
    return tuple(found), dropped


def _baseline(baseline: ImportedBaseline, project: ImportedProject, ids: Ids, clock: Clock) -> Data:
    """Write a baseline; files do not say when one was saved.

    The one that counts is given the project's start as its day of approval, or the day the file was saved if that
    is earlier; without a day it would not count.
    """
    number = baseline.number
    data: Data = {"id": f"baseline-{number}", "name": f"Baseline {number}" if number else "Baseline"}
    moments = [moment for moment in (project.start, project.saved) if moment]
    if baseline.current and moments:
        data["approved"] = min(moments).date()
    tasks: Data = {}
    for item in baseline.tasks:
        figures: Data = {"finish": clock.finish(item.finish)}
        if item.start != item.finish:
            figures = {"start": clock.start(item.start), **figures}
        if item.cost:
            figures["cost"] = item.cost
        if item.work and item.work.minutes:
            figures["work"] = clock.duration(item.work)
        tasks[ids.tasks[item.task]] = figures
    data["tasks"] = tasks
    return data
