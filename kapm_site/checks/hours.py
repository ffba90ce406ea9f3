"""The hours of a working day do not overlap.

Working time in two ranges at once would be counted twice, or not, depending on who counts.
"""

from collections.abc import Iterable
from itertools import pairwise

from kapm_site.model.calendars import Calendar
from kapm_site.model.record import Record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

Ranges = tuple[tuple[int, int], ...]


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report overlapping hours in the calendar of a project."""
    return _check_calendars((project.project.calendar,))


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report overlapping hours in the calendar of a client."""
    return _check_calendars((account.client.calendar,))


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Report overlapping hours in the calendars of the workspace."""
    return _check_calendars((workspace.settings.calendar, *workspace.settings.calendars.values()))


def _check_calendars(calendars: Iterable[Calendar | None]) -> list[Problem]:
    problems = []
    for calendar in calendars:
        if calendar is None:
            continue
        # One list of hours for all days is one place in the file: its overlap is reported once.
        first_day = {ranges: day for day, ranges in reversed(calendar.hours.items())}
        for ranges, day in reversed(first_day.items()):
            problems += _check_ranges(calendar, ("hours", day), ranges)
        for date in calendar.working_dates:
            problems += _check_ranges(date, ("hours",), date.hours or ())
    return problems


def _check_ranges(record: Record, path: tuple[str, ...], ranges: Ranges) -> list[Problem]:
    ordered = sorted(ranges)
    for (start, end), (next_start, next_end) in pairwise(ordered):
        if next_start < end:
            message = f"hours {_shown(start, end)} and {_shown(next_start, next_end)} overlap"
            return [Problem(record.mark(*path), "hours-overlap", message, hint="end one before the other begins")]
    return []


def _shown(start: int, end: int) -> str:
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
