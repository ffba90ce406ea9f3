"""The time line of a workspace: at which commits each project changed, and how it stood at the end of each week."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kapm_site.history.renames import renamed_from
from kapm_site.history.repository import Repository, Revision, child_of, walk_line, workspace_tree
from kapm_site.workspace.collect import PROJECTS, ROOT_FILE

if TYPE_CHECKING:
    import pygit2

#: A trend needs no more points than a chart can show; it also bounds the time that a first build takes.
MOST_LOOKS = 60


@dataclass(frozen=True, slots=True)
class PastState:
    """What a project was made from at a commit; hashes are of git's objects.

    Attributes:
        day: Of the commit, in the workspace's time zone; never later than that of a later commit.
        author: Of the commit.
        folder: Of the project then.
        tree: Of that folder.
        client: Of `client.yaml`; empty where there was none.
        settings: Of `kapm.yaml`.
    """

    commit: str
    day: date
    author: str
    folder: str
    tree: str
    client: str
    settings: str


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """The past of one project, the latest first.

    Attributes:
        changes: The states at the commits that changed its own folder.
        weeks: The state at the last commit of each week in which there was one.
    """

    changes: tuple[PastState, ...] = ()
    weeks: tuple[PastState, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """How a project lies in a commit; empty where it does not.

    Attributes:
        parent: Hash of its client's folder, by which one sees without a closer look that nothing changed.
    """

    parent: str = ""
    tree: str = ""
    client: str = ""


@dataclass(slots=True)
class _Followed:
    """A project on the way back: where it lies now, and what was found so far."""

    folder: str
    place: _Place = _Place()
    changes: list[PastState] = field(default_factory=list)
    weeks: list[PastState] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Commit:
    revision: Revision
    day: date
    tree: "pygit2.Tree"
    clients: Mapping[str, str]

    @property
    def week(self) -> int:
        return _week(self.day)

    def state(self, project: _Followed) -> PastState:
        settings, place = str(self.tree[ROOT_FILE].id), project.place
        author = self.revision.author
        return PastState(self.revision.id, self.day, author, project.folder, place.tree, place.client, settings)


def read_line(repository: Repository, start: str, folders: Iterable[str], timezone: str) -> dict[str, ProjectLine]:
    """Follow projects back from a commit along first parents, through renamed folders.

    Args:
        repository: The workspace's.
        start: Full hash of the commit.
        folders: Of the projects, as they are called at that commit.
        timezone: That decides what day it was.
    """
    projects = {folder: _Followed(folder) for folder in folders}
    newer: _Commit | None = None
    for commit in _commits(repository, start, ZoneInfo(timezone)):
        for project in projects.values() if newer is None or commit.tree.id != newer.tree.id else ():
            _step_back(project, commit, newer)
        for project in projects.values() if newer is None or commit.week != newer.week else ():
            if project.place.tree:
                project.weeks.append(commit.state(project))
        newer = commit
    for project in projects.values():
        if newer is not None and project.place.tree:
            project.changes.append(newer.state(project))
    return {folder: ProjectLine(tuple(one.changes), tuple(one.weeks)) for folder, one in projects.items()}


def chosen_weeks(line: ProjectLine, status: date) -> tuple[PastState, ...]:
    """Choose the weeks before that of the status date that trends look at, the oldest first.

    At most `MOST_LOOKS`: of a longer past every second week, every fourth, and so on. Weeks are counted from a fixed
    one, so that those of yesterday are looked at today as well.
    """
    weeks = [state for state in reversed(line.weeks) if _week(state.day) < _week(status)]
    step = 1
    while len(weeks) > MOST_LOOKS:
        step *= 2
        weeks = [state for state in weeks if _week(state.day) % step == 0]
    return tuple(weeks)


def _week(day: date) -> int:
    """Count weeks from the first Monday of the calendar."""
    return (day.toordinal() - 1) // 7


def _commits(repository: Repository, start: str, zone: ZoneInfo) -> Iterator[_Commit]:
    """Walk the commits that hold the workspace.

    A clock that was ahead must not put a commit behind those that follow it.
    """
    last = date.max
    known: tuple[pygit2.Tree, dict[str, str]] | None = None
    for revision in walk_line(repository, start):
        last = min(last, revision.at.astimezone(zone).date())
        tree = workspace_tree(repository, revision.id)
        if tree is not None:
            known = (tree, _clients(tree)) if known is None or known[0].id != tree.id else known
            yield _Commit(revision, last, *known)


def _clients(tree: "pygit2.Tree") -> dict[str, str]:
    """Return the hash of each client's folder."""
    import pygit2

    projects = child_of(tree, PROJECTS)
    return {f"{PROJECTS}/{one.name}": str(one.id) for one in projects} if isinstance(projects, pygit2.Tree) else {}


def _step_back(project: _Followed, commit: _Commit, newer: _Commit | None) -> None:
    """Find a project in the commit before; where it was another, the newer commit made it what it is."""
    if newer is not None and not project.place.tree:
        return  # it began later
    folder = project.folder
    if newer is not None and commit.clients.get(folder.rpartition("/")[0]) == project.place.parent:
        return
    place = _place(commit.tree, folder)
    if newer is not None and not place.tree:
        folder = renamed_from(commit.tree, newer.tree, folder) or folder
        place = _place(commit.tree, folder)
    if newer is not None and place.tree != project.place.tree:
        project.changes.append(newer.state(project))
    project.folder, project.place = folder, place


def _place(tree: "pygit2.Tree", folder: str) -> _Place:
    import pygit2

    above, _, name = folder.rpartition("/")
    parent = child_of(tree, above)
    if not isinstance(parent, pygit2.Tree):
        return _Place()
    own, client = child_of(parent, name), child_of(parent, "client.yaml")
    if not isinstance(own, pygit2.Tree):
        return _Place(str(parent.id))
    return _Place(str(parent.id), str(own.id), str(client.id) if client is not None else "")
