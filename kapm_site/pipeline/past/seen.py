"""An analysed project → what each of its readers sees of it, with its past beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kapm_site.analysis.health import last_report
from kapm_site.analysis.records import Analysis
from kapm_site.audience import InternalProject, ProjectView, client_project, internal_project
from kapm_site.history.lost import LostObjectsError
from kapm_site.pipeline.past.compared import Reported, compared, reported, with_own_reports
from kapm_site.pipeline.past.history import ProjectHistory
from kapm_site.pipeline.past.looks import project_looks, with_looks
from kapm_site.problem import Mark, Problem, sort_problems


@dataclass(frozen=True, slots=True)
class Seen:
    """A project as its readers see it.

    Attributes:
        client: None where the client may not know of it.
        reported: The project at its last report, where that is known.
        problems: What its past does not tell.
    """

    client: ProjectView | None
    internal: InternalProject
    reported: Reported | None = None
    problems: tuple[Problem, ...] = ()


def see(analysis: Analysis, history: ProjectHistory | None, found: Iterable[Problem] = ()) -> Seen:
    """Build the views of a project, with the looks of past weeks and the project as it was last reported.

    Args:
        analysis: Of the project at the status date.
        history: Its way through the commits; None where git does not know it.
        found: Problems of its files, which internal readers see.
    """
    if history is None:
        return Seen(client_project(analysis), internal_project(analysis, found))
    project, status = analysis.project, analysis.status.date()
    client = client_project(replace(analysis, project=with_own_reports(history, project)))
    looks = project_looks(history.repository, history.line, project.folder, status)
    last = last_report(project.reports, status)
    then = reported(history, project, last) if last else None
    problems = [then] if isinstance(then, Problem) else []
    if looks.skipped:
        problems.append(_skipped(project.folder, looks.skipped, looks.skipped + len(looks.pairs)))
    internal = internal_project(analysis, sort_problems([*found, *problems]))
    seen, whole = with_looks(client, internal.view, looks)
    known = then if isinstance(then, Reported) else None
    if known is not None:
        seen, whole = compared(seen, whole, known)
    return Seen(seen, replace(internal, view=whole), known, tuple(problems))


def see_as_far(
    analysis: Analysis, history: ProjectHistory | None, found: Iterable[Problem] = ()
) -> tuple[Seen, ProjectHistory | None]:
    """Build the views of a project, without its past where that is not whole; and give its past, where it is."""
    known = list(found)
    try:
        return see(analysis, history, known), history
    except LostObjectsError as lost:
        return replace(see(analysis, None, [*known, lost.problem]), problems=(lost.problem,)), None


def _skipped(folder: str, count: int, total: int) -> Problem:
    message = f"{count} of {total} past weeks cannot be read by this version, or had errors; trends leave them out"
    hint = "nothing needs to be done: the weeks from now on are read"
    return Problem(Mark(f"{folder}/project.yaml"), "past-unreadable", message, "info", hint=hint)
