"""The project as it stood at its last report: what a page compares the present with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kapm_site.audience import client_project
from kapm_site.audience.looks import still_visible
from kapm_site.audience.project import project_view
from kapm_site.audience.views import ForecastView, ProjectView
from kapm_site.history.line import ProjectLine
from kapm_site.history.repository import Repository, child_of, find_commit, workspace_tree
from kapm_site.model.reports import ReportFile
from kapm_site.model.workspace import Project
from kapm_site.pipeline.past.history import ProjectHistory
from kapm_site.pipeline.past.looks import PastProject, analyse_past, read_past
from kapm_site.problem import Problem


@dataclass(frozen=True, slots=True)
class Reported:
    """A project at the status date of a report.

    Attributes:
        number: Of the report.
        client: None where the client could not know of it, as it was internal or another client's.
    """

    number: int
    client: ProjectView | None
    internal: ProjectView


def reported(history: ProjectHistory, project: Project, report: ReportFile) -> Reported | Problem | None:
    """Find how a project stood when a report was made.

    Returns:
        None where the report does not say what it was made from; a problem where its commit cannot be had or read.
    """
    if report.commit is None:
        return None
    repository = history.repository
    commit = find_commit(repository, report.commit)
    if commit is None:
        return lost_commit(repository, project, report)
    folder = folder_at(repository, commit.id, project, history.line)
    past = read_past(repository, commit.id, folder, project.folder) if folder else []
    analysis = analyse_past(past, report.status_date) if isinstance(past, PastProject) else None
    if analysis is None:
        return _unreadable(report)
    client = None if folder and history.line.is_foreign(folder) else client_project(analysis)
    internal = _with_forecast(project_view(analysis, internal=True), report)
    return Reported(int(report.number), _with_forecast(client, report) if client else None, internal)


def compared(
    client: ProjectView | None, internal: ProjectView, then: Reported
) -> tuple[ProjectView | None, ProjectView]:
    """Give each reader's view what that reader compares it with."""
    if client is not None and then.client is not None:
        client = replace(client, before=still_visible(then.client, client, internal))
    return client, replace(internal, before=then.internal)


def with_own_reports(history: ProjectHistory, project: Project) -> Project:
    """Leave out the reports that another client was sent, whose project it was then."""
    if not any(state.foreign for state in history.line.changes):
        return project
    return replace(project, reports=tuple(one for one in project.reports if not _is_foreign(history, project, one)))


def _is_foreign(history: ProjectHistory, project: Project, report: ReportFile) -> bool:
    commit = find_commit(history.repository, report.commit) if report.commit else None
    folder = folder_at(history.repository, commit.id, project, history.line) if commit else None
    return folder is not None and history.line.is_foreign(folder)


def folder_at(repository: Repository, commit: str, project: Project, line: ProjectLine) -> str | None:
    """Return what a project's folder was called in a commit, among the names that it has had."""
    tree = workspace_tree(repository, commit)
    names = dict.fromkeys((project.folder, *(state.folder for state in line.changes)))
    there = {name: found for name in names if tree is not None and (found := child_of(tree, name)) is not None}
    own = {(state.folder, state.tree) for state in line.changes}
    # Another project may have had today's name then.
    sure = (name for name, found in there.items() if (name, str(found.id)) in own)
    return next(sure, next(iter(there), None))


def lost_commit(repository: Repository, project: Project, report: ReportFile) -> Problem:
    """Say that what a report was made from is not at hand."""
    message = f"report {report.number:g} was made from commit {report.commit!s:.12}, which is not in this repository"
    hint = f"the changes since then are not told; bring the branch back that held it, or release {project.selector}"
    if repository.shallow:
        hint = "run: git fetch --unshallow"
    return Problem(report.mark("commit"), "report-commit-lost", message, "warning", hint=hint)


def _unreadable(report: ReportFile) -> Problem:
    message = f"the files that report {report.number:g} was made from cannot be read by this version"
    hint = "the changes since then are not told; release the next report"
    return Problem(report.mark("commit"), "report-unreadable", message, "info", hint=hint)


def _with_forecast(view: ProjectView, report: ReportFile) -> ProjectView:
    """Take over the forecast that was reported, instead of simulating it again."""
    days = _days(report.figures.get(name) for name in ("p50", "p80", "p95"))
    runs = report.figures.get("runs", "")
    if days is None or not runs.isdecimal():
        return view
    return replace(view, forecast=ForecastView(*days, int(runs)))


def _days(texts: Iterable[str | None]) -> tuple[date, date, date] | None:
    try:
        first, second, third = (date.fromisoformat(text or "") for text in texts)
    except ValueError:
        return None
    return first, second, third
