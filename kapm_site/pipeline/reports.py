"""PDF reports: views → print pages → jobs for the PDF engine."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path

from kapm_site.analysis.records import Analysis
from kapm_site.analysis.status_json import status_of
from kapm_site.audience import ProjectView
from kapm_site.model.reports import Edition
from kapm_site.model.settings import HealthRules, PdfSettings, Settings
from kapm_site.model.workspace import Account
from kapm_site.pages.brief_room import Surplus, brief_forms, surplus
from kapm_site.pages.files.status import client_status
from kapm_site.pages.full_report import full_report
from kapm_site.pages.imprint import Imprint, Version
from kapm_site.pages.languages import name_in, receivers_of
from kapm_site.pages.setting import Setting
from kapm_site.pipeline.assets import Images, Shelf, print_style
from kapm_site.pipeline.pages import image_folders, setting_of
from kapm_site.pipeline.theme import overrides_of
from kapm_site.problem import Mark, Problem
from kapm_site.render.dates import keep_dates_whole
from kapm_site.render.files.data import json_bytes
from kapm_site.render.job import Attached, Job, Pdf
from kapm_site.render.markdown import to_html
from kapm_site.render.templates import environment, render_page

#: Millimetres of a line of the brief edition.
_LINE = 4.0


@dataclass(frozen=True, slots=True)
class Report:
    """One PDF to make.

    Attributes:
        name: Of the edition, with the tag of a further language: `brief.en`.
        excess: What to shorten where even the shortest form of the brief edition is longer than its page.
    """

    name: str
    job: Job
    excess: Surplus | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made from besides its view.

    Attributes:
        root: The workspace.
        known: Paths of all its files, for images.
        version: Of the sources; None where they are in no commit.
        number: Of the report; None for a draft.
        pdf: Paper and kind.
    """

    root: Path
    known: frozenset[str]
    rules: HealthRules
    version: Version | None
    number: int | None = None
    pdf: PdfSettings = field(default_factory=PdfSettings)


def report_of(
    view: ProjectView,
    edition: Edition,
    source: Source,
    *,
    analysis: Analysis | None = None,
    address: str = "",
) -> tuple[Report | None, list[Problem]]:
    """Set one report.

    Args:
        view: The project as its reader sees it.
        edition: Which of the two.
        source: What else it is made from.
        analysis: Where the reader is internal; an archive then holds all its figures.
        address: Of the project's page.

    Returns:
        The report, and problems: those of a workspace's own templates and of images.
    """
    shelf = Shelf(source.root)
    internal = analysis is not None
    setting = replace(setting_of(view, source.rules, internal=internal, medium="print"), paper=source.pdf.paper)
    names = receivers_of(edition, view, internal=internal)
    logo = shelf.put_logo(view.brand.logo) if view.brand.logo in source.known else None
    imprint = Imprint(source.number, source.version, address=address, distribution=names, logo=logo)
    briefs = brief_forms(view, setting, imprint) if edition == "brief" else ()
    images = Images(shelf, image_folders(view), "", source.known)
    env, template = environment(overrides_of(source.root)), f"print/{edition}.html.j2"
    texts: list[str] = []
    for page in briefs or (full_report(view, setting, imprint),):
        context = {"page": page, "md": lambda text: to_html(text, images=images), "asset": images.of_theme}
        html, problems = render_page(env, template, context, t=setting.words.text, tn=setting.words.plural)
        if problems:
            return None, problems
        texts.append(keep_dates_whole(html))
    style = f"{print_style(setting.paper)}\n:root{{--accent:{setting.accent}}}\n{shelf.theme_style('theme-print.css')}"
    job = Job(
        html=texts[0],
        css=style,
        assets=shelf.contents,
        mark=Mark(f"{view.folder}/project.yaml"),
        variant="pdf/a-3a" if source.pdf.archive else "pdf/ua-1",
        attachments=(_figures(view, analysis, setting),) if source.pdf.archive else (),
        shorter=tuple(texts[1:]),
        single=edition == "brief",
    )
    name = edition if internal else name_in(edition, view)
    return Report(name, job, surplus(briefs[-1]) if briefs else None), list(shelf.problems)


def _figures(view: ProjectView, analysis: Analysis | None, setting: Setting) -> Attached:
    """Attach the figures of a report as its reader may see them, dated by the report."""
    figures = client_status(view) if analysis is None else status_of(analysis)
    day = datetime.combine(view.status, time(), UTC)
    return Attached("status.json", json_bytes(figures), day, setting.words.text("page.json"), "Data")


def pdf_settings(settings: Settings, account: Account) -> PdfSettings:
    """Say how a client's reports are printed: as it chose, else as the workspace says."""
    choice, common = account.client.pdf, settings.pdf
    archive = common.archive if choice.archive is None else choice.archive
    return common.model_copy(update={"paper": choice.paper or common.paper, "archive": archive})


def address_of(settings: Settings, view: ProjectView) -> str:
    """Return where a project's page is published; empty where nobody has said."""
    base = settings.publishing.base_url
    return f"{base.rstrip('/')}/{view.client_id}/{view.id}/" if base else ""


def check_length(report: Report, pdf: Pdf) -> list[Problem]:
    """The brief edition is exactly one page."""
    if report.excess is None or pdf.pages == 1:
        return []
    _, _, tag = report.name.partition(".")
    excess, lines = report.excess, max(round(pdf.surplus / _LINE), 1)
    message = (
        f"the brief edition{f' in {tag!r}' if tag else ''} is {pdf.surplus:.0f} mm, about {lines}"
        f" {'line' if lines == 1 else 'lines'}, longer than its page, although it shows the least of everything;"
        f" longest is {excess.part}: {excess.lines} lines, where {excess.usual} are usual"
    )
    return [Problem(report.job.mark, "brief-too-long", message, hint=f"shorten {excess.part}")]
