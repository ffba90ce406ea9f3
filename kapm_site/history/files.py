"""Files of a past state, straight from git's objects; on disk only where an engine insists on paths."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kapm_site.history.lost import reading
from kapm_site.history.repository import Repository, child_of, workspace_tree
from kapm_site.problem import Mark, Problem
from kapm_site.source import MAX_FILE_BYTES
from kapm_site.workspace import SourceFiles
from kapm_site.workspace.collect import PROJECTS, ROOT_FILE, is_text

if TYPE_CHECKING:
    import pygit2

_SHARED = "attachments"


def workspace_files(repository: Repository, commit: str) -> SourceFiles | None:
    """Read all files that a workspace had; None where there was no workspace yet."""
    tree = workspace_tree(repository, commit)
    if tree is None:
        return None
    tops = (ROOT_FILE, _SHARED, PROJECTS)
    with reading(repository.git):
        return _gathered(entry for entry in _below(tree, "") if entry.path.split("/")[0] in tops).files()


def project_files(repository: Repository, commit: str, folder: str, name: str) -> SourceFiles | None:
    """Read what one project was made from: its own files, those of its client, the settings, the names of pictures.

    Args:
        repository: The workspace's.
        commit: Full hash.
        folder: Of the project in that commit.
        name: What its folder is called in the result: as it is called today.

    Returns:
        None where the commit holds no such project.
    """
    with reading(repository.git):
        return _project_files(repository, commit, folder, name)


def _project_files(repository: Repository, commit: str, folder: str, name: str) -> SourceFiles | None:
    tree = workspace_tree(repository, commit)
    own = child_of(tree, folder) if tree is not None else None
    if tree is None or own is None:
        return None
    above, client = (path.rpartition("/")[0] for path in (folder, name))
    beside = list(_children(child_of(tree, above), client))
    entries = [
        *(entry for entry in _children(tree, "") if entry.path == ROOT_FILE),
        *_below(child_of(tree, _SHARED), _SHARED),
        *(entry for entry in beside if entry.is_file),
        *(each for entry in beside if entry.path == f"{client}/{_SHARED}" for each in _below(entry.item, entry.path)),
        *_below(own, name),
    ]
    found = _gathered(entries)
    found.folders |= {client, name}
    return found.files()


def write_files(repository: Repository, commit: str, target: Path, wanted: Callable[[str], bool]) -> None:
    """Write files of a past state below a folder; links are left out, as they are in the workspace itself."""
    with reading(repository.git):
        for entry in _below(workspace_tree(repository, commit), ""):
            if entry.is_file and wanted(entry.path):
                place = target / entry.path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(entry.item.data)  # type: ignore[attr-defined]  # is_file: it is a blob


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    item: "pygit2.Object"

    @property
    def is_file(self) -> bool:
        return self.item.type_str == "blob" and stat.S_ISREG(self.item.filemode)


@dataclass(slots=True)
class _Gathered:
    texts: dict[str, bytes] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def files(self) -> SourceFiles:
        return SourceFiles(self.texts, frozenset(self.others), frozenset(self.folders), tuple(self.problems))


def _gathered(entries: Iterator[_Entry] | list[_Entry]) -> _Gathered:
    """Sort files as those on the disk are."""
    found = _Gathered()
    for entry in entries:
        if entry.item.type_str == "tree":
            if entry.path not in (PROJECTS, _SHARED):
                found.folders.add(entry.path)
        elif not entry.is_file:
            hint = "put the files themselves here"
            kind = "a submodule" if entry.item.type_str == "commit" else "a symbolic link"
            found.problems.append(Problem(Mark(entry.path), "symbolic-link", kind, hint=hint))
        elif is_text(entry.path):
            found.texts[entry.path] = entry.item.data[: MAX_FILE_BYTES + 1]  # type: ignore[attr-defined]
        else:
            found.others.add(entry.path)
    return found


def _below(tree: "pygit2.Object | None", path: str) -> Iterator[_Entry]:
    """Walk what lies in a folder, however deep."""
    waiting = [_children(tree, path)]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        else:
            yield entry
            waiting.append(_children(entry.item, entry.path))


def _children(tree: "pygit2.Object | None", path: str) -> Iterator[_Entry]:
    """List what lies right in a folder, without what is hidden."""
    import pygit2

    for item in tree if isinstance(tree, pygit2.Tree) else ():
        # A tree that git itself would not have made may hold a path as a name, to lead out of the folder.
        if item.name and not item.name.startswith(".") and "/" not in item.name and "\\" not in item.name:
            yield _Entry(f"{path}/{item.name}" if path else item.name, item)
