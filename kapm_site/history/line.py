"""The time line of a workspace: at which commits each project changed, and how it stood at the end of each week."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kapm_site.history.lost import reading
from kapm_site.history.renames import renamed_from
from kapm_site.history.repository import Repository, Revision, child_of, walk_line, workspace_tree
from kapm_site.workspace.collect import PROJECTS
from kapm_site.workspace.root import ROOT_FILE

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
        foreign: It was another client's then, who is not to be read of on the pages of today's.
    """

    commit: str
    day: date
    author: str
    folder: str
    tree: str
    client: str
    settings: str
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """The past of one project, the latest first.

    Attributes:
        changes: The states at the commits that changed its own folder.
        weeks: The state at the last commit of each week in which there was one.
    """

    changes: tuple[PastState, ...] = ()
    weeks: tuple[PastState, ...] = ()

    def is_foreign(self, folder: str) -> bool:
        """Tell whether the project was another client's when its folder was called so."""
        return any(state.foreign and state.folder == folder for state in self.changes)


@dataclass(slots=True)
class _Followed:
    """A project on the way back: how it lies in the commit that is looked at, and what was found so far.

    Attributes:
        folder: What it is called there.
        tree: Hash of that folder; empty where it does not exist any more.
        settings: Hash of its client's file.
        foreign: It is another client's there.
    """

    folder: str
    tree: str = ""
    settings: str = ""
    foreign: bool = False
    changes: list[PastState] = field(default_factory=list)
    weeks: list[PastState] = field(default_factory=list)

    @property
    def client(self) -> str:
        """The folder of its client."""
        return self.folder.rpartition("/")[0]


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
        settings, author = str(self.tree[ROOT_FILE].id), self.revision.author
        own = (project.folder, project.tree, project.settings)
        return PastState(self.revision.id, self.day, author, *own, settings, project.foreign)


def read_line(repository: Repository, start: str, folders: Iterable[str], timezone: str) -> dict[str, ProjectLine]:
    """Follow projects back from a commit along first parents, through renamed folders.

    Args:
        repository: The workspace's.
        start: Full hash of the commit.
        folders: Of the projects, as they are called at that commit.
        timezone: That decides what day it was.
    """
    with reading(repository.git):
        return _read_line(repository, start, folders, timezone)


def _read_line(repository: Repository, start: str, folders: Iterable[str], timezone: str) -> dict[str, ProjectLine]:
    projects = {folder: _Followed(folder) for folder in folders}
    clients = _by_client(projects.values())
    newer: _Commit | None = None
    for commit in _commits(repository, start, ZoneInfo(timezone)):
        if _step_back(clients, commit, newer):
            clients = _by_client(projects.values())
        for project in projects.values() if newer is None or commit.week != newer.week else ():
            if project.tree:
                project.weeks.append(commit.state(project))
        newer = commit
    for project in projects.values():
        if newer is not None and project.tree:
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


def _by_client(projects: Iterable[_Followed]) -> dict[str, list[_Followed]]:
    groups: dict[str, list[_Followed]] = {}
    for project in projects:
        groups.setdefault(project.client, []).append(project)
    return groups


def _step_back(clients: Mapping[str, list[_Followed]], commit: _Commit, newer: _Commit | None) -> bool:
    """Find each project in the commit before; where it was another, the newer commit made it what it is.

    Only the clients whose folders differ are looked at: a commit of many projects costs what it changed.

    Returns:
        Whether a project was called otherwise, perhaps below another client.
    """
    renamed = False
    for client, projects in clients.items():
        if newer is not None and commit.clients.get(client) == newer.clients.get(client):
            continue
        entries = _entries(commit.tree, client)
        settings = entries.get(f"{client}/client.yaml", "")
        for project in projects:
            before = entries.get(project.folder, "")
            if newer is None or (before and before == project.tree):
                project.tree, project.settings = before, settings
            elif project.tree:
                project.changes.append(newer.state(project))
                if before and (place := _exchanged(project, entries, newer)):
                    project.folder, before = place, project.tree
                project.tree, project.settings = before, settings
                renamed = (not before and _rename(project, commit, newer)) or renamed
    return renamed


def _exchanged(project: _Followed, entries: Mapping[str, str], newer: _Commit) -> str:
    """Return where a project lay that took the place of another of its client; empty where it did not."""
    came = [path for path, tree in entries.items() if tree == project.tree]
    now = _entries(newer.tree, project.client) if came else {}
    return next((path for path in came if now.get(path) != project.tree), "")


def _rename(project: _Followed, commit: _Commit, newer: _Commit) -> bool:
    """Take up a project under the name that it had in the commit before; without one, it began in the newer commit."""
    folder = renamed_from(commit.tree, newer.tree, project.folder)
    if folder is None:
        return False
    client = project.client
    project.folder = folder
    # A client whose folder was renamed is the same one; where both are there, the project went from one to the other.
    both = project.client in newer.clients or client in commit.clients
    project.foreign = project.foreign or (project.client != client and both)
    entries = _entries(commit.tree, project.client)
    project.tree, project.settings = entries.get(folder, ""), entries.get(f"{project.client}/client.yaml", "")
    return True


def _entries(tree: "pygit2.Tree", client: str) -> dict[str, str]:
    """Return the hashes of a client's projects, and of its own file, by path."""
    import pygit2

    folder = child_of(tree, client)
    if not isinstance(folder, pygit2.Tree):
        return {}
    found = ((f"{client}/{one.name}", one) for one in folder)
    return {path: str(one.id) for path, one in found if one.type_str == "tree" or path.endswith("/client.yaml")}
