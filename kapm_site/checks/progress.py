"""What is said of a task's progress agrees with itself.

A task that has an actual finish is done: less than 100 percent, or work still remaining, contradicts it. So does
remaining work at 100 percent. It is a warning, not an error, because there is one way to read it: an actual finish
outranks a percentage, and 100 percent outranks what remains. A parent task's own progress is not looked at.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.plan import Task
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

_DONE = 100


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report tasks that are finished and unfinished at once."""
    return [problem for task in project.tasks() if not task.tasks for problem in _check_task(task)]


def _check_task(task: Task) -> list[Problem]:
    remains = task.remaining is not None and task.remaining.amount > 0
    if task.actual_finish and task.progress is not None and task.progress < _DONE:
        what, field = f"has an actual finish but {task.progress:g} percent progress", "progress"
        hint = "set progress to 100, or delete 'actual_finish' if work goes on"
    elif task.actual_finish and remains:
        what, field = f"has an actual finish but {task.remaining} remaining", "remaining"
        hint = "delete 'remaining', or delete 'actual_finish' if work goes on"
    elif remains and task.progress == _DONE:
        what, field = f"is 100 percent done but has {task.remaining} remaining", "remaining"
        hint = "delete 'remaining', or lower 'progress'"
    else:
        return []
    return [Problem(task.mark(field), "progress-contradicts", f"{name_of(task)} {what}", "warning", hint=hint)]
