"""Marks and problems: frozen values that every stage from reading to publishing passes along."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]

#: Problems told of one file: as many as a large plan has tasks, each of which may lack the same.
MOST_OF_A_FILE = 2000

_MORE = f"more than {MOST_OF_A_FILE:,} problems in one file; as many are reported"
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


def first_problems(found: Iterable[tuple[str, Iterable[Problem]]]) -> Iterator[Problem]:
    """Of very many problems of a kind look for no more in a file than show `limit_problems` that there are too many.

    Args:
        found: Paths of files, each as often as it comes up, with problems that are worked out when they are asked for.
    """
    told: Counter[str] = Counter()
    for path, problems in found:
        for problem in islice(problems, MOST_OF_A_FILE + 1 - told[path]):
            told[path] += 1
            yield problem


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
    """Keep the worst, and beside them one note that there were more, which may have been made before."""
    told = sorted((one for one in problems if one.message != _MORE), key=_rank)
    if len(told) <= MOST_OF_A_FILE:
        return problems
    worst = min((*told[MOST_OF_A_FILE:], *(one for one in problems if one.message == _MORE)), key=_rank)
    hint = "mend those first: many of a kind have one cause"
    note = Problem(Mark(worst.mark.path), "too-many-problems", _MORE, worst.severity, hint=hint)
    return [*told[:MOST_OF_A_FILE], note]


def _rank(problem: Problem) -> int:
    return _ORDER[problem.severity]


def _place(problem: Problem) -> tuple[str, int, int, int, str, str]:
    mark = problem.mark
    return (mark.path, mark.line, mark.column, _ORDER[problem.severity], problem.code, problem.message)
