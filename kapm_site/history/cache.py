"""What was worked out of past states, kept in the git folder: the past does not change, so it is worked out once.

Nothing depends on it: what is missing, broken or cannot be written is worked out again.
"""

from pathlib import Path

from kapm_site.cache.files import read_sealed, remove_abandoned, write_sealed
from kapm_site.history.repository import Repository

_FOLDER = "kapm"


def read_cache(repository: Repository, name: str) -> bytes:
    """Return what was kept under a name; empty where nothing was, or where it is not whole any more."""
    return read_sealed(_place(repository, name)) or b""


def write_cache(repository: Repository, name: str, content: bytes) -> None:
    """Keep something under a name, whole or not at all."""
    place = _place(repository, name)
    remove_abandoned(place.parent)
    write_sealed(place, content)


def _place(repository: Repository, name: str) -> Path:
    return Path(repository.path) / _FOLDER / repository.below / name
