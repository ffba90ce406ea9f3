"""A work breakdown has at most nine levels.

Deeper trees cannot be read as a Gantt chart, and their numbers (1.2.3.4.5.6.7.8.9.10) no longer fit a line.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

MAX_LEVELS = 9


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report the topmost tasks that are too deep."""
    level = list(project.plan.tasks)
    for _ in range(MAX_LEVELS):
        level = [child for task in level for child in task.tasks]
    return [
        Problem(
            task.mark("id"),
            "too-many-levels",
            f"{name_of(task)} is on level {MAX_LEVELS + 1} of the work breakdown, the limit is {MAX_LEVELS}",
            hint="move it up, or merge levels that have one task each",
        )
        for task in level
    ]
