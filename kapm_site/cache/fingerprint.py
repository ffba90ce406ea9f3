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

    A wheel lists the hashes of its files, and tells by those; files of a checkout are read.
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


def _own() -> str:
    for record in _PACKAGE.parent.glob("kapm_site-*.dist-info/RECORD"):
        # Lines of what an installer has made name places of the machine.
        lines = record.read_text("utf-8").splitlines()
        return digest(*sorted(line for line in lines if line.startswith("kapm_site/") and "__pycache__" not in line))
    folders = (_PACKAGE, _PACKAGE.parent / "templates")
    return digest(*(part for folder in folders for part in _contents(str(folder), folder.name)))


def _contents(folder: str, name: str) -> Iterator[bytes | str]:
    """Give the names and contents of all files below a folder, in the order of their names."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _contents(entry.path, f"{name}/{entry.name}")
        else:
            yield f"{name}/{entry.name}"
            yield Path(entry.path).read_bytes()
