"""Dates, slack, slip and progress of every item of the work breakdown, and of the project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import fsum

from kapm_site.analysis.baseline import BaselineLeaf
from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.measure import FULL, Actual, Measured
from kapm_site.analysis.passes import Dates
from kapm_site.analysis.plan import PlannedNetwork, drives_finish, is_level_of_effort
from kapm_site.analysis.records import ScheduleFigures, TaskFigures
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
    """

    plan: PlannedNetwork
    baseline: Sequence[BaselineLeaf]
    actuals: Sequence[Actual]
    measured: Sequence[Measured]
    forecast: Dates
    weights: Sequence[float]
    weight: str
    parent_costs: Mapping[str, float]


def schedule_figures(frame: Frame, leaves: Leaves, baseline: Baseline | None) -> ScheduleFigures:
    """Put the figures of all items together, parents rolled up from their leaves."""
    tasks = {item.task.id: _task_figures(frame, leaves, item) for item in frame.items}
    agreed = frame.project.project.finish
    agreed_finish = frame.time.finish_of(agreed) if agreed is not None else None
    every = range(len(frame.leaves))
    driving = [i for i in every if drives_finish(frame, frame.leaves[i].task)] or list(every)
    finish = max((leaves.plan.network.finishes[i] for i in driving), default=None)
    forecast = max((leaves.forecast.finishes[i] for i in driving), default=None)
    baseline_finish = max((f for i in driving if (f := leaves.baseline[i].finish) is not None), default=None)
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
    what they cost; buffers nothing; support that only accompanies work does not count towards duration.
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
    return "duration", durations


def _baseline_seconds(leaf: BaselineLeaf) -> int:
    if leaf.start is None or leaf.finish is None:
        return 0
    return leaf.calendar.position(leaf.finish) - leaf.calendar.position(leaf.start)


def _task_figures(frame: Frame, leaves: Leaves, item: Item) -> TaskFigures:
    network, forecast, own = leaves.plan.network, leaves.forecast, item.leaves
    start, finish = min(network.starts[i] for i in own), max(network.finishes[i] for i in own)
    baseline_start = min((s for i in own if (s := leaves.baseline[i].start) is not None), default=None)
    baseline_finish = max((f for i in own if (f := leaves.baseline[i].finish) is not None), default=None)
    forecast_finish = max(forecast.finishes[i] for i in own)
    slip = slip_of(frame, baseline_finish, forecast_finish)
    finished = all(_is_finished(frame, leaves, i) for i in own)
    due = baseline_finish or finish
    late = (slip is not None and slip >= GRAIN) or (not finished and due <= frame.status)
    percent, planned = _percents(leaves, own)
    return TaskFigures(
        id=item.task.id,
        task=item.task,
        wbs=item.wbs,
        depth=len(item.path),
        path=item.path,
        is_parent=item.is_parent,
        start=start,
        finish=finish,
        baseline_start=baseline_start,
        baseline_finish=baseline_finish,
        early_start=min(network.early_starts[i] for i in own),
        early_finish=max(network.early_finishes[i] for i in own),
        late_start=min(network.late_starts[i] for i in own),
        late_finish=max(network.late_finishes[i] for i in own),
        total_slack_days=min(_slack_days(frame, leaves, i)[0] for i in own),
        free_slack_days=min(_slack_days(frame, leaves, i)[1] for i in own),
        critical=any(_is_critical(frame, leaves, i) for i in own),
        forecast_start=min(forecast.starts[i] for i in own),
        forecast_finish=forecast_finish,
        slip_days=slip,
        late=late,
        duration_days=_duration_days(frame, leaves, item, start, finish),
        percent_complete=percent,
        planned_percent=planned,
        bac=total([leaves.measured[i].bac for i in own]),
        pv=total([leaves.measured[i].pv for i in own]),
        ev=total([leaves.measured[i].ev for i in own]),
        ac=_spent(leaves, item),
        started=any(leaves.actuals[i].started for i in own),
        finished=finished,
    )


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
        return fsum(value * weight for value, weight in zip(values, weights, strict=True)) / whole
    return fsum(values) / len(values) if values else None


def slip_of(frame: Frame, due: datetime | None, expected: datetime | None) -> float | None:
    """Return the working days from one finish to another, positive when late.

    A finish is inclusive: nothing is gained by an earlier hour of the same day.
    """
    if due is None or expected is None:
        return None
    if expected.date() == due.date() and expected < due:
        return 0.0
    return frame.time.days_between(due, expected)


def _percents(leaves: Leaves, own: range) -> tuple[float, float]:
    weights = [leaves.weights[i] for i in own]
    percent = weighted([leaves.measured[i].percent for i in own], weights)
    planned = weighted([leaves.measured[i].planned for i in own], weights)
    return _percent(percent), _percent(planned)


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
    return total_days, max(0.0, days(network.early_finishes[index], freed))


def _duration_days(frame: Frame, leaves: Leaves, item: Item, start: datetime, finish: datetime) -> float:
    if item.is_parent or leaves.plan.activities[item.leaves[0]].calendar is round_the_clock():
        return frame.time.days_between(start, finish)
    return leaves.plan.activities[item.leaves[0]].seconds / frame.time.seconds_per_day


def _spent(leaves: Leaves, item: Item) -> float | None:
    return total([*(leaves.measured[i].ac for i in item.leaves), leaves.parent_costs.get(item.task.id)])


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
