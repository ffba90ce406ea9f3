"""The first stages of every command: files → records → problems → figures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.checks import check_account, check_settings, check_workspace
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.pipeline.glyphs import workspace_glyphs
from kapm_site.problem import Problem, limit_problems, sort_problems
from kapm_site.workspace.collect import SourceFiles, collect
from kapm_site.workspace.folders import is_client, is_project
from kapm_site.workspace.read import read, read_shared, readable_text


@dataclass(frozen=True)
class Loaded:
    """A workspace that was read and checked.

    Attributes:
        texts: Text of the source files, for excerpts.
        problems: Of reading and checking, in the order of the files.
    """

    files: SourceFiles
    workspace: Workspace
    texts: dict[str, str]
    problems: tuple[Problem, ...]

    def problems_of(self, folder: str) -> list[Problem]:
        """Return the problems in the files of a folder."""
        return [p for p in self.problems if p.mark.path == folder or p.mark.path.startswith(f"{folder}/")]

    @property
    def selectors(self) -> set[str]:
        """Names of all clients and projects on the command line, also of those that were not read."""
        folders = self.files.folders
        return {folder.removeprefix("projects/") for folder in folders if is_client(folder) or is_project(folder)}

    def texts_of(self, problems: Iterable[Problem]) -> dict[str, str]:
        """Decode the text of the source files that problems are in, also of those that were not read."""
        paths = {problem.mark.path for problem in problems}
        return {path: readable_text(self.files.texts[path]) for path in paths & self.files.texts.keys()}

    @property
    def shared_problems(self) -> list[Problem]:
        """Problems that no project folder holds: those of kapm.yaml and of the projects folder itself."""
        return [p for p in self.problems if p.mark.path.count("/") < 2]  # noqa: PLR2004 projects/<client>/…

    def is_sound(self, account: Account, project: Project) -> bool:
        """Tell whether a project may be published: neither it nor what it rests on has an error."""
        return self.is_account_sound(account) and project.folder not in self._broken

    def is_account_sound(self, account: Account) -> bool:
        """Tell whether a client's projects may be published if they are sound themselves."""
        return not self._broken & {"", f"{account.folder}/client.yaml"}

    @cached_property
    def _broken(self) -> frozenset[str]:
        """Folders of projects and files of clients that have errors; "" where the error is above all of them."""
        paths = (problem.mark.path for problem in self.problems if problem.severity == "error")
        return frozenset("/".join(path.split("/")[:3]) if path.count("/") > 1 else "" for path in paths)


def load(root: Path) -> Loaded:
    """Read and check a workspace."""
    files = collect(root)
    reading = read(files)
    glyphs = workspace_glyphs(reading.workspace, files.texts, root)
    problems = limit_problems([*reading.problems, *check_workspace(reading.workspace), *glyphs])
    return Loaded(files, reading.workspace, dict(reading.texts), tuple(problems))


def load_shared(files: SourceFiles) -> Loaded:
    """Read and check what no project owns; the clients have no projects yet."""
    reading = read_shared(files)
    workspace = reading.workspace
    rules = (check_account(account, workspace) for account in workspace.accounts)
    problems = [*reading.problems, *check_settings(workspace), *chain.from_iterable(rules)]
    return Loaded(files, workspace, dict(reading.texts), tuple(sort_problems(problems)))


def selected(workspace: Workspace, selectors: Iterable[str]) -> list[tuple[Account, Project]]:
    """Return the projects that selectors name; all where there is no selector."""
    wanted = set(selectors)
    return [
        (account, project)
        for account, project in workspace.projects()
        if not wanted or account.id in wanted or project.selector in wanted
    ]


def analyse_projects(
    loaded: Loaded,
    projects: Iterable[tuple[Account, Project]],
    status: date | datetime,
    done: Callable[[], None] = lambda: None,
    *,
    findings_only: bool = False,
) -> list[Analysis]:
    """Compute the figures of projects, or those that findings are drawn from; `done` is called after each."""
    analyses = []
    for account, project in projects:
        analyses.append(analyse(loaded.workspace.settings, account, project, status, findings_only=findings_only))
        done()
    return analyses


def check_projects(loaded: Loaded, selectors: Iterable[str], status: date | datetime) -> list[Problem]:
    """Gather the problems of the selected projects and what their figures say needs a look.

    A project with errors has no figures; its other files are checked all the same.
    """
    chosen = selected(loaded.workspace, selectors)
    sound = [pair for pair in chosen if loaded.is_sound(*pair)]
    analyses = analyse_projects(loaded, sound, status, findings_only=True)
    findings = [finding for analysis in analyses for finding in analysis.findings]
    return limit_problems([*_problems_of(loaded, chosen, everything=not list(selectors)), *findings])


def _problems_of(loaded: Loaded, chosen: list[tuple[Account, Project]], *, everything: bool) -> list[Problem]:
    if everything:
        return list(loaded.problems)
    folders = [project.folder for _, project in chosen]
    clients = {f"{account.folder}/client.yaml" for account, _ in chosen}
    there = [problem for folder in (*folders, *sorted(clients)) for problem in loaded.problems_of(folder)]
    return [*loaded.shared_problems, *there]
