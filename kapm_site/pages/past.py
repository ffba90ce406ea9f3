"""A project's earlier weeks beside today: the courses that trends are drawn from."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import Look
from kapm_site.language import Language
from kapm_site.language.dates import monday_of

T = TypeVar("T")
#: A value on each of some days, the oldest first.
Course = tuple[tuple[date, T], ...]

#: Earlier weeks that a trend takes: with fewer, the last report says as much.
LEAST = 2


def has_past(view: ProjectView) -> bool:
    """Tell whether enough earlier weeks are known to draw a trend."""
    return len(view.looks) >= LEAST


def course(view: ProjectView, of_look: Callable[[Look], T], today: T) -> Course[T]:
    """Follow one value through the earlier weeks to today.

    Only the fields that are asked for are read, so that readers who differ in others share what is made of it.
    """
    return (*((look.day, of_look(look)) for look in view.looks), (view.status, today))


def moves(values: Course[T]) -> Course[T]:
    """Keep the first value and each that differs from the one before."""
    return tuple(one for index, one in enumerate(values) if index == 0 or one[1] != values[index - 1][1])


def corners(values: Course[T]) -> Course[T]:
    """Keep what a line through all values needs: its ends, and the points beside which it turns."""
    last = len(values) - 1
    return tuple(
        one
        for index, one in enumerate(values)
        if index in (0, last) or values[index - 1][1] != one[1] or values[index + 1][1] != one[1]
    )


def month_ends(days: Iterable[date]) -> frozenset[date]:
    """Keep the last of some days in each month, and the last of all: a table of these is short enough to be read."""
    last: dict[tuple[int, int], date] = {}
    for day in days:
        key = (day.year, day.month)
        last[key] = max(day, last.get(key, day))
    return frozenset(last.values())


def new_baselines(view: ProjectView) -> tuple[date, ...]:
    """List the days on which another baseline was in force than the week before."""
    found = course(view, lambda look: look.baseline, _baseline(view))
    return tuple(day for (_, before), (day, now) in pairwise(found) if now is not None and now != before)


def _baseline(view: ProjectView) -> str | None:
    return next((one.id for one in view.baselines if one.counts), None)


def baseline_marks(days: Sequence[date], words: Language) -> str:
    """Explain the lines that a chart draws at new baselines; nothing without any."""
    if not days:
        return ""
    return words.text("chart.new_baselines", dates=words.list([words.date(day) for day in days]))


def weeks_of(days: Iterable[date], most: int) -> tuple[date, ...]:
    """List the Mondays from the week of the first of some days to that of the last, at most the last ones."""
    known = tuple(days)
    if not known:
        return ()
    first, last = monday_of(min(known)), monday_of(max(known))
    count = min((last - first).days // 7 + 1, most)
    return tuple(last - timedelta(weeks=number) for number in reversed(range(count)))


def by_week(values: Course[T], weeks: Sequence[date]) -> tuple[T | None, ...]:
    """Give the last value of each week, None for a week without one."""
    found: list[T | None] = [None] * len(weeks)
    for day, value in values:
        place = (day - weeks[0]).days // 7 if weeks else -1
        if 0 <= place < len(found):
            found[place] = value
    return tuple(found)
