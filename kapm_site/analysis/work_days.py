"""Which hours of which day are worked: the week, public holidays and make-up days, and a calendar's own days.

A calendar's own days win over public ones, and a working date wins over a holiday.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from kapm_site.analysis.public_holidays import NONE, PublicDays, public_days
from kapm_site.model.calendars import Calendar, Holiday
from kapm_site.model.scalars import WEEKDAYS

#: Days outside these years count as the nearest one inside: a typing error must not cost minutes.
FIRST_YEAR, LAST_YEAR = 1900, 2200

#: Working stretches of a day, in seconds since midnight.
Stretches = tuple[tuple[int, int], ...]

#: Hours of a weekday that is worked but has none of its own.
DEFAULT: Stretches = ((9 * 3600, 13 * 3600), (14 * 3600, 18 * 3600))


class WorkDays:
    """The working hours of every day of a calendar.

    Attributes:
        week: Hours of Monday to Sunday.
        usual: Hours of the first day of the week that is worked.
    """

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self.week = _week_of(calendar)
        self.usual = next(hours for hours in self.week if hours)
        self._own = self._own_days()

    def hours_of_year(self, year: int) -> list[Stretches]:
        """Return the hours of each day of a year."""
        first = date(year, 1, 1).toordinal()
        length = date(year + 1, 1, 1).toordinal() - first
        turn = (first + 6) % 7
        hours = ((self.week[turn:] + self.week[:turn]) * (length // 7 + 1))[:length]
        public = self.public(year)
        for ordinal in public.off:
            hours[ordinal - first] = ()
        for ordinal in public.worked:
            hours[ordinal - first] = self._hours_when_worked((ordinal + 6) % 7)
        for ordinal, own in self._own.get(year, {}).items():
            hours[ordinal - first] = own
        return hours

    def is_usual(self, year: int) -> bool:
        """Tell whether no day of a year differs from its weekday."""
        public = self.public(year)
        return not (public.off or public.worked or self._own.get(year))

    def public(self, year: int) -> PublicDays:
        """Return the public days of a year."""
        country = self._calendar.country
        return public_days(country.upper(), self._calendar.subdivision, year) if country else NONE

    def _own_days(self) -> dict[int, dict[int, Stretches]]:
        """Return by year and ordinal what the calendar says of single days."""
        own: dict[int, dict[int, Stretches]] = {}
        for ordinal in _days_of(self._calendar.holidays):
            own.setdefault(date.fromordinal(ordinal).year, {})[ordinal] = ()
        for worked in self._calendar.working_dates:
            default = self._hours_when_worked(worked.date.weekday())
            hours = default if worked.hours is None else _stretches(worked.hours)
            own.setdefault(worked.date.year, {})[worked.date.toordinal()] = hours
        return own

    def _hours_when_worked(self, weekday: int) -> Stretches:
        """Return the hours of a weekday on a date that is worked although the weekday may be free."""
        return self.week[weekday] or _stretches(self._calendar.hours.get(WEEKDAYS[weekday], ())) or self.usual


def _week_of(calendar: Calendar) -> list[Stretches]:
    """Return the hours of Monday to Sunday; those of the default where a calendar would have none at all.

    A working day that a map of hours leaves out has the default hours: `working_days` says that it is worked.
    """
    worked = [WEEKDAYS.index(day) for day in calendar.working_days]
    week: list[Stretches] = [()] * 7
    for day in worked:
        hours = calendar.hours.get(WEEKDAYS[day])
        week[day] = DEFAULT if hours is None else _stretches(hours)
    return week if any(week) else [DEFAULT] * 5 + [()] * 2


def _days_of(holidays: Iterable[Holiday]) -> Iterator[int]:
    """Yield the ordinals of the days off in their order, each once however many holidays it is in."""
    done = date(FIRST_YEAR, 1, 1).toordinal() - 1
    for holiday in sorted(holidays, key=lambda holiday: holiday.from_):
        last = min(holiday.to or holiday.from_, date(LAST_YEAR, 12, 31)).toordinal()
        yield from range(max(holiday.from_.toordinal(), done + 1), last + 1)
        done = max(done, last)


def _stretches(hours: tuple[tuple[int, int], ...]) -> Stretches:
    """Turn ranges of minutes into stretches of seconds: sorted, and those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(hours):
        if joined and begin <= joined[-1][1] // 60:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end * 60))
        elif begin < end:
            joined.append((begin * 60, end * 60))
    return tuple(joined)
