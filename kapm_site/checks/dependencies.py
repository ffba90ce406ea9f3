"""Dependencies lead forward: no task waits for itself, none is named twice.

A circle of dependencies has no first task, so nothing in it can be scheduled. The message shows a shortest circle of
each knot of tasks. A link from a parent task waits for all its leaves, and a link into a parent binds each leaf, so a
circle may run through parents as well; a task can neither depend on itself nor on a task that contains it or that it
contains. The same link twice is an error; two links of different types between the same tasks are not.
"""

from collections.abc import Iterator
from itertools import islice

from kapm_site.checks.loops import find_loops
from kapm_site.checks.names import name_of
from kapm_site.model.plan import Task
from kapm_site.model.workspace import Account, Project, Workspace, walk
from kapm_site.problem import MOST_OF_A_FILE, Problem, Related

#: A link from the first task to the second, and where it stands: the second task and the index in its `depends_on`.
Edge = tuple[str, str]
Links = dict[Edge, tuple[Task, int]]


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report links that stand twice, lead back to their own task, or close a circle."""
    problems: list[Problem] = []
    links: Links = {}
    ancestors = _ancestors(project.plan.tasks)
    for task in project.tasks():
        problems += islice(_duplicates(task), max(0, MOST_OF_A_FILE + 1 - len(problems)))
        for index, dependency in enumerate(() if task.lost("id") else task.depends_on):
            if dependency.lost("task"):
                continue
            if relation := _relation(task.id, dependency.task, ancestors):
                message = f"{name_of(task)} depends on {relation}"
                mark = task.mark("depends_on", index, "task")
                problems.append(Problem(mark, "self-dependency", message, hint="remove the dependency"))
            elif dependency.task in ancestors:
                links.setdefault((dependency.task, task.id), (task, index))
    return problems + [_circle(loop, links) for loop in _loops(project.plan.tasks, links)]


def _duplicates(task: Task) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for index, dependency in enumerate(task.depends_on):
        earlier = first.setdefault((dependency.task, dependency.type), index)
        if earlier != index and not dependency.lost("task"):
            message = f"{name_of(task)} depends on task '{dependency.task}' twice"
            related = (Related(task.mark("depends_on", earlier, "task"), "it stands here first"),)
            mark = task.mark("depends_on", index, "task")
            yield Problem(mark, "duplicate-dependency", message, hint="keep one of the two", related=related)


def _ancestors(tasks: tuple[Task, ...]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the tasks that contain each task."""
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[Task, tuple[str, ...]]] = [(task, ()) for task in reversed(tasks)]
    while waiting:
        task, above = waiting.pop()
        found.setdefault(task.id, above)
        waiting += [(child, (*above, task.id)) for child in reversed(task.tasks)]
    return found


def _relation(task: str, other: str, ancestors: dict[str, tuple[str, ...]]) -> str:
    if other == task:
        return "itself"
    if other in ancestors.get(task, ()):
        return f"task '{other}', which contains it"
    return f"task '{other}', which it contains" if task in ancestors.get(other, ()) else ""


def _loops(tasks: tuple[Task, ...], links: Links) -> Iterator[list[Edge]]:
    """Find circles, each as the links it runs through.

    Every task is two nodes, its entry and its exit, so that a link of a parent is one edge instead of one for each
    leaf: entry → entry of each child, exit of each child → exit, and entry → exit of a leaf.
    """
    first: dict[str, Task] = {}
    for task in walk(tasks):
        first.setdefault(task.id, task)
    names = list(first)
    numbers = {name: 2 * number for number, name in enumerate(names)}
    successors: list[list[int]] = [[] for _ in range(2 * len(names))]
    for name, task in first.items():
        entry = numbers[name]
        if not task.tasks:
            successors[entry].append(entry + 1)
        for child in (numbers[child.id] for child in task.tasks if first[child.id] is child):
            successors[entry].append(child)
            successors[child + 1].append(entry + 1)
    for predecessor, successor in links:
        successors[numbers[predecessor] + 1].append(numbers[successor])
    for loop in find_loops(successors):
        steps = zip(loop, [*loop[1:], loop[0]], strict=True)
        yield [(names[a // 2], names[b // 2]) for a, b in steps if a % 2 and not b % 2]


def _circle(loop: list[Edge], links: Links) -> Problem:
    marks = {edge: links[edge][0].mark("depends_on", links[edge][1], "task") for edge in loop}
    first = loop.index(min(loop, key=lambda edge: (marks[edge].line, marks[edge].column)))
    ordered = loop[first:] + loop[:first]
    stops: list[str] = []
    for predecessor, successor in ordered:
        stops += [predecessor] if stops[-1:] != [predecessor] else []
        stops.append(successor)
    if stops[0] != stops[-1]:
        stops.append(stops[0])
    message = f"dependencies go in a circle: {' → '.join(stops)}"
    related = tuple(Related(marks[edge], f"task '{edge[1]}' depends on '{edge[0]}' here") for edge in ordered[1:])
    return Problem(marks[ordered[0]], "dependency-cycle", message, hint="remove one of the links", related=related)
