"""What the figures keep to themselves and an explanation needs: weights, the planned duration, the project's start."""

from collections.abc import Mapping
from dataclasses import dataclass

from kapm_site.analysis.baseline import baseline_at, baseline_leaves
from kapm_site.analysis.frame import frame_of
from kapm_site.analysis.plan import drives_finish, plan_of
from kapm_site.analysis.records import Analysis
from kapm_site.analysis.schedule import weigh
from kapm_site.analysis.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the leaves of a plan weigh, and the time they are measured in.

    Attributes:
        by: `cost`, `work` or `duration`.
        weights: By leaf id, of those in the baseline; money, or working days.
        start: Position of the project's start in its working time.
        planned_days: Planned duration; None without a baseline of cost.
        driving: Ids of the leaves the project's finish waits for.
    """

    by: str
    weights: Mapping[str, float]
    time: WorkingTime
    start: int
    planned_days: float | None
    driving: frozenset[str]


def weighing_of(analysis: Analysis) -> Weighing:
    """Weigh the plan once more, the way the figures did."""
    frame = frame_of(analysis.settings, analysis.account, analysis.project, analysis.status)
    plan = plan_of(frame)
    leaves = baseline_leaves(frame, plan, baseline_at(analysis.project, analysis.status.date()))
    by, weights = weigh(frame, plan, leaves)
    unit = 1.0 if by == "cost" else frame.time.seconds_per_day
    ids = [item.task.id for item in frame.leaves]
    time, schedule = frame.time, analysis.schedule
    start = time.position(frame.origin)
    planned = None
    if schedule.baseline_start is not None and schedule.baseline_finish is not None:
        start = min(start, time.position(schedule.baseline_start))
        ends = [time.position(leaf.finish) for leaf in leaves if leaf.finish is not None and leaf.cost is not None]
        planned = (max([*ends, time.position(schedule.baseline_finish)]) - start) / frame.time.seconds_per_day
    driving = frozenset(item.task.id for item in frame.leaves if drives_finish(frame, item.task))
    return Weighing(
        by=by,
        weights={
            task_id: weight / unit
            for task_id, weight, leaf in zip(ids, weights, leaves, strict=True)
            if leaf.finish is not None
        },
        time=time,
        start=start,
        planned_days=planned,
        driving=driving or frozenset(ids),
    )
