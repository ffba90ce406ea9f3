"""Cases of problems: small mistakes laid over one small workspace. See `tests/cases/README.md`."""

import re
import runpy
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from kapm_site.pipeline.load import analyse_projects, load
from kapm_site.problem import Problem, has_errors, sort_problems
from kapm_site.problem.catalogue import findings


class Check(Protocol):
    """Reads a workspace and returns its problems, with those of its figures where a status date is given."""

    def __call__(self, root: Path, status: date | None = None) -> list[Problem]:
        """Check the workspace in a folder."""


CASES = Path(__file__).parent / "cases"
BASE = CASES / "_base"

CLIENT = "projects/acme"
PROJECT = f"{CLIENT}/erp"

_IN_FILE = re.compile(r"expect: (error|warning|info) (\d+):(\d+) ([a-z0-9-]+)")
_STATUS = re.compile(r"status: (\d{4}-\d{2}-\d{2})\n")
_IN_LIST = re.compile(r"(error|warning|info) (.+):(\d+):(\d+) ([a-z0-9-]+)")


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """One problem as a case states it."""

    path: str
    line: int
    column: int
    severity: str
    code: str


@dataclass(frozen=True, slots=True)
class Case:
    """A mistake and what is reported of it.

    Attributes:
        name: The name of its folder, the code with a word behind a point where a code has several cases.
    """

    name: str

    @property
    def code(self) -> str:
        """The code of the problem it shows."""
        return self.name.split(".", maxsplit=1)[0]

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return CASES / self.name

    def files(self) -> Iterator[tuple[Path, str]]:
        """Walk its files with their paths in the workspace."""
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in ("make.py", "expect.txt") and "__pycache__" not in name:
                yield path, place(name)

    def description(self) -> str:
        """Return its first comment."""
        listed = self.folder / "expect.txt"
        paths = ([listed] if listed.exists() else []) + [path for path, _ in self.files()]
        lines = [line for path in paths for line in path.read_text("utf-8", "replace").splitlines()]
        told = (line[2:] for line in lines if line.startswith("# "))
        return next((line for line in told if not line.startswith(("expect: ", "status: "))), "")

    def status(self) -> date | None:
        """Return the day it is looked at, where its problem is one of the figures."""
        if self.code not in findings.ENTRIES:
            return None
        texts = (path.read_text("utf-8", "replace") for path, _ in self.files())
        found = next((match for text in texts if (match := _STATUS.search(text))), None)
        return date.fromisoformat(found[1]) if found else None

    def expected(self) -> list[Expected]:
        """Return the problems that it states."""
        found = [
            Expected(target, int(match[2]), int(match[3]), match[1], match[4])
            for path, target in self.files()
            for match in _IN_FILE.finditer(path.read_text("utf-8", "replace"))
        ]
        listed = self.folder / "expect.txt"
        lines = listed.read_text("utf-8").splitlines() if listed.exists() else []
        matches = [match for line in lines if (match := _IN_LIST.fullmatch(line))]
        found += [Expected(match[2], int(match[3]), int(match[4]), match[1], match[5]) for match in matches]
        return sorted(found)

    def lay(self, root: Path) -> None:
        """Write the workspace with its mistake into an empty folder."""
        for path in sorted(BASE.iterdir()):
            _copy(path, root / place(path.name))
        for path, target in self.files():
            _copy(path, root / target)
        if (self.folder / "make.py").exists():
            runpy.run_path(str(self.folder / "make.py"))["make"](root)


def all_cases() -> list[Case]:
    """List all cases by name."""
    return [Case(path.name) for path in sorted(CASES.iterdir()) if path.is_dir() and path != BASE]


def check_case(root: Path, status: date | None = None) -> tuple[list[Problem], Mapping[str, str]]:
    """Return the problems of reading, of the rules and of the figures at a status date, and the texts they are in."""
    loaded = load(root)
    problems = list(loaded.problems)
    if status is not None and not has_errors(problems):
        figures = analyse_projects(loaded, loaded.workspace.projects(), status)
        problems += [found for figure in figures for found in figure.findings]
    return sort_problems(problems), loaded.texts


def place(name: str) -> str:
    """Return the path in the workspace of a file of a case."""
    if name == "kapm.yaml" or name.startswith("projects/"):
        return name
    return f"{CLIENT}/{name}" if name == "client.yaml" else f"{PROJECT}/{name}"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
