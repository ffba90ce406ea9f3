"""Past states of a project → what its pages show of them: how it stood at the last report, and from week to week."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from pydantic import TypeAdapter, ValidationError

from kapm_site import __version__
from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience import client_project
from kapm_site.audience.looks import look_of, still_shown
from kapm_site.audience.project import project_view
from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import Look
from kapm_site.checks import check_project
from kapm_site.history.cache import read_cache, write_cache
from kapm_site.history.files import project_files
from kapm_site.history.line import PastState, ProjectLine, chosen_weeks
from kapm_site.history.repository import Repository
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem, has_errors
from kapm_site.workspace.collect import SourceFiles
from kapm_site.workspace.folders import split_by_project
from kapm_site.workspace.read import Reading, read_project, read_shared
from kapm_site.workspace.root import ROOT_FILE

#: Raise it when a look says something else of the same files.
_FORMAT = 4
#: Looks kept of a project: those of this build, and of others from another status date or branch.
_MOST_KEPT = 240


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project as its files were at a commit.

    Attributes:
        others: Paths of its pictures and other files, and of those it shares with other projects.
    """

    settings: Settings
    account: Account
    project: Project
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class LookPair:
    """A look for each reader; `client` is None where the client could not know of the project."""

    client: Look | None
    internal: Look


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen of a project from week to week, the oldest first; `skipped` states could not be read."""

    pairs: tuple[LookPair, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a project's past; None for a state that cannot be read."""

    version: str
    looks: dict[str, LookPair | None]


def read_past(repository: Repository, commit: str, folder: str, name: str) -> PastProject | list[Problem]:
    """Read a project as it was.

    Args:
        repository: The workspace's.
        commit: Full hash.
        folder: Of the project in that commit.
        name: Of its folder today.

    Returns:
        The problems, at the places of that commit, where it had an error; none where it was not there.
    """
    files = project_files(repository, commit, folder, name)
    if files is None:
        return []
    client = f"{name.rpartition('/')[0]}/client.yaml"
    shared = _read_shared(files.texts.get(ROOT_FILE, b""), files.texts.get(client, b""), name)
    if isinstance(shared, tuple):
        return list(shared)
    settings, account = shared.workspace.settings, shared.workspace.accounts[0]
    part = next(part for part in split_by_project(files)[account.folder] if part.folder == name)
    project, problems, _ = read_project(part)
    workspace = Workspace(settings, (account,), files.others)
    problems = [*files.problems, *problems, *check_project(account, project, workspace)]
    return problems if has_errors(problems) else PastProject(settings, account, project, files.others)


def analyse_past(past: PastProject, status: date, *, outlook: bool = False) -> Analysis | None:
    """Compute the figures of a past project; None where they show that it could not be published."""
    analysis = analyse(past.settings, past.account, past.project, status, outlook=outlook)
    return None if has_errors(analysis.findings) else analysis


def project_looks(repository: Repository, line: ProjectLine, folder: str, status: date) -> Looks:
    """Look at a project at the end of each past week, as it was then; what was seen before is not looked at again."""
    name = f"{folder.replace('/', '.')}.json"
    kept = _read_kept(repository, name)
    found: dict[str, LookPair | None] = {}
    for state in chosen_weeks(line, status):
        key = _key(state)
        found[key] = kept[key] if key in kept else _look(repository, state, folder)
    if not found.keys() <= kept.keys():
        rest = [key for key in kept if key not in found][: max(_MOST_KEPT - len(found), 0)]
        _write_kept(repository, name, found | {key: kept[key] for key in rest})
    foreign = {_key(state) for state in line.weeks if state.foreign}
    pairs = tuple(
        replace(pair, client=None) if key in foreign else pair for key, pair in found.items() if pair is not None
    )
    return Looks(pairs, len(found) - len(pairs))


def _key(state: PastState) -> str:
    return f"{state.tree} {state.client} {state.settings} {state.day}"


def _look(repository: Repository, state: PastState, folder: str) -> LookPair | None:
    past = read_past(repository, state.commit, state.folder, folder)
    analysis = analyse_past(past, state.day) if isinstance(past, PastProject) else None
    if analysis is None:
        return None
    client = client_project(analysis)
    return LookPair(look_of(client) if client else None, look_of(project_view(analysis, internal=True)))


@lru_cache(maxsize=32)
def _read_shared(settings: bytes, client: bytes, name: str) -> Reading | tuple[Problem, ...]:
    """Read what a project shares with others; the last are remembered, as few commits change them."""
    folder = name.rpartition("/")[0]
    files = SourceFiles({ROOT_FILE: settings, f"{folder}/client.yaml": client}, folders=frozenset({folder, name}))
    reading = read_shared(files)
    return tuple(reading.problems) if has_errors(reading.problems) else reading


@cache
def _adapter() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


def _version() -> str:
    return f"{__version__} {_FORMAT}"


def _read_kept(repository: Repository, name: str) -> Mapping[str, LookPair | None]:
    try:
        kept = _adapter().validate_json(read_cache(repository, name))
    except ValidationError:
        return {}
    return kept.looks if kept.version == _version() else {}


def _write_kept(repository: Repository, name: str, looks: dict[str, LookPair | None]) -> None:
    write_cache(repository, name, _adapter().dump_json(_Kept(_version(), looks)))


def with_looks(
    client: ProjectView | None, internal: ProjectView, looks: Looks
) -> tuple[ProjectView | None, ProjectView]:
    """Add to each reader's view what that reader saw of the project from week to week, and may still see."""
    whole = replace(internal, looks=tuple(pair.internal for pair in looks.pairs))
    if client is None:
        return None, whole
    seen = (still_shown(pair.client, client, internal) for pair in looks.pairs if pair.client is not None)
    return replace(client, looks=tuple(seen)), whole
