"""Progress of long work: bars on a terminal, one line a step elsewhere."""

import sys
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
    if count == total:
        click.echo(f"{STEPS[step]}: {total}" if total > 1 else STEPS[step], err=True)


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def progress(step: str, count: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS[step], total=total)
            bars.update(tasks[step], completed=count, total=total)

        yield progress
