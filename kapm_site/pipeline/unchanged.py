"""A build of what was built before: where nothing has changed, the site is as it should be, and nothing is read.

Compared is what the file system says of every source, of the state of the git repository and of every file of the site.
Whoever changes a file and sets its times back also changes the time of that.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kapm_site.cache import Store, digest, fingerprint
from kapm_site.cache.stamps import Stamps

_KIND = "builds"
_SOURCES = ("attachments", "projects", "templates")
_GIT = ("HEAD", "index", "config", "packed-refs", "refs", "shallow", "info")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build has told.

    Attributes:
        status: Its status date, or date and time, in ISO 8601.
        timezone: Of the workspace, which decides what day it is.
        shown: The problems, as they were shown.
        closing: The last lines.
        code: With which it ended.
    """

    status: str
    timezone: str
    shown: str
    closing: str
    code: int


class Watch:
    """Looks at a workspace before a build, and tells afterwards whether that still holds.

    Args:
        store: Where outcomes are kept.
        root: The workspace.
        target: The site's folder.
        asked: The options of the build, save its status date.
    """

    def __init__(self, store: Store, root: Path, target: Path, asked: str) -> None:
        self._store, self._root, self._target = store, root, target
        self._key = digest(str(root), str(target.absolute()), asked)
        self._began = time.time_ns()
        self._sources = self._look()

    def recall(self) -> Outcome | None:
        """Return the outcome of the last build, if neither its sources nor its site have changed."""
        try:
            kept = json.loads(self._store.get(_KIND, self._key) or b"{}")
            same = kept and kept["sources"] == self._sources.key and kept["site"] == Stamps([self._target]).key
            return Outcome(**kept["outcome"]) if same else None
        except (ValueError, KeyError, TypeError):
            return None

    def keep(self, outcome: Outcome) -> None:
        """Keep an outcome, unless a source was changed while the build was at work, or just before."""
        if self._sources.is_settled(self._began) and self._look().key == self._sources.key:
            kept = {"sources": self._sources.key, "site": Stamps([self._target]).key, "outcome": asdict(outcome)}
            self._store.put(_KIND, self._key, json.dumps(kept).encode())

    def _look(self) -> Stamps:
        beside = (path for path in self._root.iterdir() if path.is_file())
        sources = (self._root / name for name in _SOURCES)
        return Stamps([*beside, *sources, *_git_files(self._root)], fingerprint())


def _git_files(root: Path) -> Iterator[Path]:
    """Name the files that say at which commit a repository is, and what it holds."""
    for folder in (root, *root.parents):
        place = folder / ".git"
        if place.is_file():  # one of several work trees
            place = (folder / place.read_text("utf-8").removeprefix("gitdir:").strip()).resolve()
            common = place / "commondir"
            shared = (place / common.read_text("utf-8").strip()).resolve() if common.is_file() else place
            yield from (shared / name for name in _GIT)
        if place.is_dir():
            yield from (place / name for name in _GIT)
            return
