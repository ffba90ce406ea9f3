"""One report of one project, without a site around it."""

from datetime import date, datetime
from pathlib import Path

from kapm_site.model.reports import Edition
from kapm_site.pages.languages import for_internal, in_language
from kapm_site.pipeline.load import Loaded, analyse_projects, selected
from kapm_site.pipeline.past.history import read_history
from kapm_site.pipeline.past.seen import see_as_far
from kapm_site.pipeline.reports import Source, check_length, pdf_settings, report_of
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.render.pdf import render_pdfs


def one_report(
    loaded: Loaded,
    root: Path,
    selector: str,
    edition: Edition,
    status: date | datetime,
    *,
    internal: bool,
    language: str | None = None,
) -> tuple[bytes | None, list[Problem]]:
    """Make one PDF as the client, or an internal reader, sees the project; in that reader's language or another.

    Returns:
        The file, or None where an error keeps it from being made; and the problems.
    """
    account, project = selected(loaded.workspace, [selector])[0]
    problems = [
        *loaded.shared_problems,
        *loaded.problems_of(f"{account.folder}/client.yaml"),
        *loaded.problems_of(project.folder),
    ]
    if has_errors(problems):
        return None, problems
    if not internal and project.project.audience != "client":
        message = "the project is internal: its client may not see it"
        hint = "write 'audience: client' in project.yaml, or add --internal"
        return None, [Problem(Mark(f"{project.folder}/project.yaml"), "project-is-internal", message, hint=hint)]
    analysis = analyse_projects(loaded, [(account, project)], status)[0]
    workspace = loaded.workspace
    history = read_history(root, [project.folder], workspace.settings.timezone)
    seen, _ = see_as_far(analysis, history.projects.get(project.folder))
    settings = workspace.settings
    view = for_internal(seen.internal, settings.language).view if internal or seen.client is None else seen.client
    pdf_kind = pdf_settings(settings, account)
    version = history.version_of(project.folder)
    source = Source(root, workspace.attachments, settings.health, version, pdf=pdf_kind)
    view = in_language(view, language) if language else view
    report, found = report_of(view, edition, source, analysis=analysis if internal else None)
    found = [*history.problems, *seen.problems, *found]
    if report is None:
        return None, found
    [(pdf, more)] = render_pdfs([report.job])
    found = [*found, *more, *(check_length(report, pdf) if pdf else [])]
    return (None if pdf is None or has_errors(found) else pdf.content), found
