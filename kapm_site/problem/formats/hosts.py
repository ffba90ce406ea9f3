"""Problems as the code hosts read them: annotations of GitHub, Code Quality of GitLab."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence

from kapm_site.problem.printable import plain_json, printable
from kapm_site.problem.records import Problem, Severity

#: Commands of GitHub's workflow log.
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
#: Words of the Code Climate format, which GitLab reads.
_QUALITY: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def format_github(problems: Sequence[Problem], _texts: Mapping[str, str]) -> str:
    """Write problems as workflow commands, which GitHub shows beside the lines of a change."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def format_gitlab(problems: Sequence[Problem], _texts: Mapping[str, str]) -> str:
    """Write problems as a Code Quality report.

    A fingerprint is made of what is wrong, not of the line: a problem that only moved is not a new one.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    return plain_json(json.dumps([_entry(problem, seen) for problem in problems], ensure_ascii=False, indent=2)) + "\n"


def fingerprint(problem: Problem, seen: Counter[tuple[str, str, str]]) -> str:
    """Tell a problem from all others of a report, wherever it moves; equal ones are told apart by their order."""
    what = (problem.mark.path, problem.code, problem.message)
    seen[what] += 1
    return hashlib.sha256("\0".join((*what, str(seen[what]))).encode("utf-8", "replace")).hexdigest()


def _command(problem: Problem) -> str:
    mark = problem.mark
    properties = {
        "file": mark.path,
        "line": str(mark.line),
        "col": str(mark.column),
        "endColumn": str(mark.column + mark.length),
        "title": problem.code,
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    lines = [problem.message, *(f"{related.mark}: {related.message}" for related in problem.related)]
    if problem.hint:
        lines.append(f"hint: {problem.hint}")
    return f"::{_COMMANDS[problem.severity]} {listed}::{_data(chr(10).join(lines))}"


def _entry(problem: Problem, seen: Counter[tuple[str, str, str]]) -> dict[str, object]:
    hint = f" ({problem.hint})" if problem.hint else ""
    return {
        "description": problem.message + hint,
        "check_name": problem.code,
        "fingerprint": fingerprint(problem, seen),
        "severity": _QUALITY[problem.severity],
        "location": {"path": problem.mark.path, "lines": {"begin": problem.mark.line}},
    }


def _data(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
