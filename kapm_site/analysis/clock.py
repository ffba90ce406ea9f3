"""Working time for many runs at once: the answers of `working_time`, for arrays of instants.

An instant is a time on the clock (`clock_of`), a position that of `working_time`. Imports numpy: only what simulates
may import this module.
"""

from datetime import date, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kapm_site.analysis.sampling import Seconds
from kapm_site.analysis.work_days import FIRST_YEAR, LAST_YEAR
from kapm_site.analysis.working_time import DAY, WorkingTime, instant_of

#: The last second on the clock.
_LAST = (date.max.toordinal() + 1) * DAY - 1


def from_clock(clock: int) -> datetime:
    """Return the instant of a time on the clock; the last there is where it lies beyond."""
    return instant_of(min(max(int(clock), DAY), _LAST))


class Clock:
    """A calendar's stretches of work as arrays, for the years that have been asked for.

    Two sentinels without length stand around the stretches, so that every instant and position has one at its left.
    """

    def __init__(self, time: WorkingTime, year: int) -> None:
        self.time = time
        self._first = self._last = min(max(year, FIRST_YEAR), LAST_YEAR)
        self._tabulate()

    def position(self, instants: Seconds) -> Seconds:
        """Return the working seconds from the calendar's anchor to each instant."""
        self._cover(int(instants.min()), int(instants.max()))
        at = np.maximum(_before(self._begins, instants, "right"), 0)
        positions: Seconds = self._before[at] + np.clip(instants - self._begins[at], 0, self._lengths[at])
        return positions

    def start_at(self, positions: Seconds) -> Seconds:
        """Return the instants at which the work after each position begins."""
        self._reach(int(positions.min()), int(positions.max()))
        bounded = np.clip(positions, self._before[0], self._before[-1])
        at = _before(self._before, bounded, "right")
        instants: Seconds = self._begins[at] + bounded - self._before[at]
        return instants

    def finish_at(self, positions: Seconds) -> Seconds:
        """Return the instants at which the work before each position is done."""
        self._reach(int(positions.min()), int(positions.max()))
        bounded = np.clip(positions, self._before[0], self._before[-1])
        at = np.maximum(_before(self._before, bounded, "left"), 0)
        instants: Seconds = self._begins[at] + bounded - self._before[at]
        return instants

    def shift(self, instants: Seconds, seconds: Seconds) -> Seconds:
        """Move each instant by working seconds: forward to a finish, back to a start, by none not at all."""
        if not seconds.any():
            return instants + seconds
        reached = self.position(instants) + seconds
        if (seconds > 0).all():
            return self.finish_at(reached)
        if (seconds < 0).all():
            return self.start_at(reached)
        moved = np.where(seconds > 0, self.finish_at(reached), self.start_at(reached))
        return np.where(seconds == 0, instants, moved)

    def _cover(self, first: int, last: int) -> None:
        """Make the table hold the years of two instants, as far as years count."""
        early, late = (min(max(from_clock(at).year, FIRST_YEAR), LAST_YEAR) for at in (first, last))
        if early < self._first or late > self._last:
            self._first, self._last = min(early, self._first), max(late, self._last)
            self._tabulate()

    def _reach(self, first: int, last: int) -> None:
        """Make the table hold two positions with work on both sides, twice as many years at a time."""
        while last >= self._before[-1] and self._last < LAST_YEAR:
            self._last = min(2 * self._last - self._first + 1, LAST_YEAR)
            self._tabulate()
        while first <= self._before[0] and self._first > FIRST_YEAR:
            self._first = max(2 * self._first - self._last - 1, FIRST_YEAR)
            self._tabulate()

    def _tabulate(self) -> None:
        first, end = date(self._first, 1, 1).toordinal(), date(self._last + 1, 1, 1).toordinal()
        hours = [
            (day * DAY + begin, finish - begin)
            for day in range(first, end)
            for begin, finish in self.time.hours_of(date.fromordinal(day))
        ]
        table = np.array([(first * DAY, 0), *hours, (end * DAY, 0)], dtype=np.int64)
        self._begins, self._lengths = table[:, 0].copy(), table[:, 1].copy()
        base = self.time.position(datetime.fromordinal(first))
        self._before = base + np.concatenate(([0], np.cumsum(self._lengths[:-1])))


def _before(marks: Seconds, values: Seconds, side: Literal["left", "right"]) -> NDArray[np.intp]:
    """Return the index of the last mark before each value, or up to it where `side` is right.

    The values of many runs lie close together: only the marks between the least and the greatest are searched.
    """
    first, last = np.searchsorted(marks, (values.min(), values.max()), side)
    found: NDArray[np.intp] = first - 1 + np.searchsorted(marks[first:last], values, side)
    return found
