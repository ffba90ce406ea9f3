"""Milestones of many projects on one time axis, their labels on as many lines as they need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from kapm_site.pages.charts.gantt_rows import ClosedSpan
from kapm_site.pages.charts.inks import GHOST, HAIR, INK, MUTE, PAPER, RED, RULE, WASH, Frame, Ink
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import Line, Path, Rect, Sheet, Text, diamond, line, rect, tenth
from kapm_site.pages.charts.scale import DateLabel, TimeScale, TimeTick, day_range, time_ticks
from kapm_site.pages.charts.timeline_labels import DIAMOND, PAD, Spot, TimelineMark, place_labels

__all__ = ["Timeline", "TimelineMark", "TimelineRow", "TimelineWords", "draw_timeline"]

_HEAD = 42
_RULE_AT = 38
_LINE = 15
_NARROW = 520


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A project and its milestones."""

    name: str
    marks: tuple[TimelineMark, ...]


@dataclass(frozen=True, slots=True)
class TimelineWords:
    """The finished strings; `more` writes how many labels of a row found no place."""

    title: str
    desc: str
    status: str = ""
    more: Callable[[int], str] = "+{}".format


@dataclass(frozen=True, slots=True)
class Timeline:
    """The geometry of a time line, by layer from the ground up."""

    template: ClassVar[str] = "charts/timeline.svg.j2"
    sheet: Sheet
    shades: tuple[Rect, ...]
    grid: tuple[Line, ...]
    status: tuple[Line, ...]
    slips: tuple[Line, ...]
    diamonds: tuple[Path, ...]
    names: tuple[Text, ...]
    axis: tuple[Text, ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """A row with its labels placed: how far it reaches, where its line lies."""

    row: TimelineRow
    spots: tuple[Spot, ...]
    dropped: tuple[TimelineMark, ...]
    top: float
    middle: float
    bottom: float


def draw_timeline(
    rows: Sequence[TimelineRow],
    words: TimelineWords,
    frame: Frame,
    label: DateLabel,
    *,
    status: date | None = None,
    closed: Sequence[ClosedSpan] = (),
    domain: tuple[date, date] | None = None,
) -> Timeline | None:
    """Lay out rows of milestones; None without a mark inside the domain (all days unless told).

    A label stands above its mark, else below, else a line further out with a leader; what finds no place is
    counted under the name of its row.
    """
    domain = domain or _domain(rows, status)
    if domain is None:
        return None
    narrow = frame.width < _NARROW
    names = 0.0 if narrow else min(widest([row.name for row in rows], bold=True), frame.width * 0.24) + 16
    scale = TimeScale(*domain, tenth(names + PAD), frame.width - 16)
    strips = _strips(rows, scale, frame, narrow=narrow)
    if not strips:
        return None
    bottom = strips[-1].bottom
    ticks = time_ticks(scale, label, 40)
    status = status if status is not None and domain[0] <= status <= domain[1] else None
    return Timeline(
        sheet=Sheet(frame.width, tenth(bottom), words.title, words.desc, frame.look.font),
        shades=_shades(closed, scale, strips),
        grid=_grid(strips, scale, ticks, frame),
        status=() if status is None else _status_lines(scale.after(status), strips, ticks),
        slips=tuple(mark for strip in strips for mark in _lines(strip, scale)),
        diamonds=tuple(mark for strip in strips for mark in _signs(strip, scale, frame)),
        names=tuple(text for strip in strips for text in _name(strip, words, frame, names, narrow=narrow)),
        axis=_axis(words, scale, ticks, status, frame),
        labels=tuple(_label(spot, strip) for strip in strips for spot in strip.spots),
    )


def _domain(rows: Sequence[TimelineRow], status: date | None) -> tuple[date, date] | None:
    days = [mark.day for row in rows for mark in row.marks]
    bounds = day_range([*days, status]) if days else None
    if bounds is None:
        return None
    return bounds[0], min(bounds[1], date.max - timedelta(days=2)) + timedelta(days=2)


def _strips(rows: Sequence[TimelineRow], scale: TimeScale, frame: Frame, *, narrow: bool) -> list[_Strip]:
    strips: list[_Strip] = []
    top = float(_HEAD)
    for row in rows:
        marks = [mark for mark in row.marks if scale.first <= mark.day <= scale.last]
        if not marks:
            continue
        spots, dropped = place_labels(marks, scale, frame.width)
        above = max((spot.level for spot in spots if spot.level > 0), default=0)
        below = max((-spot.level for spot in spots if spot.level < 0), default=0)
        head = 18 if narrow else 0
        middle = top + head + 12 + above * _LINE
        bottom = middle + max(12 + below * _LINE, 24 if dropped else 0)
        strips.append(_Strip(row, spots, dropped, tenth(top + head), tenth(middle), tenth(bottom)))
        top = bottom
    return strips


def _offset(level: int) -> float:
    return -9 - (level - 1) * _LINE if level > 0 else 17 + (-level - 1) * _LINE


def _label(spot: Spot, strip: _Strip) -> Text:
    y = strip.middle + _offset(spot.level)
    return Text(tenth(spot.left), tenth(y), spot.text, _text_ink(spot.mark))


def _ink(mark: TimelineMark, frame: Frame) -> Ink:
    if mark.done:
        return INK
    return RED if mark.critical and mark.late else frame.look.accent


def _text_ink(mark: TimelineMark) -> Ink:
    return RED if mark.critical and mark.late and not mark.done else INK


def _lines(strip: _Strip, scale: TimeScale) -> list[Line]:
    """Slips from the agreed date, and leaders to labels on outer lines."""
    marks = [mark for mark in strip.row.marks if scale.first <= mark.day <= scale.last]
    found = [
        line(scale.mid(mark.baseline), strip.middle, scale.mid(mark.day), strip.middle, GHOST, width=1.5)
        for mark in marks
        if mark.baseline is not None and scale.first <= mark.baseline <= scale.last
    ]
    for spot in strip.spots:
        if abs(spot.level) > 1:
            x, y = scale.mid(spot.mark.day), strip.middle + _offset(spot.level)
            found.append(line(x, strip.middle, x, y + (3 if spot.level > 0 else -11), RULE))
    return found


def _signs(strip: _Strip, scale: TimeScale, frame: Frame) -> list[Path]:
    signs = []
    for mark in sorted(strip.row.marks, key=lambda m: (m.day, m.label)):
        if not scale.first <= mark.day <= scale.last:
            continue
        agreed = mark.baseline
        if agreed is not None and agreed != mark.day and scale.first <= agreed <= scale.last:
            signs.append(Path(diamond(scale.mid(agreed), strip.middle, 4), PAPER, GHOST, 1.5))
        shape = diamond(scale.mid(mark.day), strip.middle, DIAMOND)
        tip = mark.tip or mark.label
        ink = _ink(mark, frame)
        signs.append(Path(shape, PAPER, ink, 1.5, tip=tip) if mark.done else Path(shape, ink, tip=tip))
    return signs


def _name(strip: _Strip, words: TimelineWords, frame: Frame, room: float, *, narrow: bool) -> list[Text]:
    y = strip.middle + 4
    if narrow:
        above = max((spot.level for spot in strip.spots if spot.level > 0), default=0)
        y = strip.middle - above * _LINE - 14
    name = shorten(strip.row.name, frame.width * 0.7 if narrow else room - 12, bold=True)
    texts = [Text(0, tenth(y), name, INK, bold=True, tip=strip.row.name if name != strip.row.name else "")]
    if strip.dropped:
        tip = ", ".join(mark.label for mark in strip.dropped)
        more = words.more(len(strip.dropped))
        place = (frame.width, y, "end") if narrow else (0, y + 15, "start")
        texts.append(Text(place[0], tenth(place[1]), more, MUTE, "end" if narrow else "start", tip=tip))
    return texts


def _grid(strips: Sequence[_Strip], scale: TimeScale, ticks: Sequence[TimeTick], frame: Frame) -> tuple[Line, ...]:
    lines = [line(0, _RULE_AT, frame.width, _RULE_AT, RULE)]
    for tick in ticks:
        if tick.boundary:
            lines += [line(tick.x, top, tick.x, end, HAIR) for top, end in _bands(strips)]
    lines += [line(scale.start, strip.middle, frame.width, strip.middle, RULE) for strip in strips]
    lines += [line(0, strip.bottom, frame.width, strip.bottom, HAIR) for strip in strips[:-1]]
    return tuple(lines)


def _bands(strips: Sequence[_Strip]) -> list[tuple[float, float]]:
    """The stretches of height that belong to marks, without the names that stand between in a narrow chart."""
    if strips[0].top == _HEAD:
        return [(_RULE_AT, strips[-1].bottom)]
    return [(strip.top, strip.bottom) for strip in strips]


def _shades(closed: Sequence[ClosedSpan], scale: TimeScale, strips: Sequence[_Strip]) -> tuple[Rect, ...]:
    shades = []
    for span in closed:
        first, last = max(span.start, scale.first), min(span.finish, scale.last)
        if span.name and first <= last:
            left = scale.at(first)
            width = scale.after(last) - left
            shades += [rect(left, top, width, end - top, WASH, tip=span.name) for top, end in _bands(strips)]
    return tuple(shades)


def _status_lines(x: float, strips: Sequence[_Strip], ticks: Sequence[TimeTick]) -> tuple[Line, ...]:
    struck = any(tick.x - 3 < x < tick.x + text_width(tick.label) + 3 for tick in ticks if tick.label)
    pieces = [(16, 21), (36, _RULE_AT)] if struck else [(16, _RULE_AT)]
    return tuple(line(x, top, x, end, INK, width=1.2) for top, end in (*pieces, *_bands(strips)))


def _axis(
    words: TimelineWords, scale: TimeScale, ticks: Sequence[TimeTick], status: date | None, frame: Frame
) -> tuple[Text, ...]:
    texts = [Text(tick.x, 32, tick.label, MUTE) for tick in ticks if tick.label]
    if status is not None and words.status:
        half = text_width(words.status, bold=True) / 2
        middle = min(max(scale.after(status), half), frame.width - half)
        texts.append(Text(tenth(middle), 12, words.status, INK, "middle", bold=True))
    return tuple(texts)
