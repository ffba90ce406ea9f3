"""The critical path: what the two passes find, and the slack, conflicts and loops that follow from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kapm_site.analysis.graph import Graph, Link, order_graph
from kapm_site.analysis.passes import Activity, Ends, Times, bound_of, earliest, late_bound, latest
from kapm_site.analysis.working_time import clock_of, instant_of


@dataclass(frozen=True, slots=True)
class Broken:
    """Agreed dates that come earlier than a link allows.

    Attributes:
        link: Index of the link.
        activity: Index of the successor.
        needed: The earliest start, or for FF and SF finish, that the link allows.
    """

    link: int
    activity: int
    needed: datetime


@dataclass(frozen=True, slots=True)
class Network:
    """The outcome, by index of the activity.

    Attributes:
        starts, finishes: Scheduled dates: the early ones, later where work is to be done as late as possible.
        total_slack, free_slack: Seconds in the activity's calendar.
        clamped: Activities whose links ask for a start before the origin.
        dropped: Indexes of links left out because they run in a loop.
    """

    early_starts: list[datetime]
    early_finishes: list[datetime]
    late_starts: list[datetime]
    late_finishes: list[datetime]
    starts: list[datetime]
    finishes: list[datetime]
    total_slack: list[int]
    free_slack: list[int]
    finish: datetime
    clamped: frozenset[int]
    broken: tuple[Broken, ...]
    dropped: frozenset[int]
    order: tuple[int, ...]


def solve(activities: Sequence[Activity], links: Sequence[Link], origin: datetime) -> Network:
    """Schedule a network from its origin on. Links that run in a loop are left out and named."""
    graph = order_graph(len(activities), links)
    early = earliest(activities, links, graph, clock_of(origin))
    driving = [early.finishes[i] for i, activity in enumerate(activities) if activity.drives] or early.finishes
    finish = max(driving, default=clock_of(origin))
    ends = Ends(links, early)
    positions = [
        (activity.calendar.position_at(start), activity.calendar.position_at(end))
        for activity, start, end in zip(activities, early.starts, early.finishes, strict=True)
    ]
    lengths = [end - start for start, end in positions]
    late = latest(activities, links, graph, early, ends, lengths=lengths, finish=finish)
    total = _total_slack(activities, positions, late)
    free = _free_slack(activities, links, graph, early, ends, positions=positions, total=total, finish=finish)
    scheduled = _as_late_as_possible(activities, links, graph, early, late, origin=clock_of(origin))
    early_starts, early_finishes = list(map(instant_of, early.starts)), list(map(instant_of, early.finishes))
    return Network(
        early_starts=early_starts,
        early_finishes=early_finishes,
        late_starts=list(map(instant_of, late.starts)),
        late_finishes=list(map(instant_of, late.finishes)),
        starts=early_starts if scheduled is early else list(map(instant_of, scheduled.starts)),
        finishes=early_finishes if scheduled is early else list(map(instant_of, scheduled.finishes)),
        total_slack=total,
        free_slack=free,
        finish=instant_of(finish),
        clamped=early.clamped,
        broken=tuple(_broken(activities, links, graph, ends)),
        dropped=graph.dropped,
        order=graph.order,
    )


def _as_late_as_possible(
    activities: Sequence[Activity], links: Sequence[Link], graph: Graph, early: Times, late: Times, *, origin: int
) -> Times:
    """Move what is to be done as late as possible to its late dates, and what follows it behind it."""
    floors = [
        late.starts[i] if activity.constraint == "alap" and activity.start is None else None
        for i, activity in enumerate(activities)
    ]
    return earliest(activities, links, graph, origin, floors) if any(floors) else early


def _total_slack(activities: Sequence[Activity], positions: Sequence[tuple[int, int]], late: Times) -> list[int]:
    """Return how far each activity may slip without moving the finish of the network or a late constraint."""
    slack = []
    for i, activity in enumerate(activities):
        start, end = positions[i]
        position = activity.calendar.position_at
        slack.append(min(position(late.starts[i]) - start, position(late.finishes[i]) - end))
    return slack


def _free_slack(
    activities: Sequence[Activity],
    links: Sequence[Link],
    graph: Graph,
    early: Times,
    ends: Ends,
    *,
    positions: Sequence[tuple[int, int]],
    total: list[int],
    finish: int,
) -> list[int]:
    """Return how far each activity may slip without moving a successor."""
    reached: dict[int, int] = {}
    slack = []
    for i, activity in enumerate(activities):
        position = activity.calendar.position_at
        gaps = [total[i]]
        bound = False
        for number in graph.outgoing[i]:
            link = links[number]
            from_finish = link.type in ("FS", "FF")
            if not from_finish and early.starts[i] != ends.of(number).start:
                continue
            bound = True
            if number not in reached:
                reached[number] = late_bound(activities, link, ends.of(number), early.starts, early.finishes)
            gaps.append(position(reached[number]) - positions[i][1 if from_finish else 0])
        if not bound:
            gaps.append(position(finish) - positions[i][1])
        slack.append(max(0, min(gaps)))
    return slack


def _broken(activities: Sequence[Activity], links: Sequence[Link], graph: Graph, ends: Ends) -> Iterator[Broken]:
    for i, activity in enumerate(activities):
        if activity.start is None or activity.finish is None:
            continue
        for number in graph.incoming[i]:
            link = links[number]
            needed = instant_of(bound_of(activity, link, ends.of(number)))
            held = activity.start if link.type in ("FS", "SS") else activity.finish
            if activity.calendar.position(held) < activity.calendar.position(needed):
                yield Broken(number, i, needed)
