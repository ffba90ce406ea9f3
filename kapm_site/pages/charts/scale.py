"""From numbers and dates to pixels, and the round values at which an axis is marked."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from kapm_site.pages.charts.lettering import SIZE, text_width
from kapm_site.pages.charts.marks import tenth

_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_GAP = 6.0
_FAR = 100.0  # domains away: farther than any page, near enough for a float


class DateLabel(Protocol):
    """Writes a date in the reader's language.

    Styles that charts ask for: `day` (20 Nov), `day_year` (20 Nov 2026), `week` (the day is a Monday), `month`
    (Nov), `month_year` (Jan 2027), `quarter` (Q1), `quarter_year` (Q1 2027), `year` (2027).
    """

    def __call__(self, day: date, style: str, /) -> str:
        """The label of a day in a style."""
        ...


@dataclass(frozen=True, slots=True)
class LinearScale:
    """Values from `low` to `high` on pixels from `start` to `end`; `end` may be the smaller one."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value, also outside the domain; the middle for what has no place."""
        span = self.high - self.low
        part = (value - self.low) / span if span else 0.5
        part = 0.5 if math.isnan(part) else min(max(part, -_FAR), _FAR)
        return tenth(self.start + part * (self.end - self.start))


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from `first` to `last`, both included, on pixels from `start` to `end`."""

    first: date
    last: date
    start: float
    end: float
    day_width: float = field(init=False)

    def __post_init__(self) -> None:
        """Count the pixels of one day, which every day of a chart asks for."""
        days = (self.last - self.first).days + 1
        object.__setattr__(self, "day_width", (self.end - self.start) / max(days, 1))

    def at(self, day: date) -> float:
        """The pixel at which a day begins."""
        return tenth(self.start + (day - self.first).days * self.day_width)

    def after(self, day: date) -> float:
        """The pixel at which a day ends."""
        return tenth(self.start + ((day - self.first).days + 1) * self.day_width)

    def mid(self, day: date) -> float:
        """The pixel of a day's noon, the place of a milestone."""
        return tenth(self.start + ((day - self.first).days + 0.5) * self.day_width)


@dataclass(frozen=True, slots=True)
class TimeTick:
    """One mark of a time axis; `label` is empty where its text would touch a neighbour's."""

    day: date
    x: float
    label: str
    boundary: bool = True


@dataclass(frozen=True, slots=True)
class _Unit:
    style: str
    long_style: str
    shortest: int
    days: Callable[[date, date], Iterator[date]]

    @property
    def by_month(self) -> bool:
        return self.style in ("month", "quarter")


def linear_ticks(low: float, high: float, length: float, minimum: float, *, whole: bool = False) -> tuple[float, ...]:
    """Round values within a domain, at least `minimum` pixels apart on `length` pixels.

    Steps are 1, 2, 2.5 or 5 times a power of ten, of `whole` numbers none between two of them. A domain without
    extent has none.
    """
    step = _nice_step(low, high, length, minimum)
    if whole and step is not None:
        step = {2.5: 5.0}.get(step, max(step, 1.0))
    if step is None:
        return ()
    digits = max(0, 2 - math.floor(math.log10(step)))
    begin, end = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = (round(index * step, digits) + 0.0 for index in range(begin, end + 1))
    return tuple(value for value in values if low <= value <= high)


def nice_domain(low: float, high: float, length: float, minimum: float) -> tuple[float, float]:
    """A domain widened to the round values outside it; a constant gets room on both sides."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return 0.0, 1.0
    if high - low <= abs(high) * 1e-12:  # equal but for the rounding of what they were computed from
        pad = abs(low) * 0.1 or 1.0
        low, high = low - pad, low + pad
    step = _nice_step(low, high, length, minimum)
    if step is None:
        return low, high
    digits = max(0, 2 - math.floor(math.log10(step)))
    return (
        round(math.floor(low / step + 1e-9) * step, digits) + 0.0,
        round(math.ceil(high / step - 1e-9) * step, digits) + 0.0,
    )


def time_ticks(
    scale: TimeScale,
    label: DateLabel,
    minimum: float = 40,
    *,
    limit: float | None = None,
    stacked: bool = False,
    leading: bool = True,
    monthly: bool = False,
) -> tuple[TimeTick, ...]:
    """Beginnings of days, weeks, months, quarters or years: the finest unit whose marks stay `minimum` apart.

    The beginning of the axis is marked too where there is room, unless `leading` is false. Labels start at
    their mark and end before the next label and before `limit` (the end of the axis unless told). A year is
    named where it begins, with its first month where there is room for both; so is the year of the first label.
    `stacked` is for an upright axis, where labels need the height of a line and not their width; `monthly` is
    for values of months, which no finer unit suits.
    """
    if scale.last < scale.first or scale.end <= scale.start:
        return ()
    extent = _line_height if stacked else text_width
    unit = _unit_for(_MONTHLY if monthly else _UNITS, scale, label, minimum, extent)
    days = [day for day in unit.days(scale.first, scale.last) if scale.first <= day <= scale.last]
    open_start = not days or (days[0] > scale.first and scale.at(days[0]) - scale.start >= minimum)
    marks = [(scale.first, False)] * (leading and open_start) + [(day, True) for day in days]
    limit = scale.end if limit is None else limit
    texts = _labels([day for day, _ in marks], unit, scale, label, (limit, extent))
    start = label(scale.first, "day")
    if leading and not any(texts) and scale.start + extent(start) <= limit:
        # So short an axis that no mark has room for its name: the first day alone says where one is.
        return (TimeTick(scale.first, scale.at(scale.first), start, boundary=False),)
    return tuple(
        TimeTick(day, scale.at(day), text, boundary) for (day, boundary), text in zip(marks, texts, strict=True)
    )


def tick_room(width: float) -> float:
    """The distance of time marks that suits a chart of some width: a phone may have them closer."""
    return min(max(width / 12, 30), 96)


def day_range(days: Iterable[date | None]) -> tuple[date, date] | None:
    """The first and the last of some days, None if there are none."""
    known = [day for day in days if day is not None]
    return (min(known), max(known)) if known else None


def _nice_step(low: float, high: float, length: float, minimum: float) -> float | None:
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low or length <= 0:
        return None
    least = (high - low) * max(minimum, 1.0) / length
    finest = 1e-12 * max(abs(low), abs(high), 1.0)  # finer than a float of that size, or of money or per cent
    if not math.isfinite(least) or least < finest:
        return None
    power = 10.0 ** math.floor(math.log10(least))
    return next((n * power for n in _NICE if n * power >= least), 20 * power)


def _unit_for(
    units: Sequence[_Unit], scale: TimeScale, label: DateLabel, minimum: float, extent: Callable[[str], float]
) -> _Unit:
    """The finest unit whose marks have room for their own labels."""
    for unit in units:
        room = unit.shortest * scale.day_width
        if room >= minimum and room >= _GAP + max(
            (extent(_shortest(day, unit, label)) for day in unit.days(scale.first, scale.last)), default=0
        ):
            return unit
    return units[-1]


def _shortest(day: date, unit: _Unit, label: DateLabel) -> str:
    """The least that a mark says: a month that begins a year is called by the year."""
    return label(day, "year" if unit.by_month and day.month == 1 else unit.style)


def _labels(
    days: list[date], unit: _Unit, scale: TimeScale, label: DateLabel, room: tuple[float, Callable[[str], float]]
) -> list[str]:
    """Each label where it ends before the next mark, with the year where a year begins."""
    if not days:
        return []
    limit, extent = room
    xs = [scale.at(day) for day in days]
    ends = [min(x, limit + _GAP) for x in [*xs, limit + _GAP][1:]]
    turns = [index for index, day in enumerate(days) if index == 0 or day.year != days[index - 1].year]
    texts = []
    for index, (day, x, end) in enumerate(zip(days, xs, ends, strict=True)):
        forms = [label(day, unit.long_style)] if index in turns else []
        forms.append(_shortest(day, unit, label))
        texts.append(next((text for text in forms if x + extent(text) + _GAP <= end), ""))
    if days and not any(str(days[0].year) in text for text in texts):
        # Of months the first says its year at the cost of the next; of days and weeks only the first of another year.
        named = [index for index, text in enumerate(texts) if text]
        for index in named[:1] if unit.by_month else turns[1:]:
            _widen(texts, index, xs, label(days[index], unit.long_style), room, kept=turns)
    return texts


def _widen(
    texts: list[str],
    index: int,
    xs: list[float],
    text: str,
    room: tuple[float, Callable[[str], float]],
    *,
    kept: Sequence[int],
) -> None:
    """Let a label reach over the marks behind it, which lose theirs; not over those that are kept."""
    limit, extent = room
    end = xs[index] + extent(text)
    over = [later for later in range(index + 1, len(texts)) if xs[later] < end + _GAP]
    if end <= limit and not any(later in kept for later in over):
        texts[index] = text
        for later in over:
            texts[later] = ""


def _line_height(text: str) -> float:
    return SIZE if text else 0


def _every_days(count: int) -> Callable[[date, date], Iterator[date]]:
    def days(first: date, last: date) -> Iterator[date]:
        day = first
        while day <= last:
            yield day
            if (date.max - day).days < count:
                return
            day += timedelta(days=count)

    return days


def _mondays(count: int) -> Callable[[date, date], Iterator[date]]:
    # Counted from a fixed Monday, so that two charts of one page mark the same weeks.
    def days(first: date, last: date) -> Iterator[date]:
        ahead = -(first.toordinal() - 1) % (7 * count)
        if (date.max - first).days < ahead:
            return
        yield from _every_days(7 * count)(first + timedelta(days=ahead), last)

    return days


def _months(count: int) -> Callable[[date, date], Iterator[date]]:
    def days(first: date, last: date) -> Iterator[date]:
        index = first.year * 12 + first.month - 1
        index -= index % count
        while index // 12 <= last.year:
            if index // 12 >= 1:
                yield date(index // 12, index % 12 + 1, 1)
            index += count

    return days


_FINE = (
    _Unit("day", "day_year", 1, _every_days(1)),
    _Unit("day", "day_year", 2, _every_days(2)),
    _Unit("week", "day_year", 7, _mondays(1)),
    _Unit("week", "day_year", 14, _mondays(2)),
)
_MONTHLY = (
    _Unit("month", "month_year", 28, _months(1)),
    _Unit("month", "month_year", 59, _months(2)),
    _Unit("quarter", "quarter_year", 90, _months(3)),
    _Unit("quarter", "quarter_year", 181, _months(6)),
    _Unit("year", "year", 365, _months(12)),
    *(_Unit("year", "year", 365 * n, _months(12 * n)) for n in (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
)
_UNITS = (*_FINE, *_MONTHLY)
