"""The git repository of a workspace and its commits, read through libgit2: no git program runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kapm_site.history.lost import LostObjectsError, reading
from kapm_site.problem import Mark, Problem
from kapm_site.source.text import FORBIDDEN
from kapm_site.workspace.root import ROOT_FILE

if TYPE_CHECKING:
    import pygit2


#: A clock that was wrong may name any second; later than this, none is meant.
_LAST_SECOND = int(datetime(2199, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit.

    Attributes:
        id: Full hash.
        at: When it was committed, in UTC.
        author: Name of its author, without characters that no source file may hold.
    """

    id: str
    at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a workspace lies in.

    Attributes:
        path: Of its git folder.
        below: Path of the workspace from the repository's root; empty where it is the root.
        shallow: Older commits are missing from the clone.
    """

    path: str
    below: str
    shallow: bool

    @property
    def git(self) -> "pygit2.Repository":
        """The open repository, opened once in each process."""
        return _opened(self.path)


def open_repository(root: Path) -> Repository | Problem:
    """Find the repository of a workspace, or say what is missing and the one command that mends it."""
    try:
        import pygit2
    except ImportError:
        return _missing("pygit2 is not installed", "pip install pygit2")
    try:
        return _opened_for(root)
    except pygit2.GitError as error:
        if "not owned by" in str(error):
            remedy = f"git config --global --add safe.directory {root.resolve()}"
            return _missing("the git repository belongs to another user", remedy)
        return _missing(f"the git repository cannot be read: {error}", "git fsck")
    except (KeyError, LostObjectsError) as error:
        return _missing(f"the last commit is missing or damaged: {error}", "git fsck")


def _opened_for(root: Path) -> Repository | Problem:
    import pygit2

    found = pygit2.discover_repository(str(root))
    if found is None:
        return _missing("the workspace is in no git repository", "git init && git add . && git commit -m Status")
    git = _opened(found)
    if git.head_is_unborn:
        return _missing("the git repository has no commit", "git add . && git commit -m Status")
    workdir = Path(git.workdir or root).resolve()
    if not root.resolve().is_relative_to(workdir):
        return _missing(
            f"the files of the git repository are elsewhere, in {workdir}", "git config --unset core.worktree"
        )
    below = root.resolve().relative_to(workdir).as_posix()
    repository = Repository(found, "" if below == "." else below, git.is_shallow)
    if workspace_tree(repository, str(git.head.target)) is None:
        return _missing("the last commit does not hold this workspace", "git add . && git commit -m Status")
    return repository


def shallow_problem() -> Problem:
    """Say that older commits are missing, and how to get them."""
    message = "the clone is shallow, so what has changed, trends and numbered reports lack older commits"
    hint = "run: git fetch --unshallow (in CI: fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab)"
    return Problem(Mark(ROOT_FILE), "shallow-clone", message, "warning", hint=hint)


def foreign_problem(repository: Repository, root: Path, folder: str) -> Problem | None:
    """Say that a project's files are in another repository, whose past is not read; None where they are in this one.

    Args:
        repository: The workspace's.
        root: The workspace.
        folder: Of the project.
    """
    tree = workspace_tree(repository, str(repository.git.head.target))
    for place in (folder, folder.rpartition("/")[0]):
        entry = child_of(tree, place) if tree is not None else None
        submodule = entry is not None and entry.type_str == "commit"
        if submodule and not any((root / place).iterdir()):
            return _not_checked_out(folder, place)
        if (root / place / ".git").exists():
            return _foreign(folder, place, submodule=submodule)
    return None


def _not_checked_out(folder: str, place: str) -> Problem:
    message = f"'{place}' is a submodule that is not checked out, so its files are missing"
    hint = f"run: git submodule update --init {place} (in CI: submodules: true on GitHub)"
    return Problem(Mark(f"{folder}/project.yaml"), "submodule-missing", message, "warning", hint=hint)


def _foreign(folder: str, place: str, *, submodule: bool) -> Problem:
    kind = "a submodule" if submodule else "a git repository of its own"
    remove = f"git rm --cached {place} && " if submodule else ""
    message = f"'{place}' is {kind}, so what has changed and trends are not read for it"
    hint = f"to keep its past with the workspace, run: {remove}rm -rf {place}/.git && git add {place}"
    return Problem(Mark(f"{folder}/project.yaml"), "foreign-repository", message, "info", hint=hint)


def find_revision(repository: Repository, name: str) -> Revision | None:
    """Find a commit by branch, tag, hash or `HEAD~2`; None where there is none."""
    import pygit2

    try:
        return _revision(repository.git.revparse_single(name).peel(pygit2.Commit))
    except (KeyError, ValueError, pygit2.GitError):
        return None


def find_commit(repository: Repository, name: str) -> Revision | None:
    """Find a commit by its hash alone, full or cut: what is recorded must not move as a branch does."""
    if not re.fullmatch(r"[0-9a-f]{7,40}", name):
        return None
    found = find_revision(repository, name)
    return found if found is not None and found.id.startswith(name) else None


def walk_line(repository: Repository, start: str) -> Iterator[Revision]:
    """Walk back from a commit along first parents: the states that the branch itself has had, the latest first."""
    with reading(repository.git):
        walker = repository.git.walk(_object_id(start))
        walker.simplify_first_parent()
        yield from map(_revision, walker)


def workspace_tree(repository: Repository, commit: str) -> "pygit2.Tree | None":
    """Return the folder of the workspace in a commit; None where there was none yet."""
    import pygit2

    with reading(repository.git):
        found = child_of(repository.git[_object_id(commit)].peel(pygit2.Tree), repository.below)
    return found if isinstance(found, pygit2.Tree) and ROOT_FILE in found else None


def child_of(tree: "pygit2.Tree", path: str) -> "pygit2.Object | None":
    """Return what lies in a folder at a path; the folder itself for the empty path."""
    try:
        return tree[path] if path else tree
    except KeyError:
        return None


@lru_cache(maxsize=4)
def _opened(path: str) -> "pygit2.Repository":
    import pygit2

    return pygit2.Repository(path)


def _object_id(text: str) -> "pygit2.Oid":
    import pygit2

    return pygit2.Oid(hex=text)


def _missing(message: str, remedy: str) -> Problem:
    return Problem(Mark(ROOT_FILE), "no-history", message, "info", hint=f"run: {remedy}")


def _revision(commit: "pygit2.Commit") -> Revision:
    at = datetime.fromtimestamp(min(max(commit.commit_time, 0), _LAST_SECOND), UTC)
    try:
        author = commit.author.name
    except (LookupError, ValueError):  # in an encoding that nobody knows
        author = commit.author.raw_name.decode("utf-8", "replace")
    return Revision(str(commit.id), at, FORBIDDEN.sub("\ufffd", author))
