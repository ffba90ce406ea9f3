"""Real `kapm` processes that meet faults: how they are started, what is left of them, and what lies on the disk."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm

ROOT = Path(__file__).parents[1]
KAPM = Path(sys.executable).parent / "kapm"
STATUS = ("--status-date", "2026-11-20")
UPDATE = "projects/acme/erp/updates/2026-11-13.md"


def _hear_signals() -> None:
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@dataclass(frozen=True)
class Place:
    """A workspace, the folder it is built into, and a folder for temporary files that nobody else uses."""

    root: Path
    site: Path
    temp: Path
    variables: dict[str, str] = field(default_factory=dict)

    def start(self, *arguments: str | Path, program: tuple[str | Path, ...] = (KAPM,)) -> subprocess.Popen[str]:
        """Start kapm in this workspace, in a session and process group of its own."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.temp), **self.variables}
        return subprocess.Popen(
            [*program, "-C", self.root, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
            # Who runs the tests in the background has them ignored, which a child inherits.
            preexec_fn=_hear_signals,  # noqa: PLW1509 nothing else runs in this process meanwhile
            cwd=self.root,
        )

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run kapm in this workspace and wait for it."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def build(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Build the site and wait."""
        return self.run("build", "-o", self.site, *STATUS, *arguments)

    def build_here(self, *arguments: str, site: Path | None = None) -> Result:
        """Build within the process of the test, which is quicker."""
        target = str(site or self.site)
        return CliRunner().invoke(kapm, ["-C", str(self.root), "build", "-o", target, *STATUS, *arguments])

    def leftovers(self) -> list[str]:
        """Name what no command may leave behind: beside the site, among temporary files, in the git folder."""
        beside = [path for path in self.site.parent.iterdir() if path.name.startswith(f".{self.site.name}.")]
        drafts = [*self.root.rglob(".draft-*"), *self.root.rglob(".*.new")]
        return sorted(path.name for path in (*beside, *self.temp.iterdir(), *drafts))


@contextmanager
def short_folder() -> Iterator[Path]:
    """Give a folder for temporary files whose name is short enough for the name of a socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="kt-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tree(folder: Path) -> dict[str, bytes]:
    """Read a whole folder, hidden files too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def alive(session: int) -> list[int]:
    """List the processes of a session that have not ended."""
    found = []
    for process in psutil.process_iter(["pid", "status"]):
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            if process.info["status"] != psutil.STATUS_ZOMBIE and os.getsid(process.info["pid"]) == session:
                found.append(process.info["pid"])
    return found


def outliving(session: int, seconds: float = 30) -> list[int]:
    """Wait until all processes of a session have ended; list those that do not."""
    deadline = time.monotonic() + seconds
    while (left := alive(session)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def kill_all(session: int) -> None:
    """End what is left of a session, so that a failing test leaves nothing running."""
    for pid in alive(session):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def say(place: Place, headline: str) -> None:
    """Give the project's update another headline, which shows on many pages."""
    file = place.root / UPDATE
    lines = file.read_text("utf-8").splitlines()
    lines[1] = f"headline: {headline}"
    file.write_text("\n".join([*lines, ""]), "utf-8")


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """Give a file system of its own, such as `size=4m`, where this process may mount one."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs more rights than this process has")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(disk: Path, *, spare: int) -> None:
    """Fill a disk up to so many bytes."""
    with (disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(4096))
    os.truncate(disk / "ballast", max(0, (disk / "ballast").stat().st_size - spare))


def use_up_inodes(disk: Path, *, spare: int) -> None:
    """Fill a disk with names up to so many."""
    names = [disk / f"name-{number}" for number in range(10_000)]
    with suppress(OSError):
        for name in names:
            name.touch()
    for name in [name for name in names if name.exists()][:spare]:
        name.unlink()
