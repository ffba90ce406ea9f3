"""The fever chart of buffers: how much of each is used up against how much of the work before it is done."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from kapm_site.pages.charts.inks import HAIR, INK, MUTE, NONE, RED, RULE, SOFT, WASH, Frame, Ink
from kapm_site.pages.charts.lettering import SIZE, shorten, text_width, widest
from kapm_site.pages.charts.marks import XY, Anchor, Dot, Line, Path, Sheet, Text, line, polyline, tenth, triangle
from kapm_site.pages.charts.scale import LinearScale

_HEAD, _FOOT = 22, 40
_WHOLE = 100.0
#: The axis reaches a little beyond a whole buffer, further where more than that is gone; what exceeds it stands on top.
_TOP, _HIGHER = 115.0, 150.0
_LINE = 15
_DOT, _PAST_DOT = 4.5, 1.6
_BESIDE = 9
#: What a name keeps below it, and how far a line must be above its foot.
_MARGIN, _CAPITAL = 8, 11
_MARK = 2 * _BESIDE
_SHADES: tuple[Ink, Ink, Ink] = (WASH, HAIR, RULE)


@dataclass(frozen=True, slots=True)
class FeverBuffer:
    """A buffer: per cent of the work done and of the buffer used, today last; `alarm` where it stands in the red."""

    name: str
    course: tuple[XY, ...]
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class FeverZone:
    """What lies below a line across the chart, given by its heights at no work done and at all of it."""

    name: str
    at_start: float
    at_end: float


@dataclass(frozen=True, slots=True)
class FeverWords:
    """The finished strings: `done` names the axis to the right, `used` the one upwards, `percent` writes its marks."""

    title: str
    desc: str
    done: str
    used: str
    percent: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Fever:
    """The geometry of a fever chart, by layer from the ground up."""

    template: ClassVar[str] = "charts/fever.svg.j2"
    sheet: Sheet
    zones: tuple[Path, ...]
    grid: tuple[Line, ...]
    edges: tuple[Line, ...]
    courses: tuple[Path, ...]
    past: tuple[Dot, ...]
    now: tuple[Dot, ...]
    beyond: tuple[Path, ...]
    axis: tuple[Text, ...]
    words: tuple[Text, ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    x: LinearScale
    y: LinearScale

    def place(self, point: XY) -> XY:
        done, used = point
        return self.x.at(min(max(done, 0.0), _WHOLE)), self.y.at(min(max(used, 0.0), self.y.high))

    def now(self, buffer: FeverBuffer) -> XY:
        """The place of today's mark, inside the chart also where the buffer is gone several times over."""
        x, y = self.place(buffer.course[-1])
        return x, max(y, self.y.end + _DOT + 3)


def draw_fever(
    buffers: Sequence[FeverBuffer],
    zones: Sequence[FeverZone],
    words: FeverWords,
    frame: Frame,
    *,
    height: float = 280,
) -> Fever | None:
    """Lay out buffers over their zones; None without one that has a point.

    `zones` come from below, the height of the last one is that of the chart. They differ in grey and have their names;
    only a buffer in the last one is red. The course of earlier weeks leads to the mark of today.
    """
    known = [one for one in map(_clean, buffers) if one.course]
    if not known:
        return None
    field = _field(known, words, frame, height)
    labels = _labels(known, zones, field, words)
    beyond = [one for one in known if one.course[-1][1] > field.y.high]
    return Fever(
        sheet=Sheet(frame.width, height, words.title, words.desc, frame.look.font),
        zones=_zones(zones, field),
        grid=_grid(field),
        edges=_edges(zones, field),
        courses=tuple(
            Path(polyline(map(field.place, one.course)), stroke=_ink(one), width=1.2)
            for one in known
            if len(one.course) > 1
        ),
        past=tuple(Dot(*field.place(point), _PAST_DOT, _ink(one)) for one in known for point in one.course[:-1]),
        now=tuple(Dot(*field.now(one), _DOT, _ink(one)) for one in known if one not in beyond),
        beyond=tuple(Path(triangle(*field.now(one), _DOT + 1), _ink(one)) for one in beyond),
        axis=_axis(field, words, frame),
        words=_names(zones, field, labels),
        labels=labels,
    )


def _clean(buffer: FeverBuffer) -> FeverBuffer:
    course = tuple(point for point in buffer.course if all(map(math.isfinite, point)))
    return FeverBuffer(buffer.name, course, buffer.alarm)


def _field(buffers: Sequence[FeverBuffer], words: FeverWords, frame: Frame, height: float) -> _Field:
    highest = max(used for one in buffers for _, used in one.course)
    left = tenth(widest([words.percent(_WHOLE)]) + 10)
    top = _TOP if highest <= _WHOLE else _HIGHER
    return _Field(LinearScale(0, _WHOLE, left, frame.width - 8), LinearScale(0, top, height - _FOOT, _HEAD))


def _at(field: _Field, done: float, used: float) -> XY:
    return field.x.at(done), field.y.at(used)


def _ink(buffer: FeverBuffer) -> Ink:
    return RED if buffer.alarm else INK


def _zones(zones: Sequence[FeverZone], field: _Field) -> tuple[Path, ...]:
    """Each zone between the line below it and its own."""
    below = [(0.0, 0.0), *((zone.at_start, zone.at_end) for zone in zones[:-1])]
    above = [*below[1:], (field.y.high, field.y.high)]
    return tuple(
        Path(
            polyline(
                (
                    _at(field, 0, low[0]),
                    _at(field, 0, high[0]),
                    _at(field, _WHOLE, high[1]),
                    _at(field, _WHOLE, low[1]),
                ),
                closed=True,
            ),
            _SHADES[min(index, len(_SHADES) - 1)],
            NONE,
        )
        for index, (low, high) in enumerate(zip(below, above, strict=True))
    )


def _edges(zones: Sequence[FeverZone], field: _Field) -> tuple[Line, ...]:
    """The lines between the zones, the last of them thicker: above it one must act."""
    return tuple(
        line(
            *_at(field, 0, zone.at_start), *_at(field, _WHOLE, zone.at_end), INK, width=1.6 if zone is zones[-2] else 1
        )
        for zone in zones[:-1]
    )


def _grid(field: _Field) -> tuple[Line, ...]:
    y = field.y.at(_WHOLE)
    return (line(field.x.start, y, field.x.end, y, MUTE, dash="2 3"),)


def _axis(field: _Field, words: FeverWords, frame: Frame) -> tuple[Text, ...]:
    bottom = field.y.start
    ends = ("start", "middle", "end")
    return (
        Text(0, 12, words.used, INK, bold=True),
        *(
            Text(tenth(field.x.start - 6), tenth(field.y.at(value) + 4), words.percent(value), MUTE, "end")
            for value in (0.0, 50.0, _WHOLE)
        ),
        *(
            Text(field.x.at(value), tenth(bottom + 16), words.percent(value), MUTE, anchor)  # type: ignore[arg-type]
            for value, anchor in zip((0.0, 50.0, _WHOLE), ends, strict=True)
        ),
        Text(frame.width, tenth(bottom + 33), words.done, INK, "end", bold=True),
    )


def _labels(
    buffers: Sequence[FeverBuffer], zones: Sequence[FeverZone], field: _Field, words: FeverWords
) -> tuple[Text, ...]:
    """The names of the buffers with what is used of them, beside their marks where no line and no other name runs."""
    texts: list[Text] = []
    edges = [[(x, _height(zone, x, field)) for x in _steps(field)] for zone in zones[:-1]]
    lines = [*edges, *([field.place(point) for point in one.course] for one in buffers)]
    for one in buffers:
        x, y = field.now(one)
        share = f" {words.percent(one.course[-1][1])}"
        room = field.x.end - field.x.start - 2 * _BESIDE - text_width(share, bold=True)
        text = shorten(one.name, room, bold=True) + share
        spots: tuple[tuple[float, float, Anchor], ...] = (
            (x + _BESIDE, y + 4, "start"),
            (x - _BESIDE, y + 4, "end"),
            (x, y - _BESIDE, "middle"),
            (x, y + _BESIDE + 10, "middle"),
            (x + _BESIDE, y + 18, "start"),
            (x - _BESIDE, y - 10, "end"),
        )
        found = [Text(tenth(left), tenth(top), text, INK, anchor, bold=True) for left, top, anchor in spots]
        texts.append(min(found, key=lambda spot: _conflicts(spot, texts, lines, field)))
    return tuple(texts)


def _steps(field: _Field) -> list[float]:
    """Places along the chart, so close that a rising line is nearly level between two of them."""
    count = 24
    return [field.x.start + (field.x.end - field.x.start) * step / count for step in range(count + 1)]


def _conflicts(text: Text, others: Sequence[Text], lines: Sequence[Sequence[XY]], field: _Field) -> int:
    """How badly a text stands: outside, on another text, or where a line runs."""
    left, right = _span(text)
    outside = left < field.x.start + 2 or right > field.x.end or text.y > field.y.start + 2
    struck = any(
        min(x1, x2) < right and left < max(x1, x2) and min(y1, y2) < text.y + 3 and text.y - 10 < max(y1, y2)
        for one in lines
        for (x1, y1), (x2, y2) in pairwise(one)
    )
    return 4 * outside + 2 * _meets(text, others) + struck


def _height(zone: FeverZone, x: float, field: _Field) -> float:
    share = (x - field.x.start) / (field.x.end - field.x.start)
    return field.y.at(zone.at_start + (zone.at_end - zone.at_start) * share)


def _names(zones: Sequence[FeverZone], field: _Field, labels: Sequence[Text]) -> tuple[Text, ...]:
    """The name of each zone in a corner where no label stands, if there is one; courses begin on the left below."""
    texts: list[Text] = []
    for index, zone in enumerate(zones):
        if index == 0:
            spots = _below(zone, field)
        elif index == len(zones) - 1:
            spots = [_spot(zone, field, anchor, field.y.end + 18) for anchor in ("start", "end")]
        else:
            spots = [_between(zones[index - 1], zone, field, anchor) for anchor in ("end", "start")]
        texts += [spot for spot in spots if not _meets(spot, labels)][:1]
    return tuple(text for text in texts if text.text)


def _spot(zone: FeverZone, field: _Field, anchor: Anchor, base: float) -> Text:
    x = field.x.start + 8 if anchor == "start" else field.x.end - 8
    return Text(tenth(x), tenth(base), zone.name, SOFT, anchor)


def _below(zone: FeverZone, field: _Field) -> list[Text]:
    """At the foot of the lowest zone, or right below the line above it, which is nearest to where the name begins."""
    left, _ = _span(_spot(zone, field, "end", 0))
    lowest, highest = field.y.start - _MARGIN, _height(zone, left, field) + _CAPITAL
    return [_spot(zone, field, "end", base) for base in (lowest, highest) if highest <= base <= lowest]


def _between(below: FeverZone, zone: FeverZone, field: _Field, anchor: Anchor) -> Text:
    """Half-way between the two lines, which both rise: they are nearest to the ends of the words, which need room."""
    left, right = _span(_spot(zone, field, anchor, 0))
    top, low = _height(zone, left, field), _height(below, right, field)
    spot = _spot(zone, field, anchor, (top + low) / 2 + 4)
    return spot if low - top >= SIZE else spot._replace(text="")


def _meets(text: Text, others: Sequence[Text]) -> bool:
    """Whether a text touches another, or the mark beside it."""
    left, right = _span(text)
    spans = [(other.y, *_span(other)) for other in others]
    return any(abs(text.y - y) < _LINE and left < end + _MARK and begin - _MARK < right for y, begin, end in spans)


def _span(text: Text) -> XY:
    width = text_width(text.text, bold=text.bold)
    left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return left, left + width
