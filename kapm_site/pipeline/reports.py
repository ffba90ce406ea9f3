"""PDF reports: views → print pages → jobs for the PDF engine."""

from dataclasses import dataclass
from pathlib import Path

from kapm_site.audience import ProjectView
from kapm_site.model.reports import Edition
from kapm_site.model.settings import HealthRules, Settings
from kapm_site.pages.brief_report import BriefReport, brief_report, longest_part
from kapm_site.pages.full_report import full_report
from kapm_site.pages.imprint import Imprint, Version
from kapm_site.pages.languages import name_in, receivers_of
from kapm_site.pipeline.assets import Images, Shelf, print_style
from kapm_site.pipeline.pages import image_folders, setting_of
from kapm_site.pipeline.theme import overrides_of
from kapm_site.problem import Mark, Problem
from kapm_site.render.dates import keep_dates_whole
from kapm_site.render.job import Job, Pdf
from kapm_site.render.markdown import to_html
from kapm_site.render.templates import environment, render_page


@dataclass(frozen=True, slots=True)
class Report:
    """One PDF to make.

    Attributes:
        name: Of the edition, with the tag of a further language: `brief.en`.
        too_long: What to shorten where the brief edition takes more than its page.
    """

    name: str
    job: Job
    too_long: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made from besides its view.

    Attributes:
        root: The workspace.
        known: Paths of all its files, for images.
        version: Of the sources; None where they are in no commit.
        number: Of the report; None for a draft.
    """

    root: Path
    known: frozenset[str]
    rules: HealthRules
    version: Version | None
    number: int | None = None


def report_of(
    view: ProjectView,
    edition: Edition,
    source: Source,
    *,
    internal: bool,
    address: str = "",
) -> tuple[Report | None, list[Problem]]:
    """Set one report; problems are those of a workspace's own templates and of images."""
    shelf = Shelf(source.root)
    setting = setting_of(view, source.rules, internal=internal, medium="print")
    names = receivers_of(edition, view)
    logo = shelf.put_image(view.brand.logo) if view.brand.logo in source.known else None
    imprint = Imprint(source.number, source.version, address=address, distribution=names, logo=logo)
    build = full_report if edition == "full" else brief_report
    page = build(view, setting, imprint)
    images = Images(shelf, image_folders(view), "", source.known)
    context = {"page": page, "md": lambda text: to_html(text, images=images), "asset": images.of_theme}
    env = environment(overrides_of(source.root))
    template = f"print/{edition}.html.j2"
    html, problems = render_page(env, template, context, t=setting.words.text, tn=setting.words.plural)
    if problems:
        return None, problems
    css = f"{print_style()}\n:root{{--accent:{setting.accent}}}\n{shelf.theme_style('theme-print.css')}"
    job = Job(keep_dates_whole(html), css, shelf.contents, Mark(f"{view.folder}/project.yaml"))
    too_long = longest_part(page) if isinstance(page, BriefReport) else ""
    return Report(name_in(edition, view), job, too_long), list(shelf.problems)


def address_of(settings: Settings, view: ProjectView) -> str:
    """Return where a project's page is published; empty where nobody has said."""
    base = settings.publishing.base_url
    return f"{base.rstrip('/')}/{view.client_id}/{view.id}/" if base else ""


def check_length(report: Report, pdf: Pdf) -> list[Problem]:
    """The brief edition is exactly one page."""
    edition, _, tag = report.name.partition(".")
    if edition != "brief" or pdf.pages == 1:
        return []
    message = f"the brief edition{f' in {tag!r}' if tag else ''} takes {pdf.pages} pages instead of one"
    return [Problem(report.job.mark, "brief-too-long", message, hint=report.too_long)]
