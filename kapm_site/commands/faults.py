"""A fault of ours: one line on the screen, everything else in a log."""

import tempfile
import traceback
from pathlib import Path


def log_fault(error: BaseException) -> str:
    """Write the traceback to a log and return the line to show."""
    text = "".join(traceback.format_exception(error))
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    try:
        with tempfile.NamedTemporaryFile("w", prefix="kapm-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.write(text)
    except OSError:
        return f"kapm: a fault of kapm itself: {what} (no log could be written)"
    return f"kapm: a fault of kapm itself: {what}; please report it with {Path(log.name)}"
