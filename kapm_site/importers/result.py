"""What an import would do: files to write, changes in words, the account of every row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kapm_site.importers.records import Dropped, ImportedProject, RowKind
from kapm_site.problem import Problem

ChangeKind = Literal["new", "changed", "moved", "kept", "removed upstream"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an import changes or leaves as it is on purpose.

    Attributes:
        kind: `kept` is an edit by hand, or a decision of the team, that the file says otherwise.
        path: The file, relative to the workspace.
        subject: What it is about, such as `task 'review'`.
        text: What changes, such as `finish 2026-01-09 → 2026-01-12`.
    """

    kind: ChangeKind
    path: str
    subject: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.kind}: {self.subject}" + (f": {self.text}" if self.text else "")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a kind were read and how many of them are kept; the others are in the list of the dropped."""

    kind: RowKind
    read: int
    kept: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The outcome of an import that nothing has been written of yet.

    Attributes:
        files: Text of each file to write, by path relative to the workspace; empty where there is an error.
        changes: In the order of the files.
        dropped: Everything in the source that is not carried over, each with its reason.
        tallies: Rows read and kept, by kind.
        problems: An error means that nothing may be written.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    tallies: tuple[Tally, ...] = ()
    problems: tuple[Problem, ...] = ()


def tallies(project: ImportedProject, dropped: tuple[Dropped, ...]) -> tuple[Tally, ...]:
    """Count the rows of each kind."""
    return tuple(Tally(kind, read, read - sum(item.kind == kind for item in dropped)) for kind, read in project.rows)
