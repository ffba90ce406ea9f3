"""One web root, or the part of it that one project fills: views → pages → rendered files."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from kapm_site.analysis.status_json import status_of
from kapm_site.audience import ClientView, InternalProject, InternalView, ProjectView
from kapm_site.audience.views import BrandView, OrganizationView
from kapm_site.language import Language, language_for
from kapm_site.model.reports import EDITIONS
from kapm_site.model.settings import HealthRules
from kapm_site.pages.client_home import client_page
from kapm_site.pages.files.calendar import project_calendar
from kapm_site.pages.files.feed import client_feed
from kapm_site.pages.files.registers import register_rows
from kapm_site.pages.files.status import client_status
from kapm_site.pages.files.tasks import task_rows
from kapm_site.pages.imprint import Imprint, Version
from kapm_site.pages.internal_notes import internal_sections
from kapm_site.pages.languages import in_language, name_in, names_of, own_language
from kapm_site.pages.links import Links
from kapm_site.pages.portfolio import portfolio_page
from kapm_site.pages.project import project_page
from kapm_site.pages.reuse import BuiltSections, build_sections
from kapm_site.pages.setting import Setting
from kapm_site.pipeline.assets import DEFAULT_ACCENT, Images, Shelf, readable_accent
from kapm_site.pipeline.sections import SectionWriter, Written
from kapm_site.pipeline.theme import overrides_of
from kapm_site.problem import Problem
from kapm_site.publish import Audience, OutputFile, headers_text
from kapm_site.render.files.calendar import calendar_bytes
from kapm_site.render.files.data import json_bytes
from kapm_site.render.files.feed import feed_bytes
from kapm_site.render.files.table import csv_bytes
from kapm_site.render.long_words import mark_long_words
from kapm_site.render.templates import environment, render_page


@dataclass(slots=True)
class Root:
    """One web root under construction: `clients/<client>` or `internal`.

    Attributes:
        path: Its folder below the site.
        client: Whose root it is; None for the internal one.
        known: Paths of all files of the workspace, for images.
        version: Of the sources; None where they are in no commit.
        rules: Thresholds of the health rules, which the pages explain.
        pdf: The pages link to PDF reports.
        shelf: What the pages refer to; it becomes files when the root is complete.
    """

    path: str
    client: str | None
    workspace: Path
    known: frozenset[str]
    version: Version | None
    rules: HealthRules
    pdf: bool
    shelf: Shelf
    files: list[OutputFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, content: bytes, client: str | None = None, *, public: bool = False) -> None:
        """Add a file below the root; `public` is for one that says nothing of anybody."""
        audience: Audience = "client" if self.client else "internal"
        self.files.append(OutputFile(f"{self.path}/{path}", content, self.client or client, audience, public))

    def page(
        self,
        path: str,
        template: str,
        page: object,
        words: Language,
        folders: tuple[str, ...] = (),
        written: Written | None = None,
    ) -> None:
        """Render a page and add it.

        Args:
            path: Below the root.
            template: Its name.
            page: What the template is given.
            words: The reader's language.
            folders: Where images in its Markdown are looked for.
            written: Sections of the project that another page has written already; what this one writes is added.
        """
        images = Images(self.shelf, folders, "../" * path.count("/"), self.known)
        overrides = overrides_of(self.workspace)
        writer = SectionWriter(overrides, images, words, written or Written())
        context = {"page": page, "md": writer.markdown, "asset": images.of_theme, "written": writer.write}
        html, problems = render_page(environment(overrides), template, context, t=words.text, tn=words.plural)
        self.problems += problems
        self.add(path, mark_long_words(html).encode(), path.split("/", maxsplit=1)[0] if path.count("/") > 1 else None)


def setting_of(view: ProjectView, rules: HealthRules, *, internal: bool = False, medium: str = "web") -> Setting:
    """Return how a project's pages are set."""
    words, own = _words_of(view), own_language(view)
    written = own if own != words.tag else ""
    return Setting(words, medium, readable_accent(view.brand.color), view.currency, internal, rules, written)  # type: ignore[arg-type]


def _words_of(view: ProjectView | ClientView) -> Language:
    return language_for(view.language, dict(view.brand.vocabulary))


def report_file(edition: str, number: int | None = None) -> str:
    """Name the file of an edition, such as `full` or `full.en`; one without a number is not released."""
    return f"report-{'draft' if number is None else f'{number:03d}'}-{edition}.pdf"


def client_home_files(root: Root, view: ClientView, *, sealed: bool = False) -> None:
    """Make what is in a client's web root beside its projects: a start page for each language, one feed."""
    for tag in view.languages:
        _add_home(root, in_language(view, tag))
    root.add("feed.xml", feed_bytes(client_feed(view, _words_of(view))))
    homes = [f"{name}.html" for name in names_of("index", view)]
    headers = headers_text([project.id for project in view.projects], homes, sealed=sealed)
    root.add("_headers", headers.encode(), public=True)


def _add_home(root: Root, view: ClientView) -> None:
    words = _words_of(view)
    style, logos = _style(root, view.brand), _logos(root, view.organization, view.brand)
    script = root.shelf.put_script()
    home = Links(
        css=style,
        feed="feed.xml",
        logo=logos[0],
        client_logo=logos[1],
        script=script,
        icon=_client_icon(root, view, words),
    )
    setting = Setting(words, "web", readable_accent(view.brand.color), "EUR")
    inside = {project.id: _below(project.id, _downloads(root, project)) for project in view.projects}
    page = client_page(view, setting, home, inside, root.version)
    root.page(f"{name_in('index', view)}.html", "client.html.j2", page, words)


def client_project_files(root: Root, project: ProjectView, written: Written) -> BuiltSections:
    """Make a project's files in its client's web root, save its PDFs; returns the sections of its page.

    `written` is filled with their markup. Further languages have pages alone.
    """
    built, words = _add_page(root, project, written), _words_of(project)
    for tag in project.languages[1:]:
        _add_page(root, in_language(project, tag), Written())
    root.add(f"{project.id}/status.json", json_bytes(client_status(project)))
    root.add(f"{project.id}/milestones.ics", calendar_bytes(project_calendar(project, words)))
    _tables(root, project.id, project, words)
    return built


def _add_page(root: Root, project: ProjectView, written: Written) -> BuiltSections:
    setting = setting_of(project, root.rules)
    built = build_sections(project, setting)
    page = project_page(project, setting, _client_links(root, project), Imprint(version=root.version), built=built)
    path = f"{project.id}/{name_in('index', project)}.html"
    root.page(path, "project.html.j2", page, setting.words, image_folders(project), written)
    return built


def portfolio_files(root: Root, view: InternalView) -> None:
    """Make what is in the internal web root beside the projects."""
    words = language_for(view.language)
    setting = Setting(words, "web", readable_accent(None), "EUR", internal=True)
    icon = _icon(root, view.organization.logo, view.organization.name, None, words)
    links = Links(css=root.shelf.put_style(DEFAULT_ACCENT), script=root.shelf.put_script(), icon=icon)
    root.page("index.html", "portfolio.html.j2", portfolio_page(view, setting, links, root.version), words)
    root.add("_headers", headers_text(account.client_id for account in view.accounts).encode())


def internal_project_files(
    root: Root, project: InternalProject, client: BuiltSections | None, written: Written
) -> None:
    """Make a project's files in the internal web root, save its PDFs.

    Args:
        root: The internal one.
        project: As internal readers see it.
        client: The sections of its client's page, which serve here as well where the language is the same.
        written: Their markup.
    """
    view = project.view
    setting = setting_of(view, root.rules, internal=True)
    folder = f"{view.client_id}/{view.id}"
    full, brief = (report_file(edition) if root.pdf else None for edition in EDITIONS)
    links = Links(
        css=f"../../{_style(root, view.brand)}",
        pdf_full=full,
        pdf_brief=brief,
        table="tasks.csv",
        data="status.json",
        home="../../index.html",
        script=f"../../{root.shelf.put_script()}",
        icon=f"../../{_icon(root, view.organization.logo, view.organization.name, None, setting.words)}",
    )
    alike = client is not None and client.view.language == view.language
    built = build_sections(view, setting, client if alike else None)
    more = internal_sections(project, setting)
    page = project_page(view, setting, links, Imprint(version=root.version), more, built=built)
    root.page(f"{folder}/index.html", "project.html.j2", page, setting.words, image_folders(view), written)
    root.add(f"{folder}/status.json", json_bytes(status_of(project.notes.analysis)), view.client_id)
    _tables(root, folder, view, setting.words)


def _tables(root: Root, folder: str, view: ProjectView, words: Language) -> None:
    """Add the plan and each register as a table for a spreadsheet."""
    tables = [("tasks", task_rows(view, words)), *register_rows(view, words)]
    for name, rows in tables:
        client = None if root.client else view.client_id
        root.add(f"{folder}/{name}.csv", csv_bytes(rows), client)


def image_folders(view: ProjectView) -> tuple[str, ...]:
    """Folders that images in a project's Markdown are looked for in."""
    return (view.folder, f"{view.folder}/updates")


def _client_links(root: Root, project: ProjectView) -> Links:
    """Give the addresses that a client's project page links to."""
    ours, theirs = _logos(root, project.organization, project.brand)
    return replace(
        _downloads(root, project),
        css=f"../{_style(root, project.brand)}",
        feed="../feed.xml",
        home=f"../{name_in('index', project)}.html",
        logo=f"../{ours}" if ours else None,
        client_logo=f"../{theirs}" if theirs else None,
        script=f"../{root.shelf.put_script()}",
        icon=f"../{_client_icon(root, project, _words_of(project))}",
    )


def _downloads(root: Root, project: ProjectView) -> Links:
    """Give the addresses of a project's files beside its page."""
    full, brief = (_report(project, edition) if root.pdf else None for edition in EDITIONS)
    return Links(
        css="",
        pdf_language="" if _is_enclosed(project) else own_language(project),
        pdf_full=full,
        pdf_brief=brief,
        calendar="milestones.ics",
        table="tasks.csv",
        data="status.json",
    )


def _style(root: Root, brand: BrandView) -> str:
    return root.shelf.put_style(brand.color or DEFAULT_ACCENT)


def _report(project: ProjectView, edition: str) -> str:
    """Name the file of an edition in the reader's language; a released report may have been sent without it."""
    name = name_in(edition, project) if _is_enclosed(project) else edition
    return report_file(name, project.enclosed.number if project.enclosed else None)


def _is_enclosed(project: ProjectView) -> bool:
    """Tell whether the reports of the client's site are there in the reader's language."""
    there = project.enclosed.editions if project.enclosed else None
    return there is None or any(name_in(edition, project) in there for edition in EDITIONS)


def _logos(root: Root, organization: OrganizationView, brand: BrandView) -> tuple[str | None, str | None]:
    ours = root.shelf.put_logo(organization.logo) if organization.logo in root.known else None
    theirs = root.shelf.put_logo(brand.logo) if brand.logo in root.known else None
    return ours, theirs


def _client_icon(root: Root, view: ClientView | ProjectView, words: Language) -> str:
    name = view.name if isinstance(view, ClientView) else view.client_name
    return _icon(root, view.brand.logo, name, view.brand.color, words)


def _icon(root: Root, logo: str | None, name: str, color: str | None, words: Language) -> str:
    """Put the icon of the browser's tab on the shelf: a logo if it is about as wide as high, else a letter."""
    if logo in root.known and root.shelf.is_square(logo):
        return root.shelf.put_image(logo) or ""
    letter = next((character.upper() for character in name if character.isalnum()), "")
    context = {"letter": letter, "color": readable_accent(color)}
    env = environment(overrides_of(root.workspace))
    svg, problems = render_page(env, "icon.svg.j2", context, t=words.text, tn=words.plural)
    root.problems += problems
    return root.shelf.put(svg.encode(), "svg")


def _below(folder: str, links: Links) -> Links:
    """Return a project's links as seen from the folder above it."""
    names = ("pdf_full", "pdf_brief", "calendar", "table", "data")
    inside = {name: f"{folder}/{href}" if (href := getattr(links, name)) else None for name in names}
    return Links(css=links.css, pdf_language=links.pdf_language, **inside)
