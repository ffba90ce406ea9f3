"""Being told to stop: by Ctrl+C, by whoever runs the CI, or by a terminal that closes."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class StoppedError(BaseException):
    """The process was told to stop; what is half done is undone on its way out.

    Attributes:
        number: Of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"kapm: stopped by {signal.Signals(self.number).name}; nothing is left half done"


class _Hold:
    """Whether a stop is held back, and which one came meanwhile."""

    is_on = False
    number: int | None = None


def heed_stops() -> None:
    """Raise `StoppedError` when told to stop, unless the caller of this program has it ignore that."""
    for number in _SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold a stop back within the block, in which processes are started.

    One that is only half started could not be ended with the others. None of them hears a Ctrl+C, which the terminal
    sends to all: it is this process that ends them.
    """
    _Hold.is_on = True
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        _Hold.is_on = False
        if _Hold.number is not None:
            _stop(_Hold.number, None)


def _stop(number: int, _frame: object) -> None:
    import multiprocessing  # too heavy for commands that need none

    if multiprocessing.parent_process() is not None:  # a copy of this process that has not begun its work
        os._exit(128 + number)
    if _Hold.is_on:
        _Hold.number = number
        return
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_DFL)  # whoever says it twice does not want to wait
    for child in multiprocessing.active_children():
        child.kill()  # else the way out would wait for what it is doing
    raise StoppedError(number)
