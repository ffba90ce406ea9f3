"""A project in a repository made by git, and the last change of each of its records as a build finds it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kapm_site.history.line import read_line
from kapm_site.history.provenance import RecordTouch
from kapm_site.history.repository import Repository, open_repository
from kapm_site.pipeline.past.touched import project_touches
from kapm_site.workspace.collect import collect
from kapm_site.workspace.folders import split_by_project
from kapm_site.workspace.read import read_project
from tests.repository import git
from tests.small import write_workspace

CLIENT = "projects/acme"
ANA, BO = "Ana Okafor", "Bo Lind"


@dataclass(frozen=True)
class PastProject:
    """A workspace with one project below git."""

    root: Path
    name: str = "erp"

    @property
    def folder(self) -> str:
        """Of the project."""
        return f"{CLIENT}/{self.name}"

    def write(self, files: dict[str, str]) -> None:
        """Write files of the project, line ends as they are given."""
        for name, text in files.items():
            path = self.root / self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def commit(self, day: date, author: str = ANA, **files: str) -> str:
        """Write files, named without their ending, and commit everything; returns the commit's hash."""
        self.write({f"{name}.yaml": text for name, text in files.items()})
        git(self.root, "add", "--all")
        mail = f"{author} <{author.split(maxsplit=1)[0].lower()}@tidewater.example>"
        git(self.root, "commit", "--quiet", "--allow-empty", "--message", "Change", "--author", mail, day=day)
        return git(self.root, "rev-parse", "HEAD")

    def repository(self) -> Repository:
        """Open the repository."""
        found = open_repository(self.root)
        assert isinstance(found, Repository)
        return found

    def touches(self, *, fresh: bool = False) -> tuple[RecordTouch, ...]:
        """Find the last changes as the next build does, or as the first one in a new clone."""
        repository = self.repository()
        if fresh:
            for kept in (Path(repository.path) / "kapm").glob("*.touches.json"):
                kept.unlink()
        line = read_line(repository, git(self.root, "rev-parse", "HEAD"), [self.folder], "UTC")[self.folder]
        parts = split_by_project(collect(self.root))[CLIENT]
        part = next(part for part in parts if part.folder == self.folder)
        return project_touches(repository, line, read_project(part)[0], part.files.texts)

    def authors(self) -> dict[str, str | None]:
        """Tell who last changed each task: its id and the author's first name; None for what is not committed."""
        return {
            touch.id: touch.touch.author.split()[0] if touch.touch else None
            for touch in self.touches()
            if touch.kind in ("task", "milestone")
        }


def past_project(root: Path) -> PastProject:
    """Begin a repository with the small workspace, not committed yet."""
    write_workspace(root)
    git(root, "init", "--quiet")
    return PastProject(root)
