"""Schedule buffers of the critical chain: which work each one protects, how much of it is gone, and how bad that is.

A buffer is used up when the work it protects ends later than planned. How much may be used depends on how much of that
work is done: the fever chart sets one against the other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from math import fsum, hypot

from kapm_site.analysis.frame import Frame
from kapm_site.analysis.graph import Link
from kapm_site.analysis.measure import FULL
from kapm_site.analysis.outlook import BufferFigures, Zone
from kapm_site.analysis.passes import Ends, Times, bound_of
from kapm_site.analysis.plan import PlannedNetwork, is_level_of_effort
from kapm_site.analysis.schedule import Leaves
from kapm_site.analysis.working_time import clock_of


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """A line across the fever chart, straight from the start of the chain to its end.

    Attributes:
        above: The zone above it; a point on the line still counts as below.
        at_start, at_end: Percent of the buffer where none, and where all of the chain is done.
    """

    above: Zone
    at_start: float
    at_end: float

    def at(self, chain_complete_percent: float) -> float:
        """Return the percent of the buffer at which the line stands."""
        return self.at_start + (self.at_end - self.at_start) * chain_complete_percent / FULL


#: Green ends and amber begins: at the origin, since any delay at the start deserves a look.
AMBER_LINE = ZoneLine("amber", 0, 60)
#: Amber ends and red begins: a start may be a third late, and a tenth of the buffer is left to act in at the end.
RED_LINE = ZoneLine("red", 30, 90)


def zone_lines() -> tuple[ZoneLine, ...]:
    """Return the lines of the fever chart, the lower one first.

    The lines are policy, not theory. These follow ProChain ("Fever Chart Regions"): green starts at the origin; red
    starts between 10 and 40 percent, and ends well before the buffer does. They run parallel, so that amber is a
    warning of the same size all along, and half-way they divide the buffer nearly into the thirds of TameFlow.
    """
    return AMBER_LINE, RED_LINE


def zone_of(consumed_percent: float, chain_complete_percent: float) -> Zone:
    """Return the zone of the fever chart a buffer stands in."""
    zone: Zone = "green"
    for line in zone_lines():
        if consumed_percent > line.at(chain_complete_percent):
            zone = line.above
    return zone


def root_squared_buffer(safe: Sequence[float], aggressive: Sequence[float]) -> float:
    """Return the buffer a chain needs by the root of the squared differences of safe and aggressive durations.

    Method: root squared error (Newbold), as in the PM Knowledge Center on sizing buffers.
    """
    return hypot(*(long - short for long, short in zip(safe, aggressive, strict=True)))


def half_of_cut(safe: Sequence[float], aggressive: Sequence[float]) -> float:
    """Return the buffer a chain needs by Goldratt's rule: half of what was cut from its safe durations."""
    return fsum(long - short for long, short in zip(safe, aggressive, strict=True)) / 2


def buffer_figures(frame: Frame, leaves: Leaves) -> dict[str, BufferFigures]:
    """Return the figures of every buffer, by its id, in the order of the plan.

    The chain of a buffer is the work it waits for, traced back from task to task along the predecessor that allows its
    successor the latest start. It ends at the buffer of other work, and where it leaves the chain of a later buffer,
    which that one protects: a feeding buffer takes up delays of its own branch only.
    """
    buffers = [index for index, item in enumerate(frame.leaves) if item.task.buffer]
    if not buffers:
        return {}
    network = leaves.plan.network
    drivers = {i for i, item in enumerate(frame.leaves) if not is_level_of_effort(frame, item.task)}
    worked = _without_buffers(frame, leaves.plan, drivers)
    chains: dict[int, list[int]] = {}
    protected: set[int] = set()
    driver = cache(partial(_driver, frame, worked))
    for index in sorted(buffers, key=lambda i: (network.finishes[i], i), reverse=True):
        chains[index] = _chain(frame, worked, driver, index, protected)
        protected.update(chains[index])
    # Work that has joined the plan since the baseline was not foreseen: what it delays, it takes from the buffer.
    approved = {i for i in drivers if leaves.baseline[i].finish is not None}
    starts = [leaf.start or start for leaf, start in zip(leaves.baseline, network.starts, strict=True)]
    finishes = [leaf.finish or finish for leaf, finish in zip(leaves.baseline, network.finishes, strict=True)]
    planned = _waits(leaves.plan, starts, finishes, approved)
    expected = _waits(leaves.plan, leaves.forecast.starts, leaves.forecast.finishes, drivers)
    return {frame.leaves[i].task.id: _figures(frame, leaves, planned, expected, i, chains[i]) for i in buffers}


@dataclass(frozen=True, slots=True)
class _Waits:
    """How leaves wait for one another when they start and finish at some times.

    Attributes:
        links: With the predecessors that count, alone.
        incoming: Numbers of the links that lead into each leaf.
        times: On the clock.
    """

    plan: PlannedNetwork
    links: list[Link]
    incoming: list[list[int]]
    times: Times
    ends: Ends


def _waits(plan: PlannedNetwork, starts: Iterable[datetime], finishes: Iterable[datetime], counted: set[int]) -> _Waits:
    links = [
        replace(planned.link, predecessors=tuple(i for i in planned.link.predecessors if i in counted))
        for planned in plan.links
    ]
    incoming: list[list[int]] = [[] for _ in plan.activities]
    for number, link in enumerate(links):
        if link.predecessors and number not in plan.network.dropped:
            for index in link.successors:
                incoming[index].append(number)
    times = Times(list(map(clock_of, starts)), list(map(clock_of, finishes)), frozenset())
    return _Waits(plan, links, incoming, times, Ends(links, times))


def _without_buffers(frame: Frame, plan: PlannedNetwork, counted: set[int]) -> _Waits:
    """Take the plan as if buffers needed no time.

    A buffer then holds up what follows only where the work before it does: else every chain would end at the first
    feeding buffer that was made a day too long.
    """
    waits = _waits(plan, plan.network.starts, plan.network.finishes, counted)
    starts, finishes = waits.times.starts, waits.times.finishes
    for index in plan.network.order:
        if frame.leaves[index].task.buffer:
            starts[index] = finishes[index] = _allowed(waits, index, starts[index])
    return waits


def _allowed(waits: _Waits, index: int, otherwise: int) -> int:
    """Return the earliest start that the predecessors of a leaf allow, on the clock."""
    return max((_start_allowed(waits, number, index) for number in waits.incoming[index]), default=otherwise)


def _start_allowed(waits: _Waits, number: int, index: int) -> int:
    link, activity = waits.links[number], waits.plan.activities[index]
    bound = bound_of(activity, link, waits.ends.of(number))
    return bound if link.type in ("FS", "SS") else activity.calendar.shift_clock(bound, -activity.seconds)


def _chain(
    frame: Frame, waits: _Waits, driver: Callable[[int], int | None], buffer: int, protected: set[int]
) -> list[int]:
    """Trace a chain back from its buffer; one that begins on the chain of a later buffer shares it to its start."""
    chain: list[int] = []
    index = driver(buffer)
    shared = index in protected
    while index is not None and not frame.leaves[index].task.buffer and (shared or index not in protected):
        chain.append(index)
        index = driver(index)
    chain.reverse()
    return sorted(chain, key=lambda i: (waits.times.starts[i], waits.times.finishes[i]))


def _driver(frame: Frame, waits: _Waits, index: int) -> int | None:
    """Return the leaf that a leaf waits for longest; of several the first that is no buffer."""
    calendar = waits.plan.activities[index].calendar
    found: list[tuple[int, bool, int]] = []
    for number in waits.incoming[index]:
        link, end = waits.links[number], waits.ends.of(number)
        if link.type in ("FS", "FF"):
            drivers = [i for i in link.predecessors if waits.times.finishes[i] == end.finish]
        else:
            drivers = [i for i in link.predecessors if waits.times.starts[i] == end.start]
        position = calendar.position_at(_start_allowed(waits, number, index))
        found += [(position, not frame.leaves[i].task.buffer, -i) for i in drivers]
    return -max(found)[2] if found else None


def _figures(
    frame: Frame, leaves: Leaves, planned: _Waits, expected: _Waits, index: int, chain: list[int]
) -> BufferFigures:
    position = frame.time_of(frame.leaves[index]).position_at
    start = position(planned.times.starts[index])
    size = max(position(planned.times.finishes[index]) - start, 0)
    due = _allowed(planned, index, planned.times.starts[index])
    # Where the plan leaves a gap before the buffer, a delay fills the gap first.
    late = position(_allowed(expected, index, due)) - max(position(due), start)
    consumed = max(late, 0) if chain else 0
    consumed_percent = FULL * consumed / size if chain and size else None
    complete = _complete_percent(frame, leaves, chain)
    return BufferFigures(
        id=frame.leaves[index].task.id,
        chain=tuple(frame.leaves[i].task.id for i in chain),
        size_days=size / frame.time.seconds_per_day,
        consumed_days=consumed / frame.time.seconds_per_day,
        consumed_percent=consumed_percent,
        chain_complete_percent=complete,
        zone=None if consumed_percent is None or complete is None else zone_of(consumed_percent, complete),
    )


def _complete_percent(frame: Frame, leaves: Leaves, chain: list[int]) -> float | None:
    """Return how much of a chain is done: what remains of it by the forecast, against its planned duration."""
    activities = leaves.plan.activities
    days = [activities[i].seconds / activities[i].calendar.seconds_per_day for i in chain]
    whole = fsum(days)
    if whole <= 0:
        return None
    left = fsum(_remaining_days(frame, leaves, i) for i in chain)
    return min(max(FULL * (1 - left / whole), 0.0), FULL)


def _remaining_days(frame: Frame, leaves: Leaves, index: int) -> float:
    if leaves.actuals[index].finished:
        return 0.0
    calendar = leaves.plan.activities[index].calendar
    begin = max(leaves.forecast.starts[index], frame.status)
    seconds = calendar.position(leaves.forecast.finishes[index]) - calendar.position(begin)
    return max(seconds, 0) / calendar.seconds_per_day
