"""Values that stay in a store until somebody looks at them, and are let go again: a large site has more than fits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from kapm_site.cache.digest import digest
from kapm_site.cache.records import unpack_records
from kapm_site.cache.store import Store


def recall(store: Store, kind: str, key: str) -> Any:
    """Read the records that were kept under a key; None where none were, or where they are not whole any more."""
    content = store.get(kind, key)
    return unpack_records(content) if content else None


class LostEntryError(Exception):
    """What lay in the store a moment ago is gone, or is not whole any more."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A sequence, or another record, in a store.

    Attributes:
        key: Tells its content: of all that it was made from.
    """

    store: Store
    kind: str
    key: str

    def __iter__(self) -> Iterator[Any]:
        return iter(self.read())

    def read(self) -> Any:
        """Read it.

        Raises:
            LostEntryError: It is not there.
        """
        found = recall(self.store, self.kind, self.key)
        if found is None:
            message = f"{self.kind}/{self.key}"
            raise LostEntryError(message)
        return found


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sequences one after the other, some of them in a store; they are read anew each time, and more may be added."""

    parts: list[Iterable[Any]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(self.parts)

    @property
    def key(self) -> str:
        """The same for the same texts in the same parts; those in a store need not be read for it."""
        return digest(*(part.key if isinstance(part, Shelved) else digest(*part) for part in self.parts))
