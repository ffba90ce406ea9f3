"""A constraint that needs a date has one.

All types do but `asap` and `alap`: "start no earlier than" says nothing without a day.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

_DATELESS = ("asap", "alap")


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report constraints without a date."""
    return [
        Problem(
            task.constraint.mark("type"),
            "constraint-date",
            f"{name_of(task)} has the constraint '{task.constraint.type}' without a date",
            hint="add 'date' to the constraint, or use asap or alap",
        )
        for task in project.tasks()
        if task.constraint
        and task.constraint.type not in _DATELESS
        and task.constraint.date is None
        and not task.constraint.lost("date")
    ]
