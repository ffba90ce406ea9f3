"""A task that the client sees stands below tasks that the client sees.

A task inherits its parent's `audience`; one that says `audience: client` below an internal parent is shown without the
parent, so the client reads it out of its context. That may be meant, hence a warning.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.plan import Task
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem, Related


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report client tasks right below internal ones."""
    plan = project.plan
    problems: list[Problem] = []
    waiting = [(task, task.audience or plan.audience or "internal") for task in reversed(plan.tasks)]
    while waiting:
        task, audience = waiting.pop()
        for child in task.tasks:
            if child.audience == "client" and audience == "internal":
                problems += _shown_alone(child, task)
        waiting += [(child, child.audience or audience) for child in reversed(task.tasks)]
    return problems


def _shown_alone(task: Task, parent: Task) -> list[Problem]:
    if parent.lost("audience"):
        return []
    message = f"{name_of(task)} is for the client, but its parent '{parent.id}' is internal and will not be shown"
    hint = f"add audience: client to '{parent.id}', or leave this task internal"
    related = (Related(parent.mark("id"), "the parent stands here"),)
    code = "client-task-under-internal"
    return [Problem(task.mark("audience"), code, message, "warning", hint=hint, related=related)]
