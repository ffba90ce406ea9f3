"""Where the columns and rows of a Gantt chart lie, and the words in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kapm_site.pages.charts.gantt_rows import GanttRow, GanttWords, is_finished
from kapm_site.pages.charts.inks import INK, RED, SOFT
from kapm_site.pages.charts.lettering import shorten, text_width
from kapm_site.pages.charts.marks import Text, tenth
from kapm_site.pages.charts.scale import TimeScale

HEAD = 42
RULE_AT = 38

_NARROW = 520
_MANY_ROWS = 60
_INDENT = 12
_DEEPEST = 5
_BETWEEN = 14
_EDGE = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """Where columns and rows lie, in pixels. `narrow`: the words of a row stand above its bar."""

    width: float
    narrow: bool
    name_room: float
    cell_ends: tuple[float, ...]
    scale: TimeScale
    row_height: float
    count: int

    def top(self, index: int) -> float:
        """The upper edge of a row."""
        return HEAD + index * self.row_height

    def mid(self, index: int) -> float:
        """The height around which the bar of a row lies."""
        return self.top(index) + (27 if self.narrow else self.row_height / 2)

    def text(self, index: int) -> float:
        """The base line of a row's words."""
        return tenth(self.top(index) + (14 if self.narrow else self.row_height / 2 + 4))

    @property
    def bottom(self) -> float:
        """The lower edge of the last row."""
        return self.top(self.count)

    def bands(self) -> list[tuple[float, float]]:
        """The stretches of height that belong to bars: all of it, or what the words leave."""
        if not self.narrow:
            return [(RULE_AT, self.bottom)]
        return [(self.mid(index) - 8, self.mid(index) + 8) for index in range(self.count)]


def lay_out(
    rows: Sequence[GanttRow],
    words: GanttWords,
    width: float,
    domain: tuple[date, date],
    row_height: float | None = None,
) -> Plan:
    """The columns for the widest words, names in at most three tenths of the width; the rest is time."""
    columns = _columns(rows, words)
    if width < _NARROW:
        room = width - sum(columns) - _BETWEEN * len(columns)
        ends = [width - sum(columns[i + 1 :]) - _BETWEEN * (len(columns) - i - 1) for i in range(len(columns))]
        scale = TimeScale(*domain, _EDGE, width - _EDGE)
        return Plan(width, True, room, tuple(map(tenth, ends)), scale, row_height or 40, len(rows))
    needed = max(_indent(row) + text_width(row.name, bold=_strong(row)) for row in rows)
    room = min(max(needed, text_width(words.name)), width * (0.3 if columns else 0.36))
    ends = [room + sum(columns[: i + 1]) + _BETWEEN * (i + 1) for i in range(len(columns))]
    height = row_height or (18 if len(rows) > _MANY_ROWS else 22)
    scale = TimeScale(*domain, tenth(max([room, *ends]) + 20), width - 24)
    return Plan(width, False, room, tuple(map(tenth, ends)), scale, height, len(rows))


def name_text(row: GanttRow, index: int, plan: Plan) -> Text:
    """The name of a row, indented by its level and shortened to the column."""
    x = _indent(row)
    name = shorten(row.name, plan.name_room - x, bold=_strong(row))
    tip = row.name if name != row.name else ""
    return Text(x, plan.text(index), name, INK if row.depth <= 1 else SOFT, bold=_strong(row), tip=tip)


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
    heads = list(words.heads)
    widths = [text_width(head) for head in heads]
    for row in rows:
        for number, cell in enumerate(row.cells):
            if number == len(widths):
                widths.append(0.0)
            widths[number] = max(widths[number], text_width(cell, bold=True))
    return widths


def _indent(row: GanttRow) -> int:
    return min(max(row.depth, 0), _DEEPEST) * _INDENT


def _strong(row: GanttRow) -> bool:
    return row.depth == 0 and row.kind in {"phase", "task"}
