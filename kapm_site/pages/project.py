"""The page of one project: how it stands first, then what is needed, then every section."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Chart, Section
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline
from kapm_site.pages.imprint import Imprint
from kapm_site.pages.links import Head, Link, Links
from kapm_site.pages.opening import Opening, opening
from kapm_site.pages.sections import SECTIONS
from kapm_site.pages.setting import Setting

_MOST_ASKS, _MOST_CHANGES = 5, 7
_SPARK_WIDTH = 166
_SEVERE = 4


@dataclass(frozen=True, slots=True)
class Strip:
    """One dimension of the headline strip: its health and the one figure that tells most."""

    name: str
    health: str
    text: str
    value: str
    unit: str
    note: str
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """What `project.html.j2` writes out.

    Attributes:
        banner: For internal readers: that the page is not for clients.
        downloads: Files of the project.
        foot: Lines of the footer.
    """

    head: Head
    links: Links
    banner: str
    opening: Opening
    downloads: tuple[Link, ...]
    strip: tuple[Strip, ...]
    description: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def project_page(
    view: ProjectView, setting: Setting, links: Links, imprint: Imprint, more: tuple[Section, ...] = ()
) -> ProjectPage:
    """Build the page of a project.

    Args:
        view: The project as its reader sees it.
        setting: With the medium `web`.
        links: Addresses relative to the page.
        imprint: Number and version.
        more: Sections behind those of the client, for internal readers.
    """
    words = setting.words
    sections = tuple(section for build in SECTIONS if (section := build(view, setting)))
    return ProjectPage(
        head=Head(f"{view.name} · {view.client_name}", words.tag, links.css, links.feed),
        links=links,
        banner=words.text("page.internal_banner") if setting.internal else "",
        opening=opening(view, setting, imprint, (), most_asks=_MOST_ASKS, most_changes=_MOST_CHANGES),
        downloads=_downloads(links, setting),
        strip=tuple(_strip(view, setting)),
        description=view.description or "",
        sections=(*sections, *more),
        foot=_foot(view, setting, imprint),
    )


def _downloads(links: Links, setting: Setting) -> tuple[Link, ...]:
    words = setting.words
    offered = (
        ("page.pdf_full", links.pdf_full),
        ("page.pdf_brief", links.pdf_brief),
        ("page.calendar", links.calendar),
        ("page.table", links.table),
        ("page.feed", links.feed),
    )
    return tuple(Link(words.text(name), href) for name, href in offered if href)


def _strip(view: ProjectView, setting: Setting) -> list[Strip]:
    strips = []
    for name, health in view.dimensions:
        value, unit, note, chart = _FIGURES[name](view, setting)
        words = setting.words
        text = words.text(f"health.{health.health}")
        strips.append(Strip(words.text(f"dimension.{name}"), health.health, text, value, unit, note, chart))
    return strips


Figure = tuple[str, str, str, Chart | None]


def _scope(view: ProjectView, setting: Setting) -> Figure:
    words = setting.words
    if view.actual_percent is None:
        return "–", "", "", None
    plan = words.text("page.plan_is", planned=words.percent(view.planned_percent)) if view.planned_percent else ""
    done = [(p.day, p.actual_percent) for p in view.curve if p.actual_percent is not None]
    return words.percent(view.actual_percent), "", plan, _spark(done, words.text("label.progress"), setting)


def _schedule(view: ProjectView, setting: Setting) -> Figure:
    words, dates = setting.words, view.schedule
    if dates.forecast_finish is None:
        return "–", "", "", None
    slip = words.days_short(dates.slip_days, signed=True) if dates.slip_days else ""
    base = words.date(dates.baseline_finish, "medium") if dates.baseline_finish else ""
    note = " · ".join(part for part in (f"{words.text('label.baseline')} {base}" if base else "", slip) if part)
    return words.date(dates.forecast_finish, "short"), str(dates.forecast_finish.year), note, None


def _cost(view: ProjectView, setting: Setting) -> Figure:
    words, money = setting.words, view.money
    if money is None or (money.spent is None and money.budget is None):
        return "–", "", "", None
    spent = words.money_short(money.spent, money.currency) if money.spent is not None else "–"
    total = words.money_short(money.budget, money.currency) if money.budget is not None else ""
    unit = words.text("page.of_total", total=total) if total else ""
    note = words.text("page.at_completion", amount=words.money_short(money.eac, money.currency)) if money.eac else ""
    running, total_spent = [], 0.0
    for month, amount in money.by_month:
        total_spent += amount
        running.append((month, total_spent))
    return spent, unit, note, _spark(running, words.text("label.spent"), setting)


def _quality(view: ProjectView, setting: Setting) -> Figure:
    severe = [i for i in view.issues if i.status == "open" and (i.severity or 0) >= _SEVERE]
    note = setting.words.text("section.issues")
    return setting.words.number(len(severe)), "", note, None


def _risk(view: ProjectView, setting: Setting) -> Figure:
    words, risks = setting.words, view.risk_summary
    note = words.plural("page.open_count", risks.open)
    if risks.exposure is None:
        return words.number(risks.open), "", note, None
    return words.money_short(risks.exposure, setting.currency), "", f"{words.text('label.exposure')}, {note}", None


def _satisfaction(view: ProjectView, setting: Setting) -> Figure:
    words, found = setting.words, view.feedback_summary
    if found.csat is None:
        return "–", "", "", None
    note = words.plural("page.answers", found.csat.n)
    chart = _spark(list(found.csat_by_month), words.text("dimension.satisfaction"), setting)
    return words.text("page.of_five", value=words.number(found.csat.mean, 1)), "", note, chart


_FIGURES: dict[str, Callable[[ProjectView, Setting], Figure]] = {
    "scope": _scope,
    "schedule": _schedule,
    "cost": _cost,
    "quality": _quality,
    "risk": _risk,
    "satisfaction": _satisfaction,
}


def _spark(values: list[tuple[date, float]], title: str, setting: Setting) -> Chart | None:
    samples = [Sample(day, value) for day, value in values]
    return draw_sparkline(samples, title, "", setting.frame(_SPARK_WIDTH)) if len(samples) > 1 else None


def _foot(view: ProjectView, setting: Setting, imprint: Imprint) -> tuple[str, ...]:
    words = setting.words
    status = words.text("page.status_date", date=words.date(view.status))
    version = words.text("page.version", version=imprint.version) if imprint.version else ""
    who = view.manager.name if view.manager else view.organization.name
    email = (view.manager.email if view.manager else None) or view.organization.email or ""
    questions = f"{words.text('page.contact_us')} {who} {email}".strip() if who or email else ""
    return tuple(line for line in (f"{view.name} · {status}", questions, version) if line)
