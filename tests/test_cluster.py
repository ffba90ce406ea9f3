"""Work on a cluster: a real scheduler and two workers on this machine, one of which is lost on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm
from kapm_site.pipeline.cluster import ClusterError, cluster_at
from tests.small import FILES, write_workspace

pytest.importorskip("distributed")

PROJECTS = {
    path.replace("/erp/", f"/p{number}/"): text
    for number in range(6)
    for path, text in FILES.items()
    if "/erp/" in path
}


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, each a process of its own that is not started again."""
    file = tmp_path / "scheduler.json"
    local = ("--host", "127.0.0.1")
    started = [run("scheduler", *local, "--port", "0", "--no-dashboard", "--scheduler-file", str(file))]
    work = ("--scheduler-file", str(file), "--no-nanny", "--nthreads", "1", "--no-dashboard", *local)
    started += [run("worker", *work, "--local-directory", str(tmp_path)) for _ in range(2)]
    try:
        yield Cluster(address_in(file), started[1:])
    finally:
        for process in started:
            process.kill()
            process.wait()


def run(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a part of a cluster."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def address_in(file: Path) -> str:
    """Wait until the scheduler has written where it listens, and two workers have come."""
    import json

    from distributed import Client

    until = time.monotonic() + 60
    while not file.exists() or not file.read_text():
        assert time.monotonic() < until
        time.sleep(0.05)
    address: str = json.loads(file.read_text())["address"]
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    return address


@dataclass(frozen=True)
class Step:
    """A piece of work that notes who does it, and takes a while."""

    number: int
    notes: Path

    def given_up(self, reason: str) -> str:
        """Say why there is no result."""
        return reason


def work(step: Step) -> int:
    """Do a piece of work."""
    (step.notes / f"{step.number}-{os.getpid()}").touch()
    time.sleep(0.2)
    return step.number


def deadly(step: Step) -> int:
    """Take the worker along."""
    os.kill(os.getpid(), signal.SIGKILL)
    return step.number


def files(folder: Path) -> dict[str, bytes]:
    """Read a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_made_on_a_cluster_is_the_site_made_here(cluster: Cluster, tmp_path: Path) -> None:
    """Pages and PDFs, byte for byte; the audit looks at them there as well."""
    root = write_workspace(tmp_path / "work", PROJECTS)
    for name, more in (("here", ()), ("there", ("--executor", cluster.address.replace("tcp", "dask")))):
        arguments = ["-C", str(root), "build", "acme", "-o", str(tmp_path / name), "--status-date", "2026-11-20", *more]
        result = CliRunner().invoke(kapm, arguments)
        assert result.exit_code == 0, result.output
    assert files(tmp_path / "here") == files(tmp_path / "there")
    assert [path for path in files(tmp_path / "there") if path.endswith(".pdf")]


def test_a_worker_that_is_lost_costs_no_result(cluster: Cluster, tmp_path: Path) -> None:
    """What it had done and was doing is done again by the other one."""
    root = write_workspace(tmp_path / "work")
    with cluster_at(cluster.address, root) as spread:
        results = iter(spread(work, [Step(number, tmp_path) for number in range(20)]))
        found = [next(results)]
        cluster.workers[0].kill()
        found += results
    assert found == [*range(20)]
    assert {int(path.name.split("-")[1]) for path in tmp_path.glob("*-*") if path.name[0].isdigit()} == {
        worker.pid for worker in cluster.workers
    }


def test_work_that_ends_all_workers_is_given_up(cluster: Cluster, tmp_path: Path) -> None:
    """It says so instead of waiting for ever."""
    root = write_workspace(tmp_path / "work")
    with cluster_at(cluster.address, root) as spread:
        assert list(spread(work, [Step(1, tmp_path)])) == [1]
        (said,) = spread(deadly, [Step(2, tmp_path)])
    assert "died" in str(said)


def test_a_cluster_that_cannot_be_used_says_why(cluster: Cluster, tmp_path: Path) -> None:
    """Nobody there; workers that do not see the files."""
    elsewhere = tmp_path / "nowhere"
    with pytest.raises(ClusterError, match="does not see"), cluster_at(cluster.address, elsewhere):
        pass
    arguments = ["-C", str(write_workspace(tmp_path / "work")), "build", "--executor", "dask://127.0.0.1:1"]
    result = CliRunner().invoke(kapm, arguments)
    assert result.exit_code == 2
    assert "no scheduler answers at tcp://127.0.0.1:1" in result.output


@pytest.mark.parametrize("name", ["tcp://127.0.0.1:1", "dask://127.0.0.1", "threads", ""])
def test_an_executor_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    """What there is stands in the message."""
    result = CliRunner().invoke(kapm, ["-C", str(write_workspace(tmp_path / "work")), "build", "--executor", name])
    assert result.exit_code == 2
    assert f"'{name}' is no executor: processes, or a dask scheduler such as dask://10.0.0.5:8786" in result.output


def test_processes_are_an_executor(tmp_path: Path) -> None:
    """The one that works where none is named."""
    arguments = ["-C", str(write_workspace(tmp_path / "work")), "build", "--no-pdf", "-o", str(tmp_path / "site")]
    result = CliRunner().invoke(kapm, [*arguments, "--executor", "processes"])
    assert result.exit_code == 0, result.output
