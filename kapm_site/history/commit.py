"""The commit a workspace is at, and whether the disk holds what is in it."""

from dataclasses import dataclass

from kapm_site.history.lost import reading
from kapm_site.history.repository import Repository


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of the workspace.

    Attributes:
        id: Full hash.
        dirty: Paths of the workspace's sources that are changed and not committed, from its root.
    """

    id: str
    dirty: tuple[str, ...] = ()


def head_commit(repository: Repository) -> Commit:
    """Return the commit that the workspace is at."""
    prefix = f"{repository.below}/" if repository.below else ""
    ours = tuple(f"{prefix}{name}" for name in ("kapm.yaml", "projects/", "attachments/", "templates/"))
    with reading(repository.git):
        states = repository.git.status().items()
    changed = (path.removeprefix(prefix) for path, state in states if path.startswith(ours) and state != _IGNORED)
    return Commit(str(repository.git.head.target), tuple(sorted(changed)))


_IGNORED = 1 << 14
