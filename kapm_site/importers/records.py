"""What a foreign plan says, in one shape for every system: the reader's output, the only input of the rest.

Times are local and naive, as the files hold them. Amounts of working time are minutes. A value that the file
does not state is None; nothing is guessed here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

LinkType = Literal["FS", "SS", "FF", "SF"]
ConstraintType = Literal[
    "asap",
    "alap",
    "start_no_earlier_than",
    "start_no_later_than",
    "finish_no_earlier_than",
    "finish_no_later_than",
    "must_start_on",
    "must_finish_on",
]
Accrual = Literal["start", "prorated", "end"]
ResourceKind = Literal["work", "material", "cost"]
RowKind = Literal["task", "link", "resource", "assignment", "baseline", "calendar", "field"]

#: Minutes since midnight, the end exclusive and at most 1440.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ImportedDuration:
    """An amount of time.

    Attributes:
        minutes: Working minutes, or minutes by the clock where `elapsed`.
        unit: The unit the file shows it in: m, h, d, w or mo.
        elapsed: Whether nights and weekends count.
    """

    minutes: float
    unit: str = "d"
    elapsed: bool = False


@dataclass(frozen=True, slots=True)
class ImportedException:
    """Days, in order and at least one, on which a calendar departs from its week; no hours: nobody works."""

    days: tuple[date, ...]
    hours: tuple[Span, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class ImportedCalendar:
    """Working hours by weekday (Monday first) and the exceptions to them; base calendars are worked in."""

    key: str
    name: str
    week: tuple[tuple[Span, ...], ...]
    exceptions: tuple[ImportedException, ...] = ()

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """Return the working hours of a day."""
        for exception in self.exceptions:
            if exception.days[0] <= day <= exception.days[-1] and day in exception.days:
                return exception.hours
        return self.week[day.weekday()]


@dataclass(frozen=True, slots=True)
class ImportedResource:
    """Someone or something that tasks use.

    Attributes:
        key: Its identity in the system.
        units: Percent of full time that is available.
        rate: Cost per hour.
        calendar: Key of its calendar.
    """

    key: str
    name: str
    kind: ResourceKind = "work"
    group: str = ""
    email: str = ""
    units: float | None = None
    rate: float | None = None
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedAssignment:
    """A resource on a task, with its percent of full time."""

    resource: str
    units: float = 100


@dataclass(frozen=True, slots=True)
class ImportedLink:
    """A predecessor, and the lag: time, or a percentage of the predecessor's duration."""

    predecessor: str
    type: LinkType = "FS"
    lag: ImportedDuration | None = None
    lag_percent: float | None = None


@dataclass(frozen=True, slots=True)
class ImportedBaselineTask:
    """The figures of one task in a baseline."""

    task: str
    start: datetime
    finish: datetime
    cost: float | None = None
    work: ImportedDuration | None = None


@dataclass(frozen=True, slots=True)
class ImportedBaseline:
    """A saved plan."""

    number: int
    tasks: tuple[ImportedBaselineTask, ...]
    current: bool = False


@dataclass(frozen=True, slots=True)
class ImportedTask:
    """One row of the plan, parents before their children, in the order of the rows.

    Attributes:
        key: The row's identity in the system, stable when rows move.
        row: The number the file's owner sees beside the row.
        parent: Key of the parent row, None at the top level.
        fixed_cost: The part of `cost` that comes from no resource.
        line: Line of the row in the file.
    """

    key: str
    row: str
    name: str
    parent: str | None = None
    wbs: str = ""
    outline: str = ""
    summary: bool = False
    milestone: bool = False
    manual: bool = False
    start: datetime | None = None
    finish: datetime | None = None
    duration: ImportedDuration | None = None
    percent: float | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    remaining: ImportedDuration | None = None
    work: ImportedDuration | None = None
    actual_work: ImportedDuration | None = None
    cost: float | None = None
    fixed_cost: float | None = None
    accrual: Accrual = "prorated"
    actual_cost: float | None = None
    calendar: str | None = None
    constraint: ConstraintType = "asap"
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    links: tuple[ImportedLink, ...] = ()
    assignments: tuple[ImportedAssignment, ...] = ()
    notes: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something the file holds that is not carried over, and why."""

    kind: RowKind
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedProject:
    """A whole plan.

    Attributes:
        system: The importer's name in the registry.
        calendar: Key of the project's calendar in `calendars`.
        minutes_per_day: What a day of duration is worth in this file.
        dropped: What the reader left out, each with its reason.
        rows: How many rows of each kind the file has; what is not dropped is kept.
    """

    system: str
    name: str
    start: datetime | None = None
    finish: datetime | None = None
    status_date: datetime | None = None
    saved: datetime | None = None
    author: str = ""
    manager: str = ""
    currency: str = ""
    calendar: str | None = None
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    calendars: tuple[ImportedCalendar, ...] = ()
    resources: tuple[ImportedResource, ...] = ()
    tasks: tuple[ImportedTask, ...] = ()
    baselines: tuple[ImportedBaseline, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    rows: tuple[tuple[RowKind, int], ...] = ()
