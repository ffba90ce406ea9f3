"""The fixed part of a cost is not more than the whole.

In `cost: {amount, fixed}`, `amount` is the total and `fixed` the part of it that accrues by `accrual`. This goes for
tasks and for what a baseline recorded of them.
"""

from typing import TypeGuard

from kapm_site.checks.names import name_of
from kapm_site.model.plan import Cost
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report costs whose fixed part exceeds the amount."""
    problems = [_problem(task.cost, name_of(task)) for task in project.tasks() if _is_exceeded(task.cost)]
    for baseline in project.baselines.baselines:
        for task_id, recorded in baseline.tasks.items():
            if _is_exceeded(recorded.cost):
                problems.append(_problem(recorded.cost, f"task '{task_id}' in {name_of(baseline)}"))
    return problems


def _is_exceeded(cost: Cost | None) -> TypeGuard[Cost]:
    return cost is not None and cost.fixed > cost.amount and not cost.lost("amount")


def _problem(cost: Cost, subject: str) -> Problem:
    message = f"{subject} has a fixed cost of {cost.fixed:,.0f} in an amount of {cost.amount:,.0f}"
    hint = "'amount' is the total, the fixed part included"
    return Problem(cost.mark("fixed"), "fixed-above-amount", message, hint=hint)
