"""What was worked out of past states, kept in the git folder: the past does not change, so it is worked out once.

Nothing depends on it: what is missing, broken or cannot be written is worked out again.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kapm_site.history.repository import Repository

_FOLDER = "kapm"


def read_cache(repository: Repository, name: str) -> bytes:
    """Return what was kept under a name; empty where nothing was."""
    try:
        return _place(repository, name).read_bytes()
    except OSError:
        return b""


def write_cache(repository: Repository, name: str, content: bytes) -> None:
    """Keep something under a name, whole or not at all: several builds may run at the same time."""
    place = _place(repository, name)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).replace(place)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise


def _place(repository: Repository, name: str) -> Path:
    return Path(repository.path) / _FOLDER / repository.below / name
