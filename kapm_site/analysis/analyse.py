"""The one entry of the layer: the records of a project and a status date in, all its figures out."""

from collections.abc import Mapping
from datetime import date, datetime
from math import fsum

from kapm_site.analysis.baseline import baseline_at, baseline_leaves
from kapm_site.analysis.buffers import buffer_figures
from kapm_site.analysis.cadence import reporting_of
from kapm_site.analysis.changes import change_figures
from kapm_site.analysis.computed import computed_figures
from kapm_site.analysis.curve import Curve
from kapm_site.analysis.delays import delay_figures
from kapm_site.analysis.earned_value import (
    NO_BUDGET,
    NO_DATES,
    Money,
    Times,
    earned_schedule,
    earned_value_figures,
    earned_without_dates,
    nothing_earned,
)
from kapm_site.analysis.feedback import feedback_figures
from kapm_site.analysis.findings import Findings, findings_of
from kapm_site.analysis.forecast import forecast_of
from kapm_site.analysis.frame import Frame, frame_of
from kapm_site.analysis.health import Figures, health_figures
from kapm_site.analysis.kpis import kpi_figures
from kapm_site.analysis.measure import actual_of, entered_costs, measured
from kapm_site.analysis.missing import missing_reasons
from kapm_site.analysis.money import currency_of, money_figures
from kapm_site.analysis.outlook import BufferFigures, Outlook
from kapm_site.analysis.plan import is_dated, plan_of
from kapm_site.analysis.progress import planned_value_curve, progress_figures
from kapm_site.analysis.records import Analysis, EarnedValue, ScheduleFigures
from kapm_site.analysis.risks import risk_figures
from kapm_site.analysis.schedule import Leaves, parent_costs, schedule_figures, total, weigh
from kapm_site.analysis.simulation import forecast_range
from kapm_site.analysis.slip import delay_windows, slip_steps
from kapm_site.analysis.workload import load_figures
from kapm_site.model.plan import Baseline
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project


def analyse(
    settings: Settings,
    account: Account,
    project: Project,
    status: date | datetime,
    *,
    outlook: bool = True,
    buffers: bool = True,
    findings_only: bool = False,
) -> Analysis:
    """Compute all figures of a project at a status instant; a bare date is the end of its working time.

    Without `outlook`, what may come is left out: the simulation, loads and where the slip came from; the buffers, which
    cost little, only without `buffers` as well. With `findings_only`, what no finding is drawn from is left out: the
    simulation, which takes most of the time, and where the slip came from.
    """
    frame = frame_of(settings, account, project, status)
    today = frame.status.date()
    costs, other_costs = entered_costs(frame, today)
    baseline = baseline_at(project, today)
    leaves = _leaves(frame, baseline, costs)
    planned_value = planned_value_curve(frame, leaves)
    schedule = schedule_figures(frame, leaves, baseline)
    earned, why = _earned_value(frame, leaves, schedule, planned_value, other_costs)
    progress = progress_figures(frame, leaves, schedule, planned_value)
    money = money_figures(project, currency_of(settings, account, project), today)
    risks = risk_figures(project.risks.risks, project.project.forecast.probability_scale)
    feedback = feedback_figures(project.feedback.feedback, today, settings.health.satisfaction)
    follows = computed_figures(frame, schedule, earned, progress, money=money, risks=risks, feedback=feedback)
    kpis = kpi_figures(project.kpis.kpis, follows, today)
    delays = delay_figures(schedule.tasks.values(), frame.status)
    reporting = reporting_of(frame, finished=schedule.finished)
    health = health_figures(Figures(frame, schedule, progress, earned, money, risks, feedback, reporting))
    kept = buffer_figures(frame, leaves) if leaves.dated and (outlook or buffers) else {}
    coming, unsure = Outlook(buffers=kept), dict[str, str]()
    if outlook and findings_only:
        coming = Outlook(buffers=kept, loads=load_figures(frame, leaves)[0])
    elif outlook:
        coming, unsure = _outlook(frame, leaves, schedule, kept)
    analysis = Analysis(
        settings=settings,
        account=account,
        project=project,
        status=frame.status,
        schedule=schedule,
        progress=progress,
        earned_value=earned,
        money=money,
        kpis=kpis,
        risks=risks,
        feedback=feedback,
        delays=delays,
        changes=change_figures(project.changes.changes, today),
        health=health,
        reporting=reporting,
        outlook=coming,
        computed=follows,
        missing={},
        findings=findings_of(
            Findings(frame, leaves.plan, schedule, delays, kpis, reporting, coming.buffers, coming.loads)
        ),
    )
    return missing_reasons(analysis, {**why, **unsure})


def _outlook(
    frame: Frame, leaves: Leaves, schedule: ScheduleFigures, buffers: Mapping[str, BufferFigures]
) -> tuple[Outlook, dict[str, str]]:
    """Look ahead and back; the reasons say why there is no range of the finish, and why there are no loads."""
    forecast, unsure = None, NO_DATES
    if leaves.dated or not frame.leaves:
        forecast, unsure = forecast_range(frame, leaves.plan, leaves.actuals, leaves.forecast)
    loads, unknown = load_figures(frame, leaves)
    outlook = Outlook(
        forecast=forecast,
        buffers=buffers,
        loads=loads,
        windows=delay_windows(frame, schedule),
        slip_steps=slip_steps(frame, leaves, schedule),
    )
    return outlook, {name: why for name, why in (("forecast", unsure), ("workload", unknown)) if why}


def _leaves(frame: Frame, baseline: Baseline | None, costs: Mapping[str, float]) -> Leaves:
    plan = plan_of(frame)
    planned = baseline_leaves(frame, plan, baseline)
    actuals = [actual_of(frame, item) for item in frame.leaves]
    weight, weights = weigh(frame, plan, planned)
    return Leaves(
        plan=plan,
        baseline=planned,
        actuals=actuals,
        measured=[
            measured(frame, item, actual, leaf, costs)
            for item, actual, leaf in zip(frame.leaves, actuals, planned, strict=True)
        ],
        forecast=forecast_of(frame, plan, actuals),
        weights=weights,
        weight=weight,
        dated=is_dated(frame, has_baseline=baseline is not None),
        parent_costs=parent_costs(frame, costs),
    )


def _earned_value(
    frame: Frame, leaves: Leaves, schedule: ScheduleFigures, curve: Curve, other_costs: float | None
) -> tuple[EarnedValue, dict[str, str]]:
    no_costs = f"no costs entered up to {frame.status.date()}"
    tops = [figures.ac for figures in schedule.tasks.values() if not figures.path]
    ac = total([*tops, other_costs])
    bac = total(leaf.bac for leaf in leaves.measured)
    ev = fsum(leaf.ev or 0.0 for leaf in leaves.measured)
    if bac and not leaves.dated:
        return earned_without_dates(Money(bac, 0.0, ev, ac), no_costs)
    if not bac or schedule.baseline_start is None or schedule.baseline_finish is None:
        return nothing_earned(NO_BUDGET, ac, no_costs)
    money = Money(bac, fsum(leaf.pv or 0.0 for leaf in leaves.measured), ev, ac)
    time = frame.time
    start = min(time.position(frame.origin), time.position(schedule.baseline_start))
    finish = max(curve.points[-1], time.position(schedule.baseline_finish))
    end = frame.status
    if money.is_complete:
        end = min(
            end, max((leaves.forecast.finishes[i] for i, leaf in enumerate(leaves.measured) if leaf.bac), default=end)
        )
    planned, actual = float(finish - start), float(max(time.position(end) - start, 0))
    times = Times(planned, actual, earned_schedule(curve, start, money, planned, actual))
    return earned_value_figures(
        money, times, time.seconds_per_day, lambda seconds: time.finish_at(round(start + seconds)), no_costs
    )
