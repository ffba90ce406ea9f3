"""The forward pass of the network in many runs at once, and which leaves drive its finish in each of them.

The rules are those of `passes`: where nothing is uncertain, the dates are the same to the second. Imports numpy: only
what simulates may import this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from kapm_site.analysis.clock import Clock
from kapm_site.analysis.graph import Graph, Link
from kapm_site.analysis.sampled_leaves import Clocks, SampledLeaf
from kapm_site.analysis.sampling import Seconds

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SampledDates:
    """Starts and finishes by leaf and run.

    Attributes:
        binding: By leaf its links and the runs in which each of them sets its start.
    """

    starts: list[Seconds]
    finishes: list[Seconds]
    binding: list[list[tuple[int, Flags]]]


@dataclass(frozen=True, slots=True)
class _End:
    """What a link sees of its predecessor: first start, last finish, and the lag it asks for."""

    start: Seconds
    finish: Seconds
    lag: Seconds


class _Ends:
    """The predecessor's end of each link, computed once when all its leaves are dated."""

    def __init__(self, links: Sequence[Link], clocks: Clocks, dates: SampledDates) -> None:
        self._links = links
        self._clocks = clocks
        self._dates = dates
        self._known: dict[int, _End] = {}

    def of(self, number: int) -> _End:
        """Return the predecessor's end of a link."""
        if number not in self._known:
            link = self._links[number]
            start = reduce(np.minimum, (self._dates.starts[i] for i in link.predecessors))
            finish = reduce(np.maximum, (self._dates.finishes[i] for i in link.predecessors))
            lag = np.array([link.lag], dtype=np.int64)
            if link.percent is not None and link.calendar is not None:
                clock = self._clocks.of(link.calendar)
                length = clock.position(finish) - clock.position(start)
                lag = np.rint(length * link.percent / 100).astype(np.int64)
            self._known[number] = _End(start, finish, lag)
        return self._known[number]


def sampled_dates(leaves: Sequence[SampledLeaf], links: Sequence[Link], graph: Graph, clocks: Clocks) -> SampledDates:
    """Find the dates of all leaves in all runs."""
    nothing = np.zeros(1, dtype=np.int64)
    dates = SampledDates([nothing] * len(leaves), [nothing] * len(leaves), [[] for _ in leaves])
    ends = _Ends(links, clocks, dates)
    for i in graph.order:
        leaf = leaves[i]
        if leaf.start is not None and leaf.finish is not None:
            dates.starts[i], finish = leaf.start, leaf.finish
        else:
            bounds = [(number, _start_bound(leaf, links[number], ends.of(number))) for number in graph.incoming[i]]
            dates.starts[i], finish = _schedule(leaf, bounds, dates.binding[i])
        for move in leaf.moves:
            finish = move.clock.shift(finish, move.seconds)
        dates.finishes[i] = finish
    return dates


def driving(dates: SampledDates, links: Sequence[Link], graph: Graph, ends: Sequence[int], clock: Clock) -> list[Flags]:
    """Tell by leaf and run whether it is on a path that drives the finish; of paths that tie all are.

    `ends` are the leaves that the finish waits for, `clock` is the one in which instants that no work lies between are
    the same finish.
    """
    critical: list[Flags] = [np.zeros(1, dtype=np.bool_)] * len(dates.starts)
    last = clock.finish_at(clock.position(reduce(np.maximum, (dates.finishes[i] for i in ends))))
    for i in ends:
        critical[i] = dates.finishes[i] >= last
    for i in reversed(graph.order):
        if not critical[i].any():
            continue
        for number, binds in dates.binding[i]:
            _trace(dates, links[number], critical[i] & binds, critical)
    return critical


def _trace(dates: SampledDates, link: Link, share: Flags, critical: list[Flags]) -> None:
    """Mark the predecessors of a binding link: those of a parent that set its start or finish."""
    instants, choose = (dates.finishes, np.maximum) if link.type in ("FS", "FF") else (dates.starts, np.minimum)
    end = reduce(choose, (instants[i] for i in link.predecessors))
    for i in link.predecessors:
        critical[i] = critical[i] | (share & (instants[i] == end))


def _start_bound(leaf: SampledLeaf, link: Link, end: _End) -> Seconds:
    instants = end.finish if link.type in ("FS", "FF") else end.start
    bound = instants + end.lag if link.elapsed else leaf.clock.shift(instants, end.lag)
    return bound if link.type in ("FS", "SS") else leaf.clock.shift(bound, -leaf.seconds)


def _schedule(
    leaf: SampledLeaf, bounds: Sequence[tuple[int, Seconds]], binding: list[tuple[int, Flags]]
) -> tuple[Seconds, Seconds]:
    """Start a leaf as early as its links and limits allow, and note which links set the start."""
    clock = leaf.clock
    asked = np.array([leaf.earliest], dtype=np.int64)
    if leaf.earliest_finish is not None:
        asked = np.maximum(asked, clock.shift(np.array([leaf.earliest_finish], dtype=np.int64), -leaf.seconds))
    for _, bound in bounds:
        asked = np.maximum(asked, bound)
    position = clock.position(asked)
    start = clock.start_at(position)
    is_empty = leaf.seconds == 0
    if bounds or is_empty.any():
        before = clock.finish_at(position)
        # The end of one stretch and the beginning of the next are one position: a bound at either sets the start.
        binding += [(number, bound >= before) for number, bound in bounds]
        start = np.where(is_empty & (asked == before), asked, start)
    if is_empty.all():
        return start, start
    finish = clock.finish_at(position + leaf.seconds)
    return start, np.where(is_empty, start, finish)
