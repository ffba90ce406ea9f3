"""What the operating system refused, told as problems of the data rather than as tracebacks."""

import errno

from kapm_site.problem import Mark, Problem
from kapm_site.process.limits import FULL

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}

_HINTS = {
    "disk-full": "free some space, or name a folder on another disk with -o",
    "read-only-target": "name a folder you may write to with -o",
    "cannot-write": "mend the cause, or name another folder with -o",
}


def write_problem(target: str, error: OSError) -> Problem:
    """Tell why a site could not be written; what was published before is still whole."""
    code = "cannot-write"
    if error.errno in FULL:
        code = "disk-full"
    elif error.errno in _FORBIDDEN:
        code = "read-only-target"
    cause = (error.strerror or type(error).__name__).lower()
    return Problem(Mark(target), code, f"cannot write the site {target!r}: {cause}", hint=_HINTS[code])
