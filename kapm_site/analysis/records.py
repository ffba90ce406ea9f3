"""What the analysis finds: frozen figures, unrounded, None where the data do not support them.

Instants are naive local date-times of the project; a start is the first working instant, a finish the last.
Days are working days of the project's calendar (working minutes ÷ 60 ÷ `hours_per_day`), with fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kapm_site.analysis.cadence import Reporting
from kapm_site.analysis.outlook import Outlook
from kapm_site.model.charter import Dimension, HealthOverride
from kapm_site.model.measures import Computed
from kapm_site.model.plan import DelayCause, Task
from kapm_site.model.registers import Risk
from kapm_site.model.reports import Health
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project
from kapm_site.problem import Problem


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """Figures of one item of the work breakdown; a parent's roll up from its leaves.

    Attributes:
        wbs: Outline number such as `2.1.3`.
        depth: 0 for the top level.
        path: Ids of the parents, outermost first.
        start, finish: Of the plan: agreed dates where there are any, else what the schedule finds.
        baseline_start, baseline_finish: Of the latest approved baseline; of the plan where there is none.
        forecast_start, forecast_finish: What is expected at the status date; the actual dates where there are any.
        slip_days: Working days from baseline finish to forecast finish, positive when late.
        late: Expected or finished after the baseline finish, or not finished when its day is over.
        percent_complete, planned_percent: 0–100.
        bac, pv, ev, ac: Money; `ac` None where no cost is entered.
        started, finished: At the status instant; of a parent, any and all of its leaves.
    """

    id: str
    task: Task
    wbs: str
    depth: int
    path: tuple[str, ...]
    is_parent: bool
    start: datetime | None
    finish: datetime | None
    baseline_start: datetime | None
    baseline_finish: datetime | None
    early_start: datetime | None
    early_finish: datetime | None
    late_start: datetime | None
    late_finish: datetime | None
    total_slack_days: float | None
    free_slack_days: float | None
    critical: bool
    forecast_start: datetime | None
    forecast_finish: datetime | None
    slip_days: float | None
    late: bool
    duration_days: float | None
    percent_complete: float
    planned_percent: float
    bac: float | None
    pv: float | None
    ev: float | None
    ac: float | None
    started: bool = False
    finished: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleFigures:
    """Dates of the whole project.

    Attributes:
        agreed_finish: `finish` of project.yaml.
        slip_days: Working days from baseline finish to forecast finish, positive when late.
        agreed_slip_days: The same against the agreed finish.
        has_baseline: False where today's plan stands in for a baseline.
        provisional_from: First day of a year the schedule reaches whose official days off are not published yet.
    """

    start: datetime | None = None
    finish: datetime | None = None
    agreed_finish: datetime | None = None
    baseline_start: datetime | None = None
    baseline_finish: datetime | None = None
    baseline_id: str | None = None
    has_baseline: bool = False
    forecast_finish: datetime | None = None
    slip_days: float | None = None
    agreed_slip_days: float | None = None
    critical_path: tuple[str, ...] = ()
    tasks: Mapping[str, TaskFigures] = field(default_factory=dict)
    provisional_from: date | None = None

    @property
    def finished(self) -> bool:
        """Tell whether all work is done; a plan without work is not."""
        return bool(self.tasks) and all(task.finished for task in self.tasks.values())


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of the progress curve; actual and money are None after the status date or without data."""

    day: date
    planned_percent: float
    actual_percent: float | None
    pv: float | None
    ev: float | None
    ac: float | None


@dataclass(frozen=True, slots=True)
class ProgressFigures:
    """Progress of the whole project, weighted by cost, else work, else duration.

    Attributes:
        weight: `cost`, `work` or `duration`: what the tasks are weighted by.
        curve: Weekly points from start to the later of baseline and forecast finish.
    """

    planned_percent: float | None = None
    actual_percent: float | None = None
    weight: str = "duration"
    curve: tuple[CurvePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Earned value and earned schedule at the status date (PMI); names as in the JSON."""

    bac: float | None = None
    pv: float | None = None
    ev: float | None = None
    ac: float | None = None
    sv: float | None = None
    cv: float | None = None
    spi: float | None = None
    cpi: float | None = None
    eac: float | None = None
    eac_by: Mapping[str, float | None] = field(default_factory=dict)
    etc: float | None = None
    vac: float | None = None
    tcpi: float | None = None
    es_days: float | None = None
    at_days: float | None = None
    sv_t_days: float | None = None
    spi_t: float | None = None
    ieac_t: datetime | None = None
    finish_by: Mapping[str, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """Money: what is agreed, spent, ordered and expected."""

    currency: str
    budget: float | None = None
    contingency: float | None = None
    spent: float | None = None
    committed: float | None = None
    by_month: tuple[tuple[date, float], ...] = ()
    by_kind: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KpiFigures:
    """A KPI at the status date.

    Attributes:
        series: Values up to the status date, oldest first.
        status: green, amber, red, or unknown without a value or thresholds.
        trend: `better`, `worse` or `steady` (last value against the one before, in the KPI's direction); None below
            two values.
        distance: What is missing to the target or the range, in the KPI's unit; 0 when reached.
    """

    id: str
    value: float | None
    day: date | None
    target: float | None
    status: Health
    trend: str | None
    series: tuple[tuple[date, float], ...]
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class RiskFigures:
    """The risk register at the status date.

    Attributes:
        open: Number of open risks.
        exposure: Sum over open risks of probability (by the project's scale) times exposure; None without any.
        top: Open risks by score, then exposure, highest first.
        scores: Probability times impact by risk id, of open risks.
        cells: Open risk ids by (probability, impact).
    """

    open: int = 0
    exposure: float | None = None
    top: tuple[Risk, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Csat:
    """Satisfaction: mean and share of 4 and 5, over n answers."""

    mean: float
    top_two_percent: float
    n: int


@dataclass(frozen=True, slots=True)
class Nps:
    """Net promoter score, −100 to 100, with the standard error in points, over n answers."""

    score: float
    n: int
    standard_error: float


@dataclass(frozen=True, slots=True)
class FeedbackFigures:
    """Satisfaction up to the status date: all answers, recent ones (for health), and month by month."""

    csat: Csat | None = None
    nps: Nps | None = None
    recent_csat: Csat | None = None
    recent_nps: Nps | None = None
    csat_by_month: tuple[tuple[date, float], ...] = ()
    nps_by_month: tuple[tuple[date, float], ...] = ()
    n: int = 0


@dataclass(frozen=True, slots=True)
class LateItem:
    """A late task: how late, why, what is done about it; `gaps` names what is not said of it.

    Attributes:
        own_days: What it adds to the slip of the latest work it waits for.
        gaps: Of `cause`, `recovery`, `owner`, `new_finish`.
    """

    task_id: str
    slip_days: float
    own_days: float
    cause: DelayCause | None
    critical: bool
    finished: bool
    new_finish: date | None
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DelayFigures:
    """Late leaves of the work breakdown, the worst first; the sums are of what each adds of its own."""

    total_days: float = 0
    by_cause: Mapping[str, float] = field(default_factory=dict)
    items: tuple[LateItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """The running effect of changes."""

    approved_days: float = 0
    approved_cost: float = 0
    proposed: int = 0
    proposed_days: float = 0
    proposed_cost: float = 0


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """Health of one dimension, or overall.

    Attributes:
        health: What counts: the declared health while an override holds, else the computed one.
        computed: What the rule says.
        rule: The rule that decided and its numbers, in English, for engineers: `slip 8 d > amber 0 d`.
        rule_id: Message id of the rule, and `facts` its values, for pages.
        override: The declaration that holds, if any.
        previous: Health in the last report, if any.
    """

    health: Health
    computed: Health
    rule: str
    rule_id: str
    facts: Mapping[str, float | int | str | date] = field(default_factory=dict)
    override: HealthOverride | None = None
    previous: Health | None = None


@dataclass(frozen=True, slots=True)
class HealthFigures:
    """Health of the project: overall and by dimension."""

    overall: HealthFinding
    dimensions: Mapping[Dimension, HealthFinding]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All figures of one project at a status date.

    Attributes:
        status: The instant the figures are of; `status.date()` is the status date.
        computed: Figures that a KPI may follow, by the name it uses.
        missing: Dotted name of each figure that is None, and the reason.
        findings: What the figures say needs a look: warnings and infos.
    """

    settings: Settings
    account: Account
    project: Project
    status: datetime
    schedule: ScheduleFigures
    progress: ProgressFigures
    earned_value: EarnedValue
    money: MoneyFigures
    kpis: Mapping[str, KpiFigures]
    risks: RiskFigures
    feedback: FeedbackFigures
    delays: DelayFigures
    changes: ChangeFigures
    health: HealthFigures
    reporting: Reporting
    outlook: Outlook = field(default_factory=Outlook)
    computed: Mapping[Computed, float | None] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Problem, ...] = ()
