"""The baseline that counts speaks of tasks that are still in the plan.

A task may well leave the plan after a baseline was approved. It is worth knowing all the same: a task whose id was
changed by hand loses its baseline dates in this way, and with them its slip. Only the latest approved baseline is
looked at, since only that one is compared with the plan.
"""

from datetime import date

from kapm_site.checks.names import name_of
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem
from kapm_site.workspace.records import Guesses


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report tasks of the latest approved baseline that the plan no longer has."""
    approved = [baseline for baseline in project.baselines.baselines if baseline.approved]
    if not approved or project.plan.partial:
        return []
    latest = max(reversed(approved), key=lambda baseline: baseline.approved or date.min)
    tasks = {task.id for task in project.tasks()}
    guesses = Guesses(tasks - latest.tasks.keys())
    return [
        Problem(
            latest.key_mark("tasks", task_id),
            "baseline-task-gone",
            f"{name_of(latest)} has task '{task_id}', which is not in the plan",
            "info",
            hint=guesses.hint(task_id) or "nothing to do if the task was dropped",
        )
        for task_id in latest.tasks
        if task_id not in tasks
    ]
