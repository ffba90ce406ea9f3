"""Where the columns and rows of a Gantt chart lie, and the words in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from kapm_site.pages.charts.gantt_rows import GanttRow, GanttWords, is_finished
from kapm_site.pages.charts.inks import INK, RED, SOFT
from kapm_site.pages.charts.lettering import ELLIPSIS, shorten, text_width, wrap
from kapm_site.pages.charts.marks import Text, tenth
from kapm_site.pages.charts.scale import TimeScale

HEAD = 42
STRIP = 16
RULE_AT = 38

_NARROW, _PAPER = 520, 800
#: The share of the width that names may take, on paper and on a wide page.
_NAMES = (0.28, 0.33)
_MANY_ROWS = 60
_INDENT = 12
_DEEPEST = 5
_BETWEEN = 14
_EDGE = 8
#: A row of a narrow chart: its height, the middle of its bar above its lower edge, a further line of its name.
_NARROW_ROW, _BAR_ABOVE, _LINE = 40, 13, 15
_NAME_LINES = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """Where columns and rows lie, in pixels.

    Attributes:
        narrow: The words of a row stand above its bar, a long name on two lines.
        names: The lines of each row's name.
        edges: The upper edge of each row, and the lower one of the last.
    """

    width: float
    narrow: bool
    names: tuple[list[str], ...]
    cell_ends: tuple[float, ...]
    scale: TimeScale
    edges: tuple[float, ...]

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.names)

    def mid(self, index: int) -> float:
        """The height around which the bar of a row lies."""
        if self.narrow:
            return self.edges[index + 1] - _BAR_ABOVE
        return (self.edges[index] + self.edges[index + 1]) / 2

    def text(self, index: int) -> float:
        """The base line of a row's words."""
        return tenth(self.edges[index] + 14 if self.narrow else self.mid(index) + 4)

    @property
    def bottom(self) -> float:
        """The lower edge of the last row."""
        return self.edges[-1]

    def bands(self) -> list[tuple[float, float]]:
        """The stretches of height that belong to bars: all of it, or what the words leave."""
        if not self.narrow:
            return [(RULE_AT, self.bottom)]
        return [(self.mid(index) - 8, self.mid(index) + 8) for index in range(self.count)]

    def dashes(self) -> str:
        """A dash pattern from `RULE_AT` down that shows an upright line in the bands alone; empty where that is all."""
        if not self.narrow:
            return ""
        edges = [RULE_AT, *(edge for band in self.bands() for edge in band)]
        return " ".join(["0", *(f"{tenth(low - high)}" for high, low in pairwise(edges))])


def lay_out(
    rows: Sequence[GanttRow],
    words: GanttWords,
    width: float,
    domain: tuple[date, date],
    row_height: float | None = None,
) -> Plan:
    """The columns for the widest words, names in at most a third of the width; the rest is time."""
    columns = _columns(rows, words)
    if width < _NARROW:
        return lay_narrow(rows, columns, width, domain)
    needed = max(_indent(row) + text_width(row.name, bold=_strong(row)) for row in rows)
    room = min(max(needed, text_width(words.name)), width * _NAMES[width > _PAPER])
    ends = [room + sum(columns[: i + 1]) + _BETWEEN * (i + 1) for i in range(len(columns))]
    height = row_height or (18 if len(rows) > _MANY_ROWS else 22)
    scale = TimeScale(*domain, tenth(max([room, *ends]) + 20), width - 24)
    names = tuple([shorten(row.name, room - _indent(row), bold=_strong(row))] for row in rows)
    return Plan(width, False, names, tuple(map(tenth, ends)), scale, _edges([height] * len(rows)))


def lay_narrow(rows: Sequence[GanttRow], columns: Sequence[float], width: float, domain: tuple[date, date]) -> Plan:
    """The words of a row above its bar, which takes the whole width."""
    room = width - sum(columns) - _BETWEEN * len(columns)
    ends = [width - sum(columns[i + 1 :]) - _BETWEEN * (len(columns) - i - 1) for i in range(len(columns))]
    names = tuple(wrap(row.name, room - _indent(row), _NAME_LINES, bold=_strong(row)) for row in rows)
    heights = [_NARROW_ROW + _LINE * (len(lines) - 1) for lines in names]
    scale = TimeScale(*domain, _EDGE, width - _EDGE)
    return Plan(width, True, names, tuple(map(tenth, ends)), scale, _edges(heights))


def lay_strip(width: float, domain: tuple[date, date]) -> Plan:
    """One bar without words."""
    return Plan(width, True, ([],), (), TimeScale(*domain, _EDGE, width - _EDGE), (0.0, STRIP / 2 + _BAR_ABOVE))


def _edges(heights: Sequence[float]) -> tuple[float, ...]:
    return tuple(accumulate(heights, initial=float(HEAD)))


def name_texts(row: GanttRow, index: int, plan: Plan) -> tuple[Text, ...]:
    """The name of a row, indented by its level; the whole of a shortened one is its tip."""
    lines = plan.names[index]
    tip = row.name if any(line.endswith(ELLIPSIS) for line in lines) else ""
    ink = INK if row.depth <= 1 else SOFT
    x, y = _indent(row), plan.text(index)
    return tuple(Text(x, tenth(y + n * _LINE), line, ink, bold=_strong(row), tip=tip) for n, line in enumerate(lines))


def cell_texts(row: GanttRow, index: int, plan: Plan) -> tuple[Text, ...]:
    """The columns after the name; the last one is set off where the row is late and not over."""
    last = len(row.cells) - 1
    texts = []
    for number, (cell, x) in enumerate(zip(row.cells, plan.cell_ends, strict=False)):
        loud = number == last and row.late and not is_finished(row)
        ink = RED if loud and row.critical else (INK if loud or (_strong(row) and number != last) else SOFT)
        if cell:
            texts.append(Text(x, plan.text(index), cell, ink, "end", bold=loud))
    return tuple(texts)


def _columns(rows: Sequence[GanttRow], words: GanttWords) -> list[float]:
    """The widths of the columns up to the last that any row fills."""
    heads = list(words.heads)
    widths = [text_width(head) for head in heads]
    for row in rows:
        for number, cell in enumerate(row.cells):
            if number == len(widths):
                widths.append(0.0)
            widths[number] = max(widths[number], text_width(cell, bold=True))
    last = max((number for row in rows for number, cell in enumerate(row.cells) if cell), default=-1)
    return widths[: last + 1]


def _indent(row: GanttRow) -> int:
    return min(max(row.depth, 0), _DEEPEST) * _INDENT


def _strong(row: GanttRow) -> bool:
    return row.depth == 0 and row.kind == "phase"
