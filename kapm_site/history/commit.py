"""The commit a workspace is at, read from git's objects without running git."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pygit2


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of the repository.

    Attributes:
        id: Full hash.
        dirty: Something of the workspace is changed and not committed.
    """

    id: str
    dirty: bool


def head_commit(root: Path) -> Commit | None:
    """Return the commit that the workspace is at; None without git, without a repository or without a commit."""
    try:
        import pygit2
    except ImportError:
        return None
    try:
        found = pygit2.discover_repository(str(root))
        if found is None:
            return None
        repository = pygit2.Repository(found)
        if repository.head_is_unborn:
            return None
        return Commit(str(repository.head.target), _is_dirty(repository, root))
    except pygit2.GitError:
        return None


def _is_dirty(repository: "pygit2.Repository", root: Path) -> bool:
    base = Path(repository.workdir or root).resolve()
    below = root.resolve().relative_to(base).as_posix()
    prefix = "" if below == "." else f"{below}/"
    ours = tuple(f"{prefix}{name}" for name in ("kapm.yaml", "projects/", "attachments/", "templates/"))
    return any(path.startswith(ours) for path, state in repository.status().items() if state != _IGNORED)


_IGNORED = 1 << 14


def is_shallow(root: Path) -> bool:
    """Tell whether the clone lacks older commits."""
    import pygit2

    found = pygit2.discover_repository(str(root))
    return found is not None and pygit2.Repository(found).is_shallow
