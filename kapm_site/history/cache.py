"""What was worked out of past states, kept in the git folder: the past does not change, so it is worked out once.

Nothing depends on it: what is missing, broken or cannot be written is worked out again.
"""

import fcntl
import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kapm_site.history.repository import Repository

_FOLDER = "kapm"
_SEAL = sha256().digest_size


def read_cache(repository: Repository, name: str) -> bytes:
    """Return what was kept under a name; empty where nothing was, or where it is not whole any more."""
    try:
        found = _place(repository, name).read_bytes()
    except OSError:
        return b""
    seal, content = found[:_SEAL], found[_SEAL:]
    return content if seal == sha256(content).digest() else b""


def write_cache(repository: Repository, name: str, content: bytes) -> None:
    """Keep something under a name, whole or not at all: several builds may run at the same time."""
    place = _place(repository, name)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(place.parent)
        handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(sha256(content).digest() + content)
                file.flush()
                Path(draft).replace(place)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise


def _remove_abandoned(folder: Path) -> None:
    """Remove drafts of builds that were killed: who writes one holds its lock, and loses it by dying."""
    for draft in folder.glob(".draft-*"):
        with suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()


def _place(repository: Repository, name: str) -> Path:
    return Path(repository.path) / _FOLDER / repository.below / name
