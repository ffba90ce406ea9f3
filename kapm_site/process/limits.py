"""Bounds of one piece of work: templates are code, and a page can be as large as somebody's YAML.

Time is processor time, so a machine that is busy with other things changes nothing. Where the system has no such
timers (Windows), or outside of the main thread, nothing is bounded.
"""

import errno
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

if sys.platform != "win32":
    import resource

#: For one project, one report, one home page: some fifty times what a large one takes.
MOST_SECONDS = 60.0
MOST_BYTES = 2 * 1024**3
#: What the system says where there is no room for a file.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
#: What C code does not notice in time ends its process.
_GRACE_SECONDS = 10.0


#: A system that ends a process does not say why.
DIED = "the process that worked on it died, perhaps for want of time or memory"


class TimeLimitError(Exception):
    """Work took longer than it may."""


@contextmanager
def limited(seconds: float = MOST_SECONDS, *, expendable: bool = False) -> Iterator[None]:
    """Raise from within the block when it takes too long.

    Inside of such a block another one bounds nothing anew.

    Args:
        seconds: Of processor time.
        expendable: The process may be ended where an exception cannot get through, since another one waits for it.

    Raises:
        TimeLimitError: The time is up; again every second, should somebody catch it.
    """
    if not _has_timers() or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return

    def stop(*_: object) -> NoReturn:
        raise TimeLimitError(f"it takes more than {seconds:g} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
        if expendable:
            signal.setitimer(signal.ITIMER_PROF, seconds + _GRACE_SECONDS)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGVTALRM, before)


def limit_memory(size: int = MOST_BYTES) -> None:
    """Let this process have no more than so many bytes; what asks for more gets a MemoryError, or dies.

    Only what is its own counts: files that are mapped, such as git's packs, are not memory.
    """
    if sys.platform != "win32":
        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (size if most == resource.RLIM_INFINITY else min(size, most), most))


@contextmanager
def limited_memory(size: int = MOST_BYTES) -> Iterator[None]:
    """Let this process have no more than so many bytes within the block."""
    if sys.platform == "win32":
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    limit_memory(size)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def limit_text(error: Exception) -> str:
    """Say which limit was met; empty for any other error."""
    if isinstance(error, MemoryError):
        return f"it needs more than {MOST_BYTES // 1024**3} GiB of memory"
    return str(error) if isinstance(error, TimeLimitError) else ""


def _has_timers() -> bool:
    return hasattr(signal, "ITIMER_VIRTUAL") and threading.current_thread() is threading.main_thread()
