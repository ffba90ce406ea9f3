"""What the portfolio can be filtered by: manager, client and health, the facts of each project, and the words."""

from dataclasses import dataclass

from kapm_site.audience.internal import InternalAccount, InternalView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.portfolio.shared import GRAVITY, about, account_manager

#: Divides the names of the managers of one project.
DIVIDER = "|"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose by: its name in the address of the page, its label, its options as value and text."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a project is chosen by; `about` as of the rows that belong to it."""

    about: str
    client: str
    manager: str
    health: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and the projects that the choice is made from; nothing to choose without two of a kind."""

    choices: tuple[Choice, ...]
    projects: tuple[Facts, ...]


def portfolio_choices(view: InternalView, words: Language) -> Choices:
    """List managers, clients and healths with the projects that have them."""
    found = [(account, project.view) for account in view.accounts for project in account.projects]
    managers = sorted({name for account, project in found for name in _managers(account, project)})
    clients = {account.client_id: account.name for account, _ in found}
    seen = {project.health.health for _, project in found}
    healths = [(health, words.text(f"health.{health}")) for health in GRAVITY if health in seen]
    offered = (
        Choice("manager", words.text("portfolio.choose_manager"), tuple((name, name) for name in managers)),
        Choice("client", words.text("label.client"), tuple(sorted(clients.items(), key=lambda pair: pair[1]))),
        Choice("health", words.text("label.health"), tuple(healths)),
    )
    facts = (
        Facts(about(project), account.client_id, DIVIDER.join(_managers(account, project)), project.health.health)
        for account, project in found
    )
    return Choices(tuple(choice for choice in offered if len(choice.options) > 1), tuple(facts))


def _managers(account: InternalAccount, project: ProjectView) -> tuple[str, ...]:
    """Name who answers for a project: its manager and that of the account."""
    names = (project.manager.name if project.manager else "", account_manager(account))
    return tuple(dict.fromkeys(name for name in names if name))
