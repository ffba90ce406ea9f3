"""Amounts as horizontal bars: money on one scale, and the shares of a whole."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from kapm_site.pages.charts.inks import GHOST, INK, MUTE, PAPER, RED, SOFT, WASH, Frame, Ink
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import Line, Rect, Sheet, Text, line, rect, tenth
from kapm_site.pages.charts.scale import LinearScale
from kapm_site.pages.charts.spacing import Lanes

Tone = Literal["ink", "mid", "ghost", "accent", "soft", "red"]

_ROW = 30
_BAR = 14
_GAP = 12
_NARROW = 520
_INSET = 6


@dataclass(frozen=True, slots=True)
class BarPart:
    """A stretch of a bar. Tones: `ink` spent or done, `mid` committed, `ghost` planned, `soft` still to come."""

    value: float
    tone: Tone = "ink"
    text: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: its name, its parts from the left, and the finished figure that stands after it."""

    name: str
    parts: tuple[BarPart, ...]
    text: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class BarMark:
    """A level across all bars, such as the budget."""

    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """The geometry of bars, by layer from the ground up."""

    template: ClassVar[str] = "charts/bars.svg.j2"
    sheet: Sheet
    grounds: tuple[Rect, ...]
    bars: tuple[Rect, ...]
    marks: tuple[Line, ...]
    names: tuple[Text, ...]
    texts: tuple[Text, ...]


def draw_bars(
    rows: Sequence[BarRow], title: str, desc: str, frame: Frame, *, mark: BarMark | None = None
) -> BarChart | None:
    """All bars on one scale from 0, each with its name before and its figure after it.

    Under 520 px the names stand above the bars. None without a row.
    """
    if not rows:
        return None
    mark = mark if mark and _size(mark.value) else None
    narrow = frame.width < _NARROW
    named = 0.0 if narrow else min(widest([row.name for row in rows], bold=True), frame.width * 0.32)
    figures = widest([row.text for row in rows], bold=True) + _GAP
    values = [*map(_total, rows), mark.value if mark else 0.0]
    scale = _scale(values, named + _GAP if named else 0, frame.width - figures)
    top, step = 20 if mark and mark.text else 0, _ROW + (14 if narrow else 0)
    bars, names, texts = [], [], []
    for index, row in enumerate(rows):
        y = top + index * step + (22 if narrow else (_ROW - _BAR) / 2)
        base = tenth(y - 6 if narrow else y + 11)
        bars += _parts(row.parts, scale, y, _BAR, frame)
        names.append(Text(0, base, shorten(row.name, named or frame.width, bold=row.strong), INK, bold=row.strong))
        texts += _inside(row.parts, scale, y + 11, frame, mark)
        texts.append(_figure(row, scale, tenth(y + 11), mark))
    height = top + len(rows) * step
    marks, mark_texts = _mark(mark, scale, top, height, frame.width)
    return BarChart(
        sheet=Sheet(frame.width, tenth(height), title, desc, frame.look.font),
        grounds=(),
        bars=tuple(bars),
        marks=marks,
        names=tuple(name for name in names if name.text),
        texts=(*(text for text in texts if text.text), *mark_texts),
    )


def draw_bar_strips(
    rows: Sequence[BarRow], title: str, frame: Frame, *, height: float = 12, top: float | None = None
) -> tuple[BarChart, ...]:
    """One bare bar for each row, for a page that writes names and figures itself; all share one scale.

    The grey ground reaches to the highest value, or to `top` where that is more. `desc` of each is its name
    and figure.
    """
    scale = _scale([*(_total(row) for row in rows), top or 0.0], 0, frame.width)
    return tuple(
        BarChart(
            sheet=Sheet(frame.width, height, title, f"{row.name} {row.text}".strip(), frame.look.font),
            grounds=(rect(0, 0, frame.width, height, WASH),),
            bars=tuple(_parts(row.parts, scale, 0, height, frame)),
            marks=(),
            names=(),
            texts=(),
        )
        for row in rows
    )


def draw_shares(
    parts: Sequence[BarPart], title: str, desc: str, frame: Frame, *, mark: BarMark | None = None
) -> BarChart | None:
    """One bar divided into its parts, each labelled inside where its text fits and below it where not."""
    total = sum(_size(part.value) for part in parts)
    if total <= 0:
        return None
    mark = mark if mark and _size(mark.value) else None
    scale = _scale([total] + ([mark.value] if mark else []), 0, frame.width)
    top = 20 if mark and mark.text else 0
    inside = _inside(parts, scale, top + 16, frame, mark)
    below = _below(parts, scale, top + 24, frame.width, mark)
    lines = max((text.y for text in below), default=top + 24.0)
    marks, mark_texts = _mark(mark, scale, top, top + 24, frame.width)
    return BarChart(
        sheet=Sheet(frame.width, tenth(lines + 5), title, desc, frame.look.font),
        grounds=(),
        bars=tuple(_parts(parts, scale, top, 24, frame)),
        marks=marks,
        names=(),
        texts=(*inside, *below, *mark_texts),
    )


def _size(value: float) -> float:
    return value if math.isfinite(value) and value > 0 else 0.0


def _total(row: BarRow) -> float:
    return sum(_size(part.value) for part in row.parts)


def _scale(values: Sequence[float], start: float, end: float) -> LinearScale:
    high = max((_size(value) for value in values), default=0.0)
    return LinearScale(0, high or 1.0, tenth(start), tenth(max(end, start + 1)))


def _paint(tone: Tone, frame: Frame) -> tuple[Ink, Ink]:
    """The fill of a tone and the ink of a text on it."""
    paints: dict[Tone, tuple[Ink, Ink]] = {
        "ink": (INK, PAPER),
        "mid": (MUTE, PAPER),
        "ghost": (GHOST, INK),
        "accent": (frame.look.accent, PAPER),
        "soft": (frame.look.accent_soft, INK),
        "red": (RED, PAPER),
    }
    return paints.get(tone, (INK, PAPER))


def _parts(parts: Sequence[BarPart], scale: LinearScale, y: float, height: float, frame: Frame) -> list[Rect]:
    bars = []
    for part, left, right in _stretches(parts, scale):
        fill, _ = _paint(part.tone, frame)
        if right <= left:
            continue
        if part.tone == "soft":
            inner = rect(left + 0.5, y + 0.5, right - left - 1, height - 1, fill, frame.look.accent, part.tip)
            bars.append(inner)
        else:
            bars.append(rect(left, y, right - left, height, fill, tip=part.tip))
    return bars


def _figure(row: BarRow, scale: LinearScale, base: float, mark: BarMark | None) -> Text:
    """The figure after a bar, beyond the mark where the mark would strike it through."""
    x = scale.at(_total(row)) + 8
    if mark is not None and x - 4 < scale.at(mark.value) < x + text_width(row.text, bold=row.strong) + 4:
        x = scale.at(mark.value) + 8
    return Text(tenth(x), base, row.text, INK, bold=row.strong)


def _inside(
    parts: Sequence[BarPart], scale: LinearScale, base: float, frame: Frame, mark: BarMark | None
) -> list[Text]:
    """The words of those parts that are long enough for them."""
    texts = []
    for part, left, right in _stretches(parts, scale):
        if _fits(part, left, right, scale, mark):
            _, ink = _paint(part.tone, frame)
            texts.append(Text(tenth(left + _INSET), tenth(base), part.text, ink))
    return texts


def _below(parts: Sequence[BarPart], scale: LinearScale, base: float, width: float, mark: BarMark | None) -> list[Text]:
    """The words of the other parts, under their beginnings, on as many lines as they need."""
    lanes, texts = Lanes(4), []
    for part, left, right in _stretches(parts, scale):
        if part.text and not _fits(part, left, right, scale, mark):
            room = text_width(part.text)
            x = max(min(left, width - room), 0.0)
            lane = lanes.take(x, x + room)
            if lane is not None:
                texts.append(Text(tenth(x), tenth(base + 16 + lane * 15), part.text, SOFT))
    return texts


def _stretches(parts: Sequence[BarPart], scale: LinearScale) -> list[tuple[BarPart, float, float]]:
    found, reached = [], 0.0
    for part in parts:
        begin, reached = reached, reached + _size(part.value)
        found.append((part, scale.at(begin), scale.at(reached)))
    return found


def _fits(part: BarPart, left: float, right: float, scale: LinearScale, mark: BarMark | None) -> bool:
    if mark is not None and left < scale.at(mark.value) < right:
        right = scale.at(mark.value)
    return bool(part.text) and text_width(part.text) + 2 * _INSET <= right - left


def _mark(
    mark: BarMark | None, scale: LinearScale, top: float, bottom: float, width: float
) -> tuple[tuple[Line, ...], tuple[Text, ...]]:
    if mark is None:
        return (), ()
    x = scale.at(mark.value)
    text_room = text_width(mark.text, bold=True)
    left = min(max(x - text_room / 2, 0), width - text_room)
    words = (Text(tenth(left), 12, mark.text, INK, bold=True),) if mark.text else ()
    return (line(x, max(top - 4, 0), x, bottom, INK, width=1.5),), words
