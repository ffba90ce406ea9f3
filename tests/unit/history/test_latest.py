"""Which commit each project's pages are of, and whether what lies uncommitted has to do with them."""

from pathlib import Path

import pytest

from kapm_site.history.commit import is_made_of
from kapm_site.history.latest import latest_changes
from kapm_site.history.repository import Repository, open_repository
from tests.repository import commit_all, git
from tests.small import write_workspace

ERP, CRM, WEB = "projects/acme/erp", "projects/acme/crm", "projects/globex/web"
FOLDERS = (ERP, CRM, WEB)
EVERYWHERE = {*FOLDERS, "projects/acme", "projects/globex"}
CHANGES = {
    f"{ERP}/plan.yaml": {ERP, "projects/acme"},
    f"{ERP}/attachments/plan.svg": {ERP, "projects/acme"},
    f"{WEB}/updates/2026-11-20.md": {WEB, "projects/globex"},
    "projects/acme/client.yaml": {ERP, CRM, "projects/acme"},
    "projects/acme/attachments/logo.svg": {ERP, CRM, "projects/acme"},
    "projects/acme/new/project.yaml": {"projects/acme"},
    "projects/initech/client.yaml": set(),
    "kapm.yaml": EVERYWHERE,
    "logo.svg": EVERYWHERE,
    "attachments/logo.svg": EVERYWHERE,
    "templates/assets/theme.css": EVERYWHERE,
    "README.md": set(),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of two clients with three projects, in a folder of the repository."""
    folder = tmp_path / "status"
    write_workspace(folder, {f"{CRM}/project.yaml": "name: CRM\n", f"{WEB}/project.yaml": "name: Web\n"})
    write_workspace(folder, {"projects/globex/client.yaml": "name: Globex Works\n"})
    commit_all(tmp_path, "First")
    return folder


def latest(root: Path) -> dict[str, str]:
    """Ask for all projects."""
    repository = open_repository(root)
    assert isinstance(repository, Repository)
    return latest_changes(repository, git(root, "rev-parse", "HEAD"), FOLDERS)


@pytest.mark.parametrize(("path", "changed"), CHANGES.items())
def test_a_commit_is_the_version_of_what_it_has_changed(root: Path, path: str, changed: set[str]) -> None:
    """Of that and of nothing else, and no later commit on other things takes it away."""
    before = git(root, "rev-parse", "HEAD")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("name: Changed\n", "utf-8")
    commit = commit_all(root.parent, "Change")
    (root.parent / "notes.txt").write_text("beside the workspace", "utf-8")
    commit_all(root.parent, "Notes")
    assert latest(root) == {folder: commit if folder in changed else before for folder in EVERYWHERE}


def test_a_project_that_is_gone_changes_its_client_s_start_page_alone(root: Path) -> None:
    """The pages of the others are what they were."""
    before = git(root, "rev-parse", "HEAD")
    git(root, "rm", "-r", "--quiet", CRM)
    commit = commit_all(root.parent, "Closed")
    found = latest(root)
    assert (found["projects/acme"], found[ERP]) == (commit, before)


def test_a_workspace_that_was_away_begins_anew(root: Path) -> None:
    """What came back is of the commit that brought it."""
    git(root, "mv", "kapm.yaml", "away.yaml")
    commit_all(root.parent, "Away")
    git(root, "mv", "away.yaml", "kapm.yaml")
    commit = commit_all(root.parent, "Back")
    assert set(latest(root).values()) == {commit}


@pytest.mark.parametrize(
    ("path", "of"),
    [
        *CHANGES.items(),
        ("projects/", EVERYWHERE),
        ("projects/acme/", {ERP, CRM, "projects/acme"}),
        ("projects/acme/erp/", {ERP, "projects/acme"}),
        ("projects/acme/erp/updates/", {ERP, "projects/acme"}),
        ("projects/acme/other/", {"projects/acme"}),
        ("projects/acme/erp2/plan.yaml", {"projects/acme"}),
    ],
)
def test_a_change_in_no_commit_is_one_of_what_is_made_of_it(path: str, of: set[str]) -> None:
    """As a commit of it would be; a folder that git ignores is named with a slash."""
    expected = of if path != "README.md" else EVERYWHERE  # which is no source, so that nobody asks
    assert {folder for folder in EVERYWHERE if is_made_of(folder, path)} == expected
