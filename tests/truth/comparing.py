"""What tests and `tools/oracles.py` share: one value of ours beside the published one, and topics made of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from schedules import TRUTH

from kapm_site.analysis.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of ours beside the published one.

    Attributes:
        file, item: Where the published one stands.
        off: How far ours is from it; minutes of working time between instants.
        tolerance: How far it may be.
        excused: Why the published value cannot count, where it contradicts its own file.
    """

    file: str
    item: str
    ours: object
    theirs: object
    off: float
    tolerance: float = 0.0
    excused: str = ""

    @property
    def same(self) -> bool:
        """Tell whether both are the same within the tolerance; a value that is no number never is."""
        return self.off <= self.tolerance

    def __str__(self) -> str:
        """Say it on one line, for an assertion or a report."""
        return f"{self.file}: {self.item}: ours {self.ours}, theirs {self.theirs}"


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of figure with everything published of it.

    Attributes:
        folder: Below the folder of the truth.
        cases: Names of the cases that are there; files mostly.
        compare: Compares everything of one case.
    """

    name: str
    folder: str
    cases: Callable[[], Iterable[str]]
    compare: Callable[[str], Iterator[Compared]]

    @property
    def is_here(self) -> bool:
        """Tell whether the folder is there."""
        return (TRUTH / self.folder).is_dir()

    def compared(self) -> Iterator[Compared]:
        """Compare everything of all cases."""
        for case in self.cases():
            yield from self.compare(case)


def misses(compared: Iterable[Compared]) -> list[str]:
    """Return what differs and is not excused."""
    return [str(one) for one in compared if not one.same and not one.excused]


def names(folder: str, pattern: str = "*.json") -> list[str]:
    """Return the names of the files of a folder of the truth."""
    return sorted(path.name for path in (TRUTH / folder).glob(pattern))


def number(file: str, item: str, ours: float | None, theirs: float, tolerance: float) -> Compared:
    """Compare two numbers; none of ours is infinitely far."""
    off = float("inf") if ours is None else abs(ours - theirs)
    return Compared(file, item, ours, theirs, off, tolerance)


def instant(
    file: str, item: str, time: WorkingTime, ours: datetime | None, theirs: str, tolerance: float = 0.0
) -> Compared:
    """Compare two instants by the working minutes between them: Friday 17:00 is Monday 08:00."""
    expected = datetime.fromisoformat(theirs)
    off = float("inf") if ours is None else abs(time.between(ours, expected))
    return Compared(file, item, ours, expected, off, tolerance)


def equal(file: str, item: str, ours: object, theirs: object) -> Compared:
    """Compare two values that are the same or are not."""
    return Compared(file, item, ours, theirs, 0.0 if ours == theirs else 1.0)
