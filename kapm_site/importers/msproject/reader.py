"""An MSPDI file to an imported project."""

from kapm_site.importers.msproject.calendars import read_calendars
from kapm_site.importers.msproject.leftovers import leftovers
from kapm_site.importers.msproject.resources import read_assignments, read_resources, without_plain_calendars
from kapm_site.importers.msproject.tasks import baseline_rows, build_tasks, read_rows, row_title
from kapm_site.importers.msproject.xml import Element, parse_file
from kapm_site.importers.records import ImportedBaseline, ImportedBaselineTask, ImportedProject, RowKind
from kapm_site.problem import Mark, Problem

SYSTEM = "msproject"
ROW_KINDS: tuple[RowKind, ...] = ("task", "link", "resource", "assignment", "baseline")

_MAX_PROBLEMS = 20
_MINUTES_PER_DAY = range(1, 1441)


def read_msproject(content: bytes, path: str) -> tuple[ImportedProject | None, list[Problem]]:
    """Read a plan that was saved from Microsoft Project as XML.

    Args:
        content: The file.
        path: Its name in messages.

    Returns:
        The plan, or None where the file is none; and the problems. A value that cannot be read is a warning.
    """
    root, problems = parse_file(content, path)
    if root is None:
        return None, problems
    project = _project(root)
    problems = root.problems[:_MAX_PROBLEMS]
    if not project.tasks:
        hint = "check that the right file was saved, with its tasks"
        problems.append(Problem(Mark(path), "import-no-tasks", "the plan has no tasks", "warning", hint))
    return project, problems


def _project(root: Element) -> ImportedProject:
    calendars, lost_exceptions = read_calendars(root)
    resources, lost_resources, resource_rows = read_resources(root)
    table = read_rows(root)
    by_key = {resource.key: resource for resource in resources}
    titles = {key: row_title(row.element) for key, row in table.rows.items()}
    assignments, lost_assignments, assignment_rows = read_assignments(root, by_key, titles)
    tasks, lost_links, link_rows = build_tasks(table, assignments)
    baselines, lost_baselines, saved_rows = baseline_rows(table)
    calendar = _calendar_key(root, [item.key for item in calendars])
    minutes = root.integer("MinutesPerDay", 480)
    dropped = (*table.dropped, *lost_links, *lost_resources, *lost_assignments, *lost_baselines, *lost_exceptions)
    counts = (table.read, link_rows, resource_rows, assignment_rows, saved_rows)
    return ImportedProject(
        system=SYSTEM,
        name=_title(root),
        start=root.moment("StartDate"),
        finish=root.moment("FinishDate"),
        status_date=root.moment("StatusDate"),
        saved=root.moment("LastSaved"),
        author=root.name("Author"),
        manager=root.name("Manager"),
        currency=root.name("CurrencyCode").upper(),
        calendar=calendar,
        minutes_per_day=minutes if minutes in _MINUTES_PER_DAY else 480,
        minutes_per_week=root.integer("MinutesPerWeek", 2400),
        days_per_month=root.integer("DaysPerMonth", 20),
        calendars=calendars,
        resources=without_plain_calendars(resources, {item.key: item for item in calendars}, calendar or ""),
        tasks=tasks,
        baselines=_baselines(root, baselines),
        dropped=(*dropped, *leftovers(root, table)),
        rows=tuple(zip(ROW_KINDS, counts, strict=True)),
    )


def _title(root: Element) -> str:
    """Return the plan's title: the file's, else that of the project's own row, else the file name it was saved as."""
    for task in root.grandchildren("Tasks", "Task"):
        if task.raw("UID") == "0":
            return root.name("Title") or task.name("Name") or _stem(root.name("Name"))
    return root.name("Title") or _stem(root.name("Name"))


def _stem(name: str) -> str:
    for suffix in (".xml", ".mpp"):
        name = name.removesuffix(suffix)
    return name


def _calendar_key(root: Element, known: list[str]) -> str | None:
    """Return the project's calendar, or the first of the file where it names none."""
    key = root.raw("CalendarUID")
    return key if key in known else next(iter(known), None)


def _baselines(root: Element, found: dict[int, list[ImportedBaselineTask]]) -> tuple[ImportedBaseline, ...]:
    """Mark the baseline that the file measures earned value against, or the one that is there."""
    wanted = root.integer("BaselineForEarnedValue", 0)
    current = wanted if wanted in found else min(found, default=None)
    return tuple(ImportedBaseline(number, tuple(items), number == current) for number, items in sorted(found.items()))
