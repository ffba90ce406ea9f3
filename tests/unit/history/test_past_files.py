"""The files of a past state are sorted, counted and refused as those on the disk are."""

import sys
from pathlib import Path

import pytest
from past_project import PastProject, past_project

from kapm_site.history.files import project_files, workspace_files
from kapm_site.pipeline.past.looks import read_past
from kapm_site.workspace.collect import MAX_FILES, MAX_SHELF_BYTES, SourceFiles, collect
from tests.repository import commit_all, git


def committed(past: PastProject) -> SourceFiles:
    """Commit what lies on the disk and read it from there."""
    commit = commit_all(past.root, "Change")
    found = workspace_files(past.repository(), commit)
    assert found is not None
    return found


def same(past: PastProject) -> list[tuple[str, str]]:
    """Assert that the commit holds what the disk does; return what is reported of both."""
    disk, then = collect(past.root), committed(past)
    assert dict(then.texts) == dict(disk.texts)
    assert (then.others, then.folders, then.problems) == (disk.others, disk.folders, disk.problems)
    return [(problem.mark.path, problem.code) for problem in then.problems]


def test_files_of_every_kind_are_sorted_alike(tmp_path: Path) -> None:
    """Those beside kapm.yaml as well, as a logo may lie there."""
    past = past_project(tmp_path)
    for path in ("logo.png", "README.md", "attachments/a.png", "attachments/b/c.md", "docs/notes.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    past.write({"attachments/a.png": "x", "attachments/a.md": "x", ".draft.yaml": "x", "deep/a/b.md": "x"})
    (tmp_path / past.folder / "other.yaml").symlink_to("plan.yaml")
    assert same(past) == [(f"{past.folder}/other.yaml", "symbolic-link")]


def test_a_link_in_the_place_of_the_projects_is_reported_alike(tmp_path: Path) -> None:
    """Nothing behind it is read."""
    past = past_project(tmp_path)
    (tmp_path / "projects").rename(tmp_path / "elsewhere")
    (tmp_path / "projects").symlink_to("elsewhere")
    assert same(past) == [("projects", "symbolic-link")]


@pytest.mark.skipif(sys.platform != "linux", reason="file names of arbitrary bytes are Linux's")
def test_names_that_cannot_be_printed_are_reported_alike(tmp_path: Path) -> None:
    """Of a file, and of a folder, into which nobody looks."""
    past = past_project(tmp_path)
    past.write({"bell\a.txt": "x", "escape\x1b/a.md": "x", "bad\udcff.md": "x"})
    assert same(past) == [(past.folder, "bad-file-name")] * 3


def test_more_files_than_a_project_has_are_too_many_in_the_past_as_well(tmp_path: Path) -> None:
    """Its own files are read all the same; the week it was so in has no look."""
    past = past_project(tmp_path)
    past.write({f"{number}.txt": "" for number in range(MAX_FILES + 200)})
    assert same(past) == [(past.folder, "too-many-files")]
    commit = git(tmp_path, "rev-parse", "HEAD")
    own = project_files(past.repository(), commit, past.folder, "projects/acme/app")
    assert own is not None
    assert [problem.mark.path for problem in own.problems] == ["projects/acme/app"]
    assert "projects/acme/app/plan.yaml" in own.texts
    found = read_past(past.repository(), commit, past.folder, past.folder)
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["too-many-files"]


def test_more_text_than_a_project_has_is_not_read_from_the_past_either(tmp_path: Path) -> None:
    """It is held in memory as a whole."""
    past = past_project(tmp_path)
    past.write({f"notes/{number:02}.md": "a" * 1_000_000 for number in range(MAX_SHELF_BYTES // 1_000_000 + 5)})
    assert same(past) == [(past.folder, "too-many-files")]
    assert sum(map(len, committed(past).texts.values())) < MAX_SHELF_BYTES + 1_000_000
