"""Files of a past state, straight from git's objects; on disk only where an engine insists on paths."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kapm_site.history.lost import reading
from kapm_site.history.repository import Repository, child_of, workspace_tree
from kapm_site.source import MAX_FILE_BYTES
from kapm_site.workspace.collect import Sorter, SourceFiles
from kapm_site.workspace.root import ROOT_FILE

if TYPE_CHECKING:
    import pygit2

_SHARED = "attachments"


def workspace_files(repository: Repository, commit: str) -> SourceFiles | None:
    """Read all files that a workspace had; None where there was no workspace yet."""
    tree = workspace_tree(repository, commit)
    if tree is None:
        return None
    found = Sorter()
    with reading(repository.git):
        found.take_all(found.listed(_Entry("", tree)))
    return found.files()


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
    found = Sorter()
    found.take(_Entry(ROOT_FILE, tree[ROOT_FILE]))
    for path, item in ((_SHARED, child_of(tree, _SHARED)), (name, own)):
        found.take_below(_Entry(path, item))
    for entry in found.listed(_Entry(client, child_of(tree, above))):
        if stat.S_ISREG(entry.mode()):
            found.take(entry)
        elif entry.path == f"{client}/{_SHARED}":
            found.take_below(entry)
    found.folders |= {client, name}
    return found.files()


def write_files(repository: Repository, commit: str, target: Path, wanted: Callable[[str], bool]) -> None:
    """Write files of a past state below a folder; links are left out, as they are in the workspace itself."""
    with reading(repository.git):
        for entry in _below(_Entry("", workspace_tree(repository, commit))):
            if stat.S_ISREG(entry.mode()) and wanted(entry.path):
                place = target / entry.path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(entry.whole())


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file or folder of a past state; nothing where there is none at the path."""

    path: str
    item: "pygit2.Object | None"

    def mode(self) -> int:
        return self.item.filemode if self.item is not None else 0

    def content(self) -> bytes:
        return self.whole()[: MAX_FILE_BYTES + 1]

    def whole(self) -> bytes:
        import pygit2

        return self.item.data if isinstance(self.item, pygit2.Blob) else b""

    def below(self) -> Iterator["_Entry"]:
        """List what lies right in a folder, without what is hidden."""
        import pygit2

        for item in self.item if isinstance(self.item, pygit2.Tree) else ():
            # A tree that git itself would not have made may hold a path as a name, to lead out of the folder.
            if item.name and not item.name.startswith(".") and "/" not in item.name and "\\" not in item.name:
                yield _Entry(f"{self.path}/{item.name}" if self.path else item.name, item)


def _below(folder: _Entry) -> Iterator[_Entry]:
    """Walk what lies in a folder, however deep."""
    waiting = [folder.below()]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        else:
            yield entry
            waiting.append(entry.below())
