"""Why a date moved: what is said of the delay of a task, or of the work it waits for."""

from collections.abc import Mapping
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.tasks import expected_day

Tasks = Mapping[str, TaskView]


def delayed_task(task: TaskView, before: Tasks, after: Tasks) -> TaskView | None:
    """Find the task whose stated delay moved another to a later day: itself, else what it waits for.

    A milestone is late with its predecessors, and people state the cause there. The way back goes from each task to
    the predecessor that moved later and ends last.

    Args:
        task: As it is now.
        before: The tasks of the earlier view by id.
        after: Those of the later one.
    """
    passed: set[str] = set()
    while task.delay is None:
        passed.add(task.id)
        links = (link.task_id for link in task.depends_on if link.task_id not in passed)
        moved = [(day, key) for key in links if (day := _later_day(before.get(key), after.get(key)))]
        if not moved:
            return None
        task = after[max(moved)[1]]
    return task


def _later_day(before: TaskView | None, after: TaskView | None) -> date | None:
    """Return when a task is expected now, where that is later than it was."""
    if before is None or after is None:
        return None
    then, now = expected_day(before), expected_day(after)
    return now if then is not None and now is not None and now > then else None
