"""Work or money over time as running totals: planned, done, spent, and what is still to be expected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kapm_site.pages.charts.curve_data import (
    CurveBand,
    CurveData,
    CurveLine,
    CurvePoint,
    Limit,
    clean_data,
    courses_of,
)
from kapm_site.pages.charts.curve_labels import BESIDE, LINE, End, ground, head_labels, head_lines, near_labels
from kapm_site.pages.charts.inks import GHOST, HAIR, INK, MUTE, RULE, SOFT, Frame
from kapm_site.pages.charts.lettering import widest
from kapm_site.pages.charts.marks import XY, Dot, Line, Path, Rect, Sheet, Text, line, polyline, tenth
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

__all__ = ["Curve", "CurveBand", "CurveData", "CurveLine", "CurvePoint", "CurveWords", "Limit", "draw_curve"]

_ROOM = 40
_FOOT = 26
_MOST_LINES = 4
_FORECAST_DASH = "5 3"
_KNOWN_DASH = "1 3"


@dataclass(frozen=True, slots=True)
class CurveWords:
    """The finished strings; `value` writes a tick of the value axis, `status` stands over its line."""

    title: str
    desc: str
    value: Callable[[float], str]
    status: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """The geometry of an S-curve, by layer from the ground up."""

    template: ClassVar[str] = "charts/curve.svg.j2"
    sheet: Sheet
    grid: tuple[Line, ...]
    band: tuple[Path, ...]
    limits: tuple[Line, ...]
    status: tuple[Line, ...]
    courses: tuple[Path, ...]
    leaders: tuple[Line, ...]
    dots: tuple[Dot, ...]
    grounds: tuple[Rect, ...]
    axis: tuple[Text, ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    x: TimeScale
    y: LinearScale
    values: tuple[float, ...]

    def place(self, point: CurvePoint) -> XY:
        return self.x.after(point.day), self.y.at(point.value)


def draw_curve(
    data: CurveData,
    words: CurveWords,
    frame: Frame,
    label: DateLabel,
    *,
    status: date | None = None,
    height: float = 320,
    top: float | None = None,
) -> Curve | None:
    """Lay out the courses; None unless one of them has a finite point.

    `top` is the least highest value, 1 for shares of work. Labels over the ends stand above the chart, each
    right-aligned to its leader, so that no leader crosses a text. Of the labels at the status date the highest
    stands to the left above, the others to the right below.
    """
    data = clean_data(data)
    if not any(course.points for course in courses_of(data)):
        return None
    # The labels need the width of the plot, and the plot the height of the labels: twice is enough.
    field = _field(data, words, frame, status, (height, top, _MOST_LINES))
    lines = head_lines(_heads(data, field, words, status, frame))
    field = _field(data, words, frame, status, (height, top, lines))
    ends = _heads(data, field, words, status, frame)
    near = _near(data, field, status)
    beside = [end for end in near if end not in ends]
    heads, leaders = head_labels(ends, field.y.end)
    ticks = time_ticks(field.x, label, tick_room(frame.width))
    limits, beside_texts = _limit_lines(data, field), near_labels(beside, field.y.start)
    return Curve(
        sheet=Sheet(frame.width, height, words.title, words.desc, frame.look.font),
        grid=_grid(field, ticks),
        band=_band(data.band, field, frame),
        limits=limits,
        status=(*_break_lines(data, field), *_status_line(field, status)),
        courses=_paths(data, field, frame),
        leaders=leaders,
        dots=_dots((*ends, *near)),
        grounds=tuple(ground(text) for text in beside_texts for one in limits if text.y - 12 < one.y1 < text.y + 3),
        axis=_axis(field, words, ticks),
        labels=(*heads, *beside_texts, *_limit_labels(data, field)),
    )


def _field(
    data: CurveData, words: CurveWords, frame: Frame, status: date | None, extent: tuple[float, float | None, int]
) -> _Field:
    height, top, lines = extent
    points = [point for course in (*courses_of(data), *data.known) for point in course.points]
    points += [*data.band.early, *data.band.late] if data.band else []
    first, last = day_range([*(point.day for point in points), status]) or (date.min, date.min)
    values = [*(point.value for point in points), *(limit.value for limit in data.limits), top or 0.0, 0.0]
    head = 12 + LINE * lines
    length = height - head - _FOOT
    low, high = nice_domain(min(values), max(values), length, _ROOM)
    ticks = linear_ticks(low, high, length, _ROOM)
    left = tenth(widest([words.value(tick) for tick in ticks]) + 10)
    right = frame.width - 12
    if status is not None:
        # The labels beside the status date need room to their right, also at the end of a project.
        share = ((status - first).days + 1) / ((last - first).days + 1)
        beside = widest([course.now for course in courses_of(data)], bold=True) + BESIDE + 2
        right = min(right, max(left + (frame.width - beside - left) / share, frame.width / 2))
    x = TimeScale(first, last, left, tenth(right))
    return _Field(x, LinearScale(low, high, height - _FOOT, head), ticks)


def _ends(data: CurveData, field: _Field, words: CurveWords, status: date | None, frame: Frame) -> tuple[End, ...]:
    """The labelled ends of courses and the status date, as places with their words."""
    accent = frame.look.accent
    inks = ((data.planned, GHOST, SOFT), (data.done, INK, INK), (data.spent, INK, INK), (data.forecast, accent, accent))
    ends = [
        End(field.place(course.points[-1]), course.label, ink, text_ink, bold=ink is not GHOST)
        for course, ink, text_ink in inks
        if course.points and course.label
    ]
    if data.band and data.band.label:
        ends.append(End(field.place(data.band.late[-1]), data.band.label, accent, accent))
    ends += [End((field.x.after(one.day), field.y.end), one.label, SOFT, SOFT, dot=False) for one in data.breaks]
    if status is not None and words.status:
        place = (field.x.after(status), field.y.end)
        ends.append(End(place, words.status, INK, INK, bold=True, dot=False))
    return tuple(ends)


def _heads(data: CurveData, field: _Field, words: CurveWords, status: date | None, frame: Frame) -> tuple[End, ...]:
    """The labels above the plot: the ends, and a value of the status date too high to have one beside it."""
    near = sorted(_near(data, field, status), key=lambda end: end.place[1])
    high = near[:1] if len(near) > 1 and near[0].place[1] - LINE - 6 < field.y.end else []
    return (*_ends(data, field, words, status, frame), *high)


def _near(data: CurveData, field: _Field, status: date | None) -> tuple[End, ...]:
    """The values at the status date."""
    if status is None:
        return ()
    inks = ((data.planned, GHOST, SOFT, False), (data.done, INK, INK, True), (data.spent, INK, INK, False))
    return tuple(
        End(field.place(CurvePoint(status, _value_at(course.points, status))), course.now, ink, text_ink, bold)
        for course, ink, text_ink, bold in inks
        if course.points and course.now
    )


def _value_at(points: Sequence[CurvePoint], day: date) -> float:
    """The value on a day, on a straight line between its neighbours."""
    before = [point for point in points if point.day <= day]
    after = [point for point in points if point.day > day]
    if not before or not after:
        return (before[-1] if before else after[0]).value
    one, two = before[-1], after[0]
    return one.value + (two.value - one.value) * ((day - one.day).days / (two.day - one.day).days)


def _paths(data: CurveData, field: _Field, frame: Frame) -> tuple[Path, ...]:
    strokes = (
        (data.known[0], GHOST, 1.4, _KNOWN_DASH),
        (data.known[1], INK, 1.4, _KNOWN_DASH),
        (data.planned, GHOST, 2.0, ""),
        (data.forecast, frame.look.accent, 2.0, _FORECAST_DASH),
        (data.spent, INK, 1.2, ""),
        (data.done, INK, 2.5, ""),
    )
    return tuple(
        Path(polyline(map(field.place, course.points)), stroke=ink, width=width, dash=dash)
        for course, ink, width, dash in strokes
        if len(course.points) > 1
    )


def _band(band: CurveBand | None, field: _Field, frame: Frame) -> tuple[Path, ...]:
    if band is None:
        return ()
    early, late = [*map(field.place, band.early)], [*map(field.place, band.late)]
    area = Path(polyline([*early, *reversed(late)], closed=True), fill=frame.look.accent_soft)
    return area, Path(polyline(late), stroke=frame.look.accent)


def _dots(ends: Sequence[End]) -> tuple[Dot, ...]:
    """A dot for each place, once where a place is an end and a value of the status date."""
    return tuple(Dot(*end.place, 3.5 if end.bold else 3, end.ink) for end in dict.fromkeys(ends) if end.dot)


def _limit_lines(data: CurveData, field: _Field) -> tuple[Line, ...]:
    heights = [field.y.at(limit.value) for limit in data.limits]
    return tuple(line(field.x.start, y, field.x.end, y, INK, dash="2 3") for y in heights)


def _grid(field: _Field, ticks: Sequence[TimeTick]) -> tuple[Line, ...]:
    bottom = field.y.start
    levels = [
        line(field.x.start, y, field.x.end, y, RULE if y == bottom else HAIR) for y in map(field.y.at, field.values)
    ]
    return (*levels, *(line(tick.x, bottom, tick.x, bottom + 4, RULE) for tick in ticks if tick.boundary))


def _break_lines(data: CurveData, field: _Field) -> tuple[Line, ...]:
    days = (field.x.after(one.day) for one in data.breaks)
    return tuple(line(x, field.y.end, x, field.y.start, RULE, dash="1 3") for x in days)


def _status_line(field: _Field, status: date | None) -> tuple[Line, ...]:
    if status is None:
        return ()
    x = field.x.after(status)
    return (line(x, field.y.end, x, field.y.start, INK, dash="3 2"),)


def _axis(field: _Field, words: CurveWords, ticks: Sequence[TimeTick]) -> tuple[Text, ...]:
    values = [
        Text(tenth(field.x.start - 8), tenth(field.y.at(value) + 4), words.value(value), MUTE, "end")
        for value in field.values
    ]
    return (*values, *(Text(t.x, tenth(field.y.start + 18), t.label, MUTE) for t in ticks if t.label))


def _limit_labels(data: CurveData, field: _Field) -> tuple[Text, ...]:
    return tuple(
        Text(tenth(field.x.start + 4), tenth(field.y.at(limit.value) - 5), limit.label, INK)
        for limit in data.limits
        if limit.label
    )
