"""The commit a workspace is at, and whether the disk holds what is in it."""

from dataclasses import dataclass

from kapm_site.history.lost import reading
from kapm_site.history.repository import Repository
from kapm_site.workspace.collect import is_text
from kapm_site.workspace.root import ROOT_FILE


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of the workspace.

    Attributes:
        id: Full hash.
        dirty: Paths of the workspace's sources that are changed and not committed, from its root; those that git
            ignores and that are read all the same are among them.
    """

    id: str
    dirty: tuple[str, ...] = ()


def head_commit(repository: Repository) -> Commit:
    """Return the commit that the workspace is at."""
    prefix = f"{repository.below}/" if repository.below else ""
    with reading(repository.git):
        states = repository.git.status(ignored=True).items()
    below = ((path.removeprefix(prefix), state == _IGNORED) for path, state in states if path.startswith(prefix))
    changed = [path for path, ignored in below if _is_source(path) and not (ignored and _is_nothing(path))]
    return Commit(str(repository.git.head.target), tuple(sorted(changed)))


_IGNORED = 1 << 14
_FOLDERS = ("projects", "attachments", "templates")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


def is_picture(path: str) -> bool:
    """Tell whether a file is a picture by its name."""
    return path.lower().endswith(_PICTURES)


def is_made_of(folder: str, path: str) -> bool:
    """Tell whether the pages of a project, or of a client, are made of a source: theirs, or one above them.

    Args:
        folder: Of the project or the client.
        path: Of the file, or of a folder that holds it.
    """
    parts, own = path.rstrip("/").split("/"), folder.split("/")
    if parts[0] != own[0] or parts[: len(own)] == own or parts == own[: len(parts)]:
        return True
    is_file = len(parts) == len(own) and not path.endswith("/")
    return parts[:2] == own[:2] and (is_file or parts[2] == "attachments")


def _is_source(path: str) -> bool:
    """Tell whether a build may read a file; beside kapm.yaml that is a picture, such as a logo."""
    top, _, rest = path.partition("/")
    return top in _FOLDERS if rest else path == ROOT_FILE or is_picture(path)


def _is_nothing(path: str) -> bool:
    """Tell whether a file that git ignores is ignored by the build as well, as is what no text or picture is."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    return hidden or not (path.endswith("/") or is_text(path) or is_picture(path))
