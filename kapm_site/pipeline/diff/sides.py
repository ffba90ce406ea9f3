"""One side of a comparison: a state of the workspace, of which only those projects are read that are asked for."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kapm_site.checks import check_project
from kapm_site.history.files import workspace_files
from kapm_site.history.repository import Repository, Revision
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.pipeline.load import Loaded, load_shared
from kapm_site.problem import Problem
from kapm_site.workspace.collect import SourceFiles, collect
from kapm_site.workspace.folders import ProjectFiles, split_by_project
from kapm_site.workspace.read import read_project
from kapm_site.workspace.root import ROOT_FILE


@dataclass(frozen=True)
class Side:
    """A state of the workspace.

    Attributes:
        name: What it is called: a revision as it was typed with its short id, or the working tree.
        commit: Full hash; None for the working tree.
    """

    name: str
    commit: str | None
    files: SourceFiles

    @cached_property
    def shared(self) -> Loaded:
        """What no project owns."""
        return load_shared(self.files)

    @cached_property
    def projects(self) -> dict[str, ProjectFiles]:
        """The projects by folder."""
        return {part.folder: part for own in split_by_project(self.files).values() for part in own}

    def inputs(self, folder: str) -> tuple[object, ...]:
        """Return all that a project is made from, to be compared with that of another side."""
        part, texts = self.projects[folder], self.files.texts
        client = f"{folder.rpartition('/')[0]}/client.yaml"
        return (part.files, texts.get(client), texts.get(ROOT_FILE))

    def read(self, folder: str) -> tuple[Account, Project, list[Problem]]:
        """Read and check a project; the problems are its own and those of what it rests on."""
        workspace = self.shared.workspace
        account = next(one for one in workspace.accounts if one.folder == folder.rpartition("/")[0])
        project, problems, _ = read_project(self.projects[folder])
        problems += check_project(account, project, Workspace(workspace.settings, (account,), workspace.attachments))
        above = [*self.shared.shared_problems, *self.shared.problems_of(f"{account.folder}/client.yaml")]
        return account, project, [*above, *self.shared.problems_of(folder), *problems]


def disk_side(root: Path) -> Side:
    """Take the workspace as it is on the disk."""
    return Side("the working tree", None, collect(root))


def revision_side(repository: Repository, revision: Revision, name: str) -> Side:
    """Take the workspace as it was at a commit, which must hold it."""
    files = workspace_files(repository, revision.id) or SourceFiles({})
    short = f"{revision.id:.7}"
    return Side(name if name == short else f"{name} ({short})", revision.id, files)
