"""What `kapm diff` tells: by project, first what its client sees."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kapm_site.compare import Difference
from kapm_site.problem import Problem

State = Literal["changed", "new", "gone", "broken", "mended"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a project stands for a reader: its health, as a word of the vocabulary, and its headline."""

    health: str
    headline: str


@dataclass(frozen=True, slots=True)
class ReaderDiff:
    """What a reader of a project sees change; None for a standing where the reader sees no project."""

    before: Standing | None
    after: Standing | None
    sentences: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether the reader sees the same as before."""
        return self.before == self.after and not self.sentences


@dataclass(frozen=True, slots=True)
class ProjectDiff:
    """A project on both sides.

    Attributes:
        selector: Its name on the command line, on the later side if it is there.
        name: Its name for readers.
        client_name: Of its client.
        was: Its selector on the earlier side, where that is another.
        state: `broken` where it has an error on the later side, `mended` where it had one on the earlier: then
            nothing can be compared.
        client: What its client sees change.
        internal: What internal readers see change besides.
        hidden: Names of records that the client saw and, though they are there, sees no more.
        problems: The errors of the later side, else of the earlier.
    """

    selector: str
    name: str
    client_name: str
    state: State
    was: str = ""
    client: ReaderDiff = ReaderDiff(None, None)
    internal: ReaderDiff = ReaderDiff(None, None)
    hidden: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceDiff:
    """All that differs between two states, as of one status date.

    Attributes:
        before, after: What the sides are called.
        projects: Those in which something differs for any reader.
        quiet: Selectors of projects whose files differ, though no reader sees it.
    """

    before: str
    after: str
    status: date
    projects: tuple[ProjectDiff, ...]
    quiet: tuple[str, ...] = ()
