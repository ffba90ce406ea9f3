"""Finds the files of a workspace: on disk here, from a past state later; what follows sees only bytes."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kapm_site.problem import Mark, Problem
from kapm_site.source import MAX_FILE_BYTES

ROOT_FILE = "kapm.yaml"
PROJECTS = "projects"


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
    texts: dict[str, bytes] = {}
    others: set[str] = set()
    folders: set[str] = set()
    problems: list[Problem] = []
    for path, mode in _entries(root, problems):
        if not _printable(path):
            folder, name = path.rpartition("/")[::2]
            message = f"the file name {name!a} holds characters that cannot be printed"
            problems.append(Problem(Mark(folder), "bad-file-name", message, hint="rename the file"))
        elif stat.S_ISLNK(mode):
            message = "a symbolic link below 'projects/'"
            hint = "put the file itself here"
            problems.append(Problem(Mark(path), "symbolic-link", message, hint=hint))
        elif stat.S_ISDIR(mode):
            folders.add(path)
        elif not stat.S_ISREG(mode):
            problems.append(Problem(Mark(path), "unreadable-file", "not a regular file", hint="delete it"))
        elif is_text(path):
            _read_text(root, path, texts, problems)
        else:
            others.add(path)
    return SourceFiles(texts, frozenset(others), frozenset(folders), tuple(problems))


def is_text(path: str) -> bool:
    """Tell whether a file is read: YAML or Markdown that no folder of attachments holds."""
    return path.endswith((".yaml", ".yml", ".md")) and "/attachments/" not in path


def _printable(path: str) -> bool:
    """Tell whether a path can stand in a message: no control characters, and valid UTF-8 on the disk."""
    return path.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", path)


def _entries(root: Path, problems: list[Problem]) -> Iterator[tuple[str, int]]:
    yield ROOT_FILE, (root / ROOT_FILE).stat().st_mode
    for name in ("attachments", PROJECTS):
        if (root / name).is_dir():
            yield from _below(root, name, problems)
    for entry in sorted(os.scandir(root), key=lambda entry: entry.name):
        if entry.is_file() and entry.name != ROOT_FILE and not entry.name.endswith((".yaml", ".yml", ".md")):
            yield entry.name, entry.stat().st_mode


def _below(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, int]]:
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(folder, error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = f"{folder}/{entry.name}"
        mode = entry.stat(follow_symlinks=False).st_mode
        yield path, mode
        if stat.S_ISDIR(mode):
            yield from _below(root, path, problems)


def _read_text(root: Path, path: str, texts: dict[str, bytes], problems: list[Problem]) -> None:
    try:
        with (root / path).open("rb") as file:
            texts[path] = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problems.append(_unreadable(path, error))


def _unreadable(path: str, error: OSError) -> Problem:
    message = f"cannot be read: {error.strerror or error}"
    return Problem(Mark(path), "unreadable-file", message, hint="check its permissions")
