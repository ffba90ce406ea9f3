"""Task rows of an MSPDI file: their order and outline become a tree of keys, their links are resolved."""

from dataclasses import dataclass, field
from datetime import datetime

from kapm_site.importers.msproject.links import read_links
from kapm_site.importers.msproject.xml import Element
from kapm_site.importers.records import (
    Accrual,
    ConstraintType,
    Dropped,
    ImportedAssignment,
    ImportedBaselineTask,
    ImportedLink,
    ImportedTask,
)
from kapm_site.importers.text import clean_text

CONSTRAINTS: tuple[ConstraintType, ...] = (
    "asap",
    "alap",
    "must_start_on",
    "must_finish_on",
    "start_no_earlier_than",
    "start_no_later_than",
    "finish_no_earlier_than",
    "finish_no_later_than",
)
_UNDATED: tuple[ConstraintType, ...] = ("asap", "alap")
_BASELINES = range(11)
_ACCRUALS: dict[int, Accrual] = {1: "start", 2: "prorated", 3: "end"}


@dataclass(slots=True)
class TaskTable:
    """The rows as they are read: kept ones with their elements, and what was left out."""

    rows: dict[str, "Row"] = field(default_factory=dict)
    read: int = 0
    dropped: list[Dropped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A task row that is kept, and the key of its parent row."""

    element: Element
    parent: str | None


def read_rows(project: Element) -> TaskTable:
    """Read the task rows and their outline.

    Left out, with the reason: the row of the project itself, blank rows, inactive tasks, tasks of other
    projects, and a second row with the same UID.
    """
    table = TaskTable()
    above: list[tuple[int, str]] = []
    for element in project.grandchildren("Tasks", "Task"):
        table.read += 1
        key = element.raw("UID")
        reason = _reason_to_drop(element, key, table)
        level = _level(element)
        if reason:
            table.dropped.append(Dropped("task", row_title(element), reason))
            continue
        while above and above[-1][0] >= level:
            above.pop()
        table.rows[key] = Row(element, above[-1][1] if above else None)
        above.append((level, key))
    return table


def build_tasks(
    table: TaskTable,
    assignments: dict[str, list[ImportedAssignment]],
) -> tuple[tuple[ImportedTask, ...], list[Dropped], int]:
    """Read the fields of the kept rows and their links; count the links."""
    parents = {row.parent for row in table.rows.values()}
    ancestors = {key: _ancestors(key, table.rows) for key in table.rows}
    dropped: list[Dropped] = []
    tasks: list[ImportedTask] = []
    read = 0
    for key, row in table.rows.items():
        links, lost = read_links(row.element, key, ancestors)
        read += len(links) + len(lost)
        dropped += [Dropped("link", f"link into {row_title(row.element)}", reason) for reason in lost]
        fixed = _Fixed(key, key in parents, tuple(links), tuple(assignments.get(key, ())))
        tasks.append(_task(row, fixed, dropped))
    return tuple(tasks), dropped, read


def baseline_rows(table: TaskTable) -> tuple[dict[int, list[ImportedBaselineTask]], list[Dropped], int]:
    """Read the baselines of all kept rows, by number; one without dates is left out.

    Those of summary rows are read and not counted: like the rows' dates they roll up.
    """
    found: dict[int, list[ImportedBaselineTask]] = {}
    dropped: list[Dropped] = []
    parents = {row.parent for row in table.rows.values()}
    read = 0
    for key, row in table.rows.items():
        for element in row.element.children("Baseline"):
            number = element.integer("Number", 0)
            start, finish = element.moment("Start"), element.moment("Finish")
            if start and finish and number in _BASELINES:
                item = ImportedBaselineTask(key, start, finish, element.money("Cost"), element.work("Work"))
                found.setdefault(number, []).append(item)
                read += key not in parents
            elif key not in parents:
                read += 1
                what = f"baseline {number} of {row_title(row.element)}"
                reason = "it has no start and finish" if number in _BASELINES else "Microsoft Project has 0 to 10"
                dropped.append(Dropped("baseline", what, reason))
    return found, dropped, read


def row_title(element: Element) -> str:
    """Name a row as its owner sees it."""
    name = element.name("Name")
    row = element.raw("ID") or f"with UID {element.raw('UID')}"
    return f"row {row} '{name}'" if name else f"row {row}"


def _reason_to_drop(element: Element, key: str, table: TaskTable) -> str:
    if key == "0":
        return "it is the project itself"
    if element.flag("IsNull") or not key:
        return "it is a blank row"
    if not element.flag("Active", default=True):
        return "it is inactive"
    if element.flag("ExternalTask"):
        return "it belongs to another project"
    if key in table.rows:
        return f"its UID {key} is that of an earlier row"
    return ""


def _level(element: Element) -> int:
    level = element.integer("OutlineLevel", 0)
    return level or element.raw("OutlineNumber").count(".") + 1


def _ancestors(key: str, rows: dict[str, Row]) -> frozenset[str]:
    found: set[str] = set()
    parent = rows[key].parent
    while parent:
        found.add(parent)
        parent = rows[parent].parent
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is known of a task besides its own fields."""

    key: str
    summary: bool
    links: tuple[ImportedLink, ...]
    assignments: tuple[ImportedAssignment, ...]


def _task(row: Row, fixed: _Fixed, dropped: list[Dropped]) -> ImportedTask:
    element = row.element
    title = row_title(element)
    constraint = _constraint(element, title, dropped)
    start, finish = _dates(element, title, dropped)
    calendar = element.raw("CalendarUID")
    return ImportedTask(
        key=fixed.key,
        row=element.raw("ID"),
        name=element.name("Name"),
        parent=row.parent,
        wbs=element.name("WBS"),
        outline=element.raw("OutlineNumber"),
        summary=fixed.summary,
        milestone=element.flag("Milestone") and not fixed.summary,
        manual=element.flag("Manual"),
        start=start,
        finish=finish,
        duration=element.duration("Duration") or element.duration("ManualDuration"),
        percent=_percent(element, title, dropped),
        actual_start=element.moment("ActualStart"),
        actual_finish=element.moment("ActualFinish"),
        remaining=element.duration("RemainingDuration"),
        work=element.work("Work"),
        actual_work=element.work("ActualWork"),
        cost=_cost(element, "Cost", title, dropped),
        fixed_cost=_cost(element, "FixedCost", title, dropped),
        accrual=_ACCRUALS.get(element.integer("FixedCostAccrual", 2), "prorated"),
        actual_cost=_cost(element, "ActualCost", title, dropped),
        calendar=calendar if calendar not in ("", "-1") else None,
        constraint=constraint,
        constraint_date=None if constraint in _UNDATED else element.moment("ConstraintDate"),
        deadline=element.moment("Deadline"),
        links=fixed.links,
        assignments=fixed.assignments,
        notes=_notes(element),
        line=element.line,
    )


def _dates(element: Element, title: str, dropped: list[Dropped]) -> tuple[datetime | None, datetime | None]:
    start = element.moment("Start") or element.moment("ManualStart")
    finish = element.moment("Finish") or element.moment("ManualFinish")
    if start and finish and finish < start:
        dropped.append(Dropped("field", f"finish of {title}", "it lies before the start"))
        finish = None
    return start, finish


def _constraint(element: Element, title: str, dropped: list[Dropped]) -> ConstraintType:
    code = element.integer("ConstraintType", 0)
    if not 0 <= code < len(CONSTRAINTS):
        dropped.append(Dropped("field", f"constraint of {title}", f"type {code} is unknown"))
        return "asap"
    kind = CONSTRAINTS[code]
    if kind not in _UNDATED and element.moment("ConstraintDate") is None:
        dropped.append(Dropped("field", f"constraint of {title}", f"'{kind}' has no date"))
        return "asap"
    return kind


def _percent(element: Element, title: str, dropped: list[Dropped]) -> float | None:
    percent = element.number("PercentComplete")
    if percent is not None and not 0 <= percent <= 100:  # noqa: PLR2004 percent
        dropped.append(Dropped("field", f"progress of {title}", f"{percent:g} is not between 0 and 100"))
        return None
    return percent


def _cost(element: Element, name: str, title: str, dropped: list[Dropped]) -> float | None:
    amount = element.money(name)
    if amount is not None and amount < 0:
        dropped.append(Dropped("field", f"{name} of {title}", f"{amount:g} is negative"))
        return None
    return amount


def _notes(element: Element) -> str:
    notes = clean_text(element.raw("Notes"))
    address = element.name("HyperlinkAddress")
    return "\n\n".join(part for part in (notes, address) if part)
