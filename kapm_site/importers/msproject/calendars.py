"""Calendars of an MSPDI file: weeks with their base calendars worked in, exceptions of both generations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kapm_site.importers.msproject.recurrence import MAX_DAYS, days_of
from kapm_site.importers.msproject.xml import Element
from kapm_site.importers.records import Dropped, ImportedCalendar, ImportedException, Span

#: What Microsoft Project assumes where a base calendar is silent: Monday to Friday, 8–12 and 13–17.
DEFAULT_HOURS: tuple[Span, ...] = ((480, 720), (780, 1020))
DEFAULT_WEEK: tuple[tuple[Span, ...], ...] = (DEFAULT_HOURS,) * 5 + ((), ())

_SUNDAY = 1
_SATURDAY = 7
_DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class _Raw:
    """A calendar as the file states it, its base not yet worked in."""

    key: str
    name: str
    base: str
    week: dict[int, tuple[Span, ...]]
    exceptions: tuple[ImportedException, ...]


def read_calendars(project: Element) -> tuple[tuple[ImportedCalendar, ...], list[Dropped]]:
    """Read all calendars, each complete in itself."""
    dropped: list[Dropped] = []
    raw = {
        item.key: item
        for item in (_read(element, dropped) for element in project.grandchildren("Calendars", "Calendar"))
    }
    return tuple(_complete(item, raw) for item in raw.values()), dropped


def _read(element: Element, dropped: list[Dropped]) -> _Raw:
    name = element.name("Name") or f"calendar {element.raw('UID')}"
    week: dict[int, tuple[Span, ...]] = {}
    exceptions: list[ImportedException] = []
    for exception in element.grandchildren("Exceptions", "Exception"):
        exceptions += _exception(exception, name, dropped)
    for day in element.grandchildren("WeekDays", "WeekDay"):
        kind = day.integer("DayType", 0)
        if _SUNDAY <= kind <= _SATURDAY:
            week[(kind + 5) % 7] = _hours(day)
        elif not kind:
            exceptions += _old_exception(day, exceptions)
    for period in element.grandchildren("WorkWeeks", "WorkWeek"):
        exceptions += _work_week(period, name, dropped)
    return _Raw(element.raw("UID"), name, element.raw("BaseCalendarUID"), week, tuple(exceptions))


def _complete(item: _Raw, raw: dict[str, _Raw]) -> ImportedCalendar:
    """Fill what a calendar leaves to its base calendars."""
    week: dict[int, tuple[Span, ...]] = {}
    exceptions: list[ImportedException] = []
    seen: set[str] = set()
    level: _Raw | None = item
    while level and level.key not in seen:
        seen.add(level.key)
        week = {**level.week, **week}
        exceptions += level.exceptions
        level = raw.get(level.base)
    days = tuple(week.get(day, DEFAULT_WEEK[day]) for day in range(7))
    return ImportedCalendar(item.key, item.name, days, tuple(exceptions))


def _hours(element: Element) -> tuple[Span, ...]:
    """Read the working times of a day or an exception."""
    if not element.flag("DayWorking"):
        return ()
    spans: list[Span] = []
    for time in element.grandchildren("WorkingTimes", "WorkingTime"):
        start, end = _clock(time.raw("FromTime")), _clock(time.raw("ToTime"))
        if start is None or end is None:
            continue
        end = end or _DAY_MINUTES
        if start < end:
            spans.append((start, end))
    return _apart(spans) or DEFAULT_HOURS


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """Put spans in order and join those that overlap."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def _clock(text: str) -> int | None:
    """Return the minutes since midnight of `08:30:00`; a date before it is ignored."""
    hours, _, rest = text.rpartition("T")[2].partition(":")
    minutes = rest[:2]
    if not (hours.isdecimal() and minutes.isdecimal()):
        return None
    return min(int(hours) * 60 + int(minutes), _DAY_MINUTES)


def _period(element: Element) -> tuple[date, date] | None:
    for period in element.children("TimePeriod"):
        first, last = period.moment("FromDate"), period.moment("ToDate")
        if first and last and first <= last:
            return first.date(), last.date()
    return None


def _exception(element: Element, calendar: str, dropped: list[Dropped]) -> Iterator[ImportedException]:
    period = _period(element)
    name = element.name("Name")
    shown = f"exception '{name}' of calendar '{calendar}'"
    if period is None:
        dropped.append(Dropped("calendar", shown, "it names no days"))
        return
    days = days_of(element, *period)
    if not days:
        dropped.append(
            Dropped("calendar", shown, f"its recurrence is of an unknown kind, or of more than {MAX_DAYS} days")
        )
        return
    yield ImportedException(days, _hours(element), name)


def _old_exception(element: Element, known: list[ImportedException]) -> Iterator[ImportedException]:
    """Read an exception as Project 2003 wrote it; later versions write every exception in both forms."""
    period = _period(element)
    if period is None:
        return
    first, last = period
    days = tuple(first + timedelta(days=count) for count in range(min((last - first).days + 1, MAX_DAYS)))
    if not any(set(days) <= set(other.days) for other in known):
        yield ImportedException(days, _hours(element))


def _work_week(element: Element, calendar: str, dropped: list[Dropped]) -> Iterator[ImportedException]:
    """Read a period with a week of its own as one exception for each of its weekdays."""
    period = _period(element)
    name = element.name("Name")
    if period is None or (period[1] - period[0]).days > MAX_DAYS:
        dropped.append(
            Dropped(
                "calendar", f"work week '{name}' of calendar '{calendar}'", f"it names no days, or more than {MAX_DAYS}"
            )
        )
        return
    first, last = period
    for day in element.grandchildren("WeekDays", "WeekDay"):
        kind = day.integer("DayType", 0)
        if _SUNDAY <= kind <= _SATURDAY:
            weekday = (kind + 5) % 7
            start = first + timedelta(days=(weekday - first.weekday()) % 7)
            days = tuple(start + timedelta(days=7 * count) for count in range((last - start).days // 7 + 1))
            if days:
                yield ImportedException(days, _hours(day), name)
