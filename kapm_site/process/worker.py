"""How a process begins that works for another: bounded, deaf to interrupts, and ending with that other."""

import multiprocessing
import os
import signal
import threading

from kapm_site.process.limits import limit_memory


def begin_work() -> None:
    """Bound the memory, leave interrupts to the parent, and end with it, however it went."""
    _end_with_parent()
    limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_with_parent() -> None:
    """Watch the parent: when it is killed, nobody else tells a process that waits for work that none will come."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_end, args=(parent,), daemon=True).start()


def _wait_and_end(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    os._exit(1)
