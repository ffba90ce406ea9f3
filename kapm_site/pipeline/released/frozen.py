"""A report made from a commit alone, now or years later: the same objects, so the same content and the same bytes."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from kapm_site import __version__
from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience import ProjectView
from kapm_site.history.files import write_files
from kapm_site.history.repository import Repository, find_commit
from kapm_site.model.reports import EDITIONS, Edition, ReportFile
from kapm_site.model.workspace import Project
from kapm_site.pages.imprint import Version
from kapm_site.pages.languages import in_language, name_in, own_language
from kapm_site.pipeline.past.compared import folder_at, lost_commit
from kapm_site.pipeline.past.history import ProjectHistory, project_histories
from kapm_site.pipeline.past.looks import PastProject, read_past
from kapm_site.pipeline.past.seen import see
from kapm_site.pipeline.reports import Report, Source, address_of, pdf_settings, report_of
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.render.job import Job
from kapm_site.render.pango import engine_versions
from kapm_site.workspace.collect import is_text

#: What figures, texts and their layout depend on besides kapm itself and the PDF engine.
_LIBRARIES = ("babel", "holidays", "jinja2", "markdown")


@dataclass(frozen=True, slots=True)
class Order:
    """A report to be made.

    Attributes:
        commit: Full hash.
        folder: Of the project in that commit.
        templates: What lies in `templates/` of the commit is a theme.
        editions: Names of those to make; None for all that the client's people read.
    """

    repository: Repository
    commit: str
    folder: str
    number: int
    status: date
    templates: bool
    editions: tuple[str, ...] | None = None

    def wants(self, name: str) -> bool:
        """Tell whether an edition is to be made."""
        return self.editions is None or name in self.editions


@dataclass(frozen=True, slots=True)
class Frozen:
    """A report as a commit has it.

    Attributes:
        view: What its reader sees.
        reports: The editions by name, ready to be set.
        content: Of each edition, the SHA-256 of all that it is set from.
        problems: Of the past that it compares itself with, and of its images; none of them is an error.
    """

    analysis: Analysis
    view: ProjectView
    reports: Mapping[str, Report]
    content: Mapping[str, str]
    problems: tuple[Problem, ...]


def order_of(
    history: ProjectHistory, project: Project, report: ReportFile, *, templates: bool
) -> Order | Problem | None:
    """Say how a released report is made again; None where its record names no commit."""
    if report.commit is None:
        return None
    repository = history.repository
    commit = find_commit(repository, report.commit)
    folder = folder_at(repository, commit.id, project, history.line) if commit else None
    if commit is None or folder is None:
        return lost_commit(repository, project, report)
    editions = tuple(report.sha256) or EDITIONS
    return Order(repository, commit.id, folder, int(report.number), report.status_date, templates, editions)


def freeze(order: Order) -> Frozen | list[Problem]:
    """Make a report from a commit as the client sees it, or say what is wrong at the places of that commit."""
    past = read_past(order.repository, order.commit, order.folder, order.folder)
    if not isinstance(past, PastProject):
        return past or [_absent(order)]
    analysis = analyse(past.settings, past.account, past.project, order.status)
    if has_errors(analysis.findings):
        return list(analysis.findings)
    zone = past.settings.timezone
    histories = project_histories(order.repository, order.commit, [order.folder], zone)
    seen = see(analysis, histories.get(order.folder))
    if seen.client is None:
        return [internal_problem(order.folder)]
    reports, problems = _reports(order, past, seen.client)
    if has_errors(problems):
        return problems
    content = {edition: _digest(report.job) for edition, report in reports.items()}
    return Frozen(analysis, seen.client, reports, content, (*seen.problems, *problems))


def made_with() -> dict[str, str]:
    """Name the versions that a report depends on."""
    return {"kapm": __version__, **{name: version(name) for name in _LIBRARIES}, **engine_versions()}


def internal_problem(folder: str) -> Problem:
    """Say that a project has no report for its client."""
    message = "the project is internal: its client may not see it"
    return Problem(Mark(f"{folder}/project.yaml"), "project-is-internal", message, hint="write 'audience: client'")


def _reports(order: Order, past: PastProject, view: ProjectView) -> tuple[dict[str, Report], list[Problem]]:
    """Set the editions; the engine wants images and templates in a folder, which goes again."""
    client = f"{order.folder.rpartition('/')[0]}/"
    tops = ("attachments/", client, *(["templates/"] if order.templates else []))
    found: dict[str, Report] = {}
    problems: list[Problem] = []
    with TemporaryDirectory(prefix="kapm-") as folder:
        write_files(order.repository, order.commit, Path(folder), lambda path: path.startswith(tops) and _is_used(path))
        settings, version = past.settings, Version(order.commit[:7])
        pdf = pdf_settings(settings, past.account)
        source = Source(Path(folder), past.others, settings.health, version, order.number, pdf)
        address = address_of(settings, view)
        for edition, one in _asked(order, view):
            report, faults = report_of(one, edition, source, address=address)
            problems += faults
            if report is not None:
                found[report.name] = report
    return found, problems


def _asked(order: Order, view: ProjectView) -> Iterator[tuple[Edition, ProjectView]]:
    """Give each edition to make with the view of its language."""
    tags = view.languages
    if order.editions is not None:  # those of the record, whoever its readers are by now
        tags = tuple(dict.fromkeys(name.partition(".")[2] or own_language(view) for name in order.editions))
    for tag in tags:
        one = in_language(view, tag)
        yield from ((edition, one) for edition in EDITIONS if order.wants(name_in(edition, one)))


def _is_used(path: str) -> bool:
    return path.startswith("templates/") or not is_text(path)


def _digest(job: Job) -> str:
    parts = [text.encode() for text in (job.html, *job.shorter, job.css, job.variant)]
    for name, content in sorted(job.assets.items()):
        parts += [name.encode(), content]
    parts += [one.content for one in job.attachments]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _absent(order: Order) -> Problem:
    message = f"the project is not in commit {order.commit:.7}"
    return Problem(Mark(order.folder), "not-in-commit", message, hint="commit its folder first")
