"""The released report that a client's site holds: the PDF that was sent, not one that only looks like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kapm_site.audience import ProjectView
from kapm_site.audience.views import EnclosedView
from kapm_site.model.reports import ReportFile
from kapm_site.model.workspace import Project
from kapm_site.pipeline.past.compared import Reported, reported
from kapm_site.pipeline.past.history import ProjectHistory
from kapm_site.pipeline.released.frozen import Frozen, Order, freeze, order_of
from kapm_site.pipeline.released.kept import keep_pdf, kept_pdf, sha256_of
from kapm_site.problem import Problem
from kapm_site.render.pdf import render_job


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A released report with its files.

    Attributes:
        pdfs: By the name of the edition.
        view: What the client read in it.
    """

    number: int
    pdfs: Mapping[str, bytes]
    view: ProjectView

    @property
    def shown(self) -> EnclosedView:
        """What the client's pages are told of it."""
        return EnclosedView(self.number, tuple(self.pdfs))


def latest_release(history: ProjectHistory, project: Project, status: date) -> ReportFile | None:
    """Return the last report up to the status date that can be made again and was sent to the client of today."""
    made = [one for one in project.reports if one.status_date <= status and one.commit and one.sha256 and one.content]
    last = max(made, key=lambda one: (one.status_date, one.number), default=None)
    return None if last is None or _went_elsewhere(history, project, last) else last


def enclose(
    history: ProjectHistory, project: Project, status: date, then: Reported | None, *, templates: bool
) -> Enclosed | Problem | None:
    """Find the files of the last released report, or make them again from its commit.

    Args:
        history: Of the project.
        project: As it is today.
        status: The status date of the site.
        then: The project as it was in the last report of an earlier day, where that is known.
        templates: What lies in `templates/` of the commit is a theme.

    Returns:
        None where nothing was released; a problem where the report would not say what was sent.
    """
    report = latest_release(history, project, status)
    if report is None:
        return None
    order = order_of(history, project, report, templates=templates)
    if not isinstance(order, Order):
        return order
    kept = {edition: kept_pdf(order.repository, order.folder, sha256) for edition, sha256 in report.sha256.items()}
    pdfs = {edition: content for edition, content in kept.items() if content is not None}
    if len(pdfs) == len(report.sha256):
        view = released_view(history, project, report, then)
        if view is not None:
            return Enclosed(int(report.number), pdfs, view)
    return _made(order, report)


def released_view(
    history: ProjectHistory, project: Project, report: ReportFile, then: Reported | None
) -> ProjectView | None:
    """Return what the client read in a released report; None where that is not known any more."""
    known = then if then and then.number == report.number else reported(history, project, report)
    return known.client if isinstance(known, Reported) else None


def _went_elsewhere(history: ProjectHistory, project: Project, report: ReportFile) -> bool:
    order = order_of(history, project, report, templates=False)
    return isinstance(order, Order) and history.line.is_foreign(order.folder)


def _made(order: Order, report: ReportFile) -> Enclosed | Problem:
    frozen = freeze(order)
    if isinstance(frozen, list) or frozen.content != report.content:
        return _not_as_sent(report)
    pdfs = _pdfs(frozen)
    if pdfs.keys() != report.sha256.keys():
        return _not_as_sent(report)
    for edition, content in pdfs.items():
        if sha256_of(content) == report.sha256[edition]:
            keep_pdf(order.repository, order.folder, content)
    return Enclosed(order.number, pdfs, frozen.view)


def _pdfs(frozen: Frozen) -> dict[str, bytes]:
    results = {edition: render_job(report.job)[0] for edition, report in frozen.reports.items()}
    return {edition: pdf.content for edition, pdf in results.items() if pdf is not None}


def _not_as_sent(report: ReportFile) -> Problem:
    message = f"report {report.number:g} cannot be made as it was sent, so the client's site holds a draft instead"
    path = report.mark("number").path.split("/")
    hint = f"see what differs: kapm release {path[1]}/{path[2]} --verify --number {report.number:g}"
    return Problem(report.mark("content"), "report-differs", message, "warning", hint=hint)
