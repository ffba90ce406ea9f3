"""Rules across records: each module is one rule, and its docstring the rule's manual page.

A rule takes what it is about and returns problems. It sees records as they were read: no clock, no files, no figures.
What could not be read has been reported by then, and a rule keeps silent where that may explain what it finds.
"""

from collections.abc import Callable

from kapm_site.checks import (
    audiences,
    baselines,
    brand,
    constraints,
    contacts,
    costs,
    dates,
    dependencies,
    estimates,
    goals,
    hours,
    ids,
    images,
    kpis,
    languages,
    levels,
    links,
    milestones,
    planning,
    progress,
    protection,
    raci,
    references,
    reports,
    sizes,
    statuses,
    steps,
    thresholds,
)
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem, sort_problems

PROJECT_RULES: dict[str, Callable[[Account, Project, Workspace], list[Problem]]] = {
    "audiences": audiences.check,
    "baselines": baselines.check,
    "constraints": constraints.check,
    "costs": costs.check,
    "dates": dates.check,
    "dependencies": dependencies.check,
    "estimates": estimates.check,
    "goals": goals.check,
    "hours": hours.check,
    "ids": ids.check,
    "images": images.check,
    "kpis": kpis.check,
    "levels": levels.check,
    "links": links.check,
    "milestones": milestones.check,
    "planning": planning.check,
    "progress": progress.check,
    "raci": raci.check,
    "references": references.check,
    "reports": reports.check,
    "sizes": sizes.check,
    "statuses": statuses.check,
    "steps": steps.check,
}

ACCOUNT_RULES: dict[str, Callable[[Account, Workspace], list[Problem]]] = {
    "brand": brand.check_account,
    "contacts": contacts.check_account,
    "dates": dates.check_account,
    "hours": hours.check_account,
    "ids": ids.check_account,
    "images": images.check_account,
    "languages": languages.check_account,
    "links": links.check_account,
    "protection": protection.check_account,
}

WORKSPACE_RULES: dict[str, Callable[[Workspace], list[Problem]]] = {
    "dates": dates.check_workspace,
    "hours": hours.check_workspace,
    "images": images.check_workspace,
    "languages": languages.check_workspace,
    "thresholds": thresholds.check_workspace,
}


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Apply all rules to all that was read."""
    problems = check_settings(workspace)
    for account in workspace.accounts:
        problems += check_account(account, workspace)
        for project in account.projects:
            problems += check_project(account, project, workspace)
    return sort_problems(problems)


def check_settings(workspace: Workspace) -> list[Problem]:
    """Apply the rules about kapm.yaml."""
    return [problem for rule in WORKSPACE_RULES.values() for problem in rule(workspace)]


def check_account(account: Account, workspace: Workspace) -> list[Problem]:
    """Apply the rules about client.yaml."""
    return [problem for rule in ACCOUNT_RULES.values() for problem in rule(account, workspace)]


def check_project(account: Account, project: Project, workspace: Workspace) -> list[Problem]:
    """Apply the rules about one project; of a plan without end nothing else is said."""
    if too_large := sizes.check(account, project, workspace):
        return too_large
    return [problem for rule in PROJECT_RULES.values() for problem in rule(account, project, workspace)]
