"""A fault of ours: one line on the screen, everything else in a log."""

import os
import tempfile
import traceback
from pathlib import Path

from kapm_site.problem.printable import printable

#: Hiding each "a" would hide the fault.
_TOO_SHORT = 3


def log_fault(error: BaseException) -> str:
    """Write the traceback to a log and return the line to show, neither with a passphrase in it."""
    text = _without_passphrases("".join(traceback.format_exception(error)))
    what = printable(_without_passphrases(f"{type(error).__name__}: {error}".splitlines()[0]))
    try:
        with tempfile.NamedTemporaryFile("w", prefix="kapm-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.write(text)
    except OSError:
        return f"kapm: a fault of kapm itself: {what} (no log could be written)"
    return f"kapm: a fault of kapm itself: {what}; please report it with {Path(log.name)}"


def _without_passphrases(text: str) -> str:
    """Hide passphrases, of which an exception may speak that was raised by anybody's code."""
    from kapm_site.publish.protection.passphrases import passphrases_in

    for passphrase in sorted(passphrases_in(os.environ), key=len, reverse=True):
        text = text.replace(passphrase, "***") if len(passphrase) > _TOO_SHORT else text
    return text
