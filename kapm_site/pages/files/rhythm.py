"""When a regular meeting is expected: by its cadence, and by the days on which it was last held."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kapm_site.analysis.cadence import RHYTHMS
from kapm_site.audience.charter import PlannedMeetingView
from kapm_site.audience.registers import MeetingView

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK, _YEAR = 7, 12


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rule as calendars know it.

    Attributes:
        first: The first day that is expected.
        weeks, months: To the next one; the other is 0.
        weekday: Of a month, such as `3TH` for its third Thursday or `-1FR` for its last Friday; else the rule keeps the
            day of the week, or of the month.
    """

    first: date
    weeks: int = 0
    months: int = 0
    weekday: str = ""


def expected(planned: PlannedMeetingView, meetings: Iterable[MeetingView], status: date) -> Repeat | None:
    """Find when a regular meeting is expected next, and by what rule.

    Nobody has to state a weekday: the last two meetings of the series must be one step of the cadence apart, to the
    day. Where they are not, or where more than one was left out since, there is no rule to tell.
    """
    days, months, _ = RHYTHMS.get((planned.cadence or "").strip().casefold(), (0, 0, 0))
    series = sorted(one.date for one in meetings if one.name.casefold().startswith(planned.name.casefold()))
    if len(series) < 2 or not days + months:  # noqa: PLR2004 a step has two ends
        return None
    before, last = series[-2:]
    weekday = next((day for day in _weekdays(before) if day in _weekdays(last)), "") if months else ""
    once = _next(last, days, months, weekday)
    if _next(before, days, months, weekday) != last or once is None:
        return None
    first = once if once > status else _next(once, days, months, weekday)
    return Repeat(first, days // _WEEK, months, weekday) if first and first > status else None


def _weekdays(day: date) -> tuple[str, ...]:
    """Name a day by its place in the month: a fourth Friday may be the last one as well, a fifth always is."""
    name = _DAYS[day.weekday()]
    place = (day.day - 1) // _WEEK + 1
    is_last = day.day + _WEEK > monthrange(day.year, day.month)[1]
    return (*([f"{place}{name}"] if place < 5 else []), *([f"-1{name}"] if is_last else []))  # noqa: PLR2004 as said


def _next(day: date, days: int, months: int, weekday: str) -> date | None:
    """Return the day one step later; None where the month has no such day, or the calendar no such year."""
    number = day.month - 1 + months
    year, month = day.year + number // _YEAR, number % _YEAR + 1
    try:
        if not months:
            return day + timedelta(days)
        if not weekday:
            return date(year, month, day.day)
        length = monthrange(year, month)[1]
        found = (date(year, month, one) for one in range(1, length + 1))
        return next((one for one in found if weekday in _weekdays(one)), None)
    except (ValueError, OverflowError):
        return None
