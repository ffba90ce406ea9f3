"""What a reader may see of the charter and the plan: the fields named here and no others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kapm_site.model.units import Duration


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal and how far it is: figures of its KPI or metric."""

    id: str
    statement: str
    owner: str | None
    due: date | None
    achievable_because: str | None
    relevant_to: str | None
    measure: str | None
    unit: str | None
    baseline: float | None
    target: float | None
    current: float | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A member of the team; `email` only where the reader may write to it."""

    id: str
    name: str
    role: str | None
    organization: str
    department: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ResponsibilityView:
    """A row of the RACI table, by names."""

    area: str
    responsible: tuple[str, ...]
    accountable: str | None
    consulted: tuple[str, ...]
    informed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedMeetingView:
    """A meeting that repeats."""

    id: str
    name: str
    cadence: str | None
    attendees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A way to reach the team."""

    name: str
    url: str | None
    email: str | None
    for_: str | None


@dataclass(frozen=True, slots=True)
class CommunicationView:
    """The communication plan."""

    cadence: str | None
    weekday: str | None
    meetings: tuple[PlannedMeetingView, ...]
    channels: tuple[ChannelView, ...]


@dataclass(frozen=True, slots=True)
class DelayView:
    """Cause of a delay and recovery."""

    cause: str
    note: str | None
    recovery: str | None
    owner: str | None
    new_finish: date | None


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """State of a result that the client accepts."""

    acceptance: str
    submitted: date | None
    decided: date | None
    by: str | None


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to a visible predecessor."""

    task_id: str
    name: str
    type: str
    lag: Duration | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """An item of the work breakdown; `wbs` and `depth` count visible items only."""

    id: str
    name: str
    wbs: str
    depth: int
    is_parent: bool
    description: str | None
    owner: str | None
    assigned: tuple[tuple[str, float], ...]
    labels: tuple[str, ...]
    milestone: bool
    buffer: bool
    start: date | None
    finish: date | None
    baseline_start: date | None
    baseline_finish: date | None
    forecast_start: date | None
    forecast_finish: date | None
    actual_start: date | None
    actual_finish: date | None
    deadline: date | None
    duration_days: float | None
    work: Duration | None
    actual_work: Duration | None
    remaining: Duration | None
    calendar: str | None
    depends_on: tuple[LinkView, ...]
    constraint: tuple[str, date | None] | None
    estimate: tuple[Duration, Duration, Duration, str] | None
    progress_method: str | None
    steps: tuple[tuple[str, float, bool], ...]
    source: tuple[str, str, str | None] | None
    delay: DelayView | None
    deliverable: DeliverableView | None
    slip_days: float | None
    late: bool
    critical: bool
    percent_complete: float
    planned_percent: float


@dataclass(frozen=True, slots=True)
class HealthView:
    """Health of a dimension, or overall.

    Attributes:
        previous: In the last report, if any.
        declared: It was declared by a person; `reason` says why where the reader may know, until `expires`.
        computed, rule: What the rule says and its numbers: for internal readers, else None.
        rule_id, facts: The rule as a message with its values, where the reader may know them.
        silent_since: Day of the last sign of life that the reader knows of, where the health is stale.
    """

    health: str
    previous: str | None
    declared: bool
    reason: str | None
    expires: date | None
    computed: str | None
    rule: str | None
    rule_id: str | None
    facts: Mapping[str, object]
    silent_since: date | None = None
