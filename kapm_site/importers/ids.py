"""Who is who: the ids that rows, people and calendars of a foreign plan have in the YAML."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from kapm_site.importers.records import ImportedCalendar, ImportedProject
from kapm_site.importers.text import id_for


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids by the keys of the foreign system.

    Attributes:
        calendars: Names in kapm.yaml of the calendars that tasks or people use besides the project's.
        manager: Id of the project manager, where the plan names one.
        hired: Name of the manager, where none of the resources has it.
    """

    tasks: Mapping[str, str]
    people: Mapping[str, str]
    calendars: Mapping[str, str]
    manager: str | None = None
    hired: str = ""


def choose_ids(
    project: ImportedProject,
    tasks: Mapping[str, str],
    taken: Container[str],
    team: Mapping[str, str],
) -> Ids:
    """Choose the ids of a plan; what was imported before keeps its id, whatever it is called now.

    Args:
        project: The plan.
        tasks: Ids of tasks that were imported before, by key.
        taken: All task ids of the project.
        team: Ids of the team's members by name.
    """
    task_ids = _task_ids(project, tasks, taken)
    used = set(team.values())
    people: dict[str, str] = {}
    by_name = {name.casefold(): person for name, person in team.items()}
    for resource in project.resources:
        if resource.kind == "work":
            known = by_name.get(resource.name.casefold())
            people[resource.key] = known or id_for(resource.name, resource.key, "r", used)
            used.add(people[resource.key])
            by_name.setdefault(resource.name.casefold(), people[resource.key])
    manager = by_name.get(project.manager.casefold()) if project.manager else None
    hired = project.manager if project.manager and manager is None else ""
    if hired:
        manager = id_for(hired, "manager", "", used)
    return Ids(task_ids, people, _calendar_names(project), manager, hired)


def used_calendars(project: ImportedProject) -> tuple[ImportedCalendar, ...]:
    """Return the calendars, besides the project's, that a task or a person works by."""
    keys = {task.calendar for task in project.tasks} | {item.calendar for item in project.resources}
    return tuple(item for item in project.calendars if item.key in keys and item.key != project.calendar)


def _task_ids(project: ImportedProject, known: Mapping[str, str], taken: Container[str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    used: set[str] = set()

    class Taken:
        """Ids of the file and of the tasks before."""

        def __contains__(self, item: object) -> bool:
            return item in used or item in taken

    for task in project.tasks:
        ids[task.key] = known.get(task.key) or id_for(task.name, task.key, "t", Taken())
        used.add(ids[task.key])
    return ids


def _calendar_names(project: ImportedProject) -> dict[str, str]:
    names: dict[str, str] = {}
    for calendar in used_calendars(project):
        names[calendar.key] = id_for(calendar.name, calendar.key, "calendar-", set(names.values()))
    return names
