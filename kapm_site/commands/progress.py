"""Progress of long work: bars on a terminal, one line a step elsewhere; and the time that each stage took."""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

STEPS = {
    "projects": "Making projects",
    "pdf": "Making PDF reports",
    "publish": "Auditing and publishing",
}

Progress = Callable[[str, int, int], None]


@contextmanager
def reporter() -> Iterator[Progress]:
    """Give a function that is told step, count and total."""
    if sys.stderr.isatty():
        with _bars() as progress:
            yield progress
    else:
        yield _line


def _line(step: str, count: int, total: int) -> None:
    if count == total and step in STEPS:
        click.echo(f"{STEPS[step]}: {total}" if total > 1 else STEPS[step], err=True)


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def progress(step: str, count: int, total: int) -> None:
            if step not in STEPS:
                return
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS[step], total=total)
            bars.update(tasks[step], completed=count, total=total)

        yield progress


class Stopwatch:
    """Notes when each stage ended, and passes on what it is told.

    Attributes:
        told: To whom, once there is somebody.
    """

    def __init__(self) -> None:
        self.told: Progress | None = None
        self._laps: dict[str, float] = {}
        self._last = self._began = time.perf_counter()

    def __call__(self, step: str, count: int, total: int) -> None:
        """Take note of a step."""
        # What shows several projects is made before there is anything to publish.
        stage = "pages" if step == "publish" and count == 0 else step
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + now - self._last
        self._last = now
        if self.told:
            self.told(step, count, total)

    def table(self) -> str:
        """Write the time of each stage, and the most memory that this process and the largest beside it have held."""
        rows = [f"{_STAGES[stage]:<24}{seconds:8.2f} s" for stage, seconds in self._laps.items()]
        own, other = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        unit = 1024**2 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
        memory = f"memory: {own // unit} MiB; the largest process beside it: {other // unit} MiB"
        whole = f"{'all of it':<24}{self._last - self._began:8.2f} s"
        return "\n".join([*rows, whole, memory])


_STAGES = {
    "read": "settings, clients, past",
    "projects": "projects",
    "pdf": "PDF reports",
    "pages": "homes and portfolio",
    "publish": "audit and publishing",
}
