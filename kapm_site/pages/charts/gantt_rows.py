"""What a Gantt chart is told about each line of the plan, and which lines go on which chart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Literal

from kapm_site.pages.charts.marks import share

Kind = Literal["phase", "task", "milestone", "buffer"]


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One line of the plan; every date is the last or first day of work itself.

    `start` and `finish` are the present plan, `forecast_*` replace them where the work will fall
    otherwise, `baseline_*` are what was agreed. `done` is a fraction; of a buffer, how much is used up.
    `note` stands beside the bar (a milestone without one shows its date), `cells` fill the columns after
    the name, the last of them set off when the row is late. `tip` is shown under a mouse.
    """

    id: str
    name: str
    kind: Kind = "task"
    depth: int = 0
    start: date | None = None
    finish: date | None = None
    baseline_start: date | None = None
    baseline_finish: date | None = None
    forecast_start: date | None = None
    forecast_finish: date | None = None
    done: float = 0.0
    critical: bool = False
    late: bool = False
    note: str = ""
    cells: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    tip: str = ""


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    """Days without work; one without a name is a weekend, shaded only where there is room.

    `own` is a closure of the project, whose name stands above the chart; a country's holidays are too many for that.
    """

    start: date
    finish: date
    name: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class GanttWords:
    """The finished strings: `name` and `heads` stand over the columns, `status` over its line."""

    title: str
    desc: str
    name: str = ""
    heads: tuple[str, ...] = ()
    status: str = ""


def span_of(row: GanttRow) -> tuple[date, date] | None:
    """First and last day of the bar, None for a row without dates."""
    return _ordered(row.forecast_start or row.start, row.forecast_finish or row.finish)


def baseline_of(row: GanttRow) -> tuple[date, date] | None:
    """First and last day of the agreed bar, None where nothing was agreed."""
    return _ordered(row.baseline_start, row.baseline_finish)


def is_finished(row: GanttRow) -> bool:
    """Whether nothing of the row is left to do."""
    return share(row.done) == 1


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A phase with what lies below it, a level higher than in the plan; rows that belong to no phase have no head."""

    head: GanttRow | None
    rows: tuple[GanttRow, ...]


def group_rows(rows: Sequence[GanttRow]) -> tuple[RowGroup, ...]:
    """Divide a plan into its phases for a narrow page; of a plan that is one phase as a whole, into the next ones."""
    top = min((row.depth for row in rows), default=0)
    while sum(row.depth == top for row in rows) == 1 and any(row.depth > top for row in rows):
        # The one line that stands for the whole plan heads no group, but keeps its place.
        top += 1
    groups: list[tuple[GanttRow | None, list[GanttRow]]] = []
    for row, following in zip_longest(rows, rows[1:]):
        if row.depth == top and following is not None and following.depth > top:
            groups.append((row, []))
            continue
        if not groups or (row.depth <= top and groups[-1][0] is not None):
            groups.append((None, []))
        groups[-1][1].append(replace(row, depth=max(row.depth - top - 1, 0)))
    return tuple(RowGroup(head, tuple(members)) for head, members in groups)


def split_gantt(
    rows: Sequence[GanttRow], rows_per_page: int, continued: Callable[[str], str] = str
) -> tuple[tuple[GanttRow, ...], ...]:
    """Rows for pages of at most `rows_per_page`.

    A page ends before a new phase where one begins in its last quarter, and never right after a phase's
    own line. A phase that goes on is named again by `continued`, without its bar.
    """
    limit = max(rows_per_page, 2)
    pages: list[tuple[GanttRow, ...]] = []
    rest = list(rows)
    while rest:
        cut = _cut(rest, limit)
        page, rest = rest[:cut], rest[cut:]
        pages.append(tuple(page))
        if rest and rest[0].depth > 0:
            phase = next((row for row in reversed(page) if row.depth == 0), None)
            if phase is not None:
                name = phase.name if not phase.id else continued(phase.name)
                rest.insert(0, GanttRow("", name, "phase"))
    return tuple(pages)


def _cut(rows: list[GanttRow], limit: int) -> int:
    if len(rows) <= limit:
        return len(rows)
    earliest = max(limit - limit // 4, 2)
    for cut in range(limit, earliest - 1, -1):
        if rows[cut].depth == 0:
            return cut
    # The second line of a page is kept even if it heads a group: else a page could hold no progress.
    return limit - 1 if limit > 2 and rows[limit - 1].kind == "phase" else limit  # noqa: PLR2004


def _ordered(first: date | None, last: date | None) -> tuple[date, date] | None:
    first, last = first or last, last or first
    return None if first is None or last is None else (first, max(first, last))
