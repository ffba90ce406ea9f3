"""Measures commands for `peers.py`: how long one takes, how much its largest process holds, how a cost grows."""

# ruff: noqa: INP001 # a script's part, no package

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

_POLL = 0.002  # seconds


@dataclass(frozen=True)
class Run:
    """What a command took."""

    seconds: float
    mib: float


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command to its end; one that fails ends the program with what it said."""
    with tempfile.TemporaryFile() as told:
        start = perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=told, stderr=told)  # noqa: S603 our own
        mib = reap(process)
        seconds = perf_counter() - start
        if process.returncode:
            told.seek(0)
            sys.exit(told.read().decode(errors="replace")[-4000:])
    return Run(seconds, mib)


def reap(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process and return what it, or the largest of those it has waited for itself, held at most.

    `RUSAGE_CHILDREN` would be the largest of all commands so far. A process begins as a copy of this one, which is
    therefore the least that can be seen: nothing large may be imported here.
    """
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 2**20


def until(holds: Callable[[], bool], what: str, seconds: float) -> float:
    """Wait until something holds and return how long that took; what never comes ends the program."""
    start = perf_counter()
    while not holds():
        if perf_counter() - start > seconds:
            sys.exit(f"waited {seconds:.0f} s in vain for {what}")
        sleep(_POLL)
    return perf_counter() - start


def growth(costs: Mapping[int, float]) -> float:
    """Return the exponent by which a cost grows with size: the slope of its logarithm by least squares."""
    points = [(math.log(size), math.log(cost)) for size, cost in costs.items()]
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    across = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return across / sum((x - middle_x) ** 2 for x, _ in points)
