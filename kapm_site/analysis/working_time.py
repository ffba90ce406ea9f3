"""Working time: which instants are worked, how much work lies between two, and where an amount of work ends.

All of it runs on one axis per calendar, the *position*: working seconds since the first instant of the calendar's
anchor year. A position inside a working hour is one instant; the end of one stretch of work and the beginning of the
next are two instants at the same position, which is why Friday 18:00 and Monday 09:00 are no working time apart.
"""

from array import array
from bisect import bisect_left, bisect_right
from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from threading import Lock

from kapm_site.analysis.work_days import FIRST_YEAR, LAST_YEAR, Stretches, WorkDays
from kapm_site.model.calendars import Calendar
from kapm_site.model.scalars import WEEKDAYS
from kapm_site.model.units import ELAPSED_MINUTES, Duration

DAY = 86_400

_FIRST_INSTANT = datetime.fromordinal(1)
_FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal()
_LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class _Table:
    """The days of some whole years.

    Attributes:
        first: Ordinal of its first day.
        before: Position at the beginning of each day, and at the end of the last.
        hours: Working stretches of each day, in seconds since midnight.
    """

    first: int
    before: "array[int]"
    hours: list[Stretches]


class WorkingTime:
    """The working time of one calendar.

    Years are computed when they are first needed; no answer in instants or lengths depends on which those are.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.seconds_per_day = calendar.hours_per_day * 3600
        self._days = WorkDays(calendar)
        self._table: _Table | None = None
        self._years: dict[int | tuple[int, int], _Table] = {}  # those without days of their own by their first weekday
        self._lock = Lock()

    def position(self, instant: datetime) -> int:
        """Return the working seconds from the calendar's anchor to an instant."""
        return self._position(instant.toordinal(), instant.hour * 3600 + instant.minute * 60 + instant.second)

    def start_at(self, position: int) -> datetime:
        """Return the instant at which the work after a position begins."""
        return instant_of(self.start_clock(position))

    def finish_at(self, position: int) -> datetime:
        """Return the instant at which the work before a position is done."""
        return instant_of(self.finish_clock(position))

    def position_at(self, clock: int) -> int:
        """Do as `position` on the clock, in whole seconds (`clock_of`), which long calculations are faster in."""
        return self._position(clock // DAY, clock % DAY)

    def start_clock(self, position: int) -> int:
        """Do as `start_at` on the clock."""
        table = self._reaching(position)
        day = bisect_right(table.before, position) - 1
        if not 0 <= day < len(table.hours):
            return (table.first + max(day, 0)) * DAY
        left = position - table.before[day]
        for begin, end in table.hours[day]:
            if left < end - begin:
                return (table.first + day) * DAY + begin + left
            left -= end - begin
        raise AssertionError("a day ends before its own position")

    def finish_clock(self, position: int) -> int:
        """Do as `finish_at` on the clock."""
        table = self._reaching(position)
        day = bisect_left(table.before, position) - 1
        if not 0 <= day < len(table.hours):
            return (table.first + max(day, 0)) * DAY
        left = position - table.before[day]
        for begin, end in table.hours[day]:
            if left <= end - begin:
                return (table.first + day) * DAY + begin + left
            left -= end - begin
        raise AssertionError("a day ends before its own position")

    def shift_clock(self, clock: int, seconds: int) -> int:
        """Do as `shift` on the clock."""
        if seconds > 0:
            return self.finish_clock(self.position_at(clock) + seconds)
        return self.start_clock(self.position_at(clock) + seconds) if seconds else clock

    def add(self, instant: datetime, minutes: float) -> datetime:
        """Return the instant that is some working minutes later, or earlier where they are negative.

        Going forward ends at the finish of a stretch of work, going back at the start of one. No minutes: no move.
        """
        return self.shift(instant, round(minutes * 60))

    def shift(self, instant: datetime, seconds: int) -> datetime:
        """Do the same with seconds."""
        if seconds > 0:
            return self.finish_at(self.position(instant) + seconds)
        return self.start_at(self.position(instant) + seconds) if seconds else instant

    def between(self, first: datetime, second: datetime) -> float:
        """Return the working minutes from one instant to another; negative when the second is the earlier."""
        return (self.position(second) - self.position(first)) / 60

    def days_between(self, first: datetime, second: datetime) -> float:
        """Return the working days from one instant to another, with fractions: working hours over `hours_per_day`."""
        return (self.position(second) - self.position(first)) / self.seconds_per_day

    def next_start(self, instant: datetime) -> datetime:
        """Return the first instant from here on at which work can begin."""
        return self.start_at(self.position(instant))

    def hours_of(self, day: date) -> Stretches:
        """Return the working stretches of a day, in seconds since midnight."""
        ordinal = day.toordinal()
        table = self._table
        if table is None or not 0 <= ordinal - table.first < len(table.hours):
            table = self._covering(ordinal)
        index = ordinal - table.first
        return table.hours[index] if 0 <= index < len(table.hours) else self._days.week[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        """Tell whether anything is worked on a day."""
        return bool(self.hours_of(day))

    def day_start(self, day: date) -> datetime:
        """Return the first working instant of a day; on a day off, when a usual day would begin."""
        return _instant(day.toordinal(), (self.hours_of(day) or self._days.usual)[0][0])

    def day_finish(self, day: date) -> datetime:
        """Return the last working instant of a day; on a day off, when a usual day would end."""
        return _instant(day.toordinal(), (self.hours_of(day) or self._days.usual)[-1][1])

    def start_of(self, moment: date | datetime) -> datetime:
        """Read a moment as a start: a bare date means its first working instant."""
        return moment if isinstance(moment, datetime) else self.day_start(moment)

    def finish_of(self, moment: date | datetime) -> datetime:
        """Read a moment as a finish: a bare date means its last working instant."""
        return moment if isinstance(moment, datetime) else self.day_finish(moment)

    def seconds_of(self, duration: Duration) -> int:
        """Return what a duration is worth in seconds, by this calendar unless it is elapsed time."""
        if duration.elapsed:
            return _whole(duration.amount * ELAPSED_MINUTES[duration.unit] * 60)
        calendar = self.calendar
        hours = {
            "m": 1 / 60,
            "h": 1,
            "d": calendar.hours_per_day,
            "w": calendar.hours_per_day * calendar.days_per_week,
            "mo": calendar.hours_per_day * calendar.days_per_month,
        }
        return _whole(duration.amount * hours[duration.unit] * 3600)

    def is_provisional(self, day: date) -> bool:
        """Tell whether a day lies in a year whose official list of days off is not out yet."""
        return FIRST_YEAR <= day.year <= LAST_YEAR and self._days.public(day.year).provisional

    def _position(self, ordinal: int, second: int) -> int:
        """Return the position of a second of a day."""
        table = self._table
        if table is None or not 0 <= (day := ordinal - table.first) < len(table.hours):
            table = self._covering(ordinal)
            day = ordinal - table.first
            if not 0 <= day < len(table.hours):
                return table.before[0 if day < 0 else -1]
        worked = table.before[day]
        for begin, end in table.hours[day]:
            if second <= begin:
                break
            if second < end:
                return worked + second - begin
            worked += end - begin
        return worked

    def _covering(self, ordinal: int) -> _Table:
        """Return a table that has a day, where the day lies in the years that count."""
        table = self._table
        if table is not None and 0 <= ordinal - table.first < len(table.hours):
            return table
        year = min(max(date.fromordinal(ordinal).year, FIRST_YEAR), LAST_YEAR)
        with self._lock:
            if self._table is None:
                self._table = self._year(year)
            first = date.fromordinal(self._table.first).year
            last = date.fromordinal(self._table.first + len(self._table.hours) - 1).year
            if year < first:
                self._table = _joined([*map(self._year, range(year, first)), self._table], len(range(year, first)))
            if year > last:
                self._table = _joined([self._table, *map(self._year, range(last + 1, year + 1))])
            return self._table

    def _reaching(self, position: int) -> _Table:
        """Return a table that has a position, with work on both sides of it where there is any."""
        table = self._table or self._covering(date(FIRST_YEAR, 1, 1).toordinal())
        # Each time by half of what is there, so that centuries are not copied year by year.
        while position >= table.before[-1] and (end := table.first + len(table.hours)) <= _LAST_DAY:
            table = self._covering(min(end + len(table.hours) // 2, _LAST_DAY))
        while position <= table.before[0] and table.first > _FIRST_DAY:
            table = self._covering(max(table.first - 1 - len(table.hours) // 2, _FIRST_DAY))
        return table

    def _year(self, number: int) -> _Table:
        first, length = date(number, 1, 1).toordinal(), 366 if isleap(number) else 365
        kind = (first % 7, length) if self._days.is_usual(number) else number
        if kind not in self._years:
            self._years[kind] = self._days_of_year(number)
        found = self._years[kind]
        return _Table(first, found.before, found.hours)

    def _days_of_year(self, number: int) -> _Table:
        hours = self._days.hours_of_year(number)
        lengths = {stretches: _length(stretches) for stretches in set(hours)}
        before = array("q", accumulate((lengths[stretches] for stretches in hours), initial=0))
        return _Table(date(number, 1, 1).toordinal(), before, hours)


def _joined(tables: Sequence[_Table], kept: int = 0) -> _Table:
    """Join tables that follow each other; positions stay those of the one that is kept."""
    before, hours = array("q", [0]), list[Stretches]()
    offset = 0
    for number, table in enumerate(tables):
        shift = before[-1] - table.before[0]
        before.pop()
        before.extend([worked + shift for worked in table.before] if shift else table.before)
        hours += table.hours
        offset = -shift if number == kept else offset
    return _Table(tables[0].first, array("q", [worked + offset for worked in before]) if offset else before, hours)


def clock_of(instant: datetime) -> int:
    """Return an instant on the clock: whole seconds since the day before the first of the year 1, as ordinals count."""
    return instant.toordinal() * DAY + instant.hour * 3600 + instant.minute * 60 + instant.second


def instant_of(clock: int) -> datetime:
    """Return the instant of a time on the clock."""
    return _FIRST_INSTANT + timedelta(-1, clock)


def working_time(calendar: Calendar) -> WorkingTime:
    """Return the working time of a calendar, the same object for equal calendars."""
    return _cached(_Key(calendar))


def round_the_clock() -> WorkingTime:
    """Return the calendar of elapsed time: every instant is worked."""
    return _ALWAYS


class _Key:
    """A calendar as a key of the cache: by content, without hashing every field of every record anew."""

    __slots__ = ("calendar", "text")

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.text = calendar.model_dump_json()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@lru_cache(maxsize=4096)
def _cached(key: _Key) -> WorkingTime:
    return WorkingTime(key.calendar)


def _length(hours: Stretches) -> int:
    return sum(end - begin for begin, end in hours)


def _instant(ordinal: int, second: int) -> datetime:
    """Return an instant of a day; on the last day there is, the midnight at its beginning instead of its end."""
    if second < DAY or ordinal < date.max.toordinal():
        return instant_of(ordinal * DAY + second)
    return datetime.fromordinal(ordinal)


def _whole(seconds: float) -> int:
    """Round to whole seconds, within what the calendar of the years can hold."""
    longest = (LAST_YEAR - FIRST_YEAR) * 366 * DAY
    return round(min(max(seconds, -longest), longest))


_ALWAYS = WorkingTime(
    Calendar(working_days=WEEKDAYS, hours=dict.fromkeys(WEEKDAYS, ((0, 1440),)), hours_per_day=24, days_per_week=7),
)
