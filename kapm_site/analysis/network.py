"""The critical path: what the two passes find, and the slack, conflicts and loops that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kapm_site.analysis.graph import Graph, Link, order_graph
from kapm_site.analysis.passes import Activity, Dates, Ends, backward, bound_of, forward, late_bound


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
    early = forward(activities, links, graph, origin)
    ends = [early.finishes[i] for i, activity in enumerate(activities) if activity.drives] or early.finishes
    finish = max(ends, default=origin)
    late = backward(activities, links, graph, early, finish)
    total = [
        min(
            activity.calendar.position(late.starts[i]) - activity.calendar.position(early.starts[i]),
            activity.calendar.position(late.finishes[i]) - activity.calendar.position(early.finishes[i]),
        )
        for i, activity in enumerate(activities)
    ]
    scheduled = _as_late_as_possible(activities, links, graph, early, late, origin=origin)
    return Network(
        early_starts=early.starts,
        early_finishes=early.finishes,
        late_starts=late.starts,
        late_finishes=late.finishes,
        starts=scheduled.starts,
        finishes=scheduled.finishes,
        total_slack=total,
        free_slack=_free_slack(activities, links, graph, early, total=total, finish=finish),
        finish=finish,
        clamped=early.clamped,
        broken=_broken(activities, links, graph, early),
        dropped=graph.dropped,
        order=graph.order,
    )


def _as_late_as_possible(
    activities: Sequence[Activity], links: Sequence[Link], graph: Graph, early: Dates, late: Dates, *, origin: datetime
) -> Dates:
    """Move what is to be done as late as possible to its late dates, and what follows it behind it."""
    floors = [
        late.starts[i] if activity.constraint == "alap" and activity.start is None else None
        for i, activity in enumerate(activities)
    ]
    return forward(activities, links, graph, origin, floors) if any(floors) else early


def _free_slack(
    activities: Sequence[Activity],
    links: Sequence[Link],
    graph: Graph,
    early: Dates,
    *,
    total: list[int],
    finish: datetime,
) -> list[int]:
    """Return how far each activity may slip without moving a successor."""
    ends = Ends(links, early)
    reached: dict[int, datetime] = {}
    slack = []
    for i, activity in enumerate(activities):
        position = activity.calendar.position
        gaps = [total[i]]
        bound = False
        for number in graph.outgoing[i]:
            link = links[number]
            from_finish = link.type in ("FS", "FF")
            if not from_finish and early.starts[i] != ends.of(number).start:
                continue
            bound = True
            own = early.finishes[i] if from_finish else early.starts[i]
            if number not in reached:
                reached[number] = late_bound(activities, link, ends.of(number), early.starts, early.finishes)
            gaps.append(position(reached[number]) - position(own))
        if not bound:
            gaps.append(position(finish) - position(early.finishes[i]))
        slack.append(max(0, min(gaps)))
    return slack


def _broken(activities: Sequence[Activity], links: Sequence[Link], graph: Graph, early: Dates) -> tuple[Broken, ...]:
    ends = Ends(links, early)
    broken = []
    for i, activity in enumerate(activities):
        if activity.start is None or activity.finish is None:
            continue
        for number in graph.incoming[i]:
            link = links[number]
            needed = bound_of(activity, link, ends.of(number))
            held = activity.start if link.type in ("FS", "SS") else activity.finish
            if activity.calendar.position(held) < activity.calendar.position(needed):
                broken.append(Broken(number, i, needed))
    return tuple(broken)
