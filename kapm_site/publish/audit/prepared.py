"""Texts of the workspace made ready to be compared; what was made ready with a project is taken from the store."""

from collections.abc import Iterable
from dataclasses import dataclass

from kapm_site.cache import Gathered, Shelved, digest
from kapm_site.publish.audit.search import Forbidden, Readable, forbidden, readable, together
from kapm_site.publish.audit.secrets import Secret

#: Of entries of the store: what a client may read of a project, and what a project says, ready to be compared.
READABLE, FORBIDDEN = "readable", "forbidden"


@dataclass(frozen=True, slots=True)
class Source:
    """Texts that are searched for together: those of a project, or of the files that no project owns.

    Attributes:
        key: The same for the same texts.
        texts: With the places where they were typed.
    """

    key: str
    texts: Iterable[Secret]

    def prepare(self) -> Forbidden:
        """Make them ready to be searched for.

        Raises:
            LostEntryError: They lay in the store and are gone.
        """
        if isinstance(self.texts, Shelved):
            found: Forbidden = Shelved(self.texts.store, FORBIDDEN, self.key).read()
            return found
        return forbidden(secret.text for secret in self.texts)


def sources_of(texts: Iterable[Secret]) -> list[Source]:
    """Part the texts of a workspace into those that are searched for together."""
    parts = texts.parts if isinstance(texts, Gathered) else [texts]
    return [Source(_key(part), part) for part in parts]


def readable_of(texts: Iterable[str]) -> Readable:
    """Make ready what a reader may see.

    Raises:
        LostEntryError: It lay in the store and is gone.
    """
    if isinstance(texts, Gathered):
        return together(map(readable_of, texts.parts))
    if isinstance(texts, Shelved):
        found: Readable = texts.read()
        return found
    return readable(texts)


def key_of(texts: Iterable[str]) -> str:
    """Return a key of what a reader may see; what lies in a store need not be read for it."""
    return texts.key if isinstance(texts, Gathered | Shelved) else digest(*texts)


def _key(texts: Iterable[Secret]) -> str:
    return texts.key if isinstance(texts, Shelved) else digest(*(secret.text for secret in texts))
