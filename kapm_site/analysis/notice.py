"""How a finding is put together: where it points, how it counts days, how grave it is."""

from math import floor

from kapm_site.analysis.frame import Frame
from kapm_site.language import WHOLE_DAYS
from kapm_site.model.record import Record
from kapm_site.problem import Mark, Problem, Related


def place_of(record: Record, *path: str | int, fallback: Mark) -> Mark:
    """Return the place of a value, or of the file it is in where the record was built in code."""
    mark = record.mark(*path)
    return mark if mark.path else fallback


def file_of(frame: Frame, name: str) -> Mark:
    """Return the place of a whole file of the project."""
    folder = frame.project.folder
    return Mark(f"{folder}/{name}" if folder else name)


def warn(mark: Mark, code: str, message: str, hint: str = "", *related: Related) -> Problem:
    """Make a finding that wants a look."""
    return Problem(mark, code, message, "warning", hint, related)


def note(mark: Mark, code: str, message: str, hint: str = "") -> Problem:
    """Make a finding that is for the record."""
    return Problem(mark, code, message, "info", hint)


def working_days(days: float) -> str:
    """Write a number of working days; from ten on a part of a day says nothing."""
    shown = f"{floor(days + 0.5)}" if days >= WHOLE_DAYS else f"{days:.1f}".removesuffix(".0")
    return f"{shown} working {'day' if days == 1 else 'days'}"
