"""Releasing a report: numbered, made from a commit, and recorded with what it said and the hashes of its files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kapm_site.analysis.records import Analysis
from kapm_site.history.commit import head_commit
from kapm_site.history.repository import Repository, open_repository, shallow_problem
from kapm_site.model.workspace import Account, Project
from kapm_site.pipeline.load import Loaded
from kapm_site.pipeline.released.frozen import Frozen, Order, freeze, internal_problem, made_with
from kapm_site.pipeline.released.kept import keep_pdf, sha256_of
from kapm_site.pipeline.reports import check_length
from kapm_site.pipeline.theme import may_have_theme
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.render.pdf import render_pdfs
from kapm_site.source.emit import Typed, block_text, scalar_text

_HEAD = """\
# Report {number} as it was sent, written by `kapm release`. A released report is frozen: nobody edits this file.
# `kapm release {selector} --verify` makes it again from its commit and compares.
"""


@dataclass(frozen=True, slots=True)
class Released:
    """A report that is ready to be recorded.

    Attributes:
        path: Of its file, relative to the workspace; `text` is its content.
        pdfs: Its editions by name: `full`, and `full.en` in a further language.
        problems: What keeps no report from being released.
    """

    path: str
    text: str
    number: int
    commit: str
    pdfs: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def committed(root: Path) -> Repository | Problem:
    """Open the repository that reports are made from; without it, or without its older commits, there is none."""
    repository = open_repository(root)
    if isinstance(repository, Problem):
        return replace(repository, severity="error")
    return replace(shallow_problem(), severity="error") if repository.shallow else repository


def release(
    loaded: Loaded,
    root: Path,
    repository: Repository,
    owner: tuple[Account, Project],
    number: int | None,
    status: date,
) -> Released | list[Problem]:
    """Make the next report of a project from the commit that the workspace is at.

    Args:
        loaded: The workspace.
        root: Its folder.
        repository: From `committed`.
        owner: The project and its client.
        number: Of the report; None for the next one.
        status: The status date.

    Returns:
        What to write, or the problems that forbid it: errors of the project, files that are in no commit, a number
        that is taken, an edition that cannot be made.
    """
    account, project = owner
    problems = [*loaded.shared_problems, *loaded.problems_of(f"{account.folder}/client.yaml")]
    problems += loaded.problems_of(project.folder)
    if project.project.audience != "client":
        problems.append(internal_problem(project.folder))
    head = head_commit(repository)
    problems += _uncommitted(head.dirty, project)
    chosen = number or 1 + max((int(report.number) for report in project.reports), default=0)
    problems += _taken(project, chosen)
    if has_errors(problems):
        return [problem for problem in problems if problem.severity == "error"]
    order = Order(repository, head.id, project.folder, chosen, status, templates=may_have_theme(root))
    frozen = freeze(order)
    return frozen if isinstance(frozen, list) else _recorded(order, frozen, project)


def _recorded(order: Order, frozen: Frozen, project: Project) -> Released | list[Problem]:
    pdfs: dict[str, bytes] = {}
    problems = list(frozen.problems)
    made = render_pdfs(report.job for report in frozen.reports.values())
    for (edition, report), (pdf, found) in zip(frozen.reports.items(), made, strict=True):
        problems += [*found, *(check_length(report, pdf) if pdf else [])]
        if pdf is not None:
            pdfs[edition] = pdf.content
    if has_errors(problems):
        return problems
    for content in pdfs.values():
        keep_pdf(order.repository, order.folder, content)
    record = {
        "number": order.number,
        "status_date": order.status,
        "commit": order.commit,
        "health": health_of(frozen.analysis),
        "figures": {name: Typed(figure) for name, figure in figures_of(frozen.analysis).items()},
        "sha256": {edition: sha256_of(content) for edition, content in pdfs.items()},
        "content": dict(frozen.content),
        "made_with": made_with(),
    }
    head = _HEAD.format(number=order.number, selector=project.selector)
    path = f"{project.folder}/reports/{order.number:03d}.yaml"
    return Released(path, head + block_text(record), order.number, order.commit, pdfs, tuple(problems))


def health_of(analysis: Analysis) -> dict[str, object]:
    """Write the health of a project as a report records it."""
    health = analysis.health
    return {
        "overall": health.overall.health,
        "dimensions": {name: one.health for name, one in health.dimensions.items()},
    }


def figures_of(analysis: Analysis) -> dict[str, str]:
    """Write the headline figures of a project as a report records them; what is not known is left out."""
    schedule, progress = analysis.schedule, analysis.progress
    value, money, forecast = analysis.earned_value, analysis.money, analysis.outlook.forecast
    found: dict[str, object] = {
        "planned_percent": _rounded(progress.planned_percent),
        "actual_percent": _rounded(progress.actual_percent),
        "forecast_finish": schedule.forecast_finish and schedule.forecast_finish.date(),
        "slip_days": _rounded(schedule.slip_days),
        "budget": _rounded(money.budget),
        "spent": _rounded(money.spent),
        "eac": _rounded(value.eac),
        "risk_exposure": _rounded(analysis.risks.exposure),
    }
    if forecast is not None:
        days = {"p50": forecast.p50, "p80": forecast.p80, "p95": forecast.p95}
        found |= {name: moment.date() for name, moment in days.items()} | {"runs": forecast.runs}
    return {name: scalar_text(figure) for name, figure in found.items() if figure is not None}


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 1) + 0.0


def _uncommitted(dirty: tuple[str, ...], project: Project) -> list[Problem]:
    """Refuse changes of the workspace that are in no commit, but for the records of other projects' reports.

    Those were written a moment ago, where several projects are released one after another.
    """
    ours = [path for path in dirty if path.startswith(f"{project.folder}/") or not _RECORD.fullmatch(path)]
    if not ours:
        return []
    rest = f" and {len(ours) - 3} more" if len(ours) > 3 else ""  # noqa: PLR2004 as many as a line holds
    message = f"changes that are in no commit: {', '.join(ours[:3])}{rest}"
    hint = "run: git add --all . && git commit -m Status; what git ignores and kapm reads needs git add --force"
    return [Problem(Mark(ours[0]), "uncommitted", message, hint=hint)]


_RECORD = re.compile(r"projects/[^/]+/[^/]+/reports/\d+\.yaml")


def _taken(project: Project, number: int) -> list[Problem]:
    same = next((report for report in project.reports if report.number == number), None)
    if same is None:
        return []
    message = f"report {number} was released with status date {same.status_date}"
    free = 1 + max(int(report.number) for report in project.reports)
    return [Problem(same.mark("number"), "number-taken", message, hint=f"leave --number out for report {free}")]
