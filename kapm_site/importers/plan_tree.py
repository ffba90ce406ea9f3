"""The tree of a plan that is there already, and the edits that bring it to the order of another system."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kapm_site.importers.documents import TaskRecord
from kapm_site.importers.task_data import TASK_KEYS
from kapm_site.source.edit import Edit, Insert, Move, Remove

Path = tuple[str | int, ...]


@dataclass(slots=True, eq=False)
class PlanNode:
    """A task of the plan.

    Attributes:
        key: Its key in the system that is imported, None for a task that did not come from there.
        data: The task as texts, without its children.
    """

    id: str
    key: str | None
    data: Mapping[str, object]
    parent: "PlanNode | None" = None
    children: list["PlanNode"] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The path of the task in the file."""
        above: Path = self.parent.path if self.parent else ()
        return (*above, "tasks", self.id)

    @property
    def list_path(self) -> Path:
        """The path of the list of its children."""
        return (*self.path, "tasks")

    def origin(self) -> "PlanNode | None":
        """Return the nearest task above it that was imported."""
        node = self.parent
        while node is not None and node.key is None:
            node = node.parent
        return node


def read_tree(plan: object, system: str) -> list[PlanNode]:
    """Read the tasks of a plan given as texts; they hang below a nameless root that is not a task."""
    tasks = plan.get("tasks") if isinstance(plan, dict) else None
    return [_node(item, None, system) for item in _mappings(tasks)]


def walk(nodes: list[PlanNode]) -> Iterator[PlanNode]:
    """Yield tasks and all below them, parents first."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def arrange(
    roots: list[PlanNode],
    tasks: tuple[TaskRecord, ...],
) -> tuple[list[Edit], dict[str, PlanNode], list[tuple[str, PlanNode]]]:
    """Put every task below its parent of the other system, behind the task that precedes it there.

    Tasks that people added stay where they are, and may stand between an imported task and its parent.

    Args:
        roots: The tasks at the top level; changed in place.
        tasks: The other system's rows, parents before children.

    Returns:
        Edits for the file, the node of each row by key, and what was done: "new" or "moved" with the node.
    """
    nodes = {node.key: node for node in walk(roots) if node.key is not None}
    edits: list[Edit] = []
    done: list[tuple[str, PlanNode]] = []
    emptied: list[PlanNode] = []
    previous: dict[str | None, PlanNode] = {}
    steady = _steady(roots, tasks, nodes)
    for task in tasks:
        parent = nodes[task.parent] if task.parent is not None else None
        node = nodes.get(task.key)
        if node is None:
            node = PlanNode(task.id, task.key, task.data)
            path, after = _attach(node, roots, parent, previous.get(task.parent))
            edits.append(Insert(path, task.data, after, TASK_KEYS))
            nodes[task.key] = node
            done.append(("new", node))
        elif task.key not in steady:
            before = node.path
            left = _detach(node, roots)
            path, after = _attach(node, roots, parent, previous.get(task.parent))
            edits.append(Move(before, path, after, TASK_KEYS))
            emptied += [left] if left else []
            done.append(("moved", node))
        previous[task.parent] = node
    edits += [Remove(node.list_path) for node in dict.fromkeys(emptied) if not node.children]
    return edits, nodes, done


def _steady(roots: list[PlanNode], tasks: tuple[TaskRecord, ...], nodes: Mapping[str, PlanNode]) -> set[str]:
    """Return the keys of tasks that can stay: below the right parent, and in the right order among themselves."""
    place = {node: index for index, node in enumerate(walk(roots))}
    siblings: dict[str | None, list[TaskRecord]] = {}
    for task in tasks:
        node = nodes.get(task.key)
        if node is not None:
            origin = node.origin()
            if (origin.key if origin else None) == task.parent:
                siblings.setdefault(task.parent, []).append(task)
    steady: set[str] = set()
    for group in siblings.values():
        places = [place[nodes[task.key]] for task in group]
        steady.update(group[index].key for index in _longest_rise(places))
    return steady


def _longest_rise(values: list[int]) -> list[int]:
    """Return the indexes of a longest increasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [index]
    rise: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(index)
        index = before[index]
    return rise[::-1]


def _attach(
    node: PlanNode,
    roots: list[PlanNode],
    parent: PlanNode | None,
    previous: PlanNode | None,
) -> tuple[Path, str | None]:
    """Hang a task behind its elder sibling, wherever that stands.

    The first of its siblings comes before the first imported task below its parent, else behind all that is there.
    """
    above = previous.parent if previous else parent
    children = above.children if above else roots
    index = children.index(previous) + 1 if previous else len(children)
    if previous is None:
        index = next((place for place, child in enumerate(children) if child.key is not None), index)
    node.parent = above
    children.insert(index, node)
    return (above.list_path if above else ("tasks",)), (children[index - 1].id if index else None)


def _detach(node: PlanNode, roots: list[PlanNode]) -> PlanNode | None:
    parent = node.parent
    (parent.children if parent else roots).remove(node)
    node.parent = None
    return parent


def _node(item: dict[str, object], parent: PlanNode | None, system: str) -> PlanNode:
    source = item.get("source")
    origin = source if isinstance(source, dict) else {}
    key = str(origin["key"]) if origin.get("system") == system and origin.get("key") else None
    node = PlanNode(str(item.get("id")), key, {name: item[name] for name in item if name != "tasks"}, parent)
    node.children = [_node(child, node, system) for child in _mappings(item.get("tasks"))]
    return node


def _mappings(items: object) -> list[dict[str, object]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
