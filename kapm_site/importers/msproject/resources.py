"""Resources and assignments of an MSPDI file."""

from collections.abc import Mapping

from kapm_site.importers.msproject.xml import Element
from kapm_site.importers.records import (
    Dropped,
    ImportedAssignment,
    ImportedCalendar,
    ImportedResource,
    ResourceKind,
)
from kapm_site.model.scalars import parse_email

_NOBODY = "-65535"
_MATERIAL = 0


def read_resources(project: Element) -> tuple[tuple[ImportedResource, ...], list[Dropped], int]:
    """Read the resource sheet and count its rows; the nameless one that every file starts with is no row."""
    resources: list[ImportedResource] = []
    dropped: list[Dropped] = []
    read = 0
    for element in project.grandchildren("Resources", "Resource"):
        name = element.name("Name")
        placeholder = element.raw("UID") in ("", "0", _NOBODY) or element.flag("IsNull")
        if placeholder and (not name or name == "Unassigned"):
            continue
        read += 1
        if any(item.key == element.raw("UID") for item in resources):
            dropped.append(
                Dropped("resource", f"'{name}'", f"its UID {element.raw('UID')} is that of an earlier resource")
            )
        elif not name:
            dropped.append(Dropped("resource", f"resource {element.raw('UID')}", "it has no name"))
        else:
            resources.append(_resource(element, name, dropped))
    return tuple(resources), dropped, read


def read_assignments(
    project: Element,
    resources: Mapping[str, ImportedResource],
    titles: Mapping[str, str],
) -> tuple[dict[str, list[ImportedAssignment]], list[Dropped], int]:
    """Read who works on what.

    Args:
        project: The root of the file.
        resources: The resources, by key.
        titles: How the rows that are kept are named to the file's owner, by key.

    Returns:
        The people of each task, one who is assigned twice with the units added; what is left out; and the number
        of assignments.
    """
    assignments: dict[str, list[ImportedAssignment]] = {}
    dropped: list[Dropped] = []
    read = 0
    for element in project.grandchildren("Assignments", "Assignment"):
        task, resource = element.raw("TaskUID"), element.raw("ResourceUID")
        if resource in ("", "0", _NOBODY) and resource not in resources:
            continue
        read += 1
        person = f"'{resources[resource].name}'" if resource in resources else f"resource {resource}"
        what = f"{person} on {titles.get(task, f'the task with UID {task}')}"
        if task == "0":
            dropped.append(Dropped("assignment", what, "it is a budget of the whole project"))
        elif task not in titles:
            dropped.append(Dropped("assignment", what, "its task is not carried over"))
        elif resource not in resources:
            dropped.append(Dropped("assignment", what, "the file has no such resource"))
        elif resources[resource].kind != "work":
            reason = f"it is a {resources[resource].kind} resource, no person; its cost is part of the task's"
            dropped.append(Dropped("assignment", what, reason))
        else:
            units = element.number("Units")
            _add(assignments.setdefault(task, []), resource, 100 if units is None else round(units * 100, 2))
    return assignments, dropped, read


def without_plain_calendars(
    resources: tuple[ImportedResource, ...],
    calendars: Mapping[str, ImportedCalendar],
    project: str,
) -> tuple[ImportedResource, ...]:
    """Take the calendar from resources whose working time is the project's; every resource has one in the file."""
    usual = calendars.get(project)
    return tuple(_without_calendar(item) if _is_usual(item, calendars, usual) else item for item in resources)


def _resource(element: Element, name: str, dropped: list[Dropped]) -> ImportedResource:
    kind: ResourceKind = "work"
    if element.flag("IsCostResource"):
        kind = "cost"
    elif element.integer("Type", 1) == _MATERIAL:
        kind = "material"
    units = element.number("MaxUnits")
    email = element.raw("EmailAddress")
    try:
        email = parse_email(email) if email else ""
    except ValueError:
        dropped.append(Dropped("field", f"e-mail address of '{name}'", "it is not one e-mail address"))
        email = ""
    return ImportedResource(
        key=element.raw("UID"),
        name=name,
        kind=kind,
        group=element.name("Group"),
        email=email,
        units=None if units is None or units < 0 else round(units * 100, 2),
        rate=element.number("StandardRate"),
        calendar=element.raw("CalendarUID") or None,
    )


def _add(assignments: list[ImportedAssignment], resource: str, units: float) -> None:
    for index, known in enumerate(assignments):
        if known.resource == resource:
            assignments[index] = ImportedAssignment(resource, known.units + units)
            return
    assignments.append(ImportedAssignment(resource, units))


def _is_usual(
    resource: ImportedResource,
    calendars: Mapping[str, ImportedCalendar],
    usual: ImportedCalendar | None,
) -> bool:
    own = calendars.get(resource.calendar or "")
    return own is None or usual is None or (own.week, own.exceptions) == (usual.week, usual.exceptions)


def _without_calendar(resource: ImportedResource) -> ImportedResource:
    return ImportedResource(
        resource.key, resource.name, resource.kind, resource.group, resource.email, resource.units, resource.rate
    )
