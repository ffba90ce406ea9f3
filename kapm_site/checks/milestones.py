"""A milestone is one date: it takes no time.

A milestone's date is its `finish`. A different `start`, or a duration above zero, contradicts `milestone: true`, and
nobody could say which of the two is meant.
"""

from kapm_site.model.plan import Task
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report milestones that last."""
    return [
        problem for task in project.tasks() if task.milestone and not task.tasks for problem in _check_milestone(task)
    ]


def _check_milestone(task: Task) -> list[Problem]:
    found: list[tuple[str, str]] = []
    if task.duration and task.duration.amount:
        found.append(("duration", f"lasts {task.duration}"))
    if task.start and task.finish and task.start != task.finish:
        found.append(("start", "has a start other than its finish"))
    return [
        Problem(
            task.mark(field),
            "milestone-with-duration",
            f"milestone '{task.id}' {what}",
            hint=f"delete '{field}', or delete 'milestone' to make it a task",
        )
        for field, what in found
    ]
