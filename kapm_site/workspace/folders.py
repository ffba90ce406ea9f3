"""Which folders are clients and projects, and the files of each."""

from dataclasses import dataclass, field

from kapm_site.problem import Problem
from kapm_site.workspace.collect import PROJECTS, SourceFiles

_CLIENT, _PROJECT = 2, 3  # parts of a path: projects/<client>/<project>


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """The folder of a project and what lies in it."""

    folder: str
    files: SourceFiles


@dataclass(slots=True)
class _Gathered:
    texts: dict[str, bytes] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def is_client(folder: str) -> bool:
    """Tell whether a folder is a client's."""
    return _is_named(folder, _CLIENT)


def is_project(folder: str) -> bool:
    """Tell whether a folder is a project's."""
    return _is_named(folder, _PROJECT)


def split_by_project(files: SourceFiles) -> dict[str, list[ProjectFiles]]:
    """Give each project its files and what was wrong with them; the projects stand under their client's folder."""
    gathered = {folder: _Gathered() for folder in sorted(filter(is_project, files.folders))}
    for path, content in files.texts.items():
        if found := gathered.get(_above(path)):
            found.texts[path] = content
    for path in files.others:
        if found := gathered.get(_above(path)):
            found.others.add(path)
    for problem in files.problems:
        if found := gathered.get(_above(problem.mark.path)):
            found.problems.append(problem)
    parts: dict[str, list[ProjectFiles]] = {}
    for folder, own in gathered.items():
        there = SourceFiles(own.texts, frozenset(own.others), problems=tuple(own.problems))
        parts.setdefault(folder.rpartition("/")[0], []).append(ProjectFiles(folder, there))
    return parts


def _is_named(folder: str, depth: int) -> bool:
    return folder.startswith(f"{PROJECTS}/") and folder.count("/") == depth - 1 and not folder.endswith("/attachments")


def _above(path: str) -> str:
    """Return the folder of the project that a path lies in."""
    return "/".join(path.split("/", _PROJECT)[:_PROJECT])
