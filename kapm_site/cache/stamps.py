"""Whether files are what they were, by what the file system says of them: none is read."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kapm_site.cache.digest import digest

#: A file changed so short a time before it was read may be changed again without another time: ticks are 10 ms at most.
_TICK_NANOSECONDS = 50_000_000


class Stamps:
    """What the file system says of files, folders and all below them; `more` is something else to be the same."""

    def __init__(self, paths: Iterable[Path], more: str = "") -> None:
        lines: list[str] = []
        self._latest = 0
        for path in paths:
            for name, found in _below(str(path)):
                lines.append(f"{name}\0{stamp_of(found)}")
                self._latest = max(self._latest, found.st_ctime_ns)
        self.key = digest(more, *sorted(lines))

    def is_settled(self, instant: int) -> bool:
        """Tell whether whatever changes from an instant on, in nanoseconds of the clock, has another stamp."""
        return self._latest < instant - _TICK_NANOSECONDS


def stamp_of(found: os.stat_result) -> str:
    """Return what is another for a file that was changed, or put in the place of another."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_mode}"


def _below(path: str) -> Iterator[tuple[str, os.stat_result]]:
    """Give a file, or all that lies below a folder; links are not followed."""
    try:
        found = os.lstat(path)
    except OSError:
        return
    yield path, found
    try:
        entries = [*os.scandir(path)]
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        else:
            yield entry.path, entry.stat(follow_symlinks=False)
