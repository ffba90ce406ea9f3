"""Forward and backward pass over activities and links, in instants of working time.

Inside, instants are whole seconds on the clock: whole numbers compare and add several times as fast as date-times.

Method: precedence diagramming with four link types. A start moves forward to working time, a finish back; what has no
duration stays at the instant it is given. Lags run in the successor's calendar, elapsed lags on the wall clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from kapm_site.analysis.graph import Graph, Link
from kapm_site.analysis.working_time import DAY, WorkingTime, clock_of, instant_of
from kapm_site.model.plan import ConstraintType

#: The times on the clock between which an elapsed lag must end.
_FIRST, _LAST = DAY, date.max.toordinal() * DAY + DAY - 1


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


@dataclass(frozen=True, slots=True)
class Times:
    """The same on the clock (`clock_of`)."""

    starts: list[int]
    finishes: list[int]
    clamped: frozenset[int]


class End(NamedTuple):
    """What a link sees of its predecessor: first start, last finish, and the lag it asks for."""

    start: int
    finish: int
    lag: int
    elapsed: bool


class Ends:
    """The predecessor's end of each link, computed once when all its leaves are dated."""

    def __init__(self, links: Sequence[Link], times: Times) -> None:
        self._links = links
        self._times = times
        self._known: dict[int, End] = {}

    def of(self, number: int) -> End:
        """Return the predecessor's end of a link."""
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._end(self._links[number])
        return known

    def _end(self, link: Link) -> End:
        starts, finishes = self._times.starts, self._times.finishes
        if len(link.predecessors) == 1:
            start, finish = starts[link.predecessors[0]], finishes[link.predecessors[0]]
        else:
            start, finish = min(starts[i] for i in link.predecessors), max(finishes[i] for i in link.predecessors)
        lag = link.lag
        if link.percent is not None and link.calendar is not None:
            length = link.calendar.position_at(finish) - link.calendar.position_at(start)
            lag = round(length * link.percent / 100)
        return End(start, finish, lag, link.elapsed)


def forward(
    activities: Sequence[Activity],
    links: Sequence[Link],
    graph: Graph,
    origin: datetime,
    floors: Sequence[datetime | None] | None = None,
) -> Dates:
    """Find the earliest dates; `floors` are instants before which an activity may not start."""
    clocks = None if floors is None else [None if floor is None else clock_of(floor) for floor in floors]
    found = earliest(activities, links, graph, clock_of(origin), clocks)
    return Dates(list(map(instant_of, found.starts)), list(map(instant_of, found.finishes)), found.clamped)


def earliest(
    activities: Sequence[Activity],
    links: Sequence[Link],
    graph: Graph,
    origin: int,
    floors: Sequence[int | None] | None = None,
) -> Times:
    """Find the earliest times."""
    starts = [origin] * len(activities)
    finishes = [origin] * len(activities)
    clamped: set[int] = set()
    ends = Ends(links, Times(starts, finishes, frozenset()))
    for i in graph.order:
        activity = activities[i]
        calendar = activity.calendar
        if activity.start is not None and activity.finish is not None:
            starts[i], finishes[i] = clock_of(activity.start), clock_of(activity.finish)
            continue
        bounds = [(_start_bound(activity, links[n], ends.of(n)), links[n].type) for n in graph.incoming[i]]
        asked, kind = max(bounds) if bounds else (origin, "FS")
        start = max(asked, origin)
        if activity.limit is not None:
            start = max(start, _constraint_start(activity, clock_of(activity.limit)))
        # FF is content with any later finish; only what pulls a start can ask for one before the origin.
        if asked < origin == start and kind != "FF" and calendar.position_at(asked) < calendar.position_at(origin):
            clamped.add(i)
        if floors is not None and (floor := floors[i]) is not None:
            start = max(start, floor)
        starts[i], finishes[i] = _placed(activity, start)
    return Times(starts, finishes, frozenset(clamped))


def latest(
    activities: Sequence[Activity],
    links: Sequence[Link],
    graph: Graph,
    early: Times,
    ends: Ends,
    *,
    lengths: Sequence[int],
    finish: int,
) -> Times:
    """Find the latest times that keep the finish of the network, the deadlines and the late constraints.

    `lengths` are the working seconds between early start and finish: of agreed dates they are not the duration.
    """
    starts = [finish] * len(activities)
    finishes = [finish] * len(activities)
    bounds: dict[int, int] = {}
    for i in reversed(graph.order):
        activity = activities[i]
        calendar = activity.calendar
        length = lengths[i]
        last = finish if activity.drives else max(finish, early.finishes[i])
        for number in graph.outgoing[i]:
            link = links[number]
            if number not in bounds:
                bounds[number] = late_bound(activities, link, ends.of(number), starts, finishes)
            bound = bounds[number]
            if link.type in ("FS", "FF"):
                last = min(last, bound)
            elif early.starts[i] == ends.of(number).start:
                last = min(last, calendar.shift_clock(bound, length))
        for bound in _constraint_finishes(activity, length):
            last = min(last, bound)
        starts[i], finishes[i] = _placed_late(calendar, last, length)
    return Times(starts, finishes, frozenset())


def bound_of(activity: Activity, link: Link, end: End) -> int:
    """Return the earliest start (FS, SS) or finish (FF, SF) that a link allows."""
    time = end.finish if link.type in ("FS", "FF") else end.start
    return _lagged(activity.calendar, time, end.lag, elapsed=end.elapsed) if end.lag else time


def late_bound(activities: Sequence[Activity], link: Link, end: End, starts: list[int], finishes: list[int]) -> int:
    """Return the latest finish (FS, FF) or start (SS, SF) that a link leaves its predecessor."""
    times = starts if link.type in ("FS", "SS") else finishes
    own = end.finish if link.type in ("FS", "FF") else end.start
    return min([_latest_before(activities[i].calendar, times[i], end, own) for i in link.successors])


def _latest_before(calendar: WorkingTime, time: int, end: End, own: int) -> int:
    bound = _lagged(calendar, time, -end.lag, elapsed=end.elapsed) if end.lag else time
    if own <= bound:
        return bound
    # A pause of the successor's calendar is one position: a predecessor that ends within it is no later for the
    # successor than one that ends where the pause begins.
    reached = _lagged(calendar, own, end.lag, elapsed=end.elapsed)
    return own if calendar.position_at(reached) <= calendar.position_at(time) else bound


def _lagged(calendar: WorkingTime, time: int, lag: int, *, elapsed: bool) -> int:
    if not elapsed:
        return calendar.shift_clock(time, lag)
    return time + lag if _FIRST <= time + lag <= _LAST else time


def _start_bound(activity: Activity, link: Link, end: End) -> int:
    bound = bound_of(activity, link, end)
    return bound if link.type in ("FS", "SS") else activity.calendar.shift_clock(bound, -activity.seconds)


def _placed(activity: Activity, asked: int) -> tuple[int, int]:
    """Return start and finish of an activity that may start at a time; a `must` constraint holds whatever is asked."""
    calendar = activity.calendar
    if activity.limit is not None and activity.constraint == "must_start_on":
        asked = clock_of(activity.limit)
    elif activity.limit is not None and activity.constraint == "must_finish_on":
        asked = calendar.shift_clock(clock_of(activity.limit), -activity.seconds)
    if not activity.seconds and _is_boundary(calendar, asked):
        return asked, asked
    position = calendar.position_at(asked)
    start = calendar.start_clock(position)
    return start, calendar.finish_clock(position + activity.seconds) if activity.seconds else start


def _placed_late(calendar: WorkingTime, last: int, length: int) -> tuple[int, int]:
    """Return start and finish of what may finish at a time at the latest."""
    if not length and _is_boundary(calendar, last):
        return last, last
    position = calendar.position_at(last)
    finish = calendar.finish_clock(position)
    return calendar.shift_clock(finish, -length) if length <= 0 else calendar.start_clock(position - length), finish


def _constraint_start(activity: Activity, limit: int) -> int:
    """Return the earliest start that a constraint asks for."""
    if activity.constraint == "start_no_earlier_than":
        return limit
    if activity.constraint == "finish_no_earlier_than":
        return activity.calendar.shift_clock(limit, -activity.seconds)
    return _FIRST


def _constraint_finishes(activity: Activity, length: int) -> Iterable[int]:
    if activity.deadline is not None:
        yield clock_of(activity.deadline)
    if activity.limit is not None:
        if activity.constraint in ("start_no_later_than", "must_start_on"):
            yield activity.calendar.shift_clock(clock_of(activity.limit), length)
        elif activity.constraint in ("finish_no_later_than", "must_finish_on"):
            yield clock_of(activity.limit)


def _is_boundary(calendar: WorkingTime, time: int) -> bool:
    """Tell whether work can begin, end or go on at a time."""
    position = calendar.position_at(time)
    return time in (calendar.start_clock(position), calendar.finish_clock(position))
