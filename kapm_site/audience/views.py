"""What pages are made of: views that hold only what their reader may see.

`ProjectView` is the same for both readers, so it has no field that a client must never see. What only internal
readers see stands apart, in `audience.internal`.
"""

import datetime as dt
from dataclasses import dataclass
from datetime import date

from kapm_site.analysis.records import (
    ChangeFigures,
    Csat,
    CurvePoint,
    EarnedValue,
    Nps,
)
from kapm_site.audience.charter import (
    CommunicationView,
    GoalView,
    HealthView,
    PersonView,
    ResponsibilityView,
    TaskView,
)
from kapm_site.audience.registers import (
    ActionView,
    AskView,
    AssumptionView,
    ChangeView,
    DecisionView,
    DependencyView,
    FeedbackView,
    IssueView,
    KpiView,
    LessonView,
    MeetingView,
    RiskView,
    TrainingView,
)
from kapm_site.audience.weeks import Look


@dataclass(frozen=True, slots=True)
class OrganizationView:
    """Who delivers; `logo` is a path of the workspace."""

    name: str
    logo: str | None
    website: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class BrandView:
    """The client's look and words; `logo` is a path of the workspace."""

    logo: str | None
    color: str | None
    vocabulary: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NarrativeView:
    """The latest update that the reader may see; section bodies are Markdown, `folder` is where images lie."""

    date: dt.date
    headline: str | None
    author: str | None
    period: tuple[dt.date, dt.date] | None
    done: str | None
    next: str | None
    others: tuple[tuple[str, str], ...]
    folder: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A released report; `p50` and `p80` are what it forecast, where it did."""

    number: int
    status_date: date
    health: str
    p50: date | None = None
    p80: date | None = None


@dataclass(frozen=True, slots=True)
class EnclosedView:
    """A released report that the client's site holds; its editions by name, such as `full` and `full.en`."""

    number: int
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiverView:
    """A contact to whom reports are sent; `language` is the tag that the contact asks for, or the client's."""

    name: str
    language: str
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """Dates of the whole project; days are working days."""

    start: date | None
    finish: date | None
    agreed_finish: date | None
    baseline_finish: date | None
    forecast_finish: date | None
    has_baseline: bool
    slip_days: float | None
    agreed_slip_days: float | None


@dataclass(frozen=True, slots=True)
class ForecastView:
    """By which days the project finishes in 50, 80 and 95 of 100 simulated runs."""

    p50: date
    p80: date
    p95: date
    runs: int


@dataclass(frozen=True, slots=True)
class BufferView:
    """A schedule buffer: how much of it is gone against how much of its chain is done.

    Attributes:
        zone: green, amber or red of the fever chart; None where too little is known.
    """

    task_id: str
    name: str
    size_days: float
    consumed_percent: float | None
    chain_complete_percent: float | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class SlipCause:
    """What one cause adds to the slip of the finish; below zero where time was made up.

    Attributes:
        cause: As stated; `unstated`, `recovered`, `buffered`, or `other` for what the reader sees no work of.
        tasks: Names of the work, with what each adds.
    """

    cause: str
    days: float
    tasks: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SlipView:
    """How the finish came to be later than in the baseline; days are working days.

    Attributes:
        causes: In the order in which they are told; their days add up to the slip.
        parallel: Names of other late work, which has not moved the finish, with what each is late of its own.
    """

    causes: tuple[SlipCause, ...]
    parallel: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class MoneyView:
    """Money as far as the reader may see it; `earned_value` is for internal readers, else None."""

    currency: str
    budget: float | None
    contingency: float | None
    tolerance_percent: float | None
    spent: float | None
    committed: float | None
    eac: float | None
    by_month: tuple[tuple[date, float], ...]
    earned_value: EarnedValue | None


@dataclass(frozen=True, slots=True)
class RiskSummary:
    """Sums over the risks that the reader may see; `cells` holds open risk ids by (probability, impact)."""

    open: int
    exposure: float | None
    top: tuple[str, ...]
    cells: tuple[tuple[tuple[int, int], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """Satisfaction over the answers that the reader may see; `recent` ones still say something of today."""

    csat: Csat | None
    nps: Nps | None
    recent_csat: Csat | None
    recent_nps: Nps | None
    csat_by_month: tuple[tuple[date, float], ...]
    nps_by_month: tuple[tuple[date, float], ...]
    n: int


@dataclass(frozen=True, slots=True)
class BaselineView:
    """A recorded plan."""

    id: str
    name: str | None
    approved: date | None
    by: str | None
    change: str | None
    counts: bool


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project as its reader may see it.

    Attributes:
        report: The last report of an earlier day: what this one is compared with.
        reports: All released ones up to the status date, the latest last.
        language: Of this reader; the client's own words in `brand` are of the client's language.
        languages: Tags of all that the client's people read, the client's own first; none for internal readers.
        enclosed: The released report that the client's site holds as PDF; None where that is a draft.
        before: The project as this reader saw it in `report`; None where that is not known.
        closed_days: Runs of days without work within the plan, with the names that the calendar gives them.
        holidays_of: Country and subdivision whose public holidays are among them.
        unanswered: Ids of late items whose cause or recovery is missing, as far as the reader is told of it.
        looks: Earlier days, the oldest first, at most one a week; without the status date itself.
    """

    client_id: str
    client_name: str
    id: str
    name: str
    code: str | None
    description: str | None
    language: str
    currency: str
    organization: OrganizationView
    brand: BrandView
    folder: str
    status: date
    manager: PersonView | None
    sponsor: str | None
    report: ReportView | None
    reports: tuple[ReportView, ...]
    narrative: NarrativeView | None
    health: HealthView
    dimensions: tuple[tuple[str, HealthView], ...]
    schedule: ScheduleView
    planned_percent: float | None
    actual_percent: float | None
    curve: tuple[CurvePoint, ...]
    forecast: ForecastView | None
    buffers: tuple[BufferView, ...]
    slip: SlipView | None
    baselines: tuple[BaselineView, ...]
    tasks: tuple[TaskView, ...]
    kpis: tuple[KpiView, ...]
    money: MoneyView | None
    asks: tuple[AskView, ...]
    risks: tuple[RiskView, ...]
    risk_summary: RiskSummary
    issues: tuple[IssueView, ...]
    assumptions: tuple[AssumptionView, ...]
    dependencies: tuple[DependencyView, ...]
    changes: tuple[ChangeView, ...]
    change_summary: ChangeFigures
    decisions: tuple[DecisionView, ...]
    actions: tuple[ActionView, ...]
    feedback: tuple[FeedbackView, ...]
    feedback_summary: FeedbackSummary
    goals: tuple[GoalView, ...]
    team: tuple[PersonView, ...]
    responsibilities: tuple[ResponsibilityView, ...]
    communication: CommunicationView
    meetings: tuple[MeetingView, ...]
    training: tuple[TrainingView, ...]
    lessons: tuple[LessonView, ...]
    closed_days: tuple[tuple[date, date, str], ...]
    holidays_of: tuple[str, str | None] | None = None
    unanswered: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    receivers: tuple[ReceiverView, ...] = ()
    enclosed: EnclosedView | None = None
    before: "ProjectView | None" = None
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientView:
    """Everything that one client may see, and nothing else; languages as in `ProjectView`."""

    client_id: str
    name: str
    language: str
    organization: OrganizationView
    brand: BrandView
    status: date
    base_url: str | None
    projects: tuple[ProjectView, ...]
    languages: tuple[str, ...] = ()
