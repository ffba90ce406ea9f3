"""What is expected at the status instant: done work at its actual dates, the rest behind its predecessors, never past.

Work under way needs its `remaining`, else the rest of its duration, from the status instant on. A `new_finish` that was
given for a delay counts as the finish, but never before `remaining`, the predecessors or the status instant allow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.graph import order_graph
from kapm_site.analysis.measure import FULL, Actual
from kapm_site.analysis.passes import Activity, Dates, forward
from kapm_site.analysis.plan import PlannedNetwork, is_level_of_effort
from kapm_site.analysis.working_time import round_the_clock


@dataclass(frozen=True, slots=True)
class Expected:
    """A leaf as the forward pass of the forecast takes it, and the instant before which it cannot start."""

    activity: Activity
    floor: datetime | None = None


def forecast_of(frame: Frame, plan: PlannedNetwork, actuals: Sequence[Actual]) -> Dates:
    """Forecast the dates of all leaves."""
    expected = [_expected(frame, plan, index, item, actuals[index]) for index, item in enumerate(frame.leaves)]
    links = [link.link for link in plan.links]
    graph = order_graph(len(frame.leaves), links)
    floors = [leaf.floor for leaf in expected]
    origin = max(frame.origin, frame.status)
    found = forward([leaf.activity for leaf in expected], links, graph, origin, floors)
    starts = list(found.starts)
    for index, item in enumerate(frame.leaves):
        if item.task.buffer and not actuals[index].started:
            ends = [found.finishes[i] for number in graph.incoming[index] for i in links[number].predecessors]
            starts[index] = min(max([plan.network.starts[index], *ends]), found.finishes[index])
    return Dates(starts, found.finishes, frozenset())


def _expected(frame: Frame, plan: PlannedNetwork, index: int, item: Item, actual: Actual) -> Expected:
    planned = plan.activities[index]
    start, finish = plan.network.starts[index], plan.network.finishes[index]
    if actual.finished:
        end = actual.finish or min(finish, frame.status)
        return Expected(_pinned(planned, actual.start or min(start, end), end))
    if is_level_of_effort(frame, item.task):
        end = max(finish, _promised(frame, item) or finish)
        return Expected(_pinned(planned, actual.start or start, end))
    if actual.started:
        begin = actual.start or min(start, frame.status)
        return Expected(_pinned(planned, begin, _running_finish(frame, item, planned, actual)))
    return waiting_leaf(frame, plan, index, item)


def _running_finish(frame: Frame, item: Item, planned: Activity, actual: Actual) -> datetime:
    task = item.task
    own = frame.time_of(item)
    if task.actual_finish is not None:
        return own.finish_of(task.actual_finish)
    promised = _promised(frame, item)
    if promised is not None and promised < frame.status:
        promised = None
    if task.buffer:
        return max(frame.status, planned.finish or frame.status)
    if task.remaining is not None:
        time = round_the_clock() if task.remaining.elapsed else own
        extrapolated = time.shift(frame.status, own.seconds_of(task.remaining))
        return max(promised, extrapolated) if promised else extrapolated
    left = round(planned.seconds * (1 - actual.percent / FULL))
    return promised or planned.calendar.shift(frame.status, left)


def waiting_leaf(frame: Frame, plan: PlannedNetwork, index: int, item: Item) -> Expected:
    """Return a leaf that has not begun: where its dates are agreed, it does not start before them."""
    planned = plan.activities[index]
    task = item.task
    own = frame.time_of(item)
    floors = [planned.start] if planned.start is not None else []
    if planned.constraint == "alap":
        floors.append(plan.network.starts[index])
    if task.actual_start is not None:
        floors.append(own.start_of(task.actual_start))
    promised = _promised(frame, item)
    if promised is not None:
        floors.append(planned.calendar.shift(promised, -planned.seconds))
    if task.buffer:
        return Expected(replace(planned, start=None, finish=None, seconds=0), plan.network.finishes[index])
    constraint = planned.constraint
    if constraint == "must_start_on":
        constraint = "start_no_earlier_than"
    elif constraint == "must_finish_on":
        constraint = "finish_no_earlier_than"
    activity = replace(planned, start=None, finish=None, constraint=constraint)
    return Expected(activity, max(floors, default=None))


def _promised(frame: Frame, item: Item) -> datetime | None:
    """Return the new finish given for a delay, at the hour of the agreed one where the plan is that fine."""
    task = item.task
    if task.delay is None or task.delay.new_finish is None:
        return None
    if isinstance(task.finish, datetime):
        return datetime.combine(task.delay.new_finish, task.finish.time())
    return frame.time_of(item).finish_of(task.delay.new_finish)


def _pinned(planned: Activity, start: datetime, finish: datetime) -> Activity:
    return replace(planned, start=min(start, finish), finish=finish)
