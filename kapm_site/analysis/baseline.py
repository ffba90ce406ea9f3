"""The baseline that counts at a status date, and what it says of each leaf."""

from dataclasses import dataclass
from datetime import date, datetime

from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.plan import PlannedNetwork
from kapm_site.analysis.working_time import WorkingTime
from kapm_site.model.plan import Baseline, BaselineTask, Cost
from kapm_site.model.units import Duration
from kapm_site.model.workspace import Project


@dataclass(frozen=True, slots=True)
class BaselineLeaf:
    """What the baseline says of a leaf.

    Attributes:
        start, finish: None where the leaf is not part of the baseline.
        calendar: In which its work accrues.
    """

    start: datetime | None
    finish: datetime | None
    cost: Cost | None
    work: Duration | None
    calendar: WorkingTime


def baseline_at(project: Project, day: date) -> Baseline | None:
    """Return the baseline that was approved last up to a day."""
    approved = [
        (baseline.approved, number, baseline)
        for number, baseline in enumerate(project.baselines.baselines)
        if baseline.approved is not None and baseline.approved <= day
    ]
    return max(approved, key=lambda entry: entry[:2])[2] if approved else None


def baseline_leaves(frame: Frame, plan: PlannedNetwork, baseline: Baseline | None) -> list[BaselineLeaf]:
    """Return the baseline of each leaf; of a project without one, today's plan.

    A baseline that records no cost at all was made of dates only: the costs are then the plan's.
    """
    if baseline is None:
        return [_of_plan(plan, index, item) for index, item in enumerate(frame.leaves)]
    costed = any(task.cost is not None for task in baseline.tasks.values())
    worked = any(task.work is not None for task in baseline.tasks.values())
    return [
        _of_baseline(frame, plan, index, item, baseline.tasks.get(item.task.id), costed=costed, worked=worked)
        for index, item in enumerate(frame.leaves)
    ]


def _of_plan(plan: PlannedNetwork, index: int, item: Item) -> BaselineLeaf:
    return BaselineLeaf(
        start=plan.network.starts[index],
        finish=plan.network.finishes[index],
        cost=item.task.cost,
        work=item.task.work,
        calendar=plan.activities[index].calendar,
    )


def _of_baseline(
    frame: Frame,
    plan: PlannedNetwork,
    index: int,
    item: Item,
    recorded: BaselineTask | None,
    *,
    costed: bool,
    worked: bool,
) -> BaselineLeaf:
    own = frame.time_of(item)
    if recorded is None or (recorded.start is None and recorded.finish is None):
        return BaselineLeaf(None, None, None, None, own)
    activity = plan.activities[index]
    finish = own.finish_of(recorded.finish) if recorded.finish is not None else None
    start = own.start_of(recorded.start) if recorded.start is not None else None
    if item.task.milestone:
        start = finish = finish or start
    elif finish is None and start is not None:
        finish = activity.calendar.shift(start, activity.seconds)
    elif start is None and finish is not None:
        start = activity.calendar.shift(finish, -activity.seconds)
    return BaselineLeaf(
        start=start,
        finish=max(start, finish) if start is not None and finish is not None else finish,
        cost=recorded.cost if costed else item.task.cost,
        work=recorded.work if worked else item.task.work,
        calendar=activity.calendar if item.task.duration and item.task.duration.elapsed else own,
    )
