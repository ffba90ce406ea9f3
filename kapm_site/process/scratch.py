"""One folder for all temporary files of a command, which goes with it; what a killed command left goes with the next.

Whoever uses such a folder holds a lock on it, which the kernel drops when he dies.
"""

import atexit
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "kapm."
#: The name of a socket must fit behind it, in 104 bytes on some systems.
_NAME = re.compile(r"kapm\.[a-z0-9_]{8}")


@contextmanager
def scratch() -> Iterator[bool]:
    """Let temporary files of this process, and of those it starts, lie in a folder of its own within the block.

    The folder goes when the process ends, behind all that clean up after themselves then. Enter the block before
    `multiprocessing` is imported, which is one of those.

    Yields:
        Whether there is one: no folder for temporary files may be writable, which matters to those alone who need it.
    """
    try:
        _remove_abandoned()
        folder, lock = _claim()
    except OSError:
        yield False
        return
    atexit.register(_remove, folder, lock)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    variable, os.environ["TMPDIR"] = os.environ.get("TMPDIR"), str(folder)
    try:
        yield True
    finally:
        tempfile.tempdir = before
        if variable is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = variable


def _remove_abandoned() -> None:
    """Remove the folders of commands that were killed: our own user's, and in nobody's use."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            with suppress(OSError):
                if _NAME.fullmatch(entry.name) and _is_ours(entry):
                    _remove_unless_used(Path(entry.path))


def _remove(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_uid == os.geteuid()


def _remove_unless_used(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _claim() -> tuple[Path, int]:
    """Make a folder and lock it; another one where somebody removed it in between."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            return folder, lock
        os.close(lock)
