"""A foreign calendar as the vocabulary's `calendar`."""

from dataclasses import replace
from datetime import date, timedelta

from kapm_site.importers.moments import usual_hours
from kapm_site.importers.records import Dropped, ImportedCalendar, ImportedException, ImportedProject, Span
from kapm_site.model.scalars import WEEKDAYS

#: Working exceptions are written day by day; more of them than this are not a few exceptions but another calendar.
MAX_WORKING_DATES = 1000

OFFICE_HOURS: tuple[Span, ...] = ((480, 720), (780, 1020))

_USUAL_WEEK = 5
_USUAL_MONTH = 20


def calendar_data(calendar: ImportedCalendar, project: ImportedProject) -> tuple[dict[str, object], list[Dropped]]:
    """Write a calendar; what its days, weeks and months are worth is a matter of the project."""
    data: dict[str, object] = {}
    dropped: list[Dropped] = []
    if not any(calendar.week):
        reason = "no day of its week is worked; Monday to Friday are"
        dropped.append(Dropped("calendar", f"week of calendar '{calendar.name}'", reason))
        calendar = replace(calendar, week=(OFFICE_HOURS,) * 5 + ((), ()))
    worked: list[str] = [day for day, hours in zip(WEEKDAYS, calendar.week, strict=True) if hours]
    if worked != list(WEEKDAYS[:5]):
        data["working_days"] = worked
    data["hours"] = _hours_data(calendar, worked)
    minutes = project.minutes_per_day
    week = round(project.minutes_per_week / minutes, 4)
    data["hours_per_day"] = round(minutes / 60, 4)
    if week != _USUAL_WEEK and 0 < week <= 7:  # noqa: PLR2004 the days of a week
        data["days_per_week"] = week
    if project.days_per_month != _USUAL_MONTH and 0 < project.days_per_month <= 31:  # noqa: PLR2004 a month
        data["days_per_month"] = project.days_per_month
    days = _by_day(calendar)
    holidays = {day: exception.name for day, exception in days.items() if not exception.hours}
    working = {day: exception.hours for day, exception in days.items() if exception.hours}
    if len(working) > MAX_WORKING_DATES:
        reason = f"{len(working)} working days by exception are more than {MAX_WORKING_DATES}"
        dropped.append(Dropped("calendar", f"working exceptions of calendar '{calendar.name}'", reason))
        working = {}
    if holidays:
        data["holidays"] = _holidays(holidays)
    if working:
        data["working_dates"] = [{"date": day, "hours": _spans(hours)} for day, hours in sorted(working.items())]
    return data, dropped


def _hours_data(calendar: ImportedCalendar, worked: list[str]) -> object:
    usual = usual_hours(calendar)
    if all(hours in ((), usual) for hours in calendar.week):
        return _spans(usual)
    return {day: _spans(calendar.week[WEEKDAYS.index(day)]) for day in worked}


def _by_day(calendar: ImportedCalendar) -> dict[date, ImportedException]:
    """Return the exception that holds on each day: the first that names it."""
    days: dict[date, ImportedException] = {}
    for exception in calendar.exceptions:
        for day in exception.days:
            days.setdefault(day, exception)
    return days


def _holidays(days: dict[date, str]) -> list[object]:
    """Join days that follow each other under one name."""
    runs: list[tuple[date, date, str]] = []
    for day, name in sorted(days.items()):
        if runs and runs[-1][1] + timedelta(days=1) == day and runs[-1][2] == name:
            runs[-1] = (runs[-1][0], day, name)
        else:
            runs.append((day, day, name))
    return [_holiday(first, last, name) for first, last, name in runs]


def _holiday(first: date, last: date, name: str) -> object:
    if first == last and not name:
        return first
    data: dict[str, object] = {"from": first}
    if last != first:
        data["to"] = last
    return {**data, "name": name} if name else data


def _spans(hours: tuple[Span, ...]) -> list[str]:
    return [f"{_clock(start)}-{_clock(end)}" for start, end in hours]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
