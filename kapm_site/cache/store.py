"""A folder of entries by content: sealed, read only if whole, written whole or not at all, and bounded.

An entry lies at `<kind>/<first two digits>/<key>` and begins with a seal over its kind, its key and its content, so
that an entry that was cut short, changed or moved in the place of another is no entry. Several builds, also of several
machines, may share a folder: they write the same bytes under the same key.
"""

import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kapm_site.cache.files import DRAFT, read_sealed, remove_abandoned, write_sealed

#: An entry that is used is marked as used, at most so often.
_MARK_SECONDS = 3600
_MEBIBYTE = 1024 * 1024
MOST_MEBIBYTES = 4096


@dataclass(frozen=True, slots=True)
class Store:
    """Where entries are kept.

    Attributes:
        folder: None keeps nothing.
        secret: Seals the entries; whoever does not know it cannot make one. Empty where the folder is nobody else's.
        most: Bytes that all entries may take.
    """

    folder: Path | None
    secret: bytes = b""
    most: int = MOST_MEBIBYTES * _MEBIBYTE

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was kept under a key; None where nothing was, or where it is not whole any more."""
        if self.folder is None:
            return None
        place = self._place(kind, key)
        content = read_sealed(place, self._secret(kind, key))
        if content is not None:
            with suppress(OSError):
                if time.time() - os.stat(place).st_mtime > _MARK_SECONDS:  # noqa: PTH116 of thousands of files
                    os.utime(place)
        return content

    def has(self, kind: str, key: str) -> bool:
        """Tell whether something is kept under a key, whole or not."""
        return self.folder is not None and os.path.exists(self._place(kind, key))  # noqa: PTH110 as above

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep something under a key, where the disk lets us."""
        if self.folder is not None:
            write_sealed(Path(self._place(kind, key)), content, self._secret(kind, key))

    def prune(self) -> None:
        """Remove what was not used for longest, until the rest is no larger than allowed, and abandoned drafts."""
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime)
        size = sum(found.st_size for _, found in entries)
        for folder in {Path(path).parent for path, _ in entries if f"/{DRAFT}" in path}:
            remove_abandoned(folder)
        for path, found in entries:
            if size <= self.most:
                break
            size -= found.st_size
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 as above

    def _entries(self) -> Iterator[tuple[str, os.stat_result]]:
        waiting = [str(self.folder)] if self.folder else []
        while waiting:
            with suppress(OSError), os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        with suppress(OSError):
                            yield entry.path, entry.stat()

    def _place(self, kind: str, key: str) -> str:
        return f"{self.folder}/{kind}/{key[:2]}/{key}"

    def _secret(self, kind: str, key: str) -> bytes:
        """An entry that lies in the place of another is none, so its place goes into the seal."""
        return self.secret + f"{kind}/{key}".encode()


NO_STORE = Store(None)


def open_store(variables: Mapping[str, str]) -> Store:
    """Open the folder that the environment names: `KAPM_CACHE`, empty for none, else that of the user's caches.

    `KAPM_CACHE_KEY` seals entries where others can write the folder as well, such as a cache that several CI jobs
    share; `KAPM_CACHE_MB` bounds it. A folder of another user, or one that others may write without that key, is not
    used: an entry is as good as a page.
    """
    secret = variables.get("KAPM_CACHE_KEY", "").encode()
    folder = _folder(variables)
    if folder is None or not _is_ours(folder, sealed=bool(secret)):
        return NO_STORE
    given = variables.get("KAPM_CACHE_MB", "")
    return Store(folder, secret, (int(given) if given.isdecimal() else MOST_MEBIBYTES) * _MEBIBYTE)


def _folder(variables: Mapping[str, str]) -> Path | None:
    if "KAPM_CACHE" in variables:
        return Path(variables["KAPM_CACHE"]) if variables["KAPM_CACHE"] else None
    if "XDG_CACHE_HOME" in variables:
        return Path(variables["XDG_CACHE_HOME"], "kapm")
    return Path(variables["HOME"], ".cache", "kapm") if "HOME" in variables else None


def _is_ours(folder: Path, *, sealed: bool) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.stat()
    except OSError:
        return False
    if sealed or not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
