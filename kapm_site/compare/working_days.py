"""By how many working days a date moved, counted with the closed days that the views show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kapm_site.audience.tasks import plan_span
from kapm_site.audience.views import ProjectView

_WEEKEND = frozenset({5, 6})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of a project.

    Attributes:
        closed: Days without work among the known ones.
        spans: First and last days between which all days are known.
        free: Weekdays (Monday is 0) without work on days that are not known.
    """

    closed: frozenset[date]
    spans: tuple[tuple[date, date], ...]
    free: frozenset[int]

    def moved(self, before: date | None, after: date | None) -> float | None:
        """Count the working days from one day to another, later is positive; None where one of them is missing."""
        if before is None or after is None:
            return None
        first, last = min(before, after), max(before, after)
        count = sum(self._is_worked(day) for day in _days(first + _DAY, last)) if first < last else 0
        return float(count if after > before else -count)

    def _is_worked(self, day: date) -> bool:
        if any(first <= day <= last for first, last in self.spans):
            return day not in self.closed
        return day.weekday() not in self.free


def working_days(before: ProjectView, after: ProjectView) -> WorkingDays:
    """Read the closed days of both views; where they say otherwise of a day, the later one knows better."""
    known: dict[date, bool] = {}
    spans = []
    for view in (before, after):
        span = plan_span(view.tasks, view.status)
        if span is None:
            continue
        closed = {day for first, last, _ in view.closed_days for day in _days(first, last)}
        known |= {day: day in closed for day in _days(*span)}
        spans.append(span)
    return WorkingDays(frozenset(day for day, is_closed in known.items() if is_closed), tuple(spans), _free(known))


def _free(known: dict[date, bool]) -> frozenset[int]:
    """Find the weekdays that are mostly without work; Saturday and Sunday where a whole week is not known."""
    by_weekday: list[list[bool]] = [[] for _ in range(7)]
    for day, is_closed in known.items():
        by_weekday[day.weekday()].append(is_closed)
    if not all(by_weekday):
        return _WEEKEND
    return frozenset(weekday for weekday, closed in enumerate(by_weekday) if sum(closed) > len(closed) / 2)


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
