"""Loops of a directed graph, in time that grows with its size and without recursion."""

from collections import deque
from collections.abc import Iterator, Sequence


def find_loops(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return a shortest loop of each set of nodes that can all reach each other.

    Args:
        successors: For each node, the nodes its edges lead to.

    Returns:
        Loops that share no node. Each starts at the lowest of its nodes that has a shortest loop, and lists each
        node once.
    """
    return [
        _shortest_loop(successors, component)
        for component in _components(successors)
        if len(component) > 1 or component[0] in successors[component[0]]
    ]


def _components(successors: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected components (Tarjan 1972, with a stack of its own in place of recursion)."""
    found: list[int | None] = [None] * len(successors)
    low = [0] * len(successors)
    open_nodes: list[int] = []
    is_open = [False] * len(successors)
    counter = 0
    for root in range(len(successors)):
        if found[root] is not None:
            continue
        work = [(root, iter(successors[root]))]
        while work:
            node, edges = work[-1]
            if found[node] is None:
                found[node] = low[node] = counter
                counter += 1
                open_nodes.append(node)
                is_open[node] = True
            for target in edges:
                number = found[target]
                if number is None:
                    work.append((target, iter(successors[target])))
                    break
                if is_open[target]:
                    low[node] = min(low[node], number)
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == found[node]:
                    yield _close(node, open_nodes, is_open)


def _close(node: int, open_nodes: list[int], is_open: list[bool]) -> list[int]:
    component: list[int] = []
    while not component or component[-1] != node:
        component.append(open_nodes.pop())
        is_open[component[-1]] = False
    return sorted(component)


def _shortest_loop(successors: Sequence[Sequence[int]], component: list[int]) -> list[int]:
    """Search breadth-first from the component's lowest node back to itself."""
    members, start = set(component), component[0]
    came_from: dict[int, int] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for target in successors[node]:
            if target == start:
                return _path(came_from, start, node)
            if target in members and target not in came_from:
                came_from[target] = node
                queue.append(target)
    return component


def _path(came_from: dict[int, int], start: int, end: int) -> list[int]:
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
