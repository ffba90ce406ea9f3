"""A workspace's way through its commits, as far as there is a repository: for versions, comparisons and trends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kapm_site.history.commit import head_commit
from kapm_site.history.line import ProjectLine, read_line
from kapm_site.history.lost import LostObjectsError
from kapm_site.history.repository import Repository, foreign_problem, open_repository, shallow_problem
from kapm_site.pages.imprint import Version
from kapm_site.problem import Problem


@dataclass(frozen=True, slots=True)
class ProjectHistory:
    """A project's way through the commits."""

    repository: Repository
    line: ProjectLine


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of a workspace.

    Attributes:
        commit: Full hash of the one that the workspace is at; None where there is none.
        version: Of the sources; None where they are in no commit.
        projects: By folder, those that git knows.
        problems: What is missing, and what brings it.
    """

    commit: str | None = None
    version: Version | None = None
    projects: Mapping[str, ProjectHistory] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def is_committed(self) -> bool:
        """Tell whether the sources are as they are in the commit."""
        return self.version is not None and not self.version.draft


def read_history(root: Path, folders: Iterable[str], timezone: str) -> History:
    """Follow projects back from the commit that the workspace is at.

    Args:
        root: The workspace.
        folders: Of its projects.
        timezone: That decides what day it was.
    """
    repository = open_repository(root)
    if isinstance(repository, Problem):
        return History(problems=(repository,))
    known = list(folders)
    try:
        head = head_commit(repository)
    except LostObjectsError as lost:
        return History(problems=(lost.problem,))
    problems = [problem for folder in known if (problem := foreign_problem(repository, root, folder))]
    problems += [shallow_problem()] if repository.shallow else []
    try:
        projects = project_histories(repository, head.id, known, timezone)
    except LostObjectsError as lost:
        projects, problems = {}, [*problems, lost.problem]
    return History(head.id, Version(head.id[:7], draft=bool(head.dirty)), projects, tuple(problems))


def project_histories(
    repository: Repository, start: str, folders: Iterable[str], timezone: str
) -> dict[str, ProjectHistory]:
    """Follow projects back from a commit; those that it does not hold have no history."""
    lines = read_line(repository, start, folders, timezone)
    return {folder: ProjectHistory(repository, line) for folder, line in lines.items() if line.changes}
