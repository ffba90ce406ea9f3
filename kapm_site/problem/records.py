"""Marks and problems: frozen values that every stage from reading to publishing passes along."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]

#: Problems told of one file: as many as a large plan has tasks, each of which may lack the same.
MOST_OF_A_FILE = 2000

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


class Mark(NamedTuple):
    """A place in a source file: a named tuple, as every value of every file has one.

    Attributes:
        path: Path relative to the workspace, with forward slashes.
        line: Line, counted from 1.
        column: Column in characters, counted from 1.
        length: How many characters of the line the caret underlines, at least 1.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a problem speaks of, such as the first of two equal keys."""

    mark: Mark
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a user should know about their data.

    Attributes:
        mark: Where it is; a problem of a whole file or folder is at 1:1.
        code: Its name in the catalogue (`kapm_site.problem.catalogue`).
        message: The value found and what was expected, in one sentence without a full stop.
        severity: An `error` stops publishing, a `warning` wants a look, an `info` is for the record.
        hint: The remedy, where one can be named.
        related: Other places the message speaks of.
    """

    mark: Mark
    code: str
    message: str
    severity: Severity = "error"
    hint: str = ""
    related: tuple[Related, ...] = ()

    def __str__(self) -> str:
        return f"{self.mark}: {self.severity}: {self.message} [{self.code}]"


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Bring problems into the order of the files, each once."""
    return sorted(set(problems), key=_place)


def limit_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Bring problems into the order of the files; of very many in a file keep the worst, and say how many there are."""
    of_file: dict[str, list[Problem]] = {}
    found = sort_problems(problems)
    for problem in found:
        of_file.setdefault(problem.mark.path, []).append(problem)
    if all(len(some) <= MOST_OF_A_FILE for some in of_file.values()):
        return found
    return sort_problems(problem for some in of_file.values() for problem in _worst(some))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether anything among the problems forbids publishing."""
    return any(problem.severity == "error" for problem in problems)


def _worst(problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MOST_OF_A_FILE:
        return problems
    ordered = sorted(problems, key=lambda problem: _ORDER[problem.severity])
    kept, rest = ordered[:MOST_OF_A_FILE], ordered[MOST_OF_A_FILE]
    message = f"more than {MOST_OF_A_FILE:,} problems in one file; as many are reported"
    hint = "mend those first: many of a kind have one cause"
    return [*kept, Problem(Mark(rest.mark.path), "too-many-problems", message, rest.severity, hint=hint)]


def _place(problem: Problem) -> tuple[str, int, int, int, str, str]:
    mark = problem.mark
    return (mark.path, mark.line, mark.column, _ORDER[problem.severity], problem.code, problem.message)
