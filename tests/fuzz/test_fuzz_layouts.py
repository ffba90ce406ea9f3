"""Only files that are what they seem are read, whatever lies in a folder and whatever its name (H1, H4)."""

import os
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from layouts import SECRET, Step, apply, layouts, outside
from oracle import check_folder, workspace
from seeds import Files, seeds

from kapm_site.pipeline.load import load
from kapm_site.workspace.collect import MAX_FILES, MAX_SHELF_BYTES
from kapm_site.workspace.root import find_root

pytestmark = [
    pytest.mark.promise("H1"),
    pytest.mark.promise("H4"),
    pytest.mark.skipif(sys.platform != "linux", reason="makes pipes, devices, and names of any bytes"),
]

ERP = "projects/acme/erp"


@given(layouts())
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_odd_files_and_folders(laid: tuple[Files, list[Step]]) -> None:
    """Links, pipes, sockets, devices, names that nobody can read, thousands of files, folders without end."""
    files, steps = laid
    with workspace(files) as root:
        apply(root, steps)
        if find_root(root) == root.resolve():
            check_folder(root)
            assert all(SECRET not in content for content in load(root).files.texts.values())


@pytest.mark.parametrize("place", ["kapm.yaml", "projects", "attachments", "projects/acme", ERP, f"{ERP}/plan.yaml"])
def test_nothing_is_read_through_a_link(place: str) -> None:
    """Neither a file nor a folder, on no level; and the link is named."""
    with workspace(seeds()[0] | {"attachments/logo.png": b"x"}) as root:
        (root / place).rename(root / "elsewhere")
        (root / place).symlink_to(root / "elsewhere")
        problems = check_folder(root)
        assert [problem.mark.path for problem in problems if problem.code == "symbolic-link"] == [place]
        assert not [path for path in (*load(root).files.texts, *load(root).files.others) if path.startswith(place)]


def test_a_link_beside_the_settings_is_no_picture() -> None:
    """A logo could be any file of the machine."""
    with workspace(seeds()[0]) as root:
        (root / "logo.png").symlink_to(outside() / "secret.txt")
        assert "logo.png" not in load(root).files.others


def test_folders_as_deep_as_the_disk_allows() -> None:
    """The path of the deepest one is longer than the system lets anybody name."""
    with workspace(seeds()[0]) as root:
        there = os.open(root / ERP, os.O_RDONLY)
        for _ in range(3000):
            os.mkdir("d", dir_fd=there)
            below = os.open("d", os.O_RDONLY, dir_fd=there)
            os.close(there)
            there = below
        os.close(there)
        assert {problem.code for problem in check_folder(root) if problem.severity == "error"} == {"unreadable-file"}


def test_more_files_than_a_project_has() -> None:
    """The project is named, its own files are read all the same, and the other one is not touched."""
    other = {path.replace("/erp/", "/app/"): content for path, content in seeds()[0].items()}
    with workspace(seeds()[0] | other) as root:
        for number in range(MAX_FILES + 500):
            (root / ERP / f"{number}.txt").touch()
        problems = check_folder(root)
        assert [problem.mark.path for problem in problems if problem.code == "too-many-files"] == [ERP]
        assert not [problem for problem in problems if problem.code == "missing-file"]
        assert not [problem for problem in problems if problem.severity == "error" and "/app" in problem.mark.path]


def test_more_text_than_a_project_has() -> None:
    """Text is held in memory as a whole."""
    with workspace(seeds()[0]) as root:
        (root / ERP / "notes").mkdir()
        for number in range(MAX_SHELF_BYTES // 1_000_000 + 5):
            (root / ERP / "notes" / f"{number:02}.md").write_bytes(b"a" * 1_000_000)
        assert "too-many-files" in {problem.code for problem in check_folder(root)}
        assert sum(map(len, load(root).files.texts.values())) < MAX_SHELF_BYTES + 2_000_000
