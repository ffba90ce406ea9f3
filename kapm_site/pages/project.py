"""The page of one project: how it stands first, then what is needed, then every section."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.blocks import Chart, Section
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline
from kapm_site.pages.imprint import Imprint, pdf_links, version_line
from kapm_site.pages.languages import language_links
from kapm_site.pages.links import Head, Link, Links
from kapm_site.pages.opening import Opening, opening
from kapm_site.pages.reuse import BuiltSections, build_sections
from kapm_site.pages.sections import SECTIONS
from kapm_site.pages.sections.feedback import last_mark
from kapm_site.pages.sections.needs_you import needs_you
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
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def project_page(
    view: ProjectView,
    setting: Setting,
    links: Links,
    imprint: Imprint,
    more: tuple[Section, ...] = (),
    built: BuiltSections | None = None,
) -> ProjectPage:
    """Build the page of a project.

    Args:
        view: The project as its reader sees it.
        setting: With the medium `web`.
        links: Addresses relative to the page.
        imprint: Number and version.
        more: Sections behind those of the client, for internal readers.
        built: Its sections, where they are made already.
    """
    words = setting.words
    return ProjectPage(
        head=Head(
            title=f"{view.name} · {view.client_name}",
            language=words.tag,
            css=links.css,
            feed=links.feed,
            script=links.script,
            home=None if setting.internal else links.home,
            icon=links.icon,
            languages=language_links(view),
        ),
        links=links,
        banner=words.text("page.internal_banner") if setting.internal else "",
        opening=opening(view, setting, imprint, most_asks=_MOST_ASKS, most_changes=_MOST_CHANGES),
        downloads=_downloads(view, links, setting.words),
        strip=tuple(_strip(view, setting)),
        sections=(*_ordered(built or build_sections(view, setting)), *more),
        foot=_foot(view, setting, imprint),
    )


def _ordered(built: BuiltSections) -> tuple[Section, ...]:
    """Put the sections in order: the first screen shows what is needed, so that register stands with the decisions."""
    found = built.of(*(build for build in SECTIONS if build is not needs_you))
    place = _place(found, "decisions")
    return (*found[:place], *built.of(needs_you), *found[place:])


def _place(sections: Sequence[Section], anchor: str) -> int:
    """Find the place before a section, or before the glossary where there is no such section."""
    places = [index for index, section in enumerate(sections) if section.id in (anchor, "glossary")]
    return places[0] if places else len(sections)


def _downloads(view: ProjectView, links: Links, words: Language) -> tuple[Link, ...]:
    offered = (
        ("page.calendar", links.calendar),
        ("page.table", links.table),
        ("page.feed", links.feed),
    )
    pdfs = pdf_links(links, view.enclosed, words)
    return (*pdfs, *(Link(words.text(name), href) for name, href in offered if href))


def _strip(view: ProjectView, setting: Setting) -> list[Strip]:
    strips = []
    for name, health in view.dimensions:
        value, unit, note, chart = _FIGURES[name](view, setting)
        words = setting.words
        text = words.text(f"health.{health.health}")
        strips.append(Strip(words.text(f"dimension.{name}"), health.health, text, value, unit, note, chart))
    return strips


Figure = tuple[str, str, str, Chart | None]
_NO_FIGURE: Figure = ("", "", "", None)
_DOT = " · "


def _scope(view: ProjectView, setting: Setting) -> Figure:
    words = setting.words
    if view.actual_percent is None:
        return _NO_FIGURE
    plan = ""
    if view.planned_percent is not None:
        plan = words.text("page.plan_is", planned=words.percent(view.planned_percent))
    done = [(p.day, p.actual_percent) for p in view.curve if p.actual_percent is not None]
    chart = _spark(done, words.text("label.progress"), setting)
    return words.percent(view.actual_percent), words.text("page.done_unit"), plan, chart


def _schedule(view: ProjectView, setting: Setting) -> Figure:
    words, dates = setting.words, view.schedule
    finish = dates.forecast_finish
    if finish is None:
        return _NO_FIGURE
    agreed, slip = dates.agreed_finish, dates.agreed_slip_days
    if agreed is None and dates.has_baseline:
        agreed, slip = dates.baseline_finish, dates.slip_days
    note = words.text("page.agreed_date", date=words.date(agreed)) if agreed else ""
    if slip:
        note = f"{note}{_DOT}{words.days_short(slip, signed=True)}"
    year = "" if finish.year == view.status.year else setting.tick(finish, "year")
    return words.date(finish, "short"), year, note, None


def _cost(view: ProjectView, setting: Setting) -> Figure:
    words, money = setting.words, view.money
    if money is None or (money.spent is None and money.budget is None):
        return _NO_FIGURE
    running = list(accumulate(amount for _, amount in money.by_month))
    months = [month for month, _ in money.by_month]
    chart = _spark(list(zip(months, running, strict=True)), words.text("label.spent"), setting)
    budget = words.money_short(money.budget, money.currency) if money.budget is not None else ""
    if money.spent is None:
        return budget, "", words.text("label.budget"), None
    eac = words.text("page.at_completion", amount=words.money_short(money.eac, money.currency)) if money.eac else ""
    of_budget = words.text("page.of_total", total=budget) if budget else ""
    note = _DOT.join(part for part in (of_budget, eac) if part)
    return words.money_short(money.spent, money.currency), "", note, chart


def _quality(view: ProjectView, setting: Setting) -> Figure:
    words = setting.words
    if not view.issues and not any(task.deliverable for task in view.tasks):
        return _NO_FIGURE
    severe = [i for i in view.issues if i.status == "open" and (i.severity or 0) >= _SEVERE]
    rejected = [t for t in view.tasks if t.deliverable and t.deliverable.acceptance == "rejected"]
    note = words.plural("finding.deliverables_rejected", len(rejected)) if rejected else ""
    return words.number(len(severe)), words.plural("page.severe_issues", len(severe)), note, None


def _risk(view: ProjectView, setting: Setting) -> Figure:
    words, risks = setting.words, view.risk_summary
    if not view.risks:
        return _NO_FIGURE
    note = words.plural("page.open_risks", risks.open)
    if risks.exposure is None:
        scores = [risk.score for risk in view.risks if risk.score is not None and risk.status == "open"]
        highest = words.text("page.highest_score", score=words.number(max(scores))) if scores else ""
        return words.number(risks.open), words.plural("page.risks_beside", risks.open), highest, None
    return words.money_short(risks.exposure, setting.currency), words.text("page.at_stake"), note, None


def _satisfaction(view: ProjectView, setting: Setting) -> Figure:
    words, found = setting.words, view.feedback_summary
    title = words.text("dimension.satisfaction")
    if found.recent_csat is not None:
        note = words.plural("page.answers", found.recent_csat.n)
        chart = _spark(list(found.csat_by_month), title, setting)
        return words.number(found.recent_csat.mean, 1), words.text("page.out_of_five"), note, chart
    if found.recent_nps is not None:
        note = words.plural("page.answers", found.recent_nps.n)
        chart = _spark(list(found.nps_by_month), title, setting)
        return words.signed(found.recent_nps.score), words.text("term.nps_short"), note, chart
    last = last_mark(view)
    return ("", "", words.text("page.last_answer", date=words.date(last)), None) if last else _NO_FIGURE


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
    who = view.manager.name if view.manager else view.organization.name
    email = (view.manager.email if view.manager else None) or view.organization.email or ""
    questions = f"{words.text('page.contact_us')} {who} {email}".strip() if who or email else ""
    return tuple(line for line in (f"{view.name} · {status}", questions, version_line(imprint.version, words)) if line)
