"""Forward and backward pass over activities and links, in instants of working time.

Method: precedence diagramming with four link types. A start moves forward to working time, a finish back; what has no
duration stays at the instant it is given. Lags run in the successor's calendar, elapsed lags on the wall clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kapm_site.analysis.graph import Graph, Link
from kapm_site.analysis.working_time import WorkingTime
from kapm_site.model.plan import ConstraintType


@dataclass(frozen=True, slots=True)
class Activity:
    """A leaf of the work breakdown, as the passes need it.

    Attributes:
        calendar: In which its duration runs; round the clock for an elapsed duration.
        seconds: Duration.
        start, finish: Agreed dates, both or neither; they hold whatever the links say.
        constraint, limit: A constraint and its instant.
        deadline: Bounds the late finish only.
        drives: Counts for the finish of the network.
    """

    calendar: WorkingTime
    seconds: int
    start: datetime | None = None
    finish: datetime | None = None
    constraint: ConstraintType | None = None
    limit: datetime | None = None
    deadline: datetime | None = None
    drives: bool = True


@dataclass(frozen=True, slots=True)
class Dates:
    """Starts and finishes found by a pass."""

    starts: list[datetime]
    finishes: list[datetime]
    clamped: frozenset[int]


def forward(
    activities: Sequence[Activity],
    links: Sequence[Link],
    graph: Graph,
    origin: datetime,
    floors: Sequence[datetime | None] | None = None,
) -> Dates:
    """Find the earliest dates; `floors` are instants before which an activity may not start."""
    starts = [origin] * len(activities)
    finishes = [origin] * len(activities)
    clamped: set[int] = set()
    dates = Dates(starts, finishes, frozenset())
    ends = Ends(links, dates)
    for i in graph.order:
        activity = activities[i]
        if activity.start is not None and activity.finish is not None:
            starts[i], finishes[i] = activity.start, activity.finish
            continue
        bounds = [(_start_bound(activity, links[n], ends.of(n)), links[n].type) for n in graph.incoming[i]]
        asked, kind = max(bounds, default=(origin, "FS"))
        start = max(asked, origin, *_constraint_starts(activity))
        # FF is content with any later finish; only what pulls a start can ask for one before the origin.
        if start == origin and kind != "FF" and activity.calendar.position(asked) < activity.calendar.position(origin):
            clamped.add(i)
        if floors is not None and (floor := floors[i]) is not None:
            start = max(start, floor)
        start = _snap_start(activity, _must_start(activity) or start)
        starts[i], finishes[i] = start, activity.calendar.shift(start, activity.seconds)
    return Dates(starts, finishes, frozenset(clamped))


def backward(
    activities: Sequence[Activity], links: Sequence[Link], graph: Graph, early: Dates, finish: datetime
) -> Dates:
    """Find the latest dates that keep the finish of the network, the deadlines and the late constraints."""
    starts = [finish] * len(activities)
    finishes = [finish] * len(activities)
    bounds: dict[int, datetime] = {}
    lags = Ends(links, early)
    for i in reversed(graph.order):
        activity = activities[i]
        calendar = activity.calendar
        length = calendar.position(early.finishes[i]) - calendar.position(early.starts[i])
        latest = max(finish, early.finishes[i]) if not activity.drives else finish
        for number in graph.outgoing[i]:
            link = links[number]
            if number not in bounds:
                bounds[number] = late_bound(activities, link, lags.of(number), starts, finishes)
            bound = bounds[number]
            if link.type in ("FS", "FF"):
                latest = min(latest, bound)
            elif early.starts[i] == lags.of(number).start:
                latest = min(latest, calendar.shift(bound, length))
        for bound in _constraint_finishes(activity, length):
            latest = min(latest, bound)
        finishes[i] = _snap_finish(activity, latest, length)
        starts[i] = calendar.shift(finishes[i], -length)
    return Dates(starts, finishes, frozenset())


@dataclass(frozen=True, slots=True)
class _End:
    """What a link sees of its predecessor: first start, last finish, and the lag it asks for."""

    start: datetime
    finish: datetime
    lag: int
    elapsed: bool


class Ends:
    """The predecessor's end of each link, computed once when all its leaves are dated."""

    def __init__(self, links: Sequence[Link], dates: Dates) -> None:
        self._links = links
        self._dates = dates
        self._known: dict[int, _End] = {}

    def of(self, number: int) -> _End:
        """Return the predecessor's end of a link."""
        if number not in self._known:
            link = self._links[number]
            start = min(self._dates.starts[i] for i in link.predecessors)
            finish = max(self._dates.finishes[i] for i in link.predecessors)
            lag = link.lag
            if link.percent is not None and link.calendar is not None:
                length = link.calendar.position(finish) - link.calendar.position(start)
                lag = round(length * link.percent / 100)
            self._known[number] = _End(start, finish, lag, link.elapsed)
        return self._known[number]


def _lagged(calendar: WorkingTime, instant: datetime, lag: int, *, elapsed: bool) -> datetime:
    return _on_the_clock(instant, lag) if elapsed else calendar.shift(instant, lag)


def _on_the_clock(instant: datetime, seconds: int) -> datetime:
    try:
        return instant + timedelta(seconds=seconds)
    except OverflowError:
        return instant


def bound_of(activity: Activity, link: Link, end: _End) -> datetime:
    """Return the earliest start (FS, SS) or finish (FF, SF) that a link allows."""
    instant = end.finish if link.type in ("FS", "FF") else end.start
    return _lagged(activity.calendar, instant, end.lag, elapsed=end.elapsed)


def _start_bound(activity: Activity, link: Link, end: _End) -> datetime:
    bound = bound_of(activity, link, end)
    return bound if link.type in ("FS", "SS") else activity.calendar.shift(bound, -activity.seconds)


def late_bound(
    activities: Sequence[Activity], link: Link, end: _End, starts: list[datetime], finishes: list[datetime]
) -> datetime:
    """Return the latest finish (FS, FF) or start (SS, SF) that a link leaves its predecessor."""
    instants = starts if link.type in ("FS", "SS") else finishes
    return min(_lagged(activities[i].calendar, instants[i], -end.lag, elapsed=end.elapsed) for i in link.successors)


def _constraint_starts(activity: Activity) -> Iterable[datetime]:
    if activity.limit is None:
        return ()
    if activity.constraint == "start_no_earlier_than":
        return (activity.limit,)
    if activity.constraint == "finish_no_earlier_than":
        return (activity.calendar.shift(activity.limit, -activity.seconds),)
    return ()


def _must_start(activity: Activity) -> datetime | None:
    if activity.limit is None or activity.constraint not in ("must_start_on", "must_finish_on"):
        return None
    if activity.constraint == "must_start_on":
        return activity.limit
    return activity.calendar.shift(activity.limit, -activity.seconds)


def _constraint_finishes(activity: Activity, length: int) -> Iterable[datetime]:
    if activity.deadline is not None:
        yield activity.deadline
    if activity.limit is not None:
        if activity.constraint in ("start_no_later_than", "must_start_on"):
            yield activity.calendar.shift(activity.limit, length)
        elif activity.constraint in ("finish_no_later_than", "must_finish_on"):
            yield activity.limit


def _snap_start(activity: Activity, instant: datetime) -> datetime:
    if activity.seconds or not activity.calendar.is_boundary(instant):
        return activity.calendar.next_start(instant)
    return instant


def _snap_finish(activity: Activity, instant: datetime, length: int) -> datetime:
    if length or not activity.calendar.is_boundary(instant):
        return activity.calendar.previous_finish(instant)
    return instant
