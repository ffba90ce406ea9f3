"""What the sections of the portfolio share: the order of projects, and how a project is named and linked."""

from collections.abc import Iterator
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.internal import InternalAccount, InternalView, PortfolioProject
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.blocks import Cell

#: The order in which a reader looks at projects.
GRAVITY = ("red", "stale", "amber", "unknown", "green")


def all_projects(view: InternalView) -> tuple[PortfolioProject, ...]:
    """List the projects of all accounts, the worst first, then by client and name."""
    found = (project for account in view.accounts for project in account.projects)
    return tuple(sorted(found, key=lambda project: _order(project.view)))


def account_manager(account: InternalAccount) -> str:
    """Name the account manager, who may be given by the id of a person of one of the teams."""
    manager = account.account.manager if account.account else None
    if manager is None:
        return ""
    people = (person for project in account.projects for person in project.view.team)
    return next((person.name for person in people if person.id == manager), manager)


def about(project: ProjectView) -> str:
    """Name a project as the rows that belong to it do, so that the portfolio can be filtered."""
    return f"{project.client_id}/{project.id}"


def project_href(project: ProjectView, section: str = "") -> str:
    """Return the address of a project's internal page, or of a section on it, from the portfolio."""
    page = f"{about(project)}/index.html"
    return f"{page}#{section}" if section else page


def subject(project: ProjectView, *, section: str = "", mark: bool = False, words: Language | None = None) -> Cell:
    """Name a project with its client below it and its page behind it; with `mark` its health stands before it."""
    return Cell(
        project.name,
        health=project.health.health if mark and words else "",
        note=project.client_name,
        href=project_href(project, section),
    )


def health_cell(health: str, words: Language, *, href: str = "", note: str = "") -> Cell:
    """Show a health as mark and word."""
    return Cell(words.text(f"health.{health}"), health=health, href=href, note=note)


def milestone_day(task: TaskView) -> date | None:
    """Return the day on which a milestone was reached or is expected."""
    return task.actual_finish or task.forecast_finish or task.finish


def open_milestones(project: ProjectView) -> Iterator[tuple[date, TaskView]]:
    """Walk the milestones that are not reached, with the day each is expected on."""
    for task in project.tasks:
        day = milestone_day(task)
        if task.milestone and task.actual_finish is None and day is not None:
            yield day, task


def days_after(day: date, days: int) -> date:
    """Return the day some calendar days later, at most the last one that a date can name."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _order(view: ProjectView) -> tuple[int, str, str, str]:
    return GRAVITY.index(view.health.health), view.client_name, view.name, view.id
