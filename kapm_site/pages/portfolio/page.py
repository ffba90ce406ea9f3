"""The portfolio page as a whole."""

from collections.abc import Callable
from dataclasses import dataclass

from kapm_site.audience.internal import InternalView
from kapm_site.language import Language
from kapm_site.pages.blocks import Section
from kapm_site.pages.fields import sentences
from kapm_site.pages.imprint import Version, version_line
from kapm_site.pages.links import Head, Links
from kapm_site.pages.portfolio.attention import attention_items, attention_section
from kapm_site.pages.portfolio.calibration import calibration_section
from kapm_site.pages.portfolio.choice import Choices, portfolio_choices
from kapm_site.pages.portfolio.clients import clients_section
from kapm_site.pages.portfolio.health import declared_section, health_section
from kapm_site.pages.portfolio.milestones import milestones_section
from kapm_site.pages.portfolio.money import money_section
from kapm_site.pages.portfolio.people import people_section
from kapm_site.pages.portfolio.registers import changes_section, risks_section, satisfaction_section
from kapm_site.pages.portfolio.reports import reports_section
from kapm_site.pages.portfolio.shared import all_projects
from kapm_site.pages.portfolio.slips import slips_section
from kapm_site.pages.setting import Setting

Builder = Callable[[InternalView, Setting], Section | None]

#: In the order of the page; a section with nothing to say vanishes.
SECTIONS: tuple[Builder, ...] = (
    attention_section,
    clients_section,
    health_section,
    declared_section,
    slips_section,
    milestones_section,
    money_section,
    risks_section,
    changes_section,
    satisfaction_section,
    people_section,
    calibration_section,
    reports_section,
)


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """What `portfolio.html.j2` writes out.

    Attributes:
        owner: Who delivers, and that the page is internal.
        scope: Status date, number of projects and clients.
        count: How many items need somebody, or that none does.
        statement: How many projects stand how.
        choices: What it can be filtered by.
        failed_title, failed: Projects with errors, by selector, and what that means; empty without any.
    """

    head: Head
    links: Links
    owner: str
    title: str
    scope: str
    count: str
    statement: str
    choices: Choices
    failed_title: str
    failed: tuple[str, ...]
    sections: tuple[Section, ...]
    version: str


def portfolio_page(view: InternalView, setting: Setting, links: Links, version: Version | None) -> PortfolioPage:
    """Build the page over all clients.

    Args:
        view: The whole workspace for internal readers.
        setting: In the workspace's language; its currency is not used, as projects have their own.
        links: Addresses relative to `internal/`.
        version: Of the sources, for the footer.
    """
    words = setting.words
    owner = view.organization.name
    title = words.text("portfolio.title")
    items = attention_items(view, words)
    return PortfolioPage(
        head=Head(f"{title} · {owner}" if owner else title, words.tag, links.css, script=links.script, icon=links.icon),
        links=links,
        owner=words.text("portfolio.internal", organization=owner) if owner else words.text("audience.internal"),
        title=title,
        scope=_scope(view, words),
        count=words.plural("portfolio.attention_items", len(items)) if items else words.text("portfolio.quiet"),
        statement=_statement(view, words),
        choices=portfolio_choices(view, words),
        failed_title=words.plural("portfolio.failed_title", len(view.failed)) if view.failed else "",
        failed=view.failed,
        sections=tuple(section for build in SECTIONS if (section := build(view, setting)) is not None),
        version=version_line(version, words),
    )


def _scope(view: InternalView, words: Language) -> str:
    projects = sum(len(account.projects) for account in view.accounts)
    parts = (
        words.text("portfolio.status", date=words.date(view.status)),
        words.plural("portfolio.projects", projects),
        words.plural("portfolio.clients_count", len(view.accounts)),
    )
    return " · ".join(parts)


def _statement(view: InternalView, words: Language) -> str:
    """Count the projects by health, the worst first."""
    counts: dict[str, int] = {}
    for project in all_projects(view):
        health = project.view.health.health
        counts[health] = counts.get(health, 0) + 1
    told = (
        words.plural("portfolio.red_count", counts["red"]) if "red" in counts else "",
        words.plural("portfolio.amber_count", counts["amber"]) if "amber" in counts else "",
        words.plural("portfolio.stale_count", counts["stale"]) if "stale" in counts else "",
        words.plural("portfolio.unknown_count", counts["unknown"]) if "unknown" in counts else "",
        words.plural("portfolio.green_count", counts["green"]) if "green" in counts else "",
    )
    return sentences(words, *told)
