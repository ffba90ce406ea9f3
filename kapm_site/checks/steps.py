"""Steps count where progress is measured by milestones, and only there.

`steps` earn progress with `progress_method: milestones`, of the task or of the project. With another method they are
shown but earn nothing; with this method and no steps, a task earns nothing until it is finished.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.plan import Task
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

_METHOD = "milestones"


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report steps that earn nothing, and tasks that have none to earn by."""
    charter = project.project
    usual = charter.progress_method or "percent"
    uncertain = charter.partial or charter.lost("progress_method")
    return [
        problem
        for task in project.tasks()
        if not task.tasks
        for problem in _check_task(task, _METHOD if uncertain else usual)
        if not task.lost("progress_method") and not task.lost("steps")
    ]


def _check_task(task: Task, usual: str) -> list[Problem]:
    method = task.progress_method or usual
    if task.steps and method != _METHOD:
        message = f"the steps of {name_of(task)} earn nothing, as its progress method is '{method}'"
        hint = "add progress_method: milestones, or delete the steps"
        return [Problem(task.key_mark("steps"), "steps-unused", message, "warning", hint=hint)]
    if not task.steps and task.progress_method == _METHOD:
        message = f"{name_of(task)} is measured by milestones and has no steps"
        hint = "add steps: [{name, weight, done}], or take another progress_method"
        return [Problem(task.mark("progress_method"), "steps-missing", message, "warning", hint=hint)]
    return []
