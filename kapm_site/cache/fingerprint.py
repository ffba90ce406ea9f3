"""What the same sources become other pages with: our own code, templates and fonts, and all libraries below them."""

import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kapm_site.cache.digest import digest

_PACKAGE = Path(__file__).parents[1]


@cache
def fingerprint() -> str:
    """Return a key of the program: of Python, the installed distributions by name and version, and our own files.

    A wheel lists the hashes of its files, and tells by those; files of a checkout tell by size and time of change.
    """
    return digest(platform.python_version(), sys.platform, *sorted(_distributions()), _own())


def _distributions() -> Iterator[str]:
    for entry in sys.path:
        if entry.endswith(("site-packages", "dist-packages")):
            try:
                names = os.listdir(entry)  # noqa: PTH208 names alone
            except OSError:
                continue
            yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _own() -> bytes | str:
    for record in _PACKAGE.parent.glob("kapm_site-*.dist-info/RECORD"):
        return record.read_bytes()
    folders = (_PACKAGE, _PACKAGE.parent / "templates")
    return digest(*sorted(line for folder in folders for line in _stamps(str(folder))))


def _stamps(folder: str) -> Iterator[str]:
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _stamps(entry.path)
        else:
            found = entry.stat()
            yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
