"""The plan as a network: leaves become activities, dependencies become links, and both are scheduled."""

from dataclasses import dataclass
from datetime import datetime

from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.graph import Link
from kapm_site.analysis.network import Network, solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.working_time import WorkingTime, round_the_clock
from kapm_site.model.plan import Dependency, Task
from kapm_site.model.units import Duration

#: What a task without dates, duration, estimate or work is taken to need.
ONE_DAY = Duration(1, "d")


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """A link and the record it comes from."""

    link: Link
    item: Item
    dependency: Dependency
    number: int


@dataclass(frozen=True, slots=True)
class PlannedNetwork:
    """The plan of a project, scheduled; activities stand in the order of the leaves."""

    activities: tuple[Activity, ...]
    links: tuple[PlannedLink, ...]
    network: Network


def plan_of(frame: Frame) -> PlannedNetwork:
    """Schedule the plan: agreed dates hold, everything else follows from links, constraints and the origin."""
    activities = tuple(_activity(frame, item) for item in frame.leaves)
    links = tuple(_links(frame, activities))
    return PlannedNetwork(activities, links, solve(activities, [link.link for link in links], frame.origin))


def method_of(frame: Frame, task: Task) -> str:
    """Return how a task's progress is measured."""
    return task.progress_method or frame.project.project.progress_method or "percent"


def is_level_of_effort(frame: Frame, task: Task) -> bool:
    """Tell whether a task is support that runs as long as the work it supports."""
    return method_of(frame, task) == "level_of_effort" and not task.milestone


def drives_finish(frame: Frame, task: Task) -> bool:
    """Tell whether the project's finish waits for a task."""
    return not task.buffer and not is_level_of_effort(frame, task)


def is_dated(frame: Frame, *, has_baseline: bool) -> bool:
    """Tell whether anything says when work is to be done: a baseline, a date of a task, or lengths from agreed dates.

    A list of names has none: every task would be due on the first day, and late from the second.
    """
    charter, tasks = frame.project.project, [item.task for item in frame.leaves]
    if has_baseline or any(task.start or task.finish or (task.constraint and task.constraint.date) for task in tasks):
        return True
    return any(map(has_length, tasks)) and (charter.start or charter.finish) is not None


def has_length(task: Task) -> bool:
    """Tell whether anything is written of how long a task takes."""
    return bool(task.duration or task.estimate or task.work)


def _activity(frame: Frame, item: Item) -> Activity:
    task = item.task
    own = frame.time_of(item)
    calendar, seconds = _length(task, own)
    start, finish = _agreed(task, own, calendar, seconds)
    if start is not None and finish is not None and task.start is not None and task.finish is not None:
        calendar, seconds = own, own.position(finish) - own.position(start)
    constraint = task.constraint
    limit = None
    if constraint is not None and constraint.date is not None:
        is_start = constraint.type in ("start_no_earlier_than", "start_no_later_than", "must_start_on")
        limit = own.start_of(constraint.date) if is_start else own.finish_of(constraint.date)
    return Activity(
        calendar=calendar,
        seconds=seconds,
        start=start,
        finish=finish,
        constraint=constraint.type if constraint else None,
        limit=limit,
        deadline=own.finish_of(task.deadline) if task.deadline is not None else None,
        drives=not is_level_of_effort(frame, task),
    )


def _length(task: Task, own: WorkingTime) -> tuple[WorkingTime, int]:
    """Return how long a task takes by what is written of it, and the calendar that is counted in."""
    if task.milestone:
        return own, 0
    duration = task.duration or (task.estimate.likely if task.estimate else None)
    if duration is None and task.work is not None:
        units = sum(assignment.units for assignment in task.assigned) or 100
        duration = Duration(task.work.amount * 100 / units, task.work.unit, task.work.elapsed)
    duration = duration or ONE_DAY
    return (round_the_clock() if duration.elapsed else own), own.seconds_of(duration)


def _agreed(
    task: Task, own: WorkingTime, calendar: WorkingTime, seconds: int
) -> tuple[datetime | None, datetime | None]:
    """Return the agreed dates; one of them and a duration make the other."""
    if task.milestone:
        moment = task.finish or task.start
        instant = own.finish_of(moment) if moment is not None else None
        return instant, instant
    start = own.start_of(task.start) if task.start is not None else None
    finish = own.finish_of(task.finish) if task.finish is not None else None
    if start is not None and finish is None:
        finish = calendar.shift(calendar.next_start(start), seconds) if seconds else start
    elif finish is not None and start is None:
        start = calendar.shift(finish, -seconds)
    if start is not None and finish is not None:
        finish = max(start, finish)
    return start, finish


def _links(frame: Frame, activities: tuple[Activity, ...]) -> list[PlannedLink]:
    places = {item.task.id: item for item in frame.items}
    links = []
    for item in frame.items:
        for number, dependency in enumerate(item.task.depends_on):
            predecessor = places.get(dependency.task)
            if predecessor is not None:
                link = _link(frame, activities, predecessor, item, dependency)
                links.append(PlannedLink(link, item, dependency, number))
    return links


def _link(
    frame: Frame, activities: tuple[Activity, ...], predecessor: Item, successor: Item, dependency: Dependency
) -> Link:
    lag = dependency.lag or Duration(0, "d")
    share = lag.amount if lag.unit == "%" else None
    alone = len(predecessor.leaves) == 1
    return Link(
        predecessors=tuple(predecessor.leaves),
        successors=tuple(successor.leaves),
        type=dependency.type,
        lag=0 if share is not None else frame.time_of(successor).seconds_of(lag),
        elapsed=lag.elapsed,
        percent=share,
        calendar=activities[predecessor.leaves[0]].calendar if alone else frame.time,
    )
