"""Work done in several processes is the work that one would do."""

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kapm_site.pipeline.build import build
from kapm_site.pipeline.load import load_shared
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.past.sources import Sources
from kapm_site.pipeline.spread import spread_over
from kapm_site.process.limits import TimeLimitError
from kapm_site.workspace.collect import collect
from tests.faulty import alive, kill_all, outliving
from tests.small import write_workspace

ROOT = Path(__file__).parents[3]
STATUS = date(2026, 11, 20)


@dataclass(frozen=True)
class Number:
    """A job: a number to square."""

    value: int

    def given_up(self, reason: str) -> str:
        """Say why it was not squared."""
        return reason


JOBS = [Number(value) for value in range(8)]


def squared(job: Number) -> int:
    """Square a number."""
    return job.value * job.value


def deadly(job: Number) -> int:
    """Square a number, but bring down the process that tries 3."""
    if job.value == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(job)


def endless(job: Number) -> int:
    """Square a number, but never end with 3; whoever catches what stops it is stopped again."""
    while job.value == 3:
        with contextlib.suppress(TimeLimitError):
            while True:
                pass
        time.sleep(0)
        while True:
            pass
    return squared(job)


def deaf(job: Number) -> int:
    """Square a number, but with 3 stay in C code, which no exception reaches."""
    if job.value == 3:
        sum(itertools.repeat(1))
    return squared(job)


def greedy(job: Number) -> int:
    """Square a number, but with 3 ask for more memory than there is."""
    if job.value == 3:
        return len(bytearray(3 * 1024**3))
    return squared(job)


def failing(job: Number) -> int:
    """Fail at 3."""
    if job.value == 3:
        raise ValueError("three")
    return squared(job)


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_jobs(processes: int) -> None:
    """Whoever is done first."""
    with spread_over(processes) as spread:
        assert list(spread(squared, JOBS)) == [squared(job) for job in JOBS]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (deadly, "the process that worked on it died, perhaps for want of time or memory"),
        (endless, "it takes more than 1 seconds of processor time"),
        (greedy, "it needs more than 2 GiB of memory"),
    ],
)
@pytest.mark.promise("H6")
def test_a_job_that_goes_wrong_costs_its_own_result(
    processes: int, function: Callable[[Number], int], reason: str
) -> None:
    """It says why; those before and behind it are done."""
    with spread_over(processes, 1) as spread:
        results: list[object] = list(spread(function, JOBS))
    assert results == [squared(job) if job.value != 3 else reason for job in JOBS]


BUSY = """
import os, time
from kapm_site.pipeline.spread import spread_over
if __name__ == "__main__":
    with spread_over(3) as spread:
        results = spread(time.sleep, [60, 60, 60])
        print("busy", flush=True)
        list(results)
"""


@pytest.mark.promise("F1")
def test_no_process_outlives_the_one_it_works_for() -> None:
    """However many there are, and whatever they are doing; each holds pipes of the others."""
    with subprocess.Popen(
        [sys.executable, "-c", BUSY], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "busy\n"
        assert len(alive(process.pid)) == 4
        process.kill()
        process.wait()
        left = outliving(process.pid, 20)
        kill_all(process.pid)
    assert left == []


def test_a_job_in_code_that_hears_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process goes with it."""
    monkeypatch.setattr("kapm_site.process.limits._GRACE_SECONDS", 1)
    with spread_over(2, 1) as spread:
        results: list[object] = list(spread(deaf, JOBS[2:5]))
    assert results == [4, "the process that worked on it died, perhaps for want of time or memory", 16]


def test_a_fault_comes_through() -> None:
    """What a job raises is raised where its result is taken."""
    with spread_over(2) as spread:
        results = iter(spread(failing, JOBS))
        assert [next(results) for _ in range(3)] == [0, 1, 4]
        with pytest.raises(ValueError, match="three"):
            next(results)


def test_a_site_made_by_processes_is_the_site_made_by_one(tmp_path: Path) -> None:
    """The examples, byte for byte."""
    sites = []
    for processes in (1, 2):
        options = BuildOptions(status=STATUS, pdf=False)
        target = tmp_path / f"by-{processes}"
        with spread_over(processes) as spread:
            built = build(load_shared(collect(ROOT)), Sources(ROOT), target, options, lambda *_: None, spread)
        assert built.published is not None, built.problems
        sites.append(files(target))
    assert len(sites[0]) > 40
    assert sites[0] == sites[1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the command copies a fresh process, as above")
def test_the_command_spreads_a_large_workspace(tmp_path: Path) -> None:
    """Fourteen projects go to copies of the command's own process; what they make is the same."""
    root = write_workspace(tmp_path / "work")
    for number in range(13):
        shutil.copytree(root / "projects/acme/erp", root / f"projects/acme/copy-{number}")
    for jobs in ("1", "2"):
        command = [Path(sys.executable).parent / "kapm", "-C", root, "build", "--no-pdf", "--jobs", jobs]
        command += ["-o", tmp_path / jobs, "--status-date", "2026-11-20"]
        subprocess.run(command, check=True, capture_output=True)
    assert files(tmp_path / "1") == files(tmp_path / "2")


def files(folder: Path) -> dict[Path, bytes]:
    """Read a folder."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
