"""Where a project's folder was called otherwise: git keeps no renames, so they are found by what is in the folders."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kapm_site.history.repository import child_of
from kapm_site.workspace.collect import PROJECTS

if TYPE_CHECKING:
    import pygit2


def renamed_from(older: "pygit2.Tree", newer: "pygit2.Tree", folder: str) -> str | None:
    """Return what a project's folder was called in the commit before; None where the project is new.

    Args:
        older: The workspace in the commit before.
        newer: The workspace in the commit.
        folder: Of the project in the newer one.
    """
    gone = set(_project_folders(older)) - set(_project_folders(newer))
    now = child_of(newer, folder)
    for name in sorted(gone):
        then = child_of(older, name)
        if now is not None and then is not None and then.id == now.id:
            return name
    return _most_alike(older, newer, folder, gone) if gone else None


def _most_alike(older: "pygit2.Tree", newer: "pygit2.Tree", folder: str, gone: set[str]) -> str | None:
    """Return the folder from which most files came, by git's own measure of similarity."""
    from pygit2.enums import DeltaStatus

    difference = older.diff_to_tree(newer)
    difference.find_similar()
    came = Counter(
        above
        for delta in difference.deltas
        if delta.status == DeltaStatus.RENAMED and delta.new_file.path.startswith(f"{folder}/")
        if (above := "/".join(delta.old_file.path.split("/")[:3])) in gone
    )
    return min(came, key=lambda name: (-came[name], name), default=None)


def _project_folders(tree: "pygit2.Tree") -> Iterator[str]:
    import pygit2

    projects = child_of(tree, PROJECTS)
    for client in projects if isinstance(projects, pygit2.Tree) else ():
        for project in client if isinstance(client, pygit2.Tree) else ():
            if isinstance(project, pygit2.Tree):
                yield f"{PROJECTS}/{client.name}/{project.name}"
