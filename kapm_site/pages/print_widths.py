"""Widths of a printed table's columns, from its texts: short values stay on one line, the long share what is left.

The PDF engine could find widths itself, but it would take a quarter of its time and break names in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from kapm_site.pages.blocks import Beside, Block, Cell, Column, Section, Table
from kapm_site.pages.charts.lettering import text_width

#: Millimetres of a page without its margins, and of the column beside the labels.
PAGE, COLUMN, HALF = 182, 150, 88
#: Half a page has room for so many columns; a table's head takes so many lines; and crowding must save a third.
_SLIM, _HEADS, _WORTH = 4, 3, 0.65
_STEP = 2
_PADDING = 3.2
_MM = 25.4 / 96
#: 8 and 7.5 points, in pixels.
_SIZE, _SMALL = 10.67, 10
#: A text up to this width is not broken; a longer one may be.
_WHOLE = 36
_LEAST = 8
#: Share of the page that the first column wants at least.
_FIRST = 0.28
_MARK = 3.2
_RIGID = ("number", "date", "mark", "chart")


def fit_section(section: Section, room: int = PAGE) -> Section:
    """Fit all tables of a section."""
    return replace(section, blocks=tuple(fit_block(block, room) for block in section.blocks))


def fit_block(block: Block, room: int = PAGE) -> Block:
    """Fit a table, or the tables inside a block."""
    if isinstance(block, Table):
        return fit_table(block, room)
    if isinstance(block, Beside):
        return replace(
            block,
            left=fit_block(block.left, block.left_width),
            right=fit_block(block.right, block.right_width),
        )
    return block


def side_by_side(blocks: Sequence[Block]) -> list[Block]:
    """Put neighbouring tables into two halves of the page where that is shorter than one below the other."""
    paired: list[Block] = []
    for block in blocks:
        last = paired[-1] if paired else None
        if isinstance(last, Table) and isinstance(block, Table) and _save_room(last, block):
            paired[-1] = Beside(last, block, HALF, HALF)
        else:
            paired.append(block)
    return paired


def _save_room(left: Table, right: Table) -> bool:
    if any(len(table.columns) > _SLIM for table in (left, right)):
        return False
    if any(row.details for table in (left, right) for row in table.rows[: table.lead]):
        return False
    apart = _lines(fit_table(left)) + _lines(fit_table(right)) + _HEADS
    return max(_lines(fit_table(left, HALF)), _lines(fit_table(right, HALF))) < apart * _WORTH


def _lines(table: Table) -> int:
    """Count the lines of the rows that are shown, each as high as its longest cell."""
    return sum(
        max(ceil(_line(cell, _SIZE, bold=n == 0) / (width - _PADDING)) for n, (cell, width) in enumerate(pairs))
        for row in table.rows[: table.lead]
        for pairs in [list(zip(row.cells, table.widths, strict=True))]
    )


def fit_table(table: Table, room: int = PAGE) -> Table:
    """Give the columns of a table widths that add up to `room` millimetres."""
    rows = table.rows[: table.lead]
    size = _SMALL if table.dense else _SIZE
    spans = [_span(column, [row.cells[n] for row in rows], n == 0, size) for n, column in enumerate(table.columns)]
    rigid = [span.rigid for span in spans]
    rigid[0] = rigid[0] and not all(rigid)
    _loosen(spans, rigid, room)
    widths = [_up(span.wanted) if fixed else 0 for span, fixed in zip(spans, rigid, strict=True)]
    loose = [span for span, fixed in zip(spans, rigid, strict=True) if not fixed]
    shares = _shares(loose, room - sum(widths))
    return replace(table, widths=tuple(width or shares.pop(0) for width in widths))


@dataclass(frozen=True, slots=True)
class _Span:
    """Room of one column in millimetres: for its widest value in one line, and for its longest word."""

    wanted: float
    least: float
    rigid: bool
    weight: float


def _span(column: Column, cells: Sequence[Cell], bold: bool, size: float) -> _Span:
    if column.chart is not None:
        head = column.chart.sheet.width * _MM
    else:
        head = max((text_width(word, _SMALL) for word in column.label.split()), default=0.0) * _MM
    wanted = max([*(_line(cell, size, bold=bold) for cell in cells), head]) + _PADDING
    least = max([*(_word(cell, size, bold=bold) for cell in cells), head]) + _PADDING
    rigid = column.kind in _RIGID or (column.kind == "text" and wanted <= _WHOLE)
    # A text twice as long needs less than twice the width.
    weight = max([12, *(max(len(cell.text), len(cell.note)) for cell in cells)]) ** 0.6
    return _Span(wanted, wanted if column.kind in _RIGID else min(least, _WHOLE), rigid, weight)


def _line(cell: Cell, size: float, *, bold: bool) -> float:
    if cell.markdown:
        return float(PAGE)
    if cell.chart is not None:
        return max(cell.chart.sheet.width, text_width(cell.note, _SMALL)) * _MM
    text = text_width(cell.text, size, bold=_is_bold(cell, bold=bold)) * _MM
    return max(text + (_MARK if cell.health else 0), text_width(cell.note, _SMALL) * _MM)


def _word(cell: Cell, size: float, *, bold: bool) -> float:
    if cell.chart is not None:
        return _line(cell, size, bold=bold)
    strong = _is_bold(cell, bold=bold)
    words = [text_width(word, size, bold=strong) for word in cell.text.split() if not _is_chinese(word)]
    return max([0.0, *words, *(text_width(word, _SMALL) for word in cell.note.split())]) * _MM


def _is_chinese(word: str) -> bool:
    """Chinese may break after any character, so its words ask for no room."""
    return any("\u2e80" <= character <= "\uffef" for character in word)


def _is_bold(cell: Cell, *, bold: bool) -> bool:
    return bold or cell.tone in ("bad", "warn", "strong")


def _loosen(spans: Sequence[_Span], rigid: list[bool], room: int) -> None:
    """Let texts break, the widest first, until those that may break have room enough."""
    texts = [n for n, span in enumerate(spans) if rigid[n] and span.least < span.wanted]
    texts.sort(key=lambda n: spans[n].wanted)
    while texts and room - sum(_up(s.wanted) for s, fixed in zip(spans, rigid, strict=True) if fixed) < _need(
        spans, rigid, room
    ):
        rigid[texts.pop()] = False


def _need(spans: Sequence[_Span], rigid: Sequence[bool], room: int) -> float:
    """The room that loose columns want at least: their longest words, and a third of the page for the first."""
    loose = [span.least for span, fixed in zip(spans, rigid, strict=True) if not fixed]
    return max(sum(loose), sum(loose[1:]) + room * _FIRST) if loose else 0.0


def _shares(spans: Sequence[_Span], room: int) -> list[int]:
    """Divide what is left by weight, in whole steps, none below its longest word; the first takes the remainder.

    Where even the longest words have no room, they break: the column with most to spare gives first.
    """
    if not spans:
        return []
    total = sum(span.weight for span in spans)
    shares = [max(_up(room * span.weight / total) - _STEP, min(_up(span.least), _WHOLE)) for span in spans]
    while sum(shares) > room and max(shares) > _LEAST:
        broad = [n for n in range(len(shares)) if shares[n] > _LEAST]
        shares[max(broad, key=lambda n: shares[n] - spans[n].least)] -= _STEP
    shares[0] += max(room - sum(shares), 0)
    return shares


def _up(width: float) -> int:
    return max(-(-round(width * 10) // (10 * _STEP)) * _STEP, _LEAST)
