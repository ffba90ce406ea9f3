"""Problems as JSON, for programs: the public form of `--format json`."""

import json
from collections.abc import Mapping, Sequence

from kapm_site.problem.printable import plain_json
from kapm_site.problem.records import Mark, Problem

SCHEMA = 1


def format_json(problems: Sequence[Problem], _texts: Mapping[str, str]) -> str:
    """Write problems as one JSON object; lines and columns count from 1."""
    content = {"schema": SCHEMA, "problems": [problem_data(problem) for problem in problems]}
    return plain_json(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def problem_data(problem: Problem) -> dict[str, object]:
    """Turn a problem into what JSON holds of it."""
    return {
        **_place(problem.mark),
        "severity": problem.severity,
        "message": problem.message,
        "code": problem.code,
        "hint": problem.hint,
        "related": [{**_place(related.mark), "message": related.message} for related in problem.related],
    }


def _place(mark: Mark) -> dict[str, object]:
    return {"path": mark.path, "line": mark.line, "column": mark.column}
