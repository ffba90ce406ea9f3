"""The folder for temporary files of a command, and what becomes of those that nobody uses any more."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kapm_site.process.scratch import scratch

HOLD = """
import sys, tempfile
from kapm_site.process.scratch import scratch
with scratch() as found:
    with tempfile.NamedTemporaryFile() as file:
        print(found, file.name, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that temporary files go to."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.mark.promise("F5")
def test_only_folders_that_nobody_uses_are_removed(room: Path) -> None:
    """That of a killed process goes, that of a running one stays; so does what merely looks alike."""
    (room / "kapm.notes").mkdir()
    (room / "kapm.abcdefgh").symlink_to("kapm.notes")
    (room / "kapm.ijklmnop").write_text("a file")
    holders = []
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        found, name = process.stdout.readline().split()
        assert found == "True"
        assert Path(name).parent.parent == room
        holders.append((process, Path(name).parent))
    (killed, abandoned), (running, used) = holders
    killed.kill()
    killed.communicate()
    assert abandoned.exists()
    with scratch():
        assert not abandoned.exists()
        assert used.exists()
    running.communicate("")
    assert not used.exists()
    left = {path.name for path in room.iterdir()}
    assert {"kapm.notes", "kapm.abcdefgh", "kapm.ijklmnop"} <= left


def test_it_is_where_temporary_files_go_and_only_within_the_block(room: Path) -> None:
    """Also for programs that are started."""
    with scratch() as found:
        assert found
        inside = Path(tempfile.gettempdir())
        assert inside.parent == room
        assert os.environ["TMPDIR"] == str(inside)
        assert inside.stat().st_mode & 0o777 == 0o700
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(room)
