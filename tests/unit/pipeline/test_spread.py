"""Work done in several processes is the work that one would do."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kapm_site.pipeline.build import build
from kapm_site.pipeline.load import load_shared
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.past.sources import Sources
from kapm_site.pipeline.spread import spread_over
from kapm_site.workspace import collect
from tests.small import write_workspace

ROOT = Path(__file__).parents[3]
STATUS = date(2026, 11, 20)


def squared(number: int) -> int:
    """Square a number."""
    return number * number


def deadly(number: int) -> int:
    """Square a number, but bring down any other process that tries 3."""
    if number == 3 and os.environ.get("KAPM_TEST_PARENT") != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def failing(number: int) -> int:
    """Fail at 3."""
    if number == 3:
        raise ValueError("three")
    return number


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_jobs(processes: int) -> None:
    """Whoever is done first."""
    with spread_over(processes) as spread:
        assert list(spread(squared, range(20))) == [number * number for number in range(20)]


def test_a_process_that_dies_costs_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its jobs, and those that waited behind it, are done here."""
    monkeypatch.setenv("KAPM_TEST_PARENT", str(os.getpid()))
    with spread_over(2) as spread:
        assert list(spread(deadly, range(8))) == [number * number for number in range(8)]


def test_a_fault_comes_through() -> None:
    """What a job raises is raised where its result is taken."""
    with spread_over(2) as spread:
        results = iter(spread(failing, range(8)))
        assert [next(results) for _ in range(3)] == [0, 1, 2]
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
