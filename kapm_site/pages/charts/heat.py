"""Rows of weeks: the health of each project, and how much each person is booked."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from kapm_site.pages.charts.health_signs import Health, Sign, draw_signs, lay_key
from kapm_site.pages.charts.inks import GHOST, HAIR, INK, MUTE, RULE, WASH, Frame
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import Line, Path, Rect, Sheet, Text, line, rect, tenth
from kapm_site.pages.charts.scale import DateLabel, TimeScale, time_ticks

_HEAD = 24
_ROW = 28
_LOAD_ROW = 36
_LOAD_AIR = 18  # above and below the highest column, with its value
_LOAD_FOOT = 3
_LEAST = 17
_FULL_SIZE = 15  # pixels of a week from which on a sign has its full size
_WIDEST = 56
_LEAST_WIDTH = 358
#: Pixels between two dates; of more weeks than so many between two, months are named instead.
_APART, _OFTEN = 12, 2
_FULL = 1.0
_CEILING = 1.5


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A project's health in each week, None for a week before its start."""

    name: str
    cells: tuple[Health | None, ...]


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A person's load in each week, 1.0 for fully booked, None for absent."""

    name: str
    loads: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class HeatWords:
    """The finished strings of a chart of weeks; `key` explains the signs that occur."""

    title: str
    desc: str
    key: tuple[tuple[Health, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The geometry of a health map."""

    template: ClassVar[str] = "charts/heat.svg.j2"
    sheet: Sheet
    grounds: tuple[Rect, ...]
    grid: tuple[Line, ...]
    breaks: tuple[Line, ...]
    signs: tuple[Path, ...]
    key: tuple[Path, ...]
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
    rows: Sequence[HeatRow],
    weeks: Sequence[date],
    words: HeatWords,
    frame: Frame,
    label: DateLabel,
    *,
    breaks: Sequence[date] = (),
    row: float = _ROW,
    least: float = _LEAST,
) -> HeatMap | None:
    """Each week's health as a shape: dot, triangle, square, a broken ring for stale data, a dash for too little.

    The last week is shaded. "On track" is small, so that the eye goes to what is not. A narrow chart leaves out
    the oldest weeks; with few weeks the chart is narrower than its frame. None without a row or a week.

    Args:
        rows: From the top down.
        weeks: The first day of each, without gaps.
        words: Name, description and key.
        frame: Where it stands.
        label: Writes dates.
        breaks: Days from which on other things are compared: a line stands before their weeks.
        row: Height of a row in pixels.
        least: Width in pixels that a week has at least.
    """
    if not rows or not weeks:
        return None
    frame = _snug([one.name for one in rows], weeks, frame)
    table = _table([one.name for one in rows], weeks, frame, least)
    height = _HEAD + len(rows) * row
    scale = min(table.step / _FULL_SIZE, 1.0)
    signs, texts, foot = lay_key(words.key, height, frame.width)
    names = _names([one.name for one in rows], row, table)
    return HeatMap(
        sheet=Sheet(frame.width, tenth(height + foot), words.title, words.desc, frame.look.font),
        grounds=_last_week(table, height),
        grid=_rules(len(rows), row, frame),
        breaks=_breaks(breaks, table, height),
        signs=draw_signs(_signs(rows, row, table), scale),
        key=draw_signs(signs),
        names=(*names, *texts),
        axis=_axis(table, label, frame),
    )


def _signs(rows: Sequence[HeatRow], row: float, table: _Table) -> list[Sign]:
    middles = [table.middle(column) for column in range(len(table.weeks))]
    heights = [_HEAD + (index + 0.5) * row for index in range(len(rows))]
    return [
        Sign(health, x, y)
        for one, y in zip(rows, heights, strict=True)
        for health, x in zip(one.cells[table.skip :], middles, strict=False)
        if health is not None
    ]


def _breaks(days: Sequence[date], table: _Table, height: float) -> tuple[Line, ...]:
    """A line before the week that each day lies in, as far as that week is shown."""
    columns = [sum(week <= day for week in table.weeks) - 1 for day in days]
    edges = (tenth(table.left + column * table.step) for column in columns if column >= 0)
    return tuple(line(x, _HEAD - 4, x, height, INK, dash="1 3") for x in edges)


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
    frame = _snug([row.name for row in rows], weeks, frame)
    table = _table([row.name for row in rows], weeks, frame, _LEAST)
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


def _snug(names: Sequence[str], weeks: Sequence[date], frame: Frame) -> Frame:
    """The frame without the room that so few weeks would leave between their names and their signs."""
    wanted = widest(list(names), bold=True) + 16 + len(weeks) * _WIDEST
    return replace(frame, width=tenth(min(frame.width, max(wanted, _LEAST_WIDTH))))


def _table(names: Sequence[str], weeks: Sequence[date], frame: Frame, least: float) -> _Table:
    left = tenth(min(widest(list(names), bold=True), frame.width * 0.36) + 16)
    room = frame.width - left
    count = max(min(len(weeks), int(room // least)), 1)
    step = min(room / count, _WIDEST)
    return _Table(tenth(frame.width - count * step), step, len(weeks) - count, tuple(weeks[-count:]))


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
    """The dates of weeks, from the last one backwards, at even distances; over a long time, months."""
    texts = [label(week, "week") for week in table.weeks]
    every = math.ceil((widest(texts) + _APART) / table.step)
    return _months(table, label, frame) if every > _OFTEN else _every(every, texts, table, frame)


def _every(count: int, texts: Sequence[str], table: _Table, frame: Frame) -> tuple[Text, ...]:
    last = len(texts) - 1
    marks = []
    for column in range(last % count, len(texts), count):
        half = text_width(texts[column]) / 2
        middle = max(min(table.middle(column), frame.width - half), half)
        marks.append(Text(tenth(middle), 15, texts[column], INK if column == last else MUTE, "middle"))
    return tuple(marks)


def _months(table: _Table, label: DateLabel, frame: Frame) -> tuple[Text, ...]:
    """Where months begin, with their years, and the last week."""
    first, last = table.weeks[0], table.weeks[-1]
    end = _every(1, [label(last, "week")], _Table(table.middle(len(table.weeks) - 1), 0, 0, (last,)), frame)
    limit = end[0].x - text_width(end[0].text) / 2 - _APART
    scale = TimeScale(first, last + timedelta(days=6), table.left, frame.width)
    ticks = time_ticks(scale, label, limit=limit, leading=False)
    return (*(Text(tick.x, 15, tick.label, MUTE) for tick in ticks if tick.label), *end)
