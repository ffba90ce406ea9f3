"""The client's start page: how each of their projects stands, what is needed of them, and where to read more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.registers import AskView
from kapm_site.audience.views import ClientView, ProjectView
from kapm_site.language import Language
from kapm_site.pages.asks import due_text, open_asks
from kapm_site.pages.blocks import Cell, Tone
from kapm_site.pages.imprint import Version, pdf_links, version_line
from kapm_site.pages.languages import language_links, name_in
from kapm_site.pages.links import Head, Link, Links
from kapm_site.pages.opening import headline
from kapm_site.pages.reasons import silence_text
from kapm_site.pages.setting import Setting

_GRAVITY = ("red", "stale", "amber", "unknown", "green")
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """One project on the start page.

    Attributes:
        silent: Since when nobody has said anything, where the health is stale.
        was: Health in the last report where it was another one, in words.
        facts: Progress, finish, next milestone, last report, as label and value.
        asks: How much is needed of the client, or that nothing is.
        first_ask: The most urgent of it and when it is due; `first_tone` says how urgent.
        downloads: Files of the project.
    """

    name: str
    code: str
    href: str
    health: str
    health_text: str
    silent: str
    was: str
    headline: str
    asks: str
    first_ask: str
    first_tone: Tone
    facts: tuple[tuple[str, Cell], ...]
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ClientPage:
    """What `client.html.j2` writes out; `none` is shown where there is no project."""

    head: Head
    links: Links
    organization: str
    website: str
    client: str
    title: str
    status: str
    none: str
    projects: tuple[ProjectEntry, ...]
    questions: str
    email: str
    version: str


def client_page(
    view: ClientView, setting: Setting, links: Links, project_links: Mapping[str, Links], version: Version | None
) -> ClientPage:
    """Build the start page of a client.

    Args:
        view: Everything the client may see.
        setting: In the client's language.
        links: Addresses relative to the client's root.
        project_links: The same for each project by its id: its PDFs, calendar, table and data.
        version: Of the sources, for the footer.
    """
    words = setting.words
    title = words.text("page.projects_of", client=view.name)
    return ClientPage(
        head=Head(
            title, words.tag, links.css, links.feed, links.script, icon=links.icon, languages=language_links(view)
        ),
        links=links,
        organization=view.organization.name,
        website=view.organization.website or "",
        client=view.name,
        title=title,
        status=words.text("page.status_date", date=words.date(view.status)),
        none="" if view.projects else words.text("client.no_projects"),
        projects=tuple(_entry(one, setting, project_links.get(one.id)) for one in sorted(view.projects, key=_order)),
        questions=words.text("page.contact_us"),
        email=view.organization.email or "",
        version=version_line(version, words),
    )


def next_milestone(view: ProjectView) -> tuple[date, TaskView] | None:
    """Return the milestone that is reached next, with the day it is expected on."""
    coming = [
        (day, task)
        for task in view.tasks
        if task.milestone and task.actual_finish is None and (day := task.forecast_finish or task.finish)
    ]
    return min(coming, key=lambda pair: (pair[0], pair[1].wbs), default=None)


def _order(view: ProjectView) -> tuple[bool, int, str]:
    """Finished projects come last, of the others the worst first."""
    finished = view.actual_percent is not None and view.actual_percent >= _WHOLE
    return finished, _GRAVITY.index(view.health.health), view.name


def _entry(view: ProjectView, setting: Setting, links: Links | None) -> ProjectEntry:
    words = setting.words
    moved = view.health.previous is not None and view.health.previous != view.health.health
    before = words.text(f"health_word.{view.health.previous}") if moved else ""
    waiting = open_asks(view)
    first, tone = _first_ask(waiting, words)
    return ProjectEntry(
        name=view.name,
        code=view.code or "",
        href=f"{view.id}/{name_in('index', view)}.html",
        health=view.health.health,
        health_text=words.text(f"health.{view.health.health}"),
        silent=silence_text(view.health, words),
        was=words.text("page.was", before=before) if moved else "",
        headline=headline(view, setting),
        asks=words.plural("client.answers_open", len(waiting)) if waiting else words.text("client.answers_none"),
        first_ask=first,
        first_tone=tone,
        facts=tuple((label, cell) for label, cell in _facts(view, words) if cell.text),
        downloads=_downloads(view, links, words) if links else (),
    )


def _facts(view: ProjectView, words: Language) -> tuple[tuple[str, Cell], ...]:
    coming = next_milestone(view)
    day = words.date(coming[0]) if coming else ""
    report = view.reports[-1] if view.reports else None
    number = words.text("page.report_number", number=str(report.number)) if report else ""
    return (
        (words.text("label.progress"), _progress(view, words)),
        (words.text("label.finish"), _finish(view, words)),
        (words.text("label.next_milestone"), Cell(coming[1].name if coming else "", note=day)),
        (words.text("label.last_report"), Cell(number, note=words.date(report.status_date) if report else "")),
    )


def _progress(view: ProjectView, words: Language) -> Cell:
    if view.actual_percent is None:
        return Cell()
    planned = view.planned_percent
    note = words.text("page.plan_is", planned=words.percent(planned)) if planned is not None else ""
    return Cell(words.percent(view.actual_percent), note=note)


def _finish(view: ProjectView, words: Language) -> Cell:
    """Show the expected finish, held against the agreed date where there is one, else against the baseline."""
    dates = view.schedule
    if dates.forecast_finish is None:
        return Cell()
    slip = dates.agreed_slip_days if dates.agreed_finish is not None else dates.slip_days
    note = ""
    if slip is not None:
        late = round(slip, 1)
        days = words.days(abs(late))
        note = words.text("page.late_by", days=days) if late > 0 else words.text("page.early_by", days=days)
        note = note if late else words.text("page.on_time")
    return Cell(words.date(dates.forecast_finish), note=note)


def _first_ask(waiting: list[AskView], words: Language) -> tuple[str, Tone]:
    """Name the open ask that is due first, and say when."""
    if not waiting:
        return "", ""
    first = waiting[0]
    due, tone = due_text(first, words)
    return words.text("page.labelled", label=first.title, value=due) if due else first.title, tone


def _downloads(project: ProjectView, links: Links, words: Language) -> tuple[Link, ...]:
    found = (
        (words.text("page.calendar"), links.calendar),
        (words.text("page.table"), links.table),
        (words.text("page.json"), links.data),
    )
    return (*pdf_links(links, project.enclosed, words), *(Link(text, href) for text, href in found if href))
