"""Where a build takes its files from: the workspace on the disk, or a past state of it laid into a folder."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from kapm_site.history.files import write_files
from kapm_site.history.latest import latest_changes
from kapm_site.history.repository import Repository, Revision, find_revision, open_repository, workspace_tree
from kapm_site.model.reports import ReportFile
from kapm_site.model.workspace import Project
from kapm_site.pages.imprint import Version
from kapm_site.pipeline.load import load
from kapm_site.pipeline.past.compared import folder_at
from kapm_site.pipeline.past.history import History, project_histories, read_history
from kapm_site.pipeline.theme import may_have_theme
from kapm_site.problem import Mark, Problem

_FOLDERS = ("attachments", "projects")


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a build.

    Attributes:
        root: The folder they lie in.
        past: The commit they are of; None for those on the disk.
        status: The status date of the latest report that was made from that commit, else its day.
    """

    root: Path
    past: tuple[Repository, Revision] | None = None
    status: date | None = None

    def history(self, folders: Iterable[str], timezone: str) -> History:
        """Follow projects back from where the files are."""
        if self.past is None:
            return read_history(self.root, folders, timezone)
        repository, revision = self.past
        known = list(folders)
        latest = latest_changes(repository, revision.id, known)
        projects = project_histories(repository, revision.id, known, timezone)
        return History(revision.id, Version(revision.id[:7]), latest, projects=projects)


def find_past(root: Path, name: str) -> tuple[Repository, Revision] | Problem:
    """Find a revision that holds the workspace, or say what is missing."""
    repository = open_repository(root)
    if isinstance(repository, Problem):
        return repository
    revision = find_revision(repository, name)
    if revision is None or workspace_tree(repository, revision.id) is None:
        message = f"no revision '{name}' that holds this workspace"
        hint = "run: git fetch --unshallow" if repository.shallow else "name a commit, a branch or a tag; see git log"
        return Problem(Mark("kapm.yaml"), "no-such-revision", message, hint=hint)
    return repository, revision


@contextmanager
def past_sources(root: Path, repository: Repository, revision: Revision) -> Iterator[Sources]:
    """Lay a past state into a folder, with the records of the reports that were made from it.

    Those were written after it, and tell the build that it is what a number stands for.
    """
    templates = may_have_theme(root)
    with TemporaryDirectory(prefix="kapm-") as name:
        folder = Path(name).resolve()
        write_files(repository, revision.id, folder, lambda path: _is_source(path, templates=templates))
        loaded = load(root)
        zone = loaded.workspace.settings.timezone
        made = _made_from(revision, [project for _, project in loaded.workspace.projects()])
        histories = project_histories(
            repository, str(repository.git.head.target), {project.folder for project, _ in made}, zone
        )
        for project, report in made:
            history = histories.get(project.folder)
            then = folder_at(repository, revision.id, project, history.line) if history else None
            if then is not None:
                path = report.mark("number").path
                _copy(root / path, folder / then / path.removeprefix(f"{project.folder}/"))
        day = revision.at.astimezone(ZoneInfo(zone)).date()
        status = max((report.status_date for _, report in made), default=day)
        yield Sources(folder, (repository, revision), status)


def _is_source(path: str, *, templates: bool) -> bool:
    top, _, rest = path.partition("/")
    return not rest or top in _FOLDERS or (templates and top == "templates")


def _made_from(revision: Revision, projects: Iterable[Project]) -> list[tuple[Project, ReportFile]]:
    """Find the reports that were made from a commit, by its hash or the beginning of it."""
    reports = ((project, report) for project in projects for report in project.reports)
    return [(project, report) for project, report in reports if report.commit and revision.id.startswith(report.commit)]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
