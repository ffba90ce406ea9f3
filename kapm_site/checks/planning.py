"""Somebody does each task, at some time.

A task that has neither an `owner` nor anybody `assigned` is nobody's. A task without dates, duration and dependencies
takes no time and stands at the project's start. Parent tasks are not looked at, since theirs follow from their
children; nor are the owners of milestones and buffers, which are no work.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.plan import Task
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

#: What tells when a task is, one way or another.
_WHEN = ("start", "finish", "duration", "depends_on", "constraint", "actual_start", "actual_finish")


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report tasks without owner, and tasks of which nobody can say when they are."""
    leaves = [task for task in project.tasks() if not task.tasks]
    problems = [(task, problem) for task in leaves for problem in (*_check_owner(task), *_check_dates(task))]
    return [problem for task, problem in problems if not task.lost("tasks")]


def _check_owner(task: Task) -> list[Problem]:
    if task.owner or task.assigned or task.milestone or task.buffer or task.lost("owner") or task.lost("assigned"):
        return []
    hint = "add 'owner' with a person's id"
    return [Problem(task.mark("id"), "task-without-owner", f"{name_of(task)} has no owner", "warning", hint=hint)]


def _check_dates(task: Task) -> list[Problem]:
    ignored = ("start", "duration") if task.milestone else ()
    if any(getattr(task, key) for key in _WHEN if key not in ignored) or any(task.lost(key) for key in _WHEN):
        return []
    what = "milestone" if task.milestone else "task"
    needs = "'finish'" if task.milestone else "'start' and 'finish', or 'duration'"
    message = f"{name_of(task)} has no date" + (", a milestone's is its finish" if task.milestone else "")
    hint = f"give the {what} {needs}, or 'depends_on'"
    return [Problem(task.mark("id"), "task-without-date", message, "warning", hint=hint)]
