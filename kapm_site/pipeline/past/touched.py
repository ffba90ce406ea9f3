"""Who last changed each record of a project: worked out of the commits once, then carried on from build to build."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from pydantic import TypeAdapter, ValidationError

from kapm_site import __version__
from kapm_site.history.blame import FileBlame, ProjectBlame, Touch, blame_project, blame_text
from kapm_site.history.cache import read_cache, write_cache
from kapm_site.history.line import ProjectLine
from kapm_site.history.lost import reading
from kapm_site.history.provenance import RecordTouch, record_touches
from kapm_site.history.repository import Repository
from kapm_site.model.workspace import Project

#: Raise it when the same commits give another result.
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class _KeptFile:
    """What is kept of a file.

    Attributes:
        runs: How many lines after one another have which rank.
    """

    blob: str
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a project."""

    version: str
    commits: tuple[str, ...]
    files: dict[str, _KeptFile]


def project_touches(
    repository: Repository, line: ProjectLine, project: Project, texts: Mapping[str, bytes]
) -> tuple[RecordTouch, ...]:
    """Find the last change of every record of a project, the latest first.

    Args:
        repository: The workspace's.
        line: The project's way through the commits.
        project: As it was read from the texts.
        texts: Of its files, by path in the workspace.
    """
    with reading(repository.git):
        return _touches(repository, line, project, texts)


def _touches(
    repository: Repository, line: ProjectLine, project: Project, texts: Mapping[str, bytes]
) -> tuple[RecordTouch, ...]:
    blame = _blame(repository, line, f"{project.folder.replace('/', '.')}.touches.json")
    folder, pending = f"{project.folder}/", len(blame.commits)
    ranks = {
        path: blame_text(repository, blame.files.get(path.removeprefix(folder)), text, pending)
        for path, text in texts.items()
    }
    if repository.shallow:
        # What the oldest commit at hand holds came from commits that are missing.
        ranks = {path: [rank or -1 for rank in of_lines] for path, of_lines in ranks.items()}
    touches = [Touch(state.day, state.author, state.commit) for state in reversed(line.changes)]
    return record_touches(project, texts, ranks, [*touches, None])


def _blame(repository: Repository, line: ProjectLine, name: str) -> ProjectBlame:
    known = _read_kept(repository, name)
    blame = blame_project(repository, line, known)
    if blame.commits != known.commits[: len(blame.commits)]:  # what is known of later commits is not given up
        _write_kept(repository, name, blame)
    return blame


@cache
def _adapter() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


def _version() -> str:
    return f"{__version__} {_FORMAT}"


def _read_kept(repository: Repository, name: str) -> ProjectBlame:
    try:
        kept = _adapter().validate_json(read_cache(repository, name))
    except ValidationError:
        return ProjectBlame()
    if kept.version != _version():
        return ProjectBlame()
    return ProjectBlame(
        kept.commits, {path: FileBlame(file.blob, list(_spread(file.runs))) for path, file in kept.files.items()}
    )


def _write_kept(repository: Repository, name: str, blame: ProjectBlame) -> None:
    files = {path: _KeptFile(file.blob, tuple(_runs(file.ranks))) for path, file in blame.files.items()}
    write_cache(repository, name, _adapter().dump_json(_Kept(_version(), blame.commits, files)))


def _runs(ranks: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((len(list(same)), rank) for rank, same in groupby(ranks))


def _spread(runs: Sequence[tuple[int, int]]) -> Iterator[int]:
    return (rank for count, rank in runs for _ in range(count))
