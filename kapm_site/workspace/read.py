"""Files to a workspace of records, with all problems of all files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.record import Record
from kapm_site.model.reports import ReportFile, Update
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import PROJECT_FILES, REQUIRED_FILES, Account, Project, Workspace
from kapm_site.problem import Mark, Problem, sort_problems
from kapm_site.source import Scalar, compose, decode
from kapm_site.workspace.collect import PROJECTS, SourceFiles
from kapm_site.workspace.folders import ProjectFiles, is_client, is_project, split_by_project
from kapm_site.workspace.names import check_folder_names, check_stray_files
from kapm_site.workspace.records import read_record
from kapm_site.workspace.root import ROOT_FILE
from kapm_site.workspace.updates import read_update

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a workspace.

    Attributes:
        workspace: All records; what had problems is there as far as it could be read, for checks to look at.
        problems: In the order of the files.
        texts: Text of each file that could be decoded, for excerpts.
    """

    workspace: Workspace
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]


def read(files: SourceFiles) -> Reading:
    """Read the files of a workspace into records."""
    shared = read_shared(files)
    parts = split_by_project(files)
    accounts, problems, texts = [], list(shared.problems), dict(shared.texts)
    for account in shared.workspace.accounts:
        projects = []
        for part in parts.get(account.folder, ()):
            project, found, read_texts = read_project(part)
            projects.append(project)
            problems += found
            texts |= read_texts
        accounts.append(replace(account, projects=tuple(projects)))
    return Reading(replace(shared.workspace, accounts=tuple(accounts)), tuple(sort_problems(problems)), texts)


def read_shared(files: SourceFiles) -> Reading:
    """Read what no project owns: the settings and the clients, who have no projects yet; look at all names."""
    reader = _Reader(files)
    settings = reader.record(ROOT_FILE, Settings, required=False) or reader.stand_in(ROOT_FILE, Settings())
    accounts = tuple(_account(reader, folder) for folder in sorted(files.folders) if is_client(folder))
    if not any(map(is_project, files.folders)) and not files.problems:
        message = "the workspace has no project"
        hint = "create projects/<client>/client.yaml and projects/<client>/<project>/project.yaml with plan.yaml"
        reader.problems.append(Problem(Mark(PROJECTS), "no-projects", message, hint=hint))
    reader.problems += check_folder_names(files)
    reader.problems += check_stray_files(files)
    workspace = Workspace(settings, accounts, files.others)
    return Reading(workspace, tuple(sort_problems([*files.problems, *reader.problems])), reader.texts)


def read_project(part: ProjectFiles) -> tuple[Project, list[Problem], Mapping[str, str]]:
    """Read one project; what cannot be read of it stands empty, so that checks can look at the rest."""
    reader = _Reader(part.files)
    project = _project(reader, part.folder)
    return project, reader.problems, reader.texts


def readable_text(content: bytes) -> str:
    """Decode a source file for excerpts, whatever is wrong with it."""
    return content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")


class _Reader:
    """Reads records of files and gathers what is wrong with them."""

    def __init__(self, files: SourceFiles) -> None:
        self.files = files
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        self._by_folder: dict[str, list[str]] = {}
        for path in sorted(files.texts):
            self._by_folder.setdefault(path.rpartition("/")[0], []).append(path)
        self.broken = {problem.mark.path for problem in files.problems}

    def listed(self, folder: str, ending: str) -> list[str]:
        """List the files right in a folder, in order."""
        return [path for path in self._by_folder.get(folder, []) if path.endswith(ending)]

    def text(self, path: str) -> str | None:
        text, problems = decode(self.files.texts[path], path)
        self.problems += problems
        self.texts[path] = readable_text(self.files.texts[path])
        return text

    def record(self, path: str, record: type[R], *, required: bool) -> R | None:
        """Read the one record of a YAML file; None where there is none."""
        if path not in self.files.texts:
            if required and path not in self.broken:
                self._missing(path)
            return None
        text = self.text(path)
        if text is None:
            self.broken.add(path)
            return None
        found, problems = _parsed(text, path, record)
        self.problems += problems
        if found is None and not problems:
            self._empty(path, required=required)
        elif found is None:
            self.broken.add(path)
        return found  # type: ignore[return-value]  # the cache knows no type variable

    def stand_in(self, path: str, record: R) -> R:
        """Make a record stand for a file of which there is none; it is partial where the file is broken."""
        return record.as_partial() if path in self.broken else record

    def _missing(self, path: str) -> None:
        name = path.rsplit("/", 1)[-1]
        self.problems.append(Problem(Mark(path), "missing-file", f"'{name}' is missing", hint=f"create {path}"))
        self.broken.add(path)

    def _empty(self, path: str, *, required: bool) -> None:
        if required:
            hint = "take the file of another project as a pattern"
            self.problems.append(Problem(Mark(path), "empty-required-file", "the file is empty", hint=hint))
            self.broken.add(path)
        else:
            hint = "fill it or delete it"
            self.problems.append(Problem(Mark(path), "empty-file", "the file is empty", "warning", hint=hint))


@lru_cache(maxsize=64)
def _parsed(text: str, path: str, record: type[Record]) -> tuple[Record | None, tuple[Problem, ...]]:
    """Read the record of a file; None without a problem where the file is empty.

    It remembers the last files, since from one past state of a project to the next few of them differ.
    """
    node, problems = compose(text, path)
    if node is None or (isinstance(node, Scalar) and node.lost):
        return None, tuple(problems)
    found, more = read_record(node, record)
    return found.as_partial() if found is not None and problems else found, (*problems, *more)


def _account(reader: _Reader, folder: str) -> Account:
    path = f"{folder}/client.yaml"
    client = reader.record(path, Client, required=True)
    name = folder.rsplit("/", 1)[-1]
    return Account(name, folder, client or reader.stand_in(path, Client(name=name)))


def _project(reader: _Reader, folder: str) -> Project:
    records: dict[str, Any] = {}
    for name, record in PROJECT_FILES.items():
        path = f"{folder}/{name}.yaml"
        found = reader.record(path, record, required=name in REQUIRED_FILES)
        records[name] = found or reader.stand_in(path, Charter(name="?") if record is Charter else record())
    _, client_id, project_id = folder.split("/")
    return Project(
        client_id,
        project_id,
        folder,
        **records,
        updates=tuple(_updates(reader, f"{folder}/updates")),
        reports=tuple(_reports(reader, f"{folder}/reports")),
    )


def _updates(reader: _Reader, folder: str) -> Iterable[Update]:
    for path in reader.listed(folder, ".md"):
        if (text := reader.text(path)) is not None:
            update, problems = read_update(text, path)
            reader.problems += problems
            if update is not None:
                yield update


def _reports(reader: _Reader, folder: str) -> Iterable[ReportFile]:
    for path in reader.listed(folder, ".yaml"):
        report = reader.record(path, ReportFile, required=True)
        if report is not None:
            yield report
