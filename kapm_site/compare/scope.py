"""What came into the work breakdown and what went out of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kapm_site.audience.charter import TaskView


@dataclass(frozen=True, slots=True)
class Joined:
    """An item of a plan that is not in another, with all that lies below it.

    Attributes:
        leaves: What lies below it without further parts; empty for a leaf.
        detail: It only divides an item that the other plan has as a whole.
    """

    task: TaskView
    leaves: tuple[TaskView, ...]
    detail: bool


def joined(tasks: Sequence[TaskView], others: Mapping[str, TaskView]) -> Iterator[Joined]:
    """Find what a plan has and another has not: each time the topmost item of which the other has no part.

    Args:
        tasks: A plan in its order.
        others: The tasks of the other plan by id.
    """
    index, detail_end = 0, 0
    while index < len(tasks):
        task, end = tasks[index], _end(tasks, index)
        other = others.get(task.id)
        below = tasks[index + 1 : end]
        is_new = other is None and not any(one.id in others for one in below)
        if is_new:
            yield Joined(task, tuple(one for one in below if not one.is_parent), index < detail_end)
        elif task.is_parent and other is not None and not other.is_parent:
            detail_end = max(detail_end, end)
        index = end if is_new else index + 1


def _end(tasks: Sequence[TaskView], index: int) -> int:
    """Return the index behind the last item below one."""
    depth = tasks[index].depth
    return next((i for i in range(index + 1, len(tasks)) if tasks[i].depth <= depth), len(tasks))
