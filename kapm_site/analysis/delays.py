"""Late work: how late, why, what is done about it, and what is not said of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from math import fsum

from kapm_site.analysis.records import DelayFigures, LateItem, TaskFigures

#: Under which name days are added up that nobody has given a cause for.
UNSTATED = "unstated"


def delay_figures(tasks: Iterable[TaskFigures], status: datetime) -> DelayFigures:
    """List late leaves, the worst first, and add up their days by cause.

    An item's days are its slip against its baseline. In the sums it counts for what it did not inherit: its slip less
    that of the latest work it waits for, so that one cause is not counted again by all that follows.

    Args:
        tasks: The work breakdown, or what a reader may see of it.
        status: The status instant.
    """
    known = {task.id: task for task in tasks}
    late = [task for task in known.values() if task.late and not task.is_parent and not task.task.buffer]
    items = [_item(task, known, status) for task in sorted(late, key=lambda task: (-_days(task), task.wbs))]
    by_cause: dict[str, float] = {}
    for item in items:
        if item.own_days:
            cause = item.cause or UNSTATED
            by_cause[cause] = by_cause.get(cause, 0.0) + item.own_days
    return DelayFigures(
        total_days=fsum(by_cause.values()),
        by_cause=dict(sorted(by_cause.items(), key=lambda entry: (-entry[1], entry[0]))),
        items=tuple(items),
    )


def gaps_of(task: TaskFigures, status: datetime) -> tuple[str, ...]:
    """Name what is not said of a late item, of `cause`, `recovery`, `owner`, `new_finish`.

    Work that was not to have begun yet is late only with its predecessors: they are asked, it is not. Of finished
    work only the cause is asked.
    """
    delay = task.task.delay
    due = task.baseline_start or task.start
    if not task.started and due is not None and due > status:
        return ()
    if delay is None:
        return ("cause",) if task.finished else ("cause", "recovery", "new_finish")
    if task.finished:
        return ()
    said = {
        "recovery": delay.recovery is not None,
        "owner": delay.owner is not None or task.task.owner is not None,
        "new_finish": delay.new_finish is not None,
    }
    return tuple(name for name, known in said.items() if not known)


def _item(task: TaskFigures, known: Mapping[str, TaskFigures], status: datetime) -> LateItem:
    delay = task.task.delay
    return LateItem(
        task_id=task.id,
        slip_days=_days(task),
        own_days=_own_days(task, known),
        cause=delay.cause if delay else None,
        critical=task.critical,
        finished=task.finished,
        new_finish=delay.new_finish if delay else None,
        gaps=gaps_of(task, status),
    )


def _days(task: TaskFigures) -> float:
    return max(task.slip_days or 0.0, 0.0)


def _own_days(task: TaskFigures, known: Mapping[str, TaskFigures]) -> float:
    """Return the working days by which a task is late beyond the latest work it, or a parent of it, waits for."""
    records = [task.task, *(known[parent].task for parent in task.path if parent in known)]
    before = (known.get(link.task) for record in records for link in record.depends_on)
    inherited = max((_days(one) for one in before if one is not None), default=0.0)
    return max(_days(task) - inherited, 0.0)
