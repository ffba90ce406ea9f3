"""Marks and problems: frozen values that every stage from reading to publishing passes along."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]

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


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether anything among the problems forbids publishing."""
    return any(problem.severity == "error" for problem in problems)


def _place(problem: Problem) -> tuple[str, int, int, int, str, str]:
    mark = problem.mark
    return (mark.path, mark.line, mark.column, _ORDER[problem.severity], problem.code, problem.message)
