"""The order of a network: predecessors first, loops left out. No dates here."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from kapm_site.analysis.working_time import WorkingTime
from kapm_site.model.plan import LinkType


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency between activities by index; a parent stands for all its leaves.

    Attributes:
        lag: Seconds of working time, or of elapsed time; negative for a lead.
        percent: Or a share of the predecessor's duration.
        calendar: In which a parent's own duration is measured.
    """

    predecessors: tuple[int, ...]
    successors: tuple[int, ...]
    type: LinkType = "FS"
    lag: int = 0
    elapsed: bool = False
    percent: float | None = None
    calendar: WorkingTime | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Activities in an order in which predecessors come first, and the links that touch each of them."""

    order: tuple[int, ...]
    incoming: tuple[tuple[int, ...], ...]
    outgoing: tuple[tuple[int, ...], ...]
    dropped: frozenset[int]


def order_graph(count: int, links: Sequence[Link]) -> Graph:
    """Order activities so that predecessors come first, leaving out the links of loops."""
    order, left = _topological(count, links, frozenset())
    dropped: frozenset[int] = frozenset()
    if len(order) < count:
        dropped = _loops(count, links, left)
        order, _ = _topological(count, links, dropped)
    incoming: list[list[int]] = [[] for _ in range(count)]
    outgoing: list[list[int]] = [[] for _ in range(count)]
    for number, link in enumerate(links):
        if number not in dropped:
            for i in link.predecessors:
                outgoing[i].append(number)
            for i in link.successors:
                incoming[i].append(number)
    return Graph(tuple(order), tuple(map(tuple, incoming)), tuple(map(tuple, outgoing)), dropped)


def _topological(count: int, links: Sequence[Link], dropped: frozenset[int]) -> tuple[list[int], set[int]]:
    """Order by Kahn: nodes are activities, then links; return activities in order, and the nodes never reached."""
    waiting = [0] * (count + len(links))
    after: list[list[int]] = [[] for _ in range(count)]
    for number, link in enumerate(links):
        if number not in dropped:
            waiting[count + number] = len(link.predecessors)
            for i in link.predecessors:
                after[i].append(count + number)
            for i in link.successors:
                waiting[i] += 1
    ready = deque(i for i in range(count) if not waiting[i])
    order: list[int] = []
    left = set(range(count + len(links))) - {count + number for number in dropped}
    while ready:
        node = ready.popleft()
        left.discard(node)
        if node < count:
            order.append(node)
        for following in after[node] if node < count else links[node - count].successors:
            waiting[following] -= 1
            if not waiting[following]:
                ready.append(following)
    return order, left


def _loops(count: int, links: Sequence[Link], left: set[int]) -> frozenset[int]:
    """Return the links that lie on loops, or between two of them: all that is left once the ends are peeled off."""
    reversed_links = [
        Link(
            predecessors=tuple(i for i in link.successors if i in left),
            successors=tuple(i for i in link.predecessors if i in left),
        )
        if count + number in left
        else Link((), ())
        for number, link in enumerate(links)
    ]
    _, core = _topological(count, reversed_links, frozenset(n for n in range(len(links)) if count + n not in left))
    return frozenset(node - count for node in core if node >= count)
