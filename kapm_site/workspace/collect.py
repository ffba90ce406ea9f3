"""Finds the files of a workspace on disk, and sorts those of a past state alike; what follows sees only bytes."""

import os
import re
import stat
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kapm_site.problem import Mark, Problem
from kapm_site.source import MAX_FILE_BYTES
from kapm_site.workspace.root import ROOT_FILE

PROJECTS = "projects"
_SHARED = "attachments"
_TEXTS = (".yaml", ".yml", ".md")
#: Files and folders of a project, and what its texts may take in memory.
MAX_FILES = 5_000
MAX_SHELF_BYTES = 20 * 1024 * 1024
#: Kinds of what is not here but elsewhere: as `stat` has it, and as git does.
_ELSEWHERE = {stat.S_IFLNK: "a symbolic link", 0o160000: "a submodule"}


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


def collect(root: Path) -> SourceFiles:
    """List the files of a workspace on disk and read those that are YAML or Markdown."""
    found = Sorter()
    found.take_all([_OnDisk(str(root), ROOT_FILE), *found.listed(_OnDisk(str(root), ""))])
    return found.files()


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


class Entry(Protocol):
    """A file or folder, on disk or in a past state. What it is asked for may raise an OSError."""

    @property
    def path(self) -> str:
        """Path relative to the workspace."""

    def mode(self) -> int:
        """Tell its kind, as `stat` does."""

    def content(self) -> bytes:
        """Read a file, at most one byte over the size limit."""

    def below(self) -> "Iterable[Entry]":
        """List what lies right in a folder."""


class Sorter:
    """Sorts the files and folders of a workspace by their kind, and counts them.

    Attributes:
        full: Folders of which the rest is not looked at: they have too many files, or too much text.
    """

    def __init__(self) -> None:
        self.texts: dict[str, bytes] = {}
        self.others: set[str] = set()
        self.folders: set[str] = set()
        self.problems: list[Problem] = []
        self.full: set[str] = set()
        self._files: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def files(self) -> SourceFiles:
        """Return what was found."""
        return SourceFiles(self.texts, frozenset(self.others), frozenset(self.folders), tuple(self.problems))

    def take_all(self, top: Iterable[Entry]) -> None:
        """Take what belongs to a workspace of all that lies in its folder."""
        entries = {entry.path: (entry, self._mode(entry)) for entry in top}
        if ROOT_FILE in entries:
            self._sort(*entries[ROOT_FILE])
        for name in (_SHARED, PROJECTS):
            entry, mode = entries.get(name, (None, 0))
            if entry and stat.S_ISDIR(mode):
                self.take_below(entry)
            elif entry and stat.S_IFMT(mode) in _ELSEWHERE:
                self._sort(entry, mode)
        for path, (entry, mode) in entries.items():
            if not path.endswith(_TEXTS) and stat.S_ISREG(mode):
                self._sort(entry, mode)

    def take(self, entry: Entry) -> None:
        """Take a file or folder, without what lies in it."""
        self._sort(entry, self._mode(entry))

    def take_below(self, folder: Entry) -> None:
        """Take what lies in a folder, the upper levels first: however deep it is, what is read comes before others."""
        waiting = deque(self.listed(folder))
        while waiting:
            entry = waiting.popleft()
            if shelf_of(entry.path) in self.full:
                continue
            mode = self._mode(entry)
            self._sort(entry, mode)
            if stat.S_ISDIR(mode) and _printable(entry.path):
                waiting += self.listed(entry)

    def listed(self, folder: Entry) -> list[Entry]:
        """List what lies right in a folder, without what is hidden; what is read comes first."""
        try:
            entries = [entry for entry in folder.below() if not entry.path.rpartition("/")[2].startswith(".")]
        except OSError as error:
            self._cannot_read(folder.path, error)
            return []
        return sorted(entries, key=lambda entry: (not entry.path.endswith(_TEXTS), entry.path))

    def _sort(self, entry: Entry, mode: int) -> None:
        """Sort a file or folder in by its kind; read it where it is a text."""
        path = entry.path
        if not _printable(path):
            folder, name = path.rpartition("/")[::2]
            message = f"the file name {name!a} holds characters that cannot be printed"
            self.problems.append(Problem(Mark(folder or "."), "bad-file-name", message, hint="rename the file"))
        elif kind := _ELSEWHERE.get(stat.S_IFMT(mode)):
            self.problems.append(Problem(Mark(path), "symbolic-link", kind, hint="put the file itself here"))
        elif stat.S_ISDIR(mode):
            self.folders.add(path)
        elif mode and not stat.S_ISREG(mode):
            self.problems.append(Problem(Mark(path), "unreadable-file", "not a regular file", hint="delete it"))
        elif mode and is_text(path):
            self._read(entry)
        elif mode:
            self.others.add(path)
        self._count(path)

    def _mode(self, entry: Entry) -> int:
        """Tell the kind of a file or folder; 0, after reporting it, where the system does not say."""
        try:
            return entry.mode()
        except OSError as error:
            self._cannot_read(entry.path, error)
            return 0

    def _read(self, entry: Entry) -> None:
        try:
            self.texts[entry.path] = entry.content()
        except OSError as error:
            self._cannot_read(entry.path, error)

    def _cannot_read(self, path: str, error: OSError) -> None:
        message = f"cannot be read: {error.strerror or error}"
        self.problems.append(Problem(Mark(path), "unreadable-file", message, hint="check its permissions"))

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


@dataclass(frozen=True, slots=True)
class _OnDisk:
    root: str
    path: str

    def mode(self) -> int:
        return os.lstat(f"{self.root}/{self.path}").st_mode

    def content(self) -> bytes:
        with open(f"{self.root}/{self.path}", "rb", opener=open_itself) as file:
            return file.read(MAX_FILE_BYTES + 1)

    def below(self) -> "list[_OnDisk]":
        names = os.listdir(f"{self.root}/{self.path}")  # noqa: PTH208 names alone, in a third of the time
        return [_OnDisk(self.root, f"{self.path}/{name}" if self.path else name) for name in names]


def open_itself(path: str, flags: int) -> int:
    """Open a file that is what it was when it was listed: no link has taken its place, nor what one waits for."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
