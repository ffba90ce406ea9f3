"""A fault of ours: one line on the screen, everything else in a log."""

import os
import re
import tempfile
import traceback
import unicodedata
from pathlib import Path

from kapm_site.problem.printable import printable

#: Environment variables whose values are written nowhere.
_SECRET = ("KAPM_PASSPHRASES_", "KAPM_PDF_PASSPHRASE_")
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
    for name, value in os.environ.items():
        if name.startswith(_SECRET):
            spellings = f"{value} {unicodedata.normalize('NFKC', value)}"
            for passphrase in sorted(set(re.split(r"[\s,]+", spellings)), key=len, reverse=True):
                text = text.replace(passphrase, "***") if len(passphrase) > _TOO_SHORT else text
    return text
