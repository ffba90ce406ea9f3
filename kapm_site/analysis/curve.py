"""Cumulative curves over the project's working time: pieces that rise evenly, and steps.

The axis is the position of the project's calendar (working seconds), the one time axis of earned schedule.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil, floor

from kapm_site.analysis.baseline import BaselineLeaf
from kapm_site.analysis.work_days import LAST_YEAR
from kapm_site.analysis.working_time import WorkingTime
from kapm_site.model.plan import Cost

#: Working seconds between the points at which earned schedule looks at the curve.
HOUR = 3600
#: A stretch as short as this is no plateau.
SECOND = 1.0

#: Beyond this many days a piece in another calendar is taken to rise evenly.
LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Piece:
    """An amount that accrues evenly between two positions; a step where they are the same."""

    begin: int
    end: int
    amount: float


class Curve:
    """The sum of pieces, as a function of the position; a step counts at its own position."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        slopes: dict[int, float] = {}
        steps: dict[int, float] = {}
        for piece in pieces:
            if piece.end <= piece.begin:
                steps[piece.end] = steps.get(piece.end, 0.0) + piece.amount
                slopes.setdefault(piece.end, 0.0)
                continue
            slope = piece.amount / (piece.end - piece.begin)
            slopes[piece.begin] = slopes.get(piece.begin, 0.0) + slope
            slopes[piece.end] = slopes.get(piece.end, 0.0) - slope
        self.points = sorted(slopes)
        self._values: list[float] = []
        self._slopes: list[float] = []
        value = slope = 0.0
        last = self.points[0] if self.points else 0
        for point in self.points:
            value += slope * (point - last) + steps.get(point, 0.0)
            slope += slopes[point]
            self._values.append(value)
            self._slopes.append(slope)
            last = point

    def value(self, position: float) -> float:
        """Return the amount accrued up to a position."""
        index = bisect_right(self.points, position) - 1
        if index < 0:
            return 0.0
        if index == len(self.points) - 1:
            return self._values[-1]
        return self._values[index] + self._slopes[index] * (position - self.points[index])

    @property
    def total(self) -> float:
        """Return the whole amount."""
        return self._values[-1] if self._values else 0.0

    def reached(self, amount: float, start: int) -> tuple[float, float]:
        """Return the first and the last position, counted from a start, at which the curve holds an amount.

        They differ on a plateau. Between whole hours the curve is taken to rise evenly, steps included.
        """
        tolerance = 1e-9 * max(abs(self.total), 1.0)
        first = self._crossing(amount - tolerance, start, inclusive=True)
        last = self._crossing(amount + tolerance, start, inclusive=False)
        if last - first < SECOND:
            # No plateau: only the tolerance sets them apart.
            exact = min(max(self._crossing(amount, start, inclusive=True), first), max(first, last))
            return exact, exact
        return first, last

    def _crossing(self, amount: float, start: int, *, inclusive: bool) -> float:
        """Return where the curve first comes up to an amount, or first goes beyond it."""
        index = bisect_left(self._values, amount) if inclusive else bisect_right(self._values, amount)
        if index == len(self.points):
            return float(self.points[-1] - start) if self.points else 0.0
        exact = float(self.points[index])
        if index and self._slopes[index - 1] > 0:
            exact = min(exact, self.points[index - 1] + (amount - self._values[index - 1]) / self._slopes[index - 1])
        hours = (exact - start) / HOUR
        hour = max(ceil(hours) - 1 if inclusive else floor(hours), 0)
        begin, end = self.value(start + hour * HOUR), self.value(start + (hour + 1) * HOUR)
        share = (amount - begin) / (end - begin) if end > begin else 1.0
        return (hour + min(max(share, 0.0), 1.0)) * HOUR


def cost_pieces(time: WorkingTime, leaf: BaselineLeaf, cost: Cost) -> Iterator[Piece]:
    """Return the pieces of a leaf's planned value: the fixed part by its accrual, the rest evenly over the work."""
    if leaf.finish is None:
        return
    fixed = min(cost.fixed, cost.amount)
    even = cost.amount - (0 if cost.accrual == "prorated" else fixed)
    if fixed and cost.accrual != "prorated":
        begin = time.position(leaf.start if leaf.start is not None else leaf.finish)
        end = time.position(leaf.finish)
        at = end if cost.accrual == "end" or end <= begin else begin + 1
        yield Piece(at, at, fixed)
    if even:
        yield from even_pieces(time, leaf, even)


def even_pieces(time: WorkingTime, leaf: BaselineLeaf, amount: float) -> Iterator[Piece]:
    """Return the pieces of an amount that accrues evenly over a leaf's own working time."""
    if leaf.finish is None:
        return
    start = leaf.start if leaf.start is not None else leaf.finish
    if leaf.calendar is time or start >= leaf.finish or _is_long(start, leaf.finish):
        yield Piece(time.position(start), time.position(leaf.finish), amount)
        return
    own = leaf.calendar
    whole = own.position(leaf.finish) - own.position(start)
    if whole <= 0:
        yield Piece(time.position(leaf.finish), time.position(leaf.finish), amount)
        return
    for begin, end in pairwise(_cuts(time, own, start, leaf.finish)):
        part = own.position(end) - own.position(begin)
        if part:
            yield Piece(time.position(begin), time.position(end), amount * part / whole)


def _is_long(start: datetime, finish: datetime) -> bool:
    return (finish - start).days > LONGEST or finish.year > LAST_YEAR


def _cuts(time: WorkingTime, own: WorkingTime, start: datetime, finish: datetime) -> list[datetime]:
    """Return the instants at which either calendar begins or stops to work, between two instants."""
    cuts = {start, finish}
    midnight = datetime.combine(start.date(), datetime.min.time())
    while midnight < finish:
        for begin, end in (*time.hours_of(midnight.date()), *own.hours_of(midnight.date())):
            cuts.update((midnight + timedelta(seconds=begin), midnight + timedelta(seconds=end)))
        midnight += timedelta(days=1)
    return sorted(cut for cut in cuts if start <= cut <= finish)
