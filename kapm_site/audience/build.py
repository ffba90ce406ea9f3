"""Views of projects → ClientView | InternalView."""

from collections.abc import Iterable, Mapping
from datetime import date

from kapm_site.analysis.records import Analysis
from kapm_site.analysis.workload import team_load
from kapm_site.audience.internal import InternalAccount, InternalNotes, InternalProject, InternalView, PortfolioProject
from kapm_site.audience.overview import overview
from kapm_site.audience.project import brand_view, organization_view, project_view
from kapm_site.audience.views import ClientView, ProjectView
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account
from kapm_site.problem import Problem


def client_view(settings: Settings, account: Account, projects: Iterable[ProjectView], status: date) -> ClientView:
    """Put together everything that one client may see."""
    return ClientView(
        client_id=account.id,
        name=account.client.name,
        language=account.client.language or settings.language,
        organization=organization_view(settings),
        brand=brand_view(account.client, account.folder),
        status=status,
        base_url=settings.publishing.base_url,
        projects=tuple(projects),
        languages=account.languages(settings.language),
    )


def client_project(analysis: Analysis) -> ProjectView | None:
    """Build what the client may see of a project; None where it may not know of it."""
    return project_view(analysis, internal=False) if analysis.project.project.audience == "client" else None


def internal_view(
    settings: Settings,
    accounts: Iterable[Account],
    projects: Mapping[str, Iterable[PortfolioProject]],
    status: date,
    failed: tuple[str, ...] = (),
) -> InternalView:
    """Put the projects of all clients together for internal readers; `projects` are by client."""
    return InternalView(
        organization=organization_view(settings),
        language=settings.language,
        status=status,
        accounts=tuple(_account(settings, account, projects.get(account.id, ())) for account in accounts),
        failed=failed,
    )


def internal_project(analysis: Analysis, problems: Iterable[Problem]) -> InternalProject:
    """Build what internal readers see of a project, with what was found in its files and figures."""
    folder = f"{analysis.project.folder}/"
    there = [problem for problem in problems if problem.mark.path.startswith(folder)]
    more = (finding for finding in analysis.findings if finding not in there)
    return InternalProject(project_view(analysis, internal=True), InternalNotes(analysis, (*there, *more)))


def portfolio_project(project: InternalProject) -> PortfolioProject:
    """Keep what the portfolio compares projects by."""
    analysis, view = project.notes.analysis, project.view
    return PortfolioProject(
        view=overview(view),
        findings=project.notes.findings,
        finished=analysis.schedule.finished,
        reporting=analysis.reporting,
        updates=tuple(update.date for update in analysis.project.updates if update.date <= view.status),
        receivers=tuple(contact.name for contact in analysis.account.client.contacts if contact.receives),
        causes=tuple(analysis.delays.by_cause.items()),
        load=team_load(analysis.project, analysis.outlook.loads),
        rules=analysis.settings.health,
    )


def _account(settings: Settings, account: Account, projects: Iterable[PortfolioProject]) -> InternalAccount:
    return InternalAccount(
        client_id=account.id,
        name=account.client.name,
        protection=account.client.protection,
        account=account.client.account,
        currency=account.client.currency or settings.currency,
        projects=tuple(projects),
    )
