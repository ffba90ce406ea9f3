"""A figure over time with its values written at the points: satisfaction, promoters, any KPI in full size."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import ClassVar

from kapm_site.pages.charts.inks import GHOST, HAIR, INK, MUTE, PAPER, RULE, SOFT, Frame, Ink
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import XY, Dot, Line, Path, Rect, Sheet, Text, line, polyline, rect, tenth
from kapm_site.pages.charts.scale import (
    DateLabel,
    LinearScale,
    TimeScale,
    TimeTick,
    day_range,
    linear_ticks,
    nice_domain,
    tick_room,
    time_ticks,
)
from kapm_site.pages.charts.spacing import Lanes, spread
from kapm_site.pages.charts.sparkline import Sample

_HEAD = 20
_FOOT = 26
_ROOM = 26
_LINE = 15
_PAD = 12
_UNDER = 18


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One course and the name at its end; a `quiet` one is grey and has no values.

    Attributes:
        ends: Only the last value has its dot and is written, as in a course of many weeks; not even that with a
            `label`, which then says it.
        dash: A stroke-dasharray, to tell it from its neighbours.
        steps: Each value holds until the next, as a booking does, instead of moving there.
    """

    samples: tuple[Sample, ...]
    label: str = ""
    quiet: bool = False
    ends: bool = False
    dash: str = ""
    steps: bool = False


@dataclass(frozen=True, slots=True)
class TrendWords:
    """The finished strings; `value` writes a value at its point, `tick` one of the axis, `target` its line."""

    title: str
    desc: str
    value: Callable[[float], str]
    tick: Callable[[float], str]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """The geometry of a trend."""

    template: ClassVar[str] = "charts/trend.svg.j2"
    sheet: Sheet
    grid: tuple[Line, ...]
    breaks: tuple[Line, ...]
    target: tuple[Line, ...]
    courses: tuple[Path, ...]
    dots: tuple[Dot, ...]
    grounds: tuple[Rect, ...]
    axis: tuple[Text, ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    x: TimeScale
    y: LinearScale
    values: tuple[float, ...]
    bottom: float

    def place(self, sample: Sample) -> XY:
        return self.x.mid(sample.day), self.y.at(sample.value)


def draw_trend(
    lines: Sequence[TrendLine],
    words: TrendWords,
    frame: Frame,
    label: DateLabel,
    *,
    target: float | None = None,
    bounds: tuple[float, float] | None = None,
    days: tuple[date, date] | None = None,
    breaks: Sequence[date] = (),
    height: float = 160,
    whole: bool = False,
    monthly: bool = False,
) -> Trend | None:
    """Lay out some courses; None without a finite sample.

    `bounds` fixes the value axis, such as 1 to 5 for satisfaction, `days` the axis of time.
    `breaks` are days from which on other things are compared. Values are written at the points where they fit, the
    last one always. `whole` marks whole numbers alone, `monthly` months at the finest.
    """
    known = [_clean(course) for course in lines]
    known = [course for course in known if course.samples]
    if not known:
        return None
    target = target if target is not None and math.isfinite(target) else None
    field = _field(known, words, frame, (height, target, bounds), days, whole=whole)
    ticks = time_ticks(field.x, label, tick_room(frame.width), monthly=monthly)
    level = () if target is None else (_level(field, target, GHOST, "3 2"),)
    values = [text for course in known if _valued(course) for text in _values(course, words, field)]
    return Trend(
        sheet=Sheet(frame.width, height, words.title, words.desc, frame.look.font),
        grid=_grid(field, ticks),
        breaks=_breaks(breaks, field),
        target=level,
        courses=tuple(_line(course, field) for course in known if len(course.samples) > 1),
        dots=tuple(Dot(*field.place(s), 3, _ink(course)) for course in known for s in _dotted(course)),
        grounds=tuple(_ground(text) for text in values for at in level if text.y - 13 < at.y1 < text.y + 4),
        axis=_axis(field, words, ticks),
        labels=(*values, *_names(known, field, frame, target, words)),
    )


def _clean(course: TrendLine) -> TrendLine:
    samples = sorted((s for s in course.samples if math.isfinite(s.value)), key=lambda sample: sample.day)
    return replace(course, samples=tuple(samples))


def _valued(course: TrendLine) -> bool:
    return not (course.quiet or (course.ends and course.label))


def _dotted(course: TrendLine) -> tuple[Sample, ...]:
    return course.samples[-1:] if course.ends else course.samples


def _breaks(days: Sequence[date], field: _Field) -> tuple[Line, ...]:
    places = (field.x.mid(day) for day in days if field.x.first <= day <= field.x.last)
    return tuple(line(x, _HEAD - 8, x, field.bottom, INK, dash="1 3") for x in places)


def _ink(course: TrendLine) -> Ink:
    return GHOST if course.quiet else INK


def _field(
    lines: Sequence[TrendLine],
    words: TrendWords,
    frame: Frame,
    extent: tuple[float, float | None, tuple[float, float] | None],
    days: tuple[date, date] | None,
    *,
    whole: bool,
) -> _Field:
    height, target, bounds = extent
    samples = [sample for course in lines for sample in course.samples]
    first, last = days or day_range(sample.day for sample in samples) or (samples[0].day, samples[0].day)
    values = [*(sample.value for sample in samples), *([] if target is None else [target]), *(bounds or ())]
    length = height - _HEAD - _FOOT
    low, high = min(values), max(values)
    if bounds is None or high <= low:
        low, high = nice_domain(low, high, length, _ROOM)
    ticks = linear_ticks(low, high, length, _ROOM, whole=whole)
    left = widest([words.tick(tick) for tick in ticks]) + 8 + max(_PAD, _first_half(lines, words, first))
    names = widest([*(course.label for course in lines), words.target if target is not None else ""])
    half = widest([words.value(course.samples[-1].value) for course in lines if _valued(course)], bold=True) / 2
    right = max(min(names, frame.width * 0.3) + 12 if names else _PAD, half - _PAD)
    x = TimeScale(first, last, tenth(left), tenth(frame.width - right - _PAD))
    # A value written below its point on the floor of a fixed axis needs a line of its own.
    floored = bounds is not None and min(sample.value for sample in samples) <= low
    return _Field(x, LinearScale(low, high, height - _FOOT - _UNDER * floored, _HEAD), ticks, height - _FOOT)


def _first_half(lines: Sequence[TrendLine], words: TrendWords, first: date) -> float:
    """How far the values on the first day reach to its left, where those of the axis stand."""
    firsts = [course.samples[0] for course in lines if _valued(course) and not course.ends]
    texts = [words.value(sample.value) for sample in firsts if sample.day == first]
    return widest(texts, bold=True) / 2 + 4 if texts else 0.0


def _line(course: TrendLine, field: _Field) -> Path:
    width = 1.5 if course.quiet else 2
    places = [field.place(sample) for sample in course.samples]
    if course.steps:
        corners = ((x, before) for (_, before), (x, _) in pairwise(places))
        places = [place for pair in zip(places, [*corners, places[-1]], strict=True) for place in pair]
    return Path(polyline(places), stroke=_ink(course), width=width, dash=course.dash)


def _grid(field: _Field, ticks: Sequence[TimeTick]) -> tuple[Line, ...]:
    bottom = field.bottom
    return (
        *(_level(field, value, HAIR) for value in field.values),
        *(line(tick.x, bottom, tick.x, bottom + 4, RULE) for tick in ticks if tick.boundary),
    )


def _axis(field: _Field, words: TrendWords, ticks: Sequence[TimeTick]) -> tuple[Text, ...]:
    x, bottom = tenth(field.x.start - 8), field.bottom
    return (
        *(Text(x, tenth(field.y.at(value) + 4), words.tick(value), MUTE, "end") for value in field.values),
        *(Text(tick.x, tenth(bottom + _FOOT - 6), tick.label, MUTE) for tick in ticks if tick.label),
    )


def _level(field: _Field, value: float, ink: Ink, dash: str = "") -> Line:
    y = field.y.at(value)
    return line(field.x.start - 4, y, field.x.end + 4, y, ink, dash=dash)


def _values(course: TrendLine, words: TrendWords, field: _Field) -> list[Text]:
    """Values above their points, below the low ones; from the last backwards, as far as they do not touch."""
    lanes, texts = Lanes(1, gap=6), []
    samples = course.samples
    shown = range(len(samples) - 1 if course.ends else 0, len(samples))
    for index in reversed(shown):
        x, y = field.place(samples[index])
        text = words.value(samples[index].value)
        last = index == len(samples) - 1
        half = text_width(text, bold=last) / 2
        if lanes.take(x - half, x + half) is None:
            continue
        around = [s.value for s in (*samples[max(index - 1, 0) : index], *samples[index + 1 : index + 2])]
        low = bool(around) and samples[index].value <= min(around) and samples[index].value < max(around)
        below = low and y + 20 < field.bottom + 3
        texts.append(Text(x, tenth(y + 17 if below else y - 8), text, INK if last else SOFT, "middle", bold=last))
    return texts


def _ground(text: Text) -> Rect:
    """Paper behind a value that the target would strike through."""
    width = text_width(text.text, bold=text.bold)
    return rect(text.x - width / 2 - 2, text.y - 10, width + 4, 12, PAPER)


def _names(
    lines: Sequence[TrendLine], field: _Field, frame: Frame, target: float | None, words: TrendWords
) -> list[Text]:
    """The names of courses and of the target beyond the right end, moved apart."""
    wanted = [(field.place(course.samples[-1])[1], course.label, _ink(course)) for course in lines if course.label]
    if target is not None and words.target:
        wanted.append((field.y.at(target), words.target, MUTE))
    x = field.x.end + _PAD
    heights = spread([y for y, _, _ in wanted], _LINE, _HEAD - 8, field.bottom)
    return [
        Text(tenth(x), tenth(y + 4), shorten(text, frame.width - x), SOFT if ink is GHOST else ink)
        for y, (_, text, ink) in zip(heights, wanted, strict=True)
    ]
