"""Finds the files of a workspace: on disk here, from a past state later; what follows sees only bytes."""

import os
import re
import stat
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kapm_site.problem import Mark, Problem
from kapm_site.source import MAX_FILE_BYTES

ROOT_FILE = "kapm.yaml"
PROJECTS = "projects"
_SHARED = "attachments"
_TEXTS = (".yaml", ".yml", ".md")
#: Files and folders of a project, and what its texts may take in memory.
MAX_FILES = 5_000
MAX_SHELF_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The files of a workspace.

    Attributes:
        texts: Content of YAML and Markdown files by path; at most one byte over the size limit is kept.
        others: Paths of all other files.
        folders: Paths of all folders below `projects/`.
        problems: What could not be read.
    """

    texts: Mapping[str, bytes]
    others: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def find_root(start: Path) -> Path | None:
    """Walk up from a folder to the one that holds `kapm.yaml`."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ROOT_FILE).is_file()), None)


def collect(root: Path) -> SourceFiles:
    """List the files of a workspace on disk and read those that are YAML or Markdown."""
    found = _Found(root)
    for path, mode in _entries(found):
        found.take(path, mode)
    return SourceFiles(found.texts, frozenset(found.others), frozenset(found.folders), tuple(found.problems))


def is_text(path: str) -> bool:
    """Tell whether a file is read: YAML or Markdown that no folder of attachments holds."""
    return path.endswith(_TEXTS) and "/attachments/" not in path


def shelf_of(path: str) -> str:
    """Return the folder that is counted with all below it, a project or the shared attachments; empty above them."""
    if path.startswith(f"{_SHARED}/"):
        return _SHARED
    parts = path.split("/", 3)
    return "/".join(parts[:3]) if len(parts) > 3 else ""  # noqa: PLR2004 projects/<client>/<project>/…


def _printable(path: str) -> bool:
    """Tell whether a path can stand in a message: no control characters, and valid UTF-8 on the disk."""
    return path.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", path)


class _Found:
    """What was found of a workspace so far.

    Attributes:
        full: Folders of which the rest is not looked at: they have too many files, or too much text.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.texts: dict[str, bytes] = {}
        self.others: set[str] = set()
        self.folders: set[str] = set()
        self.problems: list[Problem] = []
        self.full: set[str] = set()
        self._files: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def take(self, path: str, mode: int) -> None:
        """Sort a file or folder in by its kind; read it where it is a text."""
        if not _printable(path):
            folder, name = path.rpartition("/")[::2]
            message = f"the file name {name!a} holds characters that cannot be printed"
            self.problems.append(Problem(Mark(folder or "."), "bad-file-name", message, hint="rename the file"))
        elif stat.S_ISLNK(mode):
            self.problems.append(
                Problem(Mark(path), "symbolic-link", "a symbolic link", hint="put the file itself here")
            )
        elif stat.S_ISDIR(mode):
            self.folders.add(path)
        elif mode and not stat.S_ISREG(mode):
            self.problems.append(Problem(Mark(path), "unreadable-file", "not a regular file", hint="delete it"))
        elif mode and is_text(path):
            self._read(path)
        elif mode:
            self.others.add(path)
        self._count(path)

    def cannot_read(self, path: str, error: OSError) -> None:
        """Report a file or folder that the system does not give out."""
        message = f"cannot be read: {error.strerror or error}"
        self.problems.append(Problem(Mark(path), "unreadable-file", message, hint="check its permissions"))

    def _read(self, path: str) -> None:
        try:
            with open(self.root / path, "rb", opener=_open_itself) as file:
                self.texts[path] = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            self.cannot_read(path, error)

    def _count(self, path: str) -> None:
        shelf = shelf_of(path)
        self._files[shelf] += 1
        self._bytes[shelf] += len(self.texts.get(path, b""))
        too_many = self._files[shelf] > MAX_FILES or self._bytes[shelf] > MAX_SHELF_BYTES
        if shelf and shelf not in self.full and too_many:
            self.full.add(shelf)
            message = (
                f"more than {MAX_FILES:,} files and folders, or more than {MAX_SHELF_BYTES // 1024**2} MiB of text"
            )
            hint = "move what nobody reads any more out of the workspace; git keeps it anyway"
            self.problems.append(Problem(Mark(shelf), "too-many-files", message, hint=hint))


def _open_itself(path: str, flags: int) -> int:
    """Open a file that is what it was when it was listed: no link has taken its place."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _entries(found: _Found) -> Iterator[tuple[str, int]]:
    root = found.root
    yield ROOT_FILE, _mode(found, ROOT_FILE)
    for name in (_SHARED, PROJECTS):
        if (root / name).is_symlink():
            yield name, stat.S_IFLNK
        elif (root / name).is_dir():
            yield from _below(found, name)
    for name in _names(found):
        if not name.endswith(_TEXTS) and stat.S_ISREG(mode := _mode(found, name)):
            yield name, mode


def _below(found: _Found, top: str) -> Iterator[tuple[str, int]]:
    """Walk what lies in a folder, the upper levels first: however deep it is, what is read comes before the rest."""
    waiting = deque(_names(found, top))
    while waiting:
        path = waiting.popleft()
        if shelf_of(path) in found.full:
            continue
        mode = _mode(found, path)
        yield path, mode
        if stat.S_ISDIR(mode) and _printable(path):
            waiting += _names(found, path)


def _names(found: _Found, folder: str = "") -> list[str]:
    """List what lies right in a folder, without what is hidden; what is read comes first."""
    try:
        names = os.listdir(found.root / folder)  # noqa: PTH208 names alone, in a third of the time
        names.sort(key=lambda name: (not name.endswith(_TEXTS), name))
    except OSError as error:
        found.cannot_read(folder, error)
        return []
    return [f"{folder}/{name}" if folder else name for name in names if not name.startswith(".")]


def _mode(found: _Found, path: str) -> int:
    """Tell the kind of a file or folder; 0, after reporting it, where the system does not say."""
    try:
        return (found.root / path).lstat().st_mode
    except OSError as error:
        found.cannot_read(path, error)
        return 0
