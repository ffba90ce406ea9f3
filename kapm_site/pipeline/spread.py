"""Spreading work: the one seam between what is done for each project and the processes that do it."""

import gc
import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from typing import Protocol, TypeVar

J = TypeVar("J")
R = TypeVar("R")

#: Projects from which on it pays to start processes.
WORTH_PROCESSES = 12
_PRELOADED = "kapm_site.pipeline.preload"


class Spread(Protocol):
    """Calls a function for each job and yields the results in the order of the jobs, as `map` does."""

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J], /) -> Iterable[R]:
        """Call the function for each job."""


@contextmanager
def spread_over(processes: int) -> Iterator[Spread]:
    """Give a `map` that works in several processes, or in this one.

    Enter it before anything starts a thread: the processes are then copies of this one, which is the fastest. A
    process that dies, for want of memory for instance, costs time and no result: its jobs are done here.
    """
    if processes == 1:
        yield map
        return
    with ProcessPoolExecutor(processes, mp_context=_context(), initializer=_begin) as pool:
        pool.submit(int)  # the processes start now
        try:
            yield _Pool(pool)
        finally:
            pool.shutdown(cancel_futures=True)


class _Pool:
    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J], /) -> Iterator[R]:
        return _results(function, deque((job, self._submit(function, job)) for job in jobs))

    def _submit(self, function: Callable[[J], R], job: J) -> "Future[R] | None":
        try:
            return self._pool.submit(function, job)
        except BrokenProcessPool:
            return None


def _results(function: Callable[[J], R], waiting: "deque[tuple[J, Future[R] | None]]") -> Iterator[R]:
    while waiting:
        yield _result(function, *waiting.popleft())  # one that was taken is kept no longer


def _result(function: Callable[[J], R], job: J, future: "Future[R] | None") -> R:
    try:
        if future is not None:
            return future.result()
    except BrokenProcessPool:
        pass
    return function(job)


def _context() -> multiprocessing.context.BaseContext:
    """Choose plain copies of this process where it has no thread whose locks a copy would inherit.

    Else copies of a fresh process, which has loaded the same. On macOS libraries of the system forbid plain copies.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        import_module(_PRELOADED)
        return multiprocessing.get_context("fork")
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([_PRELOADED])
    return context


def _begin() -> None:
    """Leave interrupts to the parent, and collect garbage as seldom as it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
