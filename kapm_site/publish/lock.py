"""One build at a time into one folder: a lock file beside it that names who holds it and since when."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Holder:
    """The build that holds a lock; `since` is UTC as `2026-11-20T09:30:00Z`, both None where unknown."""

    pid: int | None
    since: str | None

    def __str__(self) -> str:
        return f"pid {self.pid}, since {self.since}" if self.pid else "pid unknown"


@contextlib.contextmanager
def locked(target: Path, wait: float) -> Iterator[Holder | None]:
    """Hold the lock of a target folder while the block runs.

    The kernel drops the lock when its holder dies, so a killed build never blocks the next one.

    Args:
        target: The folder to be written; the lock is the file `.<name>.lock` beside it.
        wait: How many seconds to wait for another build.

    Yields:
        None when the lock is held, else the other build that holds it.

    Raises:
        OSError: The lock file can't be written.
    """
    path = target.parent / f".{target.name}.lock"
    descriptor = _acquire(path, time.monotonic() + wait)
    if descriptor is None:
        yield _read_holder(path)
        return
    try:
        holder = Holder(os.getpid(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)
        yield None
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _acquire(path: Path, deadline: float) -> int | None:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            if time.monotonic() >= deadline:
                return None
            time.sleep(_POLL_SECONDS)
            continue
        except BaseException:
            os.close(descriptor)
            raise
        # The holder before us removes the file: a lock on a removed file guards nothing, so start anew.
        if _is_still(path, descriptor):
            return descriptor
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _read_holder(path: Path) -> Holder:
    try:
        data = json.loads(path.read_bytes())
        return Holder(int(data["pid"]), str(data["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder(None, None)
