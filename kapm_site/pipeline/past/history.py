"""A workspace's way through its commits, as far as there is a repository: for versions, comparisons and trends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kapm_site.history.commit import head_commit, is_made_of
from kapm_site.history.latest import latest_changes
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
        version: Of the sources as a whole; None where they are in no commit.
        latest: By folder of a project or a client, the commit that made what its pages are made of.
        dirty: Paths of the sources that are changed and not committed.
        projects: By folder, those that git knows.
        problems: What is missing, and what brings it.
    """

    commit: str | None = None
    version: Version | None = None
    latest: Mapping[str, str] = field(default_factory=dict)
    dirty: tuple[str, ...] = ()
    projects: Mapping[str, ProjectHistory] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def is_committed(self) -> bool:
        """Tell whether the sources are as they are in the commit."""
        return self.version is not None and not self.version.draft

    def version_of(self, folder: str) -> Version | None:
        """Tell the version of what the pages of a project, or of a client, are made of.

        A commit on one client's data is no news on another's pages, and makes none of them anew.
        """
        commit = self.latest.get(folder)
        if commit is None:
            return self.version
        return Version(commit[:7], draft=any(is_made_of(folder, path) for path in self.dirty))


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
    version = Version(head.id[:7], draft=bool(head.dirty))
    try:
        projects = project_histories(repository, head.id, known, timezone)
        latest = latest_changes(repository, head.id, known)
    except LostObjectsError as lost:
        return History(head.id, version, problems=(*problems, lost.problem))
    return History(head.id, version, latest, head.dirty, projects, tuple(problems))


def project_histories(
    repository: Repository, start: str, folders: Iterable[str], timezone: str
) -> dict[str, ProjectHistory]:
    """Follow projects back from a commit; those that it does not hold have no history."""
    lines = read_line(repository, start, folders, timezone)
    return {folder: ProjectHistory(repository, line) for folder, line in lines.items() if line.changes}
