"""Files that are whole or not there: a seal stands before the content, and a draft becomes the file when it is done."""

import fcntl
import hmac
import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

SEAL_LENGTH = sha256().digest_size
DRAFT = ".draft-"


def read_sealed(place: Path | str, secret: bytes = b"") -> bytes | None:
    """Return the content of a file; None where it is not there, or is not what was written under this secret.

    Args:
        place: Of the file.
        secret: What the seal is made with besides the content; empty for a checksum.
    """
    try:
        with open(place, "rb") as file:  # noqa: PTH123 of thousands of files
            found = file.read()
    except OSError:
        return None
    seal, content = found[:SEAL_LENGTH], found[SEAL_LENGTH:]
    return content if hmac.compare_digest(seal, hmac.digest(secret, content, "sha256")) else None


def write_sealed(place: Path, content: bytes, secret: bytes = b"") -> None:
    """Write a file, where the disk lets us: several builds may do so at the same time."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=place.parent, prefix=DRAFT)
        try:
            with os.fdopen(handle, "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(hmac.digest(secret, content, "sha256"))
                file.write(content)
                file.flush()
                Path(draft).replace(place)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise


def remove_abandoned(folder: Path) -> None:
    """Remove drafts of builds that were killed: who writes one holds its lock, and loses it by dying."""
    for draft in folder.glob(f"{DRAFT}*"):
        with suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()
