"""Late work: how late, why, what is done about it, and what is not said of it."""

from collections.abc import Iterable
from datetime import datetime

from kapm_site.analysis.records import DelayFigures, LateItem, TaskFigures

#: Under which name days are added up that nobody has given a cause for.
UNSTATED = "unstated"


def delay_figures(tasks: Iterable[TaskFigures], status: datetime) -> DelayFigures:
    """List late leaves, the worst first, and add up their days by cause.

    Days are each item's own slip against its baseline; work that is late because its predecessor is counts as well.

    Args:
        tasks: The work breakdown, or what a reader may see of it.
        status: The status instant.
    """
    late = [task for task in tasks if task.late and not task.is_parent and not task.task.buffer]
    items = [_item(task, status) for task in sorted(late, key=lambda task: (-_days(task), task.wbs))]
    by_cause: dict[str, float] = {}
    for item in items:
        cause = item.cause or UNSTATED
        by_cause[cause] = by_cause.get(cause, 0.0) + item.slip_days
    return DelayFigures(
        total_days=sum(item.slip_days for item in items),
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


def _item(task: TaskFigures, status: datetime) -> LateItem:
    delay = task.task.delay
    return LateItem(
        task_id=task.id,
        slip_days=_days(task),
        cause=delay.cause if delay else None,
        critical=task.critical,
        finished=task.finished,
        new_finish=delay.new_finish if delay else None,
        gaps=gaps_of(task, status),
    )


def _days(task: TaskFigures) -> float:
    return max(task.slip_days or 0.0, 0.0)
