"""Spreading work: the one seam between what is done for each project and the processes that do it.

Work on what others have written is always done in a process beside this one, which bounds its time and its memory and
may die: a template without end costs its own project and nothing else.
"""

import gc
import multiprocessing
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from typing import Any, Protocol, TypeVar, cast

from kapm_site.process.limits import DIED, MOST_SECONDS, TimeLimitError, limit_text, limited
from kapm_site.process.stops import undisturbed
from kapm_site.process.worker import begin_work

#: Projects from which on it pays to work in several processes.
WORTH_PROCESSES = 4
#: Jobs a process that are begun, or done and not yet taken: the results of all would fill the memory.
_AHEAD = 8
_PRELOADED = "kapm_site.pipeline.preload"


class Job(Protocol):
    """A piece of work that knows what comes of it when it cannot be done."""

    def given_up(self, reason: str) -> Any:
        """Return a result that says why there is none: `it takes more than 60 seconds of processor time`."""


J = TypeVar("J", bound=Job)
R = TypeVar("R")


class Spread(Protocol):
    """Calls a function for each job and yields the results in the order of the jobs, as `map` does."""

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J], /) -> Iterable[R]:
        """Call the function for each job."""


@contextmanager
def spread_over(processes: int, seconds: float = MOST_SECONDS) -> Iterator[Spread]:
    """Give a `map` that works in other processes.

    Enter it before anything starts a thread: the processes are then copies of this one, which is the fastest.

    Args:
        processes: How many.
        seconds: Of processor time that one job may take.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(_pool(_context(), processes))
        with undisturbed():
            pool.submit(int)  # the processes start now
        yield _Pool(pool, processes * _AHEAD, seconds, stack)


class _Pool:
    def __init__(self, pool: ProcessPoolExecutor, ahead: int, seconds: float, stack: ExitStack) -> None:
        self._pool = pool
        self._ahead = ahead
        self._seconds = seconds
        self._stack = stack
        self._spare: ProcessPoolExecutor | None = None

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
        queue = iter(jobs)
        waiting = deque((job, self._submit(function, job)) for job in islice(queue, self._ahead))
        return self._results(function, waiting, queue)

    def _submit(self, function: Callable[[J], R], job: J) -> "Future[R] | None":
        try:
            with undisturbed():
                return self._pool.submit(_run, function, job, self._seconds)
        except BrokenProcessPool:
            return None

    def _results(
        self, function: Callable[[J], R], waiting: "deque[tuple[J, Future[R] | None]]", queue: Iterator[J]
    ) -> Iterator[R]:
        while waiting:
            job, future = waiting.popleft()  # one that was taken is kept no longer
            found = self._result(function, job, future)
            waiting.extend((job, self._submit(function, job)) for job in islice(queue, 1))
            yield found

    def _result(self, function: Callable[[J], R], job: J, future: "Future[R] | None") -> R:
        """Wait for a result; if the processes died, do the jobs one by one to find out whose fault it was."""
        try:
            if future is not None:
                return future.result()
        except BrokenProcessPool:
            pass
        try:
            if self._spare is None:
                self._spare = self._stack.enter_context(_pool(_safe_context(), 1))
            with undisturbed():
                again = self._spare.submit(_run, function, job, self._seconds)
            return again.result()
        except BrokenProcessPool:
            self._spare = None
            return cast("R", job.given_up(DIED))


def _run(function: Callable[[J], R], job: J, seconds: float) -> R:
    try:
        with limited(seconds, expendable=True):
            return function(job)
    except (MemoryError, TimeLimitError) as error:
        return cast("R", job.given_up(limit_text(error)))


@contextmanager
def _pool(context: multiprocessing.context.BaseContext, processes: int) -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """Choose plain copies of this process where it has no thread whose locks a copy would inherit.

    Else copies of a fresh process, which has loaded the same. On macOS libraries of the system forbid plain copies.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        import_module(_PRELOADED)
        return multiprocessing.get_context("fork")
    return _safe_context()


def _safe_context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([_PRELOADED])
    return context


def _begin() -> None:
    """Begin to work, and collect garbage as seldom as the parent does."""
    begin_work()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
