"""What may come: the range of the forecast, buffers, people's load, and where the slip came from; frozen figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Zone = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class ForecastRange:
    """When the project may finish, by a simulation of its network.

    Attributes:
        p50, p80, p90, p95: The smallest instant by which at least that share of the runs has finished.
        mean: The mean over the runs, in working time.
        criticality: Share of the runs, 0–1, in which a leaf of the plan is on the critical path.
        finishes: Share of the runs, 0–1, that have finished by the end of each day, from the first day with one to
            the last.
    """

    p50: datetime
    p80: datetime
    p90: datetime
    p95: datetime
    mean: datetime
    runs: int
    seed: int
    criticality: Mapping[str, float]
    finishes: tuple[tuple[date, float], ...] = ()


@dataclass(frozen=True, slots=True)
class BufferFigures:
    """A schedule buffer of the critical chain; days are working days.

    Attributes:
        chain: Ids of the leaves whose delay the buffer takes up, in the order of their starts.
        consumed_percent: Of its size; above 100 when more than the buffer is gone.
        chain_complete_percent: How much of the chain's duration is done, by remaining duration.
        zone: Where the two stand in the fever chart.
    """

    id: str
    chain: tuple[str, ...]
    size_days: float
    consumed_days: float
    consumed_percent: float | None
    chain_complete_percent: float | None
    zone: Zone | None


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """What a person has to do in a week.

    Attributes:
        monday: Begins the week (ISO 8601).
        percent: Of the person's capacity in that week's working time; 100 is fully booked.
        tasks: Ids of the tasks, the one that takes most first.
        hours: Of work.
        available_hours: That the person has for it; 0 in a week off, whose percent is then of a usual week.
    """

    monday: date
    percent: float
    tasks: tuple[str, ...]
    hours: float = 0.0
    available_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """What a person has to do from the status week on, week by week; weeks without work are left out."""

    person: str
    capacity: float
    weeks: tuple[WeekLoad, ...]


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """The loads of a project, and who its people are, so that they can be recognised in other projects.

    Attributes:
        people: Id, name and e-mail address of each; an empty address where none is known.
    """

    client: str
    selector: str
    people: tuple[tuple[str, str, str], ...]
    loads: tuple[PersonLoad, ...]


@dataclass(frozen=True, slots=True)
class DelayWindow:
    """How far the expected finish moved between two looks at the plan; working days, positive when later.

    Attributes:
        start, finish: Days of the two looks.
        before, after: The finish expected at each.
        name: Of the baseline or report that ends the window; empty for the status date.
    """

    start: date
    finish: date
    before: date
    after: date
    days: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class SlipStep:
    """What one leaf adds to the slip of the project's finish; working days, negative where it made time up.

    Attributes:
        task_id: None for what no leaf on the chain explains, such as work that has joined the plan.
        cause: As stated; `unstated` where nobody said, `recovered` where days were made up.
    """

    task_id: str | None
    days: float
    cause: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may come of a project; empty where the plan does not say enough."""

    forecast: ForecastRange | None = None
    buffers: Mapping[str, BufferFigures] = field(default_factory=dict)
    loads: tuple[PersonLoad, ...] = ()
    windows: tuple[DelayWindow, ...] = ()
    slip_steps: tuple[SlipStep, ...] = ()
