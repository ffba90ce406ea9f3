"""Objects that a repository should have and has not, as after a disk fault or in a partial clone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kapm_site.problem import Mark, Problem
from kapm_site.workspace.root import ROOT_FILE

if TYPE_CHECKING:
    import pygit2


class LostObjectsError(Exception):
    """The past cannot be read; `problem` says why, and what mends it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@contextmanager
def reading(git: "pygit2.Repository") -> Iterator[None]:
    """Read objects.

    Raises:
        LostObjectsError: one of them is missing or damaged.
    """
    import pygit2

    try:
        yield
    except (pygit2.GitError, KeyError) as error:
        raise LostObjectsError(_problem(git, error)) from error


def _problem(git: "pygit2.Repository", error: Exception) -> Problem:
    if any(entry.name.endswith(".promisor") for entry in git.config):
        message = "the clone is partial, so files of older commits are missing"
        hint = "run: git fetch --refetch --no-filter (in CI: clone without a filter)"
    else:
        message, hint = f"objects of the git repository are missing or damaged: {error.args[0]}", "run: git fsck"
    return Problem(Mark(ROOT_FILE), "objects-missing", message, "warning", hint=hint)
