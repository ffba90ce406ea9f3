"""How far each leaf is, in percent and in money, by the method its progress is measured with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import fsum

from kapm_site.analysis.baseline import BaselineLeaf
from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.plan import is_level_of_effort, method_of
from kapm_site.model.plan import Cost, Task

FULL = 100.0

#: Percent that a method with fixed shares earns at the start.
AT_START = {"0/100": 0.0, "50/50": 50.0, "20/80": 20.0}


@dataclass(frozen=True, slots=True)
class Actual:
    """What has happened to a leaf up to the status instant.

    Attributes:
        start, finish: Instants; None where it has not happened yet, or nobody said when.
        percent: As entered, or as the steps add up; not yet by the method.
    """

    started: bool
    finished: bool
    start: datetime | None
    finish: datetime | None
    percent: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Progress and value of a leaf at the status instant; money None where the baseline has no cost of it."""

    percent: float
    planned: float
    bac: float | None
    pv: float | None
    ev: float | None
    ac: float | None


def actual_of(frame: Frame, item: Item) -> Actual:
    """Read the actual dates and progress of a leaf; what lies after the status instant has not happened."""
    task = item.task
    time = frame.time_of(item)
    start = time.start_of(task.actual_start) if task.actual_start is not None else None
    finish = time.finish_of(task.actual_finish) if task.actual_finish is not None else None
    announced = finish is not None and finish > frame.status
    if (start is not None and start > frame.status) or (announced and start is None):
        return Actual(started=False, finished=False, start=None, finish=None, percent=0)
    if announced and start is not None and finish is not None:
        share = FULL * share_of(BaselineLeaf(start, finish, None, None, time), frame.status)
        return Actual(started=True, finished=False, start=start, finish=None, percent=share)
    method = method_of(frame, task)
    percent = _entered(task, method)
    finished = finish is not None or (percent >= FULL and (task.milestone or method not in AT_START))
    return Actual(
        started=finished or start is not None or percent > 0,
        finished=finished,
        start=start,
        finish=finish,
        percent=FULL if finish is not None else percent,
    )


def measured(frame: Frame, item: Item, actual: Actual, leaf: BaselineLeaf, costs: Mapping[str, float]) -> Measured:
    """Measure a leaf; `costs` are the entries up to the status date, added up by task id."""
    task = item.task
    share = share_of(leaf, frame.status)
    percent = percent_by_method(method_of(frame, task), task, actual, FULL * share)
    spent = task.actual_cost if task.actual_cost is not None else costs.get(task.id)
    cost = leaf.cost
    if cost is None or leaf.finish is None:
        return Measured(percent, FULL * share, None, None, None, spent)
    pv = planned_value(cost, leaf, frame.status, share)
    ev = pv if is_level_of_effort(frame, task) else earned_value(cost, actual, percent)
    return Measured(percent, FULL * share, cost.amount, pv, ev, spent)


def percent_by_method(method: str, task: Task, actual: Actual, planned: float) -> float:
    """Return the percent complete that a method grants.

    The methods with fixed shares grant the rest only on an actual finish: a 100 that nobody has dated is a claim.
    Level of effort is as far as it was planned to be.
    """
    if task.milestone:
        return FULL if actual.finished else 0.0
    if method == "level_of_effort":
        return FULL if actual.finish is not None else planned
    if actual.finish is not None:
        return FULL
    if method in AT_START:
        return AT_START[method] if actual.started else 0.0
    return actual.percent


def share_of(leaf: BaselineLeaf, at: datetime) -> float:
    """Return the share of a leaf's planned working time that lies before an instant, 0–1."""
    if leaf.finish is None:
        return 0.0
    position = leaf.calendar.position
    finish = position(leaf.finish)
    start = position(leaf.start) if leaf.start is not None else finish
    now = position(at)
    if finish <= start:
        return 1.0 if at >= leaf.finish else 0.0
    return min(max((now - start) / (finish - start), 0.0), 1.0)


def planned_value(cost: Cost, leaf: BaselineLeaf, at: datetime, share: float) -> float:
    """Return planned value: nothing until after the start, then the fixed part by its accrual, the rest evenly."""
    rest = (cost.amount - _fixed(cost)) * share
    if cost.accrual == "start":
        return rest + (_fixed(cost) if cost.fixed and _is_after_start(leaf, at) else 0.0)
    if cost.accrual == "end":
        return rest + (_fixed(cost) if share >= 1 else 0.0)
    return rest + _fixed(cost) * share


def earned_value(cost: Cost, actual: Actual, percent: float) -> float:
    """Return earned value: the fixed part by its accrual once work has started, the rest by percent."""
    if not actual.started:
        return 0.0
    rest = (cost.amount - _fixed(cost)) * percent / FULL
    if cost.accrual == "start":
        return rest + _fixed(cost)
    if cost.accrual == "end":
        return rest + (_fixed(cost) if actual.finished and percent >= FULL else 0.0)
    return rest + _fixed(cost) * percent / FULL


def entered_costs(frame: Frame, day: date) -> tuple[dict[str, float], float | None]:
    """Sum the cost entries up to a day: by task id, and those without a task, None where there are none."""
    by_task: dict[str, float] = {}
    others: float | None = None
    known = {item.task.id for item in frame.items}
    for entry in frame.project.costs.entries:
        if entry.date > day:
            continue
        if entry.task in known and entry.task is not None:
            by_task[entry.task] = fsum((by_task.get(entry.task, 0.0), entry.amount))
        else:
            others = fsum((others or 0.0, entry.amount))
    return by_task, others


def _fixed(cost: Cost) -> float:
    return min(cost.fixed, cost.amount)


def _is_after_start(leaf: BaselineLeaf, at: datetime) -> bool:
    if leaf.start is None or leaf.finish is None:
        return False
    position = leaf.calendar.position
    if position(leaf.start) == position(leaf.finish):
        return at >= leaf.finish
    return position(at) > position(leaf.start)


def _entered(task: Task, method: str) -> float:
    """Return percent done as entered; of steps, the weight of those that are done."""
    whole = fsum(step.weight for step in task.steps)
    if method == "milestones" or (task.progress is None and task.steps):
        return FULL * fsum(step.weight for step in task.steps if step.done) / whole if whole else task.progress or 0.0
    return task.progress or 0.0
