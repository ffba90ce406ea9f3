"""Times of a foreign plan as the vocabulary writes them: a date where the day says it all, else local time.

A bare date means the day's first working instant for a start and its last for a finish, so a time at or before
the first, or at or behind the last, is a date.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kapm_site.importers.records import ImportedCalendar, ImportedDuration, Span
from kapm_site.source.emit import Typed, scalar_text

_DAY_MINUTES = 1440
_CENT = 100


@dataclass(frozen=True, slots=True)
class Clock:
    """Working hours by which times are read, and what a day of duration is worth in minutes.

    Attributes:
        in_days: Whether durations are written in days; without, in hours, whatever calendar reads them.
    """

    calendar: ImportedCalendar | None
    minutes_per_day: int
    in_days: bool = True

    def start(self, moment: datetime) -> date:
        """Write a start."""
        first = self._hours(moment.date())[0][0]
        return moment.date() if _minute(moment) <= first else moment

    def finish(self, moment: datetime) -> date:
        """Write a finish; midnight is the end of the day before where that is worked to its end."""
        before = moment.date() - timedelta(days=1)
        if not _minute(moment):
            return before if self._hours(before)[-1][1] == _DAY_MINUTES else moment
        last = self._hours(moment.date())[-1][1]
        return moment.date() if _minute(moment) >= last else moment

    def duration(self, duration: ImportedDuration) -> Typed:
        """Write a duration exactly, in the largest unit of which it has no more than hundredths."""
        minutes, letter = duration.minutes, "e" if duration.elapsed else ""
        day = _DAY_MINUTES if duration.elapsed else self.minutes_per_day
        units = [(day, "d"), (60, "h"), (1, "m")]
        shown_in_days = duration.unit not in ("h", "m") and (self.in_days or duration.elapsed)
        for size, unit in units[0 if shown_in_days else 1 if duration.unit != "m" else 2 :]:
            hundredths = minutes * _CENT / size
            if abs(hundredths - round(hundredths)) < 1e-6 or unit == "m":  # noqa: PLR2004 the noise of a float
                return Typed(f"{scalar_text(round(hundredths) / _CENT)}{letter}{unit}")
        raise AssertionError(duration)

    def _hours(self, day: date) -> tuple[Span, ...]:
        """Return the working hours of a day, for a day off those of a usual day."""
        if self.calendar is None:
            return ((0, _DAY_MINUTES),)
        return self.calendar.hours_on(day) or usual_hours(self.calendar)


def usual_hours(calendar: ImportedCalendar) -> tuple[Span, ...]:
    """Return the hours that most days of a calendar's week have; of equal ones, the earlier in the week."""
    counts = Counter(hours for hours in calendar.week if hours)
    return counts.most_common(1)[0][0] if counts else ((0, _DAY_MINUTES),)


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
