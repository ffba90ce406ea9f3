"""Analyses → ClientView | InternalView."""

from collections.abc import Iterable
from datetime import date

from kapm_site.analysis.records import Analysis
from kapm_site.audience.project import brand_view, organization_view, project_view
from kapm_site.audience.views import ClientView, InternalAccount, InternalNotes, InternalProject, InternalView
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Workspace
from kapm_site.problem import Problem


def client_view(settings: Settings, account: Account, analyses: Iterable[Analysis], status: date) -> ClientView:
    """Build everything that one client may see from the analyses of its projects."""
    shown = [analysis for analysis in analyses if analysis.project.project.audience == "client"]
    return ClientView(
        client_id=account.id,
        name=account.client.name,
        language=account.client.language or settings.language,
        organization=organization_view(settings),
        brand=brand_view(account.client, account.folder),
        status=status,
        base_url=settings.publishing.base_url,
        projects=tuple(project_view(analysis, internal=False) for analysis in shown),
    )


def internal_view(
    workspace: Workspace,
    analyses: Iterable[Analysis],
    problems: Iterable[Problem],
    status: date,
    failed: tuple[str, ...] = (),
) -> InternalView:
    """Build the view of the whole workspace for internal readers."""
    settings = workspace.settings
    by_client: dict[str, list[Analysis]] = {}
    for analysis in analyses:
        by_client.setdefault(analysis.account.id, []).append(analysis)
    found = list(problems)
    return InternalView(
        organization=organization_view(settings),
        language=settings.language,
        status=status,
        accounts=tuple(
            _account(settings, account, by_client.get(account.id, []), found) for account in workspace.accounts
        ),
        failed=failed,
    )


def _account(
    settings: Settings, account: Account, analyses: list[Analysis], problems: list[Problem]
) -> InternalAccount:
    return InternalAccount(
        client_id=account.id,
        name=account.client.name,
        protection=account.client.protection,
        account=account.client.account,
        currency=account.client.currency or settings.currency,
        projects=tuple(
            InternalProject(
                project_view(analysis, internal=True),
                InternalNotes(analysis, _findings(analysis, problems)),
            )
            for analysis in analyses
        ),
    )


def _findings(analysis: Analysis, problems: list[Problem]) -> tuple[Problem, ...]:
    """What was found in the files of a project, and what its figures say needs a look."""
    folder = f"{analysis.project.folder}/"
    there = [problem for problem in problems if problem.mark.path.startswith(folder)]
    return (*there, *(finding for finding in analysis.findings if finding not in there))
