"""What a reader may see of the registers: the fields named here and no others."""

import datetime as dt
from dataclasses import dataclass
from datetime import date

from kapm_site.model.units import Duration


@dataclass(frozen=True, slots=True)
class RiskView:
    """A risk; `owner` is shown as a name, `affects` holds names of visible tasks."""

    id: str
    title: str
    category: str
    cause: str | None
    event: str | None
    effect: str | None
    probability: float | None
    impact: float | None
    response: str | None
    plan: str | None
    owner: str | None
    due: date | None
    raised: date | None
    status: str
    closed: date | None
    exposure: float | None
    proximity: date | None
    schedule_impact: tuple[Duration, Duration, Duration] | None
    affects: tuple[str, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue."""

    id: str
    title: str
    severity: float | None
    owner: str | None
    due: date | None
    raised: date | None
    status: str
    resolution: str | None


@dataclass(frozen=True, slots=True)
class AssumptionView:
    """An assumption."""

    id: str
    text: str
    validated: date | None


@dataclass(frozen=True, slots=True)
class DependencyView:
    """A dependency on others."""

    id: str
    text: str
    on: str | None
    needed_by: date | None
    status: str


@dataclass(frozen=True, slots=True)
class AskView:
    """What is needed from the client.

    Attributes:
        days_left: Working days from the status date to `due`; negative when overdue; None when not open.
        days_waiting: Working days since it was raised; None when not open.
    """

    id: str
    title: str
    kind: str
    owner: str | None
    raised: date | None
    due: date | None
    effect: str | None
    status: str
    answered: date | None
    outcome: str | None
    days_left: float | None
    days_waiting: float | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision; `ask` and `change` are titles of visible records."""

    id: str
    date: dt.date
    title: str
    by: str | None
    rationale: str | None
    ask: str | None
    change: str | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action; `overdue_days` are working days past due, None when it is not."""

    id: str
    title: str
    owner: str | None
    raised: date | None
    due: date | None
    done: date | None
    meeting: str | None
    overdue_days: float | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change request with its impact; `waiting_days` are working days, None of what is decided or has no date."""

    id: str
    title: str
    requested_by: str | None
    date: dt.date | None
    reason: str | None
    days: float | None
    cost: float | None
    scope: str | None
    status: str
    decided: dt.date | None
    by: str | None
    tasks: tuple[str, ...]
    waiting_days: float | None


@dataclass(frozen=True, slots=True)
class KpiView:
    """A KPI with its values up to the status date."""

    id: str
    name: str
    unit: str | None
    direction: str
    target: float | None
    low: float | None
    high: float | None
    amber: float | None
    red: float | None
    owner: str | None
    goal: str | None
    description: str | None
    computed: str | None
    value: float | None
    day: date | None
    status: str
    trend: str | None
    series: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """Feedback and what was done about it."""

    id: str
    date: dt.date
    from_: str | None
    channel: str | None
    csat: float | None
    nps: float | None
    quote: str | None
    response: str | None
    status: str
    owner: str | None
    tasks: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting that was held; decisions and actions are titles of visible records."""

    id: str
    name: str
    date: dt.date
    attendees: tuple[str, ...]
    notes: str | None
    decisions: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrainingView:
    """A training."""

    id: str
    title: str
    audience_group: str | None
    date: dt.date | None
    trainer: str | None
    attendees: tuple[str, ...]
    planned: float | None
    attended: float | None
    status: str
    rating: float | None


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson; `action` is the title of a visible action."""

    id: str
    date: dt.date | None
    title: str
    kind: str
    what: str | None
    action: str | None
