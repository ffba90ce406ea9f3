"""Health by written rules: each dimension by its own, overall by the worst, and what a person declared instead.

Thresholds come from `health` of kapm.yaml; the tolerances of project.yaml replace the red ones of schedule and cost.
A declaration counts until it expires, that of the latest update before that of project.yaml; where nobody has said
anything for too long, none claims the health of the whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kapm_site.analysis.cadence import Reporting, latest_update
from kapm_site.analysis.earned_value import EARLY_PERCENT, NO_DATES, is_too_early
from kapm_site.analysis.frame import Frame
from kapm_site.analysis.records import (
    EarnedValue,
    FeedbackFigures,
    HealthFigures,
    HealthFinding,
    MoneyFigures,
    ProgressFigures,
    RiskFigures,
    ScheduleFigures,
)
from kapm_site.analysis.schedule import GRAIN
from kapm_site.model.charter import DIMENSIONS, Dimension, HealthOverride
from kapm_site.model.registers import Change
from kapm_site.model.reports import Health, ReportFile

#: From good to bad; what is not known counts for nothing.
ORDER: tuple[Health, ...] = ("unknown", "green", "amber", "red")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the rules go by."""

    frame: Frame
    schedule: ScheduleFigures
    progress: ProgressFigures
    earned_value: EarnedValue
    money: MoneyFigures
    risks: RiskFigures
    feedback: FeedbackFigures
    reporting: Reporting


def health_figures(figures: Figures) -> HealthFigures:
    """Judge a project."""
    frame = figures.frame
    last = last_report(frame.project.reports, frame.status.date())
    declared = {override.dimension: override for override in _in_force(frame)}
    dimensions: dict[Dimension, HealthFinding] = {}
    for dimension in DIMENSIONS:
        previous = last.health.dimensions.get(dimension) if last else None
        dimensions[dimension] = _declare(replace(RULES[dimension](figures), previous=previous), declared.get(dimension))
    overall = replace(_overall(dimensions), previous=last.health.overall if last else None)
    overall = _declare(overall, declared.get("overall"))
    if figures.reporting.stale:
        overall = replace(_stale(figures.reporting, overall.override), previous=overall.previous)
    return HealthFigures(overall, dimensions)


def last_report(reports: Iterable[ReportFile], status: date) -> ReportFile | None:
    """Return the last report of an earlier day: today's own is no comparison for today."""
    earlier = [report for report in reports if report.status_date < status]
    return max(earlier, key=lambda report: (report.status_date, report.number)) if earlier else None


def all_overrides(frame: Frame) -> list[HealthOverride]:
    """Return the declarations of project.yaml and of the latest update, the stronger one last."""
    update = latest_update(frame)
    return [*frame.project.project.health_override, *(update.matter.health_override if update else ())]


def worst(healths: Iterable[Health]) -> Health:
    """Return the worst of several healths."""
    return max(healths, key=ORDER.index, default="unknown")


def waiting_days(frame: Frame, change: Change) -> float:
    """Return how many working days a change request has waited for its decision."""
    if change.status != "proposed" or change.date is None:
        return 0.0
    return max(frame.time.days_between(frame.time.day_finish(change.date), frame.status), 0.0)


def _in_force(frame: Frame) -> list[HealthOverride]:
    return [override for override in all_overrides(frame) if override.expires >= frame.status.date()]


def _declare(finding: HealthFinding, override: HealthOverride | None) -> HealthFinding:
    return replace(finding, health=override.health, override=override) if override else finding


def _finding(health: Health, rule: str, rule_id: str, **facts: float | str | date) -> HealthFinding:
    return HealthFinding(health, health, rule, rule_id, facts)


def _unknown(reason: str, reason_id: str, **facts: float | str | date) -> HealthFinding:
    return _finding("unknown", f"not enough data: {reason}", "reason.missing", reason_id=reason_id, **facts)


def _beyond(value: float, amber: float, red: float) -> Health:
    return "red" if value > red else "amber" if value > amber else "green"


def _line(health: Health, amber: float, red: float) -> str:
    return f"> red {red:g}" if health == "red" else f"> amber {amber:g}" if health == "amber" else f"≤ amber {amber:g}"


def _scope(figures: Figures) -> HealthFinding:
    """Judge by the change request that has waited longest for its decision."""
    frame, rules = figures.frame, figures.frame.settings.health.scope
    changes = frame.project.changes.changes
    if not changes:
        return _unknown("no change requests kept", "missing.no_changes")
    waits = [(waiting_days(frame, change), change) for change in changes]
    days, change = max(waits, key=lambda wait: wait[0])
    health = _beyond(days, rules.amber_undecided_days, rules.red_undecided_days)
    line = _line(health, rules.amber_undecided_days, rules.red_undecided_days)
    rule = f"longest wait for a decision {days:.1f} d {line} d"
    if health == "green":
        return _finding(health, rule, "reason.scope_ok")
    return _finding(
        health, f"{rule} ({change.id})", "reason.scope_waiting", title=change.title, days=days, id=change.id
    )


def _schedule(figures: Figures) -> HealthFinding:
    """Judge by the slip of the forecast finish and by how far progress is behind plan; the worse counts."""
    frame, rules = figures.frame, figures.frame.settings.health.schedule
    schedule, progress = figures.schedule, figures.progress
    slip = schedule.agreed_slip_days if schedule.agreed_finish is not None else schedule.slip_days
    if schedule.tasks and schedule.start is None:
        return _unknown(NO_DATES, "missing.no_dates")
    if slip is None or progress.planned_percent is None or progress.actual_percent is None:
        return _unknown("the plan has no tasks", "missing.no_tasks")
    slip = slip if abs(slip) >= GRAIN else 0.0
    behind = max(progress.planned_percent - progress.actual_percent, 0.0)
    tolerance = frame.project.project.tolerances.schedule
    red_slip = rules.red_slip_days
    if tolerance is not None:
        red_slip = frame.time.seconds_of(tolerance) / frame.time.seconds_per_day
    by_slip = _beyond(slip, rules.amber_slip_days, red_slip)
    by_pace = _beyond(behind, rules.amber_behind_percent, rules.red_behind_percent)
    slipped = f"slip {slip:.1f} d {_line(by_slip, rules.amber_slip_days, red_slip)} d"
    paced = f"{behind:.1f} points behind plan {_line(by_pace, rules.amber_behind_percent, rules.red_behind_percent)}"
    if by_slip == by_pace == "green":
        return _finding("green", f"{slipped}; {paced}", "reason.schedule_ok")
    if worst((by_slip, by_pace)) == by_slip:
        return _finding(by_slip, slipped, "reason.schedule_slip", days=slip)
    return _finding(by_pace, paced, "reason.schedule_behind", points=behind)


def _cost(figures: Figures) -> HealthFinding:
    """Judge by the estimate at completion against the budget; without an estimate by an overspent budget."""
    frame, rules = figures.frame, figures.frame.settings.health.cost
    budget = frame.project.project.budget
    limit = figures.money.budget if budget else figures.earned_value.bac
    spent = figures.earned_value.ac
    if not limit:
        return _unknown("no budget stated", "missing.no_budget")
    if spent is None:
        day = frame.status.date()
        return _unknown(f"no costs entered up to {day}", "missing.no_costs", date=day)
    estimate = None if is_too_early(figures.earned_value) else figures.earned_value.eac
    if estimate is None:
        if spent <= limit:
            return _no_estimate(figures, spent)
        estimate = spent
    red = rules.red_over_percent
    if frame.project.project.tolerances.cost_percent is not None:
        red = frame.project.project.tolerances.cost_percent
    elif budget is not None and budget.tolerance_percent is not None:
        red = budget.tolerance_percent
    over = 100 * (estimate - limit) / limit
    health = _beyond(round(over, 9), rules.amber_over_percent, red)
    rule = f"estimate at completion {over:+.1f} % of budget {_line(health, rules.amber_over_percent, red)} %"
    if health == "green":
        return _finding(health, rule, "reason.cost_ok")
    return _finding(health, rule, "reason.cost_over", percent=over)


def _no_estimate(figures: Figures, spent: float) -> HealthFinding:
    """Say why there is no estimate at completion to judge by."""
    if not figures.earned_value.ev:
        return _unknown("no value is earned yet", "missing.no_progress")
    if spent <= 0:
        day = figures.frame.status.date()
        return _unknown("the costs entered do not exceed 0", "missing.no_costs", date=day)
    return _unknown(f"less than {EARLY_PERCENT:g} % is earned yet", "missing.too_early")


def _quality(figures: Figures) -> HealthFinding:
    """Judge by the number of severe open issues and rejected deliverables."""
    frame, rules = figures.frame, figures.frame.settings.health.quality
    issues = frame.project.risks.issues
    deliverables = [item.task.deliverable for item in frame.items if item.task.deliverable is not None]
    if not issues and not deliverables:
        return _unknown("neither issues nor deliverables kept", "missing.no_quality")
    severe = [i for i in issues if i.status == "open" and i.severity is not None and i.severity >= rules.severe_from]
    rejected = [deliverable for deliverable in deliverables if deliverable.acceptance == "rejected"]
    count = len(severe) + len(rejected)
    health: Health = "red" if count >= rules.red_count else "amber" if count >= rules.amber_count else "green"
    rule = f"{len(severe)} severe open issues and {len(rejected)} rejected deliverables"
    line = rules.red_count if health == "red" else rules.amber_count
    if health == "green":
        return _finding(health, f"{rule} < amber {line:g}", "reason.quality_ok")
    return _finding(health, f"{rule} ≥ {health} {line:g}", "reason.quality_count", n=count)


def _risk(figures: Figures) -> HealthFinding:
    """Judge by the highest score of an open risk."""
    rules = figures.frame.settings.health.risk
    if not figures.frame.project.risks.risks:
        return _unknown("no risks assessed", "missing.no_risks")
    if not figures.risks.open:
        return _finding("green", "no open risk", "reason.risk_none")
    if not figures.risks.scores:
        return _unknown("no open risk has probability and impact", "missing.no_risks")
    top = figures.risks.top[0]
    score = figures.risks.scores[top.id]
    health: Health = "red" if score >= rules.red_score else "amber" if score >= rules.amber_score else "green"
    line = rules.red_score if health == "red" else rules.amber_score
    if health == "green":
        return _harmless(figures.risks, f"highest score {score:g} < amber {line:g}", score)
    rule = f"highest score {score:g} ≥ {health} {line:g} ({top.id})"
    return _finding(health, rule, "reason.risk_score", title=top.title, score=score, id=top.id)


def _harmless(risks: RiskFigures, rule: str, score: float) -> HealthFinding:
    """Say that no assessed risk is serious, and how many nobody has assessed."""
    unscored = risks.open - len(risks.scores)
    if not unscored:
        return _finding("green", rule, "reason.risk_ok", score=score)
    return _finding("green", f"{rule}; {unscored} without a score", "reason.risk_unscored", score=score, n=unscored)


def _satisfaction(figures: Figures) -> HealthFinding:
    """Judge by mean satisfaction of the last days; without marks by the net promoter score."""
    frame, rules = figures.frame, figures.frame.settings.health.satisfaction
    csat, nps = figures.feedback.recent_csat, figures.feedback.recent_nps
    if csat is not None:
        health: Health = "red" if csat.mean < rules.red_csat else "amber" if csat.mean < rules.amber_csat else "green"
        line = rules.red_csat if health == "red" else rules.amber_csat
        rule = f"mean satisfaction {csat.mean:.2f} {'≥' if health == 'green' else '<'} {line:g} (n={csat.n})"
        return _finding(health, rule, "reason.satisfaction_csat", mean=csat.mean, n=csat.n)
    if nps is not None:
        health = "red" if nps.score < rules.red_nps else "amber" if nps.score < rules.amber_nps else "green"
        line = rules.red_nps if health == "red" else rules.amber_nps
        rule = f"net promoter score {nps.score:.0f} {'≥' if health == 'green' else '<'} {line:g} (n={nps.n})"
        return _finding(health, rule, "reason.satisfaction_nps", score=nps.score, n=nps.n)
    since = date.fromordinal(max(frame.status.date().toordinal() - int(rules.window_days), 1))
    return _unknown(f"no feedback since {since}", "missing.no_feedback", date=since)


#: The rule of each dimension.
RULES: dict[Dimension, Callable[[Figures], HealthFinding]] = {
    "scope": _scope,
    "schedule": _schedule,
    "cost": _cost,
    "quality": _quality,
    "risk": _risk,
    "satisfaction": _satisfaction,
}


def _overall(dimensions: Mapping[Dimension, HealthFinding]) -> HealthFinding:
    """Return the worst dimension; a declared dimension counts as declared, save in what the rules alone say."""
    health = worst(finding.health for finding in dimensions.values())
    computed = worst(finding.computed for finding in dimensions.values())
    names = [name for name, finding in dimensions.items() if finding.health == health]
    if health == "unknown":
        return _unknown("no dimension has data", "missing.no_health")
    rule = f"worst dimension: {', '.join(names)} {health}"
    return HealthFinding(health, computed, rule, "reason.overall", {"names": ",".join(names)})


def _stale(reporting: Reporting, override: HealthOverride | None) -> HealthFinding:
    """Claim nothing of the whole: what was declared is as old as the rest, so it is only mentioned."""
    since = f"no update since {reporting.last}, longer than {reporting.allowed} allows"
    declared = f"; declared {override.health} until {override.expires} does not count" if override else ""
    rule_id = "reason.stale_start" if reporting.sign == "start" else "reason.stale"
    return _finding("stale", since + declared, rule_id, date=reporting.last)
