"""How one date came to be another: days that each cause adds, step by step from the agreed date to the expected one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from kapm_site.pages.charts.inks import GHOST, INK, MUTE, PAPER, RED, SOFT, Frame, Ink
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import Line, Path, Rect, Sheet, Text, diamond, line, rect, tenth
from kapm_site.pages.charts.scale import LinearScale

_NARROW = 520
_ROW, _NARROW_ROW = 26, 42
_BAR = 12
_STUB = 9
_GAP = 14
_BESIDE = 8
_DIAMOND, _GHOST_DIAMOND = 5.5, 4.5


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """What a cause adds, in days; `text` is the figure, `note` says more where there is room."""

    name: str
    days: float
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaterfallEnd:
    """The first or the last line: a date with its name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The geometry of a waterfall, by layer from the ground up."""

    template: ClassVar[str] = "charts/waterfall.svg.j2"
    sheet: Sheet
    grid: tuple[Line, ...]
    levels: tuple[Line, ...]
    bars: tuple[Rect, ...]
    diamonds: tuple[Path, ...]
    names: tuple[Text, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    scale: LinearScale
    narrow: bool
    names: float
    width: float

    def mid(self, row: int) -> float:
        """The height around which the bar of a row lies."""
        return row * _NARROW_ROW + 29 if self.narrow else (row + 0.5) * _ROW

    def bottom(self, row: int) -> float:
        """The lower edge of a row."""
        return tenth((row + 1) * (_NARROW_ROW if self.narrow else _ROW))

    def base(self, row: int) -> float:
        """The base line of a row's name."""
        return tenth(row * _NARROW_ROW + 16 if self.narrow else self.mid(row) + 4)


def draw_waterfall(
    steps: Sequence[WaterfallStep], begin: WaterfallEnd, end: WaterfallEnd, title: str, desc: str, frame: Frame
) -> Waterfall | None:
    """Lay out steps between two dates; None without a step.

    A step to the right loses time and is red, one to the left makes it up and is outlined. Each begins where the one
    above it ends, so that the last line lies as far from the first as all steps together. Under 520 px the names stand
    above the bars and the notes are left out.
    """
    known = [step for step in steps if math.isfinite(step.days)]
    if not known:
        return None
    field = _field(known, begin, end, frame)
    reach = [0.0, *accumulate(step.days for step in known)]
    last = len(known) + 1
    return Waterfall(
        sheet=Sheet(frame.width, field.bottom(last), title, desc, frame.look.font),
        grid=_agreed(last, field),
        levels=_levels(reach, [*(step.name for step in known), end.name], field),
        bars=tuple(_bar(step, at, row, field) for row, (step, at) in enumerate(zip(known, reach, strict=False), 1)),
        diamonds=_signs(reach[-1], last, field),
        names=_names([begin.name, *(step.name for step in known), end.name], field),
        texts=_texts(known, reach, (begin, end), field),
    )


def _field(steps: Sequence[WaterfallStep], begin: WaterfallEnd, end: WaterfallEnd, frame: Frame) -> _Field:
    narrow = frame.width < _NARROW
    names = widest([begin.name, end.name, *(step.name for step in steps)], bold=True)
    names = 0.0 if narrow else min(names, frame.width * 0.3)
    figures = _BESIDE + widest([begin.text, end.text, *(step.text for step in steps)], bold=True)
    notes = 0.0 if narrow else min(widest([step.note for step in steps]) + _GAP, frame.width * 0.4)
    reach = [0.0, *accumulate(step.days for step in steps)]
    low, high = min(reach), max(reach)
    left = names + _GAP if names else _DIAMOND
    right = max(frame.width - figures - notes, left + 40)
    scale = LinearScale(low, high if high > low else low + 1, tenth(left), tenth(right))
    return _Field(scale, narrow, names, frame.width)


def _agreed(last: int, field: _Field) -> tuple[Line, ...]:
    """The agreed date through all rows, in a narrow chart beside the bars alone."""
    x = field.scale.at(0)
    if field.narrow:
        mids = [field.mid(row) for row in range(last + 1)]
        return tuple(line(x, mid - _STUB, x, mid + _STUB, MUTE, dash="2 2") for mid in mids)
    return (line(x, field.mid(0), x, field.mid(last), MUTE, dash="2 2"),)


def _levels(reach: Sequence[float], below: Sequence[str], field: _Field) -> tuple[Line, ...]:
    """From the end of each bar down to where the next one begins, or to the name that stands in the way."""
    lines = []
    for row, (days, name) in enumerate(zip(reach[1:], below[1:], strict=True), 1):
        x, top = field.scale.at(days), field.mid(row) + _BAR / 2
        struck = field.narrow and x < text_width(name, bold=True) + _GAP
        lines.append(line(x, top, x, field.bottom(row) if struck else field.mid(row + 1) - _BAR / 2, GHOST))
    return tuple(lines)


def _bar(step: WaterfallStep, begin: float, row: int, field: _Field) -> Rect:
    left, right = sorted((field.scale.at(begin), field.scale.at(begin + step.days)))
    y, width = field.mid(row) - _BAR / 2, max(right - left, 1)
    if step.days < 0:
        return rect(left + 0.5, y + 0.5, width - 1, _BAR - 1, PAPER, INK)
    return rect(left, y, width, _BAR, RED)


def _signs(days: float, last: int, field: _Field) -> tuple[Path, ...]:
    """The agreed date hollow and the expected one filled, as in every chart of dates."""
    agreed = diamond(field.scale.at(0), tenth(field.mid(0)), _GHOST_DIAMOND)
    expected = diamond(field.scale.at(days), tenth(field.mid(last)), _DIAMOND)
    return Path(agreed, PAPER, GHOST, 1.5), Path(expected, RED if days > 0 else INK)


def _names(names: Sequence[str], field: _Field) -> tuple[Text, ...]:
    ends = (0, len(names) - 1)
    room = field.names or field.width
    return tuple(
        Text(0, field.base(row), shorten(name, room, bold=row in ends), INK, bold=row in ends)
        for row, name in enumerate(names)
    )


def _texts(
    steps: Sequence[WaterfallStep], reach: Sequence[float], ends: tuple[WaterfallEnd, WaterfallEnd], field: _Field
) -> tuple[Text, ...]:
    """The figures to the right of bars and signs; the notes behind them."""
    begin, end = ends
    late = reach[-1] > 0
    texts = [_text(0, 0.0, begin.text, SOFT, field)]
    for row, (step, one, two) in enumerate(zip(steps, reach, reach[1:], strict=False), 1):
        figure = _text(row, max(one, two), step.text, INK, field)
        x = figure.x + text_width(step.text, bold=True) + _GAP
        note = "" if field.narrow else shorten(step.note, field.width - x)
        texts += [figure, Text(tenth(x), figure.y, note, SOFT, tip=step.note if note != step.note else "")]
    texts.append(_text(len(steps) + 1, reach[-1], end.text, RED if late else INK, field))
    return tuple(text for text in texts if text.text)


def _text(row: int, days: float, text: str, ink: Ink, field: _Field) -> Text:
    x = field.scale.at(days) + _BESIDE
    return Text(tenth(x), tenth(field.mid(row) + 4), text, ink, bold=ink is not SOFT)
