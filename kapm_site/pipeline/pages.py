"""One web root: views → pages → rendered files, with everything they refer to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from markupsafe import Markup

from kapm_site.audience import ClientView, InternalProject, InternalView, ProjectView
from kapm_site.audience.views import BrandView, OrganizationView
from kapm_site.language import Language, language_for
from kapm_site.model.settings import HealthRules
from kapm_site.pages.client_home import client_page
from kapm_site.pages.files.calendar import project_calendar
from kapm_site.pages.files.feed import client_feed
from kapm_site.pages.files.status import client_status
from kapm_site.pages.files.tasks import task_rows
from kapm_site.pages.imprint import Imprint
from kapm_site.pages.internal_notes import internal_sections
from kapm_site.pages.links import Links
from kapm_site.pages.portfolio import portfolio_page
from kapm_site.pages.project import project_page
from kapm_site.pages.setting import Setting
from kapm_site.pipeline.assets import Images, Shelf, overrides_of, readable_accent
from kapm_site.problem import Problem
from kapm_site.publish import OutputFile, headers_text
from kapm_site.render.files.calendar import calendar_bytes
from kapm_site.render.files.data import json_bytes
from kapm_site.render.files.feed import feed_bytes
from kapm_site.render.files.table import csv_bytes
from kapm_site.render.markdown import to_html
from kapm_site.render.templates import environment, render_page


@dataclass(slots=True)
class Root:
    """One web root under construction: `clients/<client>` or `internal`.

    Attributes:
        path: Its folder below the site.
        client: Whose root it is; None for the internal one.
        known: Paths of all files of the workspace, for images.
        version: Short id of the commit, empty without one.
        rules: Thresholds of the health rules, which the pages explain.
    """

    path: str
    client: str | None
    workspace: Path
    known: frozenset[str]
    version: str
    rules: HealthRules
    shelf: Shelf
    files: list[OutputFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, content: bytes, client: str | None = None) -> None:
        """Add a file below the root."""
        audience = "client" if self.client else "internal"
        self.files.append(OutputFile(f"{self.path}/{path}", content, self.client or client, audience))  # type: ignore[arg-type]

    def page(self, path: str, template: str, page: object, words: Language, folders: tuple[str, ...] = ()) -> None:
        """Render a page and add it; images in its Markdown are looked for in the folders."""
        images = Images(self.shelf, folders, "../" * path.count("/"), self.known)
        context = {"page": page, "md": partial(markdown, images=images)}
        env = environment(overrides_of(self.workspace))
        html, problems = render_page(env, template, context, t=words.text, tn=words.plural)
        self.problems += problems
        self.add(path, html.encode(), path.split("/", maxsplit=1)[0] if path.count("/") > 1 else None)

    def finish(self) -> None:
        """Add the assets that the pages refer to."""
        self.problems += self.shelf.problems
        for name, content in sorted(self.shelf.contents.items()):
            self.add(name, content)


Made = Callable[[ProjectView], tuple[str | None, str | None]]


def markdown(text: str, images: Images) -> Markup:
    """Turn Markdown into safe HTML."""
    return to_html(text, images=images)


def setting_of(view: ProjectView, rules: HealthRules, *, internal: bool = False, medium: str = "web") -> Setting:
    """Return how a project's pages are set."""
    words = language_for(view.language, dict(view.brand.vocabulary))
    return Setting(words, medium, readable_accent(view.brand.color), view.currency, internal, rules)  # type: ignore[arg-type]


def client_root_files(root: Root, view: ClientView, reports: Made) -> None:
    """Make everything of one client's web root but its PDFs, whose names `reports` gives."""
    words = language_for(view.language, dict(view.brand.vocabulary))
    style = root.shelf.put_style(view.brand.color or "#0f5a8a")
    logos = _logos(root, view.organization, view.brand)
    links: dict[str, Links] = {}
    for project in view.projects:
        links[project.id] = _client_project(root, project, style, logos, reports)
    home = Links(css=style, feed="feed.xml", logo=logos[0], client_logo=logos[1])
    setting = Setting(words, "web", readable_accent(view.brand.color), "EUR")
    inside = {name: _below(name, found) for name, found in links.items()}
    root.page("index.html", "client.html.j2", client_page(view, setting, home, inside, root.version), words)
    root.add("feed.xml", feed_bytes(client_feed(view, words)))
    root.add("_headers", headers_text([project.id for project in view.projects]).encode())
    root.finish()


def internal_root_files(root: Root, view: InternalView, reports: Made, data: Callable[[str], bytes]) -> None:
    """Make the portfolio and the internal project pages; `data` gives the full status.json of a project."""
    style = root.shelf.put_style("#0f5a8a")
    words = language_for(view.language)
    setting = Setting(words, "web", readable_accent(None), "EUR", internal=True)
    root.page("index.html", "portfolio.html.j2", portfolio_page(view, setting, Links(css=style), root.version), words)
    for account in view.accounts:
        for project in account.projects:
            _internal_project(root, project, reports, data)
    root.finish()


def _client_project(
    root: Root, project: ProjectView, style: str, logos: tuple[str | None, str | None], reports: Made
) -> Links:
    setting = setting_of(project, root.rules)
    full, brief = reports(project)
    links = Links(
        css=f"../{style}",
        pdf_full=full,
        pdf_brief=brief,
        calendar="milestones.ics",
        feed="../feed.xml",
        table="tasks.csv",
        data="status.json",
        home="../index.html",
        logo=f"../{logos[0]}" if logos[0] else None,
        client_logo=f"../{logos[1]}" if logos[1] else None,
    )
    page = project_page(project, setting, links, Imprint(version=root.version))
    root.page(f"{project.id}/index.html", "project.html.j2", page, setting.words, image_folders(project))
    root.add(f"{project.id}/status.json", json_bytes(client_status(project)))
    root.add(f"{project.id}/milestones.ics", calendar_bytes(project_calendar(project, setting.words)))
    root.add(f"{project.id}/tasks.csv", csv_bytes(task_rows(project, setting.words)))
    return links


def _internal_project(root: Root, project: InternalProject, reports: Made, data: Callable[[str], bytes]) -> None:
    view = project.view
    setting = setting_of(view, root.rules, internal=True)
    style = root.shelf.put_style(view.brand.color or "#0f5a8a")
    full, brief = reports(view)
    folder = f"{view.client_id}/{view.id}"
    links = Links(css=f"../../{style}", pdf_full=full, pdf_brief=brief, data="status.json", home="../../index.html")
    more = internal_sections(project, setting)
    page = project_page(view, setting, links, Imprint(version=root.version), more)
    root.page(f"{folder}/index.html", "project.html.j2", page, setting.words, image_folders(view))
    root.add(f"{folder}/status.json", data(f"{view.client_id}/{view.id}"), view.client_id)


def image_folders(view: ProjectView) -> tuple[str, ...]:
    """Folders that images in a project's Markdown are looked for in."""
    return (view.folder, f"{view.folder}/updates")


def _logos(root: Root, organization: OrganizationView, brand: BrandView) -> tuple[str | None, str | None]:
    ours = root.shelf.put_image(organization.logo) if organization.logo in root.known else None
    theirs = root.shelf.put_image(brand.logo) if brand.logo in root.known else None
    return ours, theirs


def _below(folder: str, links: Links) -> Links:
    """Return a project's links as seen from the folder above it."""
    names = ("pdf_full", "pdf_brief", "calendar", "table", "data")
    inside = {name: f"{folder}/{href}" if (href := getattr(links, name)) else None for name in names}
    return Links(css=links.css, **inside)
