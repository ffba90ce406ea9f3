"""Records of two views side by side, found by their ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Identified(Protocol):
    """A record with an id that is its own among its like."""

    @property
    def id(self) -> str:
        """The id."""


R = TypeVar("R", bound=Identified)


@dataclass(frozen=True, slots=True)
class Matched(Generic[R]):
    """Records of a kind: those that are new, those that are gone, and pairs of before and after; in their order."""

    added: tuple[R, ...]
    removed: tuple[R, ...]
    kept: tuple[tuple[R, R], ...]


def match(before: Iterable[R], after: Iterable[R]) -> Matched[R]:
    """Put the records of two views side by side; a record with another id is another record."""
    old = {one.id: one for one in before}
    new = {one.id: one for one in after}
    return Matched(
        added=tuple(one for one in new.values() if one.id not in old),
        removed=tuple(one for one in old.values() if one.id not in new),
        kept=tuple((old[one.id], one) for one in new.values() if one.id in old),
    )
