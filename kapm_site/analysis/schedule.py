"""Dates, slack, slip and progress of every item of the work breakdown, and of the project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import fsum
from operator import mul

from kapm_site.analysis.baseline import BaselineLeaf
from kapm_site.analysis.days import finish_day
from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.measure import FULL, Actual, Measured
from kapm_site.analysis.passes import Dates
from kapm_site.analysis.plan import PlannedNetwork, drives_finish, has_length, is_level_of_effort
from kapm_site.analysis.records import ScheduleFigures, TaskFigures
from kapm_site.analysis.undated import last_of_all, without_dates
from kapm_site.analysis.work_days import LAST_YEAR
from kapm_site.analysis.working_time import round_the_clock
from kapm_site.model.plan import Baseline

#: Working days below which a later date is no slip: half a day is the grain of a plan kept in days.
GRAIN = 0.5


@dataclass(frozen=True, slots=True)
class Leaves:
    """All that is known of the leaves, each list in their order.

    Attributes:
        weights: What each leaf weighs in percentages.
        weight: What that is: `cost`, `work` or `duration`.
        parent_costs: Costs entered for parents themselves, by the id of each parent they count for.
        dated: Whether anything says when the work is to be done; else all dates but the actual ones are guesses.
    """

    plan: PlannedNetwork
    baseline: Sequence[BaselineLeaf]
    actuals: Sequence[Actual]
    measured: Sequence[Measured]
    forecast: Dates
    weights: Sequence[float]
    weight: str
    parent_costs: Mapping[str, float]
    dated: bool = True


@dataclass(frozen=True, slots=True)
class _Columns:
    """What items roll up, each list in the order of the leaves: an item takes its own stretch of it."""

    baseline_starts: list[datetime | None]
    baseline_finishes: list[datetime | None]
    total_slack: list[float]
    free_slack: list[float]
    critical: list[bool]
    started: list[bool]
    finished: list[bool]
    percents: list[float]
    planned: list[float]
    bac: list[float | None]
    pv: list[float | None]
    ev: list[float | None]
    ac: list[float | None]


def schedule_figures(frame: Frame, leaves: Leaves, baseline: Baseline | None) -> ScheduleFigures:
    """Put the figures of all items together, parents rolled up from their leaves."""
    columns = _columns(frame, leaves)
    tasks = {item.task.id: _task_figures(frame, leaves, columns, item) for item in frame.items}
    agreed = frame.project.project.finish
    agreed_finish = frame.time.finish_of(agreed) if agreed is not None else None
    every = range(len(frame.leaves))
    driving = [i for i in every if drives_finish(frame, frame.leaves[i].task)] or list(every)
    finish = max((leaves.plan.network.finishes[i] for i in driving), default=None)
    forecast = max((leaves.forecast.finishes[i] for i in driving), default=None)
    baseline_finish = max((f for i in driving if (f := leaves.baseline[i].finish) is not None), default=None)
    if not leaves.dated:
        ended = last_of_all([leaves.actuals[i].finish for i in driving])
        return ScheduleFigures(agreed_finish=agreed_finish, forecast_finish=ended, tasks=tasks)
    return ScheduleFigures(
        start=min((leaves.plan.network.starts[i] for i in every), default=None),
        finish=finish,
        agreed_finish=agreed_finish,
        baseline_start=min((s for leaf in leaves.baseline if (s := leaf.start) is not None), default=None),
        baseline_finish=baseline_finish,
        baseline_id=baseline.id if baseline else None,
        has_baseline=baseline is not None,
        forecast_finish=forecast,
        slip_days=slip_of(frame, baseline_finish, forecast),
        agreed_slip_days=slip_of(frame, agreed_finish, forecast),
        critical_path=_critical_path(frame, leaves),
        tasks=tasks,
        provisional_from=_provisional_from(frame, tasks.values()),
    )


def weigh(frame: Frame, plan: PlannedNetwork, baseline: Sequence[BaselineLeaf]) -> tuple[str, list[float]]:
    """Return what percentages are weighted by, and the weight of each leaf.

    Cost where every piece of work has one, else planned effort where every one has, else duration. Milestones weigh
    what they cost; buffers nothing; support that only accompanies work does not count towards duration. Where nothing
    has a duration, all weigh alike.
    """
    counted = [
        leaf.finish is not None and not item.task.buffer for item, leaf in zip(frame.leaves, baseline, strict=True)
    ]
    costs = [leaf.cost.amount if leaf.cost is not None else None for leaf in baseline]
    works = [float(leaf.calendar.seconds_of(leaf.work)) if leaf.work is not None else None for leaf in baseline]
    needed = [
        i
        for i, item in enumerate(frame.leaves)
        if counted[i] and not item.task.milestone and plan.activities[i].seconds
    ]
    for name, values in (("cost", costs), ("work", works)):
        if needed and all(values[i] is not None for i in needed) and any(values[i] for i in needed):
            return name, [(value or 0.0) if use else 0.0 for value, use in zip(values, counted, strict=True)]
    durations = [
        float(_baseline_seconds(leaf)) if use and not is_level_of_effort(frame, item.task) else 0.0
        for item, leaf, use in zip(frame.leaves, baseline, counted, strict=True)
    ]
    # A plan of milestones alone: each counts for as much as the next.
    return "duration", durations if any(durations) else [float(use) for use in counted]


def _baseline_seconds(leaf: BaselineLeaf) -> int:
    if leaf.start is None or leaf.finish is None:
        return 0
    return leaf.calendar.position(leaf.finish) - leaf.calendar.position(leaf.start)


def _columns(frame: Frame, leaves: Leaves) -> _Columns:
    slack = [_slack_days(frame, leaves, i) for i in range(len(frame.leaves))]
    measured = leaves.measured
    return _Columns(
        baseline_starts=[leaf.start for leaf in leaves.baseline],
        baseline_finishes=[leaf.finish for leaf in leaves.baseline],
        total_slack=[total_days for total_days, _ in slack],
        free_slack=[free_days for _, free_days in slack],
        critical=[_is_critical(frame, leaves, i) for i in range(len(frame.leaves))],
        started=[actual.started for actual in leaves.actuals],
        finished=[_is_finished(frame, leaves, i) for i in range(len(frame.leaves))],
        percents=[leaf.percent for leaf in measured],
        planned=[leaf.planned for leaf in measured],
        bac=[leaf.bac for leaf in measured],
        pv=[leaf.pv for leaf in measured],
        ev=[leaf.ev for leaf in measured],
        ac=[leaf.ac for leaf in measured],
    )


def _task_figures(frame: Frame, leaves: Leaves, columns: _Columns, item: Item) -> TaskFigures:
    network, forecast, own = leaves.plan.network, leaves.forecast, slice(item.leaves.start, item.leaves.stop)
    start, finish = min(network.starts[own]), max(network.finishes[own])
    baseline_finish = max(_known(columns.baseline_finishes[own]), default=None)
    forecast_finish = max(forecast.finishes[own])
    slip = slip_of(frame, baseline_finish, forecast_finish)
    finished = all(columns.finished[own])
    overdue = not finished and is_past(baseline_finish or finish, frame.status)
    weights = leaves.weights[own]
    found = TaskFigures(
        id=item.task.id,
        task=item.task,
        wbs=item.wbs,
        depth=len(item.path),
        path=item.path,
        is_parent=item.is_parent,
        start=start,
        finish=finish,
        baseline_start=min(_known(columns.baseline_starts[own]), default=None),
        baseline_finish=baseline_finish,
        early_start=min(network.early_starts[own]),
        early_finish=max(network.early_finishes[own]),
        late_start=min(network.late_starts[own]),
        late_finish=max(network.late_finishes[own]),
        total_slack_days=min(columns.total_slack[own]),
        free_slack_days=min(columns.free_slack[own]),
        critical=any(columns.critical[own]),
        forecast_start=min(forecast.starts[own]),
        forecast_finish=forecast_finish,
        slip_days=slip,
        late=overdue or (slip is not None and slip >= GRAIN),
        duration_days=_duration_days(frame, leaves, item, start, finish),
        percent_complete=_percent(weighted(columns.percents[own], weights)),
        planned_percent=_percent(weighted(columns.planned[own], weights)),
        bac=total(columns.bac[own]),
        pv=total(columns.pv[own]),
        ev=total(columns.ev[own]),
        ac=total([*columns.ac[own], leaves.parent_costs.get(item.task.id)]),
        started=any(columns.started[own]),
        finished=finished,
    )
    return found if leaves.dated else without_dates(found, leaves.actuals[own])


def parent_costs(frame: Frame, costs: Mapping[str, float]) -> dict[str, float]:
    """Return what was entered for parents themselves, added up towards the top."""
    found: dict[str, float] = {}
    for item in frame.items:
        if item.is_parent and item.task.id in costs:
            for task_id in (*item.path, item.task.id):
                found[task_id] = fsum((found.get(task_id, 0.0), costs[item.task.id]))
    return found


def total(values: Iterable[float | None]) -> float | None:
    """Add up what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return fsum(known) if known else None


def weighted(values: Sequence[float], weights: Sequence[float]) -> float | None:
    """Return the weighted mean; the plain one where nothing weighs, None of nothing."""
    whole = fsum(weights)
    if whole > 0:
        return fsum(map(mul, values, weights)) / whole
    return fsum(values) / len(values) if values else None


def is_past(finish: datetime, status: datetime) -> bool:
    """Tell whether a finish was due before the day of an instant: what is due today is not late before tomorrow."""
    return finish_day(finish) < status.date()


def slip_of(frame: Frame, due: datetime | None, expected: datetime | None) -> float | None:
    """Return the working days from one finish to another, positive when late.

    A finish is inclusive: nothing is gained by an earlier hour of the same day.
    """
    if due is None or expected is None:
        return None
    if expected.date() == due.date() and expected < due:
        return 0.0
    return frame.time.days_between(due, expected)


def _known(values: Sequence[datetime | None]) -> list[datetime]:
    return [value for value in values if value is not None]


def _percent(value: float | None) -> float:
    return min(max(value or 0.0, 0.0), FULL)


def _slack_days(frame: Frame, leaves: Leaves, index: int) -> tuple[float, float]:
    network = leaves.plan.network
    per_day = frame.time.seconds_per_day
    if leaves.plan.activities[index].calendar is not round_the_clock():
        return network.total_slack[index] / per_day, network.free_slack[index] / per_day
    days = frame.time.days_between
    total_days = min(
        days(network.early_starts[index], network.late_starts[index]),
        days(network.early_finishes[index], network.late_finishes[index]),
    )
    freed = network.early_finishes[index] + timedelta(seconds=network.free_slack[index])
    return total_days, max(0.0, min(days(network.early_finishes[index], freed), total_days))


def _duration_days(frame: Frame, leaves: Leaves, item: Item, start: datetime, finish: datetime) -> float | None:
    """Return how long an item takes; of a plan without dates only what is written of it is known."""
    activity = leaves.plan.activities[item.leaves[0]]
    spans = item.is_parent or activity.calendar is round_the_clock()
    if not leaves.dated and (spans or not has_length(item.task)):
        return None
    return frame.time.days_between(start, finish) if spans else activity.seconds / frame.time.seconds_per_day


def _provisional_from(frame: Frame, tasks: Iterable[TaskFigures]) -> date | None:
    """Return the first day of the first year the schedule reaches whose days off are still a guess."""
    dates = [d for task in tasks for d in (task.forecast_start, task.start, task.finish, task.forecast_finish) if d]
    if not dates or frame.time.calendar.country is None:
        return None
    years = range(min(dates).year, min(max(dates).year, LAST_YEAR) + 1)
    return next((day for year in years if frame.time.is_provisional(day := date(year, 1, 1))), None)


def _is_finished(frame: Frame, leaves: Leaves, index: int) -> bool:
    """Tell whether a leaf is done; support that accompanies work is done when its planned time is over."""
    if is_level_of_effort(frame, frame.leaves[index].task) and leaves.measured[index].percent >= FULL:
        return True
    return leaves.actuals[index].finished


def _is_critical(frame: Frame, leaves: Leaves, index: int) -> bool:
    """Tell whether a leaf has no slack; support that accompanies other work is on no path."""
    return leaves.plan.network.total_slack[index] <= 0 and not is_level_of_effort(frame, frame.leaves[index].task)


def _critical_path(frame: Frame, leaves: Leaves) -> tuple[str, ...]:
    """Return the critical leaves in the order of their early starts."""
    network = leaves.plan.network
    critical = [
        (network.early_starts[i], network.early_finishes[i], i)
        for i in range(len(frame.leaves))
        if _is_critical(frame, leaves, i)
    ]
    return tuple(frame.leaves[i].task.id for *_, i in sorted(critical))
