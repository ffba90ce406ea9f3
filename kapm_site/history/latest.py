"""At which commit each part of a workspace became what it is: what its pages are made of has not changed since."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kapm_site.history.commit import is_picture
from kapm_site.history.lost import reading
from kapm_site.history.repository import Repository, child_of, walk_line, workspace_tree
from kapm_site.workspace.collect import PROJECTS
from kapm_site.workspace.root import ROOT_FILE

if TYPE_CHECKING:
    import pygit2

_SHARED = ("attachments", "templates", ROOT_FILE)
_ATTACHMENTS = "attachments"


def latest_changes(repository: Repository, start: str, folders: Iterable[str]) -> dict[str, str]:
    """Find the last commit that changed what the pages of projects, and of their clients, are made of.

    A project's pages are made of its own folder, of its client's own files, and of what all share; a client's start
    page of its whole folder, and of what all share.

    Args:
        repository: The workspace's.
        start: Full hash of the commit to look back from.
        folders: Of the projects.

    Returns:
        Full hashes by the folders of projects and of clients.
    """
    waiting = {place for folder in folders for place in (folder, folder.rpartition("/")[0])}
    found: dict[str, str] = {}
    commit, tree = start, workspace_tree(repository, start)
    with reading(repository.git):
        for revision in walk_line(repository, start):
            before = workspace_tree(repository, revision.id)
            changed = waiting if tree is None or before is None else _changed(tree, before, waiting)
            found.update(dict.fromkeys(changed, commit))
            waiting = waiting - changed
            if not waiting:
                return found
            commit, tree = revision.id, before
    return found | dict.fromkeys(waiting, commit)


def _changed(tree: "pygit2.Tree", before: "pygit2.Tree", folders: set[str]) -> set[str]:
    """List the folders whose pages the step from one state to the next has changed."""
    if tree.id == before.id:
        return set()
    if _shared(tree) != _shared(before):
        return folders
    now, then = _children(tree, PROJECTS), _children(before, PROJECTS)
    clients = {f"{PROJECTS}/{name}" for name in now.keys() | then.keys() if now.get(name) != then.get(name)}
    return {folder for folder in folders if folder in clients} | {
        folder for client in clients for folder in _changed_projects(tree, before, client, folders)
    }


def _changed_projects(tree: "pygit2.Tree", before: "pygit2.Tree", client: str, folders: set[str]) -> set[str]:
    projects = {folder for folder in folders if folder.startswith(f"{client}/")}
    now, then = _children(tree, client), _children(before, client)
    if _own(tree, client, now) != _own(before, client, then):
        return projects
    return {folder for folder in projects if now.get(_name(folder)) != then.get(_name(folder))}


def _own(tree: "pygit2.Tree", client: str, entries: dict[str, str]) -> dict[str, str]:
    """Pick the files of a client that no project owns."""
    import pygit2

    def is_own(name: str) -> bool:
        return name == _ATTACHMENTS or not isinstance(tree[f"{client}/{name}"], pygit2.Tree)

    return {name: identity for name, identity in entries.items() if is_own(name)}


def _shared(tree: "pygit2.Tree") -> dict[str, str]:
    return {entry.name or "": str(entry.id) for entry in tree if entry.name in _SHARED or is_picture(entry.name or "")}


def _children(tree: "pygit2.Tree", path: str) -> dict[str, str]:
    import pygit2

    folder = child_of(tree, path)
    return {entry.name or "": str(entry.id) for entry in folder} if isinstance(folder, pygit2.Tree) else {}


def _name(folder: str) -> str:
    return folder.rpartition("/")[2]
