"""The site that is there: files that need no change pass to the next one as they stand, by a second name."""

import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kapm_site.cache import Store, digest
from kapm_site.cache.stamps import stamp_of
from kapm_site.publish.manifest import Manifest, ManifestEntry
from kapm_site.workspace.collect import open_itself

_KIND = "sites"
#: What a file system says where a file can have no second name, or has too many.
_NO_LINK = frozenset({errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL})


@dataclass(slots=True)
class Previous:
    """The files of the site that is there.

    Attributes:
        folder: Where it is.
        manifest: What the build that wrote it says of it.
        stamps: What the file system said of each file when that build had ended; none where nobody kept it.
        taken: Paths of the files that were taken over, which are what their entries say.
    """

    folder: Path
    manifest: Manifest
    stamps: Mapping[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    _entries: dict[str, ManifestEntry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._entries = {entry.path: entry for entry in self.manifest.files}

    def has(self, entry: ManifestEntry) -> bool:
        """Tell whether a file lies there with this content, for the same reader: by its stamp, else by reading it."""
        if self._entries.get(entry.path) != entry:
            return False
        place = f"{self.folder}/{entry.path}"
        try:
            found = os.lstat(place)
            if stamp_of(found) == self.stamps.get(entry.path):
                return True
            if not stat.S_ISREG(found.st_mode):
                return False
            with open(place, "rb", opener=open_itself) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
        except OSError:
            return False

    def take_over(self, entry: ManifestEntry, staged: Path) -> bool:
        """Give the file a second name in the staged folder; False where the file system has none to give."""
        try:
            os.link(f"{self.folder}/{entry.path}", f"{staged}/{entry.path}", follow_symlinks=False)
        except OSError as error:
            if error.errno in _NO_LINK:
                return False
            raise
        self.taken.add(entry.path)
        return True


def recall_stamps(store: Store, folder: Path) -> dict[str, str]:
    """Return what was kept of a site's files; nothing where it cannot be read."""
    try:
        found = json.loads(store.get(_KIND, digest(str(folder))) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def keep_stamps(store: Store, folder: Path, entries: Iterable[ManifestEntry]) -> None:
    """Keep what the file system says of the files of a site that was just published."""
    if store.folder is None:
        return
    found = {}
    for entry in entries:
        try:
            found[entry.path] = stamp_of(os.lstat(f"{folder}/{entry.path}"))
        except OSError:
            continue
    store.put(_KIND, digest(str(folder)), json.dumps(found, separators=(",", ":")).encode())
