import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapm_site.publish.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from kapm_site.publish.lock import locked
with locked(Path(sys.argv[1]), 0.0) as holder:
    print("other" if holder else "held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of `site` until its standard input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "site")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.promise("F2")
def test_a_second_build_waits_and_then_names_the_holder(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    """While another process holds the lock, waiting ends with its pid and the time since when."""
    start = time.monotonic()
    with locked(tmp_path / "site", 0.3) as holder:
        assert holder is not None
        assert holder.pid == other.pid
        assert str(holder).startswith(f"pid {other.pid}, since 20")
    assert 0.3 <= time.monotonic() - start < 2


def test_a_second_build_goes_on_when_the_first_ends(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    """A lock that is let go while another waits goes to the one that waits."""
    assert other.stdin
    other.stdin.close()
    with locked(tmp_path / "site", 5.0) as holder:
        assert holder is None
    assert list(tmp_path.iterdir()) == []


def test_a_killed_holder_holds_nothing(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    """The kernel drops the lock of a killed process; its file does not block the next and is removed."""
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    assert (tmp_path / ".site.lock").exists()
    with locked(tmp_path / "site", 0.0) as holder:
        assert holder is None
    assert list(tmp_path.iterdir()) == []


def test_the_lock_is_let_go_after_an_exception(tmp_path: Path) -> None:
    """A build that breaks off leaves no lock and no file."""
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "site", 0.0):
        1 / 0  # noqa: B018 - any exception does
    with locked(tmp_path / "site", 0.0) as holder:
        assert holder is None
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_not_written_through_a_link(tmp_path: Path) -> None:
    """A symbolic link in place of the lock file could make us write anywhere."""
    (tmp_path / "precious").write_text("mine")
    (tmp_path / ".site.lock").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic link"), locked(tmp_path / "site", 0.0):
        pass
    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.promise("F2")
def test_eight_processes_never_hold_it_at_once(tmp_path: Path) -> None:
    """However often the lock changes hands and its file is removed, one process holds it at a time."""
    code = """
import sys
from pathlib import Path
from kapm_site.publish.lock import locked
counter = Path(sys.argv[1]) / "counter"
for _ in range(25):
    with locked(Path(sys.argv[1]) / "site", 60.0) as holder:
        assert holder is None
        counter.write_text(str(int(counter.read_text()) + 1))
"""
    (tmp_path / "counter").write_text("0")
    others = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(8)]
    assert [other.wait() for other in others] == [0] * 8
    assert (tmp_path / "counter").read_text() == "200"
