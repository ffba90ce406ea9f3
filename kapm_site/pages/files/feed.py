"""`feed.xml`: the client's released reports, newest first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from kapm_site.audience.views import ClientView, ProjectView, ReportView
from kapm_site.language import Language

#: Ids of entries are made from this and the names of client, project and report, so that they outlive any address.
_NAMESPACE = UUID("6f0c2f0e-5a57-5f0b-9a55-7b0a1f6d3c11")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A released report; `day` is its status date, `href` the page of its project."""

    id: str
    title: str
    day: date
    summary: str
    href: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of one client.

    Attributes:
        id: Stays the same for ever.
        updated: Status date of the newest report; the status date of the build while there is none.
        address: Where the feed itself is published, None where nobody has said.
        home: The client's own start page.
    """

    id: str
    title: str
    author: str
    language: str
    updated: date
    address: str | None
    home: str
    entries: tuple[FeedEntry, ...]


def client_feed(view: ClientView, words: Language) -> Feed:
    """Collect the released reports of a client's projects.

    Links are absolute where the workspace names its `base_url`, else relative to the feed.
    """
    base = f"{view.base_url.rstrip('/')}/{view.client_id}/" if view.base_url else ""
    dated = [(report, project) for project in view.projects for report in project.reports]
    dated.sort(key=lambda pair: (pair[0].status_date, pair[1].id, pair[0].number), reverse=True)
    return Feed(
        id=_id(view.client_id),
        title=words.text("feed.title", client=view.name),
        author=view.organization.name or view.name,
        language=words.tag,
        updated=max((report.status_date for report, _ in dated), default=view.status),
        address=f"{base}feed.xml" if base else None,
        home=f"{base}index.html",
        entries=tuple(_entry(project, report, base, words) for report, project in dated),
    )


def _entry(project: ProjectView, report: ReportView, base: str, words: Language) -> FeedEntry:
    health = words.text(f"health.{report.health}")
    return FeedEntry(
        id=_id(project.client_id, project.id, str(report.number)),
        title=words.text("feed.entry", project=project.name, number=words.number(report.number), health=health),
        day=report.status_date,
        summary=words.text("page.status_date", date=words.date(report.status_date)),
        href=f"{base}{project.id}/index.html",
    )


def _id(*names: str) -> str:
    return f"urn:uuid:{uuid5(_NAMESPACE, '/'.join(names))}"
