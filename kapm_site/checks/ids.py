"""An id stands for one record: ids are unique in their file, task ids in the project.

Two records with one id cannot be told apart: what names the id may mean either, and one of the two is lost from
links, baselines and comparisons with earlier reports.
"""

from collections.abc import Iterable

from kapm_site.checks.names import name_of
from kapm_site.model.record import Record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem, Related


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report ids that stand twice in a file of the project."""
    charter, risks = project.project, project.risks
    files: tuple[tuple[Record, ...], ...] = (
        (*charter.goals, *charter.team, *charter.communication.meetings),
        tuple(project.tasks()),
        project.baselines.baselines,
        (*risks.risks, *risks.issues, *risks.assumptions, *risks.dependencies),
        project.asks.asks,
        project.decisions.decisions,
        project.actions.actions,
        project.changes.changes,
        project.kpis.kpis,
        project.feedback.feedback,
        project.meetings.meetings,
        project.training.training,
        project.lessons.lessons,
    )
    return [problem for records in files for problem in _duplicates(records)]


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report ids that two contacts share."""
    return _duplicates(account.client.contacts)


def _duplicates(records: Iterable[Record]) -> list[Problem]:
    first: dict[str, Record] = {}
    problems = []
    for record in records:
        key: str = getattr(record, "id", "")
        if first.setdefault(key, record) is record or record.lost("id"):
            continue
        message = f"the id of {name_of(record)} stands a second time"
        related = (Related(first[key].mark("id"), f"{name_of(first[key])} stands here first"),)
        hint = "give one of the two another id"
        problems.append(Problem(record.mark("id"), "duplicate-id", message, hint=hint, related=related))
    return problems
