"""How the forecast of each milestone moved from report to report: flat holds its date, rising slips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kapm_site.pages.charts.inks import HAIR, INK, MUTE, PAPER, RED, RULE, SOFT, Frame, Ink
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import XY, Dot, Line, Path, Sheet, Text, diamond, line, polyline, tenth
from kapm_site.pages.charts.scale import DateLabel, TimeScale, TimeTick, day_range, tick_room, time_ticks
from kapm_site.pages.charts.spacing import spread

_HEAD = 14
_FOOT = 26
_NARROW = 520
_DIAMOND = 5
_BESIDE = 14
_BETWEEN = 12
_LINE = 15
_LEVEL = 32


@dataclass(frozen=True, slots=True)
class MilestoneCourse:
    """The forecasts of a milestone: pairs of the report's date and the date forecast then.

    `when` is its date and `note` its slip, both finished. A reached milestone is hollow.
    """

    name: str
    points: tuple[tuple[date, date], ...]
    when: str = ""
    note: str = ""
    done: bool = False
    critical: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneTrend:
    """The geometry of a milestone trend."""

    template: ClassVar[str] = "charts/milestone_trend.svg.j2"
    sheet: Sheet
    grid: tuple[Line, ...]
    breaks: tuple[Line, ...]
    diagonal: tuple[Line, ...]
    courses: tuple[Path, ...]
    dots: tuple[Dot, ...]
    leaders: tuple[Path, ...]
    diamonds: tuple[Path, ...]
    axis: tuple[Text, ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    x: TimeScale
    rise: TimeScale
    levels: tuple[TimeTick, ...]
    bottom: float
    columns: tuple[float, float, float]
    narrow: bool

    def up(self, day: date) -> float:
        return tenth(self.bottom - self.rise.mid(day))

    def place(self, point: tuple[date, date]) -> XY:
        return self.x.mid(point[0]), self.up(point[1])


def draw_milestone_trend(
    courses: Sequence[MilestoneCourse],
    title: str,
    desc: str,
    frame: Frame,
    label: DateLabel,
    *,
    height: float = 320,
    diagonal: str = "",
    breaks: Sequence[date] = (),
) -> MilestoneTrend | None:
    """Lay out courses over the reports; None without a point.

    The words of a milestone stand on the right, those of a reached one beside its last point where nothing else
    runs. `diagonal` names the line on which forecast and report meet; `breaks` are days from which on other things
    are compared. The chart grows with its labels.
    """
    known = [course for course in courses if course.points]
    if not known:
        return None
    narrow = frame.width < _NARROW
    label = _without_year(label) if narrow else label
    height = max(height, _HEAD + _FOOT + len(known) * (30 if narrow else 18))
    field = _field(known, frame, height, label, narrow=narrow)
    beside = _beside(known, field)
    margin = [course for index, course in enumerate(known) if index not in beside]
    inner = [_inner(known[index], field) for index in sorted(beside)]
    texts, leaders = _margin(margin, field)
    reports, levels = time_ticks(field.x, label, tick_room(frame.width)), field.levels
    return MilestoneTrend(
        sheet=Sheet(frame.width, tenth(height), title, desc, frame.look.font),
        grid=_grid(field, reports, levels),
        breaks=_breaks(breaks, field),
        diagonal=_diagonal(field),
        courses=tuple(_line(course, field) for course in known if len(course.points) > 1),
        dots=tuple(Dot(*field.place(p), 1.8, _ink(c)) for c in known for p in c.points[:-1]),
        leaders=leaders,
        diamonds=tuple(_sign(course, field) for course in known),
        axis=_axis(field, reports, levels),
        labels=(*texts, *inner, *_diagonal_name(diagonal, field, known, inner)),
    )


def _without_year(label: DateLabel) -> DateLabel:
    """The labels of a narrow chart: a year beside a month would take a third of its width."""

    def short(day: date, style: str, /) -> str:
        bare = style.removesuffix("_year")
        return label(day, "year" if bare != style and day.month == 1 else bare)

    return short


def _ink(course: MilestoneCourse) -> Ink:
    return RED if course.critical and course.late and not course.done else INK


def _field(
    courses: Sequence[MilestoneCourse], frame: Frame, height: float, label: DateLabel, *, narrow: bool
) -> _Field:
    first, last = day_range(p[0] for c in courses for p in c.points) or (date.min, date.min)
    low, high = day_range(p[1] for c in courses for p in c.points) or (first, first)
    bottom = height - _FOOT
    rise = TimeScale(low, high, 8, bottom - _HEAD - 8)
    names = widest([course.name for course in courses], bold=True)
    whens = 0.0 if narrow else widest([course.when for course in courses])
    notes = widest([course.note for course in courses], bold=True)
    if narrow:
        under = widest([" ".join(filter(None, (course.when, course.note))) for course in courses], bold=True)
        names = min(max(names, under), frame.width * 0.5)
        notes = 0.0
    else:
        names = min(names, frame.width * 0.26)
    levels = time_ticks(rise, label, _LEVEL, stacked=True)
    left = widest([tick.label for tick in levels]) + 12
    gaps = _BETWEEN * (bool(whens) + bool(notes))
    right = frame.width - names - whens - notes - gaps - _BESIDE - 8
    x = TimeScale(first, last, tenth(left), tenth(max(right, left + 80)))
    start = x.end + _BESIDE + 8
    columns = (tenth(start), tenth(start + names + (_BETWEEN + whens if whens else 0)), frame.width)
    return _Field(x, rise, levels, bottom, columns, narrow)


def _grid(field: _Field, reports: Sequence[TimeTick], levels: Sequence[TimeTick]) -> tuple[Line, ...]:
    left, right, bottom = field.x.start, field.x.end, field.bottom
    return (
        *(line(tick.x, _HEAD, tick.x, bottom, HAIR) for tick in reports if tick.boundary),
        *(line(left, bottom - tick.x, right, bottom - tick.x, HAIR) for tick in levels if tick.boundary),
        line(left, bottom, right, bottom, RULE),
    )


def _breaks(days: Sequence[date], field: _Field) -> tuple[Line, ...]:
    places = (field.x.mid(day) for day in days if field.x.first <= day <= field.x.last)
    return tuple(line(x, _HEAD, x, field.bottom, INK, dash="1 3") for x in places)


def _axis(field: _Field, reports: Sequence[TimeTick], levels: Sequence[TimeTick]) -> tuple[Text, ...]:
    x, bottom = tenth(field.x.start - 8), field.bottom
    return (
        *(Text(x, tenth(bottom - tick.x + 4), tick.label, MUTE, "end") for tick in levels if tick.label),
        *(Text(tick.x, tenth(bottom + _FOOT - 6), tick.label, MUTE) for tick in reports if tick.label),
    )


def _diagonal(field: _Field) -> tuple[Line, ...]:
    """The part of the line "forecast is report" that lies in the plot."""
    first, last = max(field.x.first, field.rise.first), min(field.x.last, field.rise.last)
    if last <= first:
        return ()
    return (line(field.x.mid(first), field.up(first), field.x.mid(last), field.up(last), RULE),)


def _diagonal_name(words: str, field: _Field, courses: Sequence[MilestoneCourse], inner: Sequence[Text]) -> list[Text]:
    """The name of the diagonal under its first fifth, unless a course runs there or other words stand there."""
    for found in _diagonal(field) if words else ():
        x = found.x1 + (found.x2 - found.x1) * 0.2 + 8
        y = found.y1 + (found.y2 - found.y1) * 0.2 + 10
        ends = (x, x + text_width(words))
        taken = any(
            abs(text.y - y) < _LINE and text.x < ends[1] and x < text.x + text_width(text.text) for text in inner
        )
        if ends[1] < field.x.end and not taken and not any(_runs_through(c, field, ends, y) for c in courses):
            return [Text(tenth(x), tenth(y), words, MUTE)]
    return []


def _line(course: MilestoneCourse, field: _Field) -> Path:
    return Path(polyline(map(field.place, course.points)), stroke=_ink(course), width=1.8)


def _sign(course: MilestoneCourse, field: _Field) -> Path:
    x, y = field.place(course.points[-1])
    ink = _ink(course)
    shape = diamond(x, y, _DIAMOND)
    tip = " ".join(filter(None, (course.name, course.when, course.note)))
    return Path(shape, PAPER, ink, 1.5, tip=tip) if course.done else Path(shape, ink, tip=tip)


def _inner_words(course: MilestoneCourse) -> str:
    return " ".join(filter(None, (course.name, course.when, course.note)))


def _inner(course: MilestoneCourse, field: _Field) -> Text:
    x, y = field.place(course.points[-1])
    return Text(tenth(x + _DIAMOND + 5), tenth(y + 4), _inner_words(course), SOFT)


def _beside(courses: Sequence[MilestoneCourse], field: _Field) -> set[int]:
    """The reached milestones whose words have an empty place beside their last point."""
    boxes: list[tuple[float, float, float]] = []
    chosen: set[int] = set()
    for index, course in enumerate(courses):
        if not course.done or field.narrow:
            continue
        x, y = field.place(course.points[-1])
        left = x + _DIAMOND + 5
        right = left + text_width(_inner_words(course))
        free = right <= field.x.end and all(abs(y - other) > _LINE or right < a or b < left for a, b, other in boxes)
        others = [other for other in courses if other is not course]
        if free and not any(_runs_through(other, field, (left, right), y) for other in others):
            boxes.append((left, right, y))
            chosen.add(index)
    return chosen


def _runs_through(course: MilestoneCourse, field: _Field, ends: tuple[float, float], y: float) -> bool:
    places = [field.place(point) for point in course.points]
    segments = zip(places, [*places[1:], places[-1]], strict=True)
    return any(
        min(x1, x2) <= ends[1] and ends[0] <= max(x1, x2) + 6 and min(y1, y2) - 9 < y < max(y1, y2) + 9
        for (x1, y1), (x2, y2) in segments
    )


def _margin(courses: Sequence[MilestoneCourse], field: _Field) -> tuple[tuple[Text, ...], tuple[Path, ...]]:
    """The words on the right, moved apart, each with a leader from its last point."""
    gap = 30 if field.narrow else 16
    wanted = [field.place(course.points[-1])[1] for course in courses]
    heights = spread(wanted, gap, _HEAD, field.bottom - (12 if field.narrow else 0))
    texts, leaders = [], []
    for course, y in zip(courses, heights, strict=True):
        x, end = field.place(course.points[-1])
        turn = field.x.end + 4
        begin = max(x + _DIAMOND + 2, 0)
        route = ((begin, end), (max(turn, begin), end), (field.columns[0] - 4, y))
        leaders.append(Path(polyline(route), stroke=RULE))
        texts += _words(course, field, y)
    return tuple(texts), tuple(leaders)


def _words(course: MilestoneCourse, field: _Field, y: float) -> list[Text]:
    start, middle, right = field.columns
    loud = _ink(course) is RED
    base = tenth(y + 4)
    room = right - start if field.narrow else middle - start - text_width(course.when) - 4
    name = shorten(course.name, room, bold=loud)
    texts = [Text(start, base, name, INK, bold=loud, tip=course.name if name != course.name else "")]
    note_ink = RED if loud else SOFT
    if field.narrow:
        note = shorten(" ".join(filter(None, (course.when, course.note))), room, bold=loud)
        texts.append(Text(start, tenth(base + 14), note, note_ink, bold=loud))
    else:
        texts.append(Text(middle, base, course.when, INK, "end"))
        texts.append(Text(right, base, course.note, note_ink, "end", bold=loud))
    return [text for text in texts if text.text]
