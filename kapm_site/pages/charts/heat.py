"""Rows of weeks: the health of each project, and how much each person is booked."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from kapm_site.pages.charts.inks import AMBER, GHOST, GREEN, GREY, HAIR, INK, MUTE, NONE, RED, RULE, WASH, Frame
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import Dot, Line, Path, Rect, Sheet, Text, line, rect, tenth, triangle
from kapm_site.pages.charts.scale import DateLabel
from kapm_site.pages.charts.spacing import Lanes

Health = Literal["green", "amber", "red", "stale"]

_HEAD = 24
_ROW = 28
_LOAD_ROW = 36
_LOAD_AIR = 18  # above and below the highest column, with its value
_LOAD_FOOT = 3
_LEAST = 17
_WIDEST = 56
_FULL = 1.0
_CEILING = 1.5


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A project's health in each week, None for a week before its start; `tips` are for the mouse."""

    name: str
    cells: tuple[Health | None, ...]
    tips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A person's load in each week, 1.0 for fully booked, None for absent."""

    name: str
    loads: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class HeatWords:
    """The finished strings of a chart of weeks."""

    title: str
    desc: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The geometry of a health map."""

    template: ClassVar[str] = "charts/heat.svg.j2"
    sheet: Sheet
    grounds: tuple[Rect, ...]
    grid: tuple[Line, ...]
    dots: tuple[Dot, ...]
    triangles: tuple[Path, ...]
    squares: tuple[Rect, ...]
    names: tuple[Text, ...]
    axis: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Workload:
    """The geometry of workload strips."""

    template: ClassVar[str] = "charts/workload.svg.j2"
    sheet: Sheet
    grid: tuple[Line, ...]
    bars: tuple[Rect, ...]
    values: tuple[Text, ...]
    names: tuple[Text, ...]
    axis: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of the last weeks that fit; `skip` older ones are left out."""

    left: float
    step: float
    skip: int
    weeks: tuple[date, ...]

    def middle(self, column: int) -> float:
        return tenth(self.left + (column + 0.5) * self.step)


def draw_heat(
    rows: Sequence[HeatRow], weeks: Sequence[date], words: HeatWords, frame: Frame, label: DateLabel
) -> HeatMap | None:
    """Each week's health as a shape: dot, triangle, square, and a broken ring where nothing was reported.

    The last week is shaded. "On track" is small, so that the eye goes to what is not. A narrow chart leaves out
    the oldest weeks. None without a row or a week.
    """
    if not rows or not weeks:
        return None
    table = _table([row.name for row in rows], weeks, frame)
    height = _HEAD + len(rows) * _ROW
    cells = [
        (row.cells[table.skip + column], table.middle(column), _HEAD + (index + 0.5) * _ROW, _tip(row, table, column))
        for index, row in enumerate(rows)
        for column in range(min(len(table.weeks), max(len(row.cells) - table.skip, 0)))
    ]
    dots = [Dot(x, y, 3.2, GREEN, tip=tip) for health, x, y, tip in cells if health == "green"]
    dots += [Dot(x, y, 4, NONE, GREY, 1.2, "2 1.5", tip) for health, x, y, tip in cells if health == "stale"]
    return HeatMap(
        sheet=Sheet(frame.width, height, words.title, words.desc, frame.look.font),
        grounds=_last_week(table, height),
        grid=_rules(len(rows), _ROW, frame),
        dots=tuple(dots),
        triangles=tuple(Path(triangle(x, y, 5.5), AMBER, tip=tip) for h, x, y, tip in cells if h == "amber"),
        squares=tuple(rect(x - 4.5, y - 4.5, 9, 9, RED, tip=tip) for h, x, y, tip in cells if h == "red"),
        names=_names([row.name for row in rows], _ROW, table),
        axis=_axis(table, label, frame),
    )


def draw_workload(
    rows: Sequence[LoadRow],
    weeks: Sequence[date],
    words: HeatWords,
    frame: Frame,
    label: DateLabel,
    *,
    value: Callable[[float], str],
) -> Workload | None:
    """Each week's load as a column, the part over 100 % dark and with its value where it fits.

    A line marks 100 %. None without a row or a week.
    """
    if not rows or not weeks:
        return None
    table = _table([row.name for row in rows], weeks, frame)
    height = _HEAD + len(rows) * _LOAD_ROW
    loads = _loads(rows, table)
    unit = (_LOAD_ROW - _LOAD_AIR) / max([_CEILING, *(load for load, _, _ in loads)])
    full = [_HEAD + (index + 1) * _LOAD_ROW - _LOAD_FOOT - unit for index in range(len(rows))]
    level = (line(table.left, y, frame.width, y, RULE, dash="2 2") for y in full)
    return Workload(
        sheet=Sheet(frame.width, height, words.title, words.desc, frame.look.font),
        grid=(*_rules(len(rows), _LOAD_ROW, frame), *level),
        bars=_load_bars(loads, unit, table.step - 3),
        values=tuple(
            Text(x, tenth(y - load * unit - 3), value(load), INK, "middle", bold=True, size=10)
            for load, x, y in loads
            if load > _FULL and text_width(value(load), 10, bold=True) <= table.step
        ),
        names=_names([row.name for row in rows], _LOAD_ROW, table),
        axis=_axis(table, label, frame),
    )


def _loads(rows: Sequence[LoadRow], table: _Table) -> list[tuple[float, float, float]]:
    """Each load with the middle and the foot of its column."""
    return [
        (load, table.middle(column), _HEAD + (index + 1) * _LOAD_ROW - _LOAD_FOOT)
        for index, row in enumerate(rows)
        for column, load in enumerate(row.loads[table.skip :][: len(table.weeks)])
        if load is not None and math.isfinite(load) and load > 0
    ]


def _load_bars(loads: Sequence[tuple[float, float, float]], unit: float, width: float) -> tuple[Rect, ...]:
    bars = []
    for load, x, y in loads:
        within = min(load, _FULL) * unit
        bars.append(rect(x - width / 2, y - within, width, within, GHOST))
        if load > _FULL:
            bars.append(rect(x - width / 2, y - load * unit, width, load * unit - within, INK))
    return tuple(bars)


def _table(names: Sequence[str], weeks: Sequence[date], frame: Frame) -> _Table:
    left = tenth(min(widest(list(names), bold=True), frame.width * 0.36) + 16)
    room = frame.width - left
    count = max(min(len(weeks), int(room // _LEAST)), 1)
    step = min(room / count, _WIDEST)
    return _Table(tenth(frame.width - count * step), step, len(weeks) - count, tuple(weeks[-count:]))


def _tip(row: HeatRow, table: _Table, column: int) -> str:
    index = table.skip + column
    return row.tips[index] if index < len(row.tips) else ""


def _last_week(table: _Table, height: float) -> tuple[Rect, ...]:
    left = table.left + (len(table.weeks) - 1) * table.step
    return (rect(left, _HEAD, table.step, height - _HEAD, WASH),)


def _rules(count: int, row: float, frame: Frame) -> tuple[Line, ...]:
    return tuple(
        line(0, _HEAD + index * row, frame.width, _HEAD + index * row, HAIR if index else RULE)
        for index in range(count + 1)
    )


def _names(names: Sequence[str], row: float, table: _Table) -> tuple[Text, ...]:
    texts = []
    for index, name in enumerate(names):
        short = shorten(name, table.left - 12, bold=True)
        tip = name if short != name else ""
        texts.append(Text(0, tenth(_HEAD + (index + 0.5) * row + 4), short, INK, bold=True, tip=tip))
    return tuple(texts)


def _axis(table: _Table, label: DateLabel, frame: Frame) -> tuple[Text, ...]:
    """The dates of weeks, from the last one backwards, as many as do not touch."""
    lanes, texts = Lanes(1, gap=12), []
    for column in reversed(range(len(table.weeks))):
        text = label(table.weeks[column], "week")
        half = text_width(text) / 2
        middle = min(table.middle(column), frame.width - half)
        if lanes.take(middle - half, middle + half) is not None:
            ink = INK if column == len(table.weeks) - 1 else MUTE
            texts.append(Text(tenth(middle), 15, text, ink, "middle"))
    return tuple(reversed(texts))
