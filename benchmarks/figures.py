"""Times the figures alone: a large network scheduled, and all figures of one project of about sixty tasks.

    python benchmarks/figures.py            both, with the marks that a release has to keep
    python benchmarks/figures.py --profile  where the time goes

Calendars and public holidays are looked up once a process and are warm here, as they are for all but the first project.
"""

# ruff: noqa: INP001 # a script, no package

import cProfile
import gc
import pstats
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter

from portfolio import STATUS, write_portfolio

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.graph import Link
from kapm_site.analysis.network import solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.working_time import working_time
from kapm_site.model.calendars import Calendar
from kapm_site.pipeline.load import load

TASKS, LINKS = 10_000, 15_000
RUNS = {"network": 9, "figures": 100}
MARKS = {"network": 0.300, "figures": 0.003}  # seconds


def main() -> None:
    """Measure and print; a missed mark is a failure."""
    gc.set_threshold(100_000, 50, 100)  # as the command does
    cases = {"network": large_network(), "figures": one_project()}
    if "--profile" in sys.argv[1:]:
        for name, work in cases.items():
            sys.stdout.write(f"\n{name}\n")
            profile(work, 1 if name == "network" else 100)
        return
    missed = [measure(name, work) for name, work in cases.items()]
    sys.exit(1 if any(missed) else 0)


def large_network() -> Callable[[], object]:
    """Return the scheduling of ten thousand tasks: half with one link, half with two, of all types, some with lags."""
    draw = random.Random(1)  # noqa: S311 the same network every time
    time = working_time(Calendar(country="DE"))
    activities = [Activity(time, draw.randint(1, 10) * 4 * 3600) for _ in range(TASKS)]
    links: list[Link] = []
    while len(links) < LINKS:
        after = draw.randrange(TASKS // 100, TASKS)
        kind = draw.choices(["FS", "SS", "FF", "SF"], [85, 8, 6, 1])[0]
        lag = draw.choice([0, 0, 0, 0, 0, 1, 2, -1]) * 8 * 3600
        links.append(Link((max(after - draw.randint(1, 300), 0),), (after,), kind, lag))  # type: ignore[arg-type]
    return lambda: solve(activities, links, datetime.fromisoformat("2026-03-02"))


def one_project() -> Callable[[], object]:
    """Return the analysis of a project of the portfolio benchmark, loaded once."""
    with tempfile.TemporaryDirectory() as folder:
        write_portfolio(Path(folder), 1)
        workspace = load(Path(folder)).workspace
    account, project = next(iter(workspace.projects()))
    return lambda: analyse(workspace.settings, account, project, STATUS)


def measure(name: str, work: Callable[[], object]) -> bool:
    """Print the time of the fastest run (others only wait for the machine) and of the middle one beside the mark."""
    work()
    times = []
    for _ in range(RUNS[name]):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    seconds = min(times)
    missed = seconds > MARKS[name]
    verdict = "MISSED" if missed else "kept"
    middle = 1000 * statistics.median(times)
    mark = 1000 * MARKS[name]
    sys.stdout.write(f"{name:<8} {1000 * seconds:8.2f} ms, middle {middle:8.2f} ms  (mark {mark:g} ms: {verdict})\n")
    return missed


def profile(work: Callable[[], object], runs: int) -> None:
    """Print the functions that take the most time of their own."""
    work()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(runs):
        work()
    profiler.disable()
    pstats.Stats(profiler, stream=sys.stdout).sort_stats("tottime").print_stats(28)


if __name__ == "__main__":
    main()
