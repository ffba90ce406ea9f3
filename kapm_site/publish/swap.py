"""Putting a staged folder in the place of the published one, so that readers see the old or the new, whole.

Beside a target `site` stand, while a build runs or after one was killed:

- `.site.tmp-<pid>`: the folder being staged; after an exchange, the previous site on its way out;
- `.site.old-<pid>`: the previous site, between the two renames that stand in for an exchange.
"""

import contextlib
import ctypes
import errno
import os
import re
import shutil
import sys
from pathlib import Path

from kapm_site.publish.manifest import is_ours

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def staging_folder(target: Path) -> Path:
    """Name the folder in which this process stages the site."""
    return target.parent / f".{target.name}.tmp-{os.getpid()}"


def recover(target: Path) -> None:
    """Mend what a killed build left beside the target: put a site back that was on its way out, remove the rest.

    Call it with the lock held: nobody else is then at work on these folders.
    """
    previous = _leftovers(target, "old")
    if not os.path.lexists(target):
        previous = [old for old in previous if is_ours(old)]
        if previous:
            previous.pop().rename(target)
    for folder in [*_leftovers(target, "tmp"), *previous]:
        shutil.rmtree(folder, ignore_errors=True)


def replace_folder(staged: Path, target: Path) -> None:
    """Put the staged folder in the target's place and remove what was there.

    Raises:
        OSError: The file system refused; the target is then what it was before.
    """
    if not os.path.lexists(target) or not any(target.iterdir()):
        # POSIX renames a folder over an empty one.
        staged.rename(target)
    elif _exchange(staged, target):
        shutil.rmtree(staged, ignore_errors=True)
    else:
        _rename_twice(staged, target)
    # Some network file systems refuse to sync a folder; the rename itself has been done.
    with contextlib.suppress(OSError):
        _sync(target.parent)


def flush(folder: Path) -> None:
    """Bring all files below a folder to the disk before it takes the place of a good one.

    Linux flushes the file system once; elsewhere each file, which costs about a millisecond apiece.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        syncfs = getattr(_libc(), "syncfs", None) if sys.platform == "linux" else None
        if syncfs is not None:
            if syncfs(descriptor) != 0:
                _raise_errno(folder)
            return
    finally:
        os.close(descriptor)
    for path in folder.rglob("*"):
        if not path.is_dir():
            _sync(path)


def _leftovers(target: Path, kind: str) -> list[Path]:
    pattern = re.compile(rf"\.{re.escape(target.name)}\.{kind}-\d+")
    found = (target.parent / name for name in sorted(os.listdir(target.parent)) if pattern.fullmatch(name))  # noqa: PTH208 names alone
    return [path for path in found if path.is_dir() and not path.is_symlink()]


def _exchange(staged: Path, target: Path) -> bool:
    renameat2 = getattr(_libc(), "renameat2", None) if sys.platform == "linux" else None
    if renameat2 is None:
        return False
    done: bool = renameat2(_AT_FDCWD, os.fsencode(staged), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) == 0
    if not done and ctypes.get_errno() not in _NOT_SUPPORTED:
        _raise_errno(target)
    return done


def _rename_twice(staged: Path, target: Path) -> None:
    old = target.parent / f".{target.name}.old-{os.getpid()}"
    try:
        target.rename(old)
        staged.rename(target)
    except BaseException:
        # An interrupt may come before the first of them or after the second.
        if not os.path.lexists(target):
            old.rename(target)
        shutil.rmtree(old, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _raise_errno(path: Path) -> None:
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number), str(path))
