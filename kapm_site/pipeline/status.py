"""The figures of many projects as one report, and its JSON."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kapm_site.analysis.records import Analysis
from kapm_site.analysis.status_json import status_of
from kapm_site.pipeline.load import Loaded, analyse_projects, selected
from kapm_site.problem import Problem, has_errors, sort_problems
from kapm_site.problem.formats.machine import problem_data
from kapm_site.problem.printable import plain_json


@dataclass(frozen=True, slots=True)
class StatusReport:
    """Figures of the sound projects, and the problems that keep the others out."""

    status: date
    analyses: list[Analysis]
    problems: list[Problem]


def report_status(loaded: Loaded, selectors: Iterable[str], status: date | datetime) -> StatusReport:
    """Analyse the selected projects that have no error."""
    chosen = selected(loaded.workspace, selectors)
    sound = [pair for pair in chosen if loaded.is_sound(*pair)]
    broken = [pair for pair in chosen if pair not in sound]
    problems = [
        problem
        for account, project in broken
        for problem in (
            *loaded.shared_problems,
            *loaded.problems_of(f"{account.folder}/client.yaml"),
            *loaded.problems_of(project.folder),
        )
        if has_errors([problem])
    ]
    day = status.date() if isinstance(status, datetime) else status
    analyses = analyse_projects(loaded, sound, status)
    problems += [finding for one in analyses for finding in one.findings if finding.severity == "error"]
    kept = [one for one in analyses if not has_errors(one.findings)]
    return StatusReport(day, kept, sort_problems(problems))


def status_json(report: StatusReport) -> str:
    """Write the report as the JSON of the contract."""
    document: dict[str, object] = {
        "schema": 1,
        "status_date": report.status.isoformat(),
        "projects": [status_of(analysis) for analysis in report.analyses],
    }
    if report.problems:
        document["problems"] = [problem_data(problem) for problem in report.problems]
    return plain_json(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
