"""Widths of a printed table's columns, from its texts: short values stay on one line, the long share what is left.

The PDF engine could find widths itself, but it would take a quarter of its time and break names in two.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from kapm_site.pages.blocks import Beside, Block, Cell, Column, Section, Stack, Table
from kapm_site.pages.charts.lettering import text_width

#: Millimetres of a page without its margins, and of the column beside the labels.
PAGE, COLUMN, HALF = 182, 150, 88
#: Half a page has room for so many columns, and crowding must save a third.
_SLIM, _WORTH = 4, 0.65
#: Heights in millimetres: of a heading, of the head of a table, of a line, and of what is around the lines of a row.
_HEADING, _HEAD_HEIGHT, _LINE, _GAP = 8, 6, 3.7, 1.3
_STEP = 2
_PADDING = 3.2
_MM = 25.4 / 96
#: 8 and 7.5 points, in pixels.
_SIZE, _SMALL = 10.67, 10
#: A word of a text keeps up to this width, one of a head up to that: longer ones are hyphenated.
_WHOLE, _HEAD = 36, 15
_LEAST = 8
#: What a column that breaks its texts wants at the least, before numbers with long units break as well.
_TIGHT = 24
_MARK = 3.2
#: A word with the blank behind it, or a Chinese character, after which a line may break.
_PIECE = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+ ?")
_RIGID = ("number", "date", "mark", "chart")
Words = tuple[float, ...]


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
    if isinstance(block, Stack):
        return replace(block, blocks=tuple(fit_block(one, room) for one in block.blocks))
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


def stack_up(first: Table, others: Sequence[Table], room: int, height: float) -> tuple[Stack, list[Table]]:
    """Put as many tables below a first one as a height holds, in millimetres; returns them and the tables left over."""
    stacked, left = [first], list[Table]()
    for table in others:
        used = sum(_height_of(fit_table(one, room)) for one in (*stacked, table))
        if used <= height and not any(row.lines for row in table.rows):
            stacked.append(table)
        else:
            left.append(table)
    return Stack(tuple(stacked)), left


def _save_room(left: Table, right: Table) -> bool:
    if any(len(table.columns) > _SLIM for table in (left, right)):
        return False
    if any(row.lines for table in (left, right) for row in table.rows[: table.lead]):
        return False
    apart = _height_of(fit_table(left)) + _height_of(fit_table(right))
    return max(_height_of(fit_table(left, HALF)), _height_of(fit_table(right, HALF))) < apart * _WORTH


def _height_of(table: Table) -> float:
    """Estimate the height of a table with its heading in millimetres; a row is as high as its longest cell."""
    rows = [list(zip(row.cells, table.widths, strict=True)) for row in table.rows[: table.lead]]
    lines = [max(_height(_words(cell, _SIZE, bold=not n), w) for n, (cell, w) in enumerate(row)) for row in rows]
    around = _HEAD_HEIGHT + (_HEADING if table.heading else 0) + (_LINE if table.more else 0)
    return around + _LINE * sum(lines) + _GAP * len(lines)


def fit_table(table: Table, room: int = PAGE) -> Table:
    """Give the columns of a table widths that add up to `room` millimetres and make its rows low."""
    rows = table.rows[: table.lead]
    size = _SMALL if table.dense else _SIZE
    spans = [_span(column, [row.cells[n] for row in rows], n == 0, size) for n, column in enumerate(table.columns)]
    rigid = _rigid(table.columns, spans, room)
    widths = [_up(span.wanted if fixed else span.least) for span, fixed in zip(spans, rigid, strict=True)]
    _narrow(widths, [n for n, fixed in enumerate(rigid) if not fixed], room)
    _widen(widths, {n: spans[n] for n, fixed in enumerate(rigid) if not fixed}, room)
    kinds = zip(table.columns, rigid, strict=True)
    columns = [replace(c, kind="amount") if c.kind == "number" and not fixed else c for c, fixed in kinds]
    return replace(table, columns=tuple(columns), widths=tuple(widths))


@dataclass(frozen=True, slots=True)
class _Span:
    """What a column asks for, in millimetres.

    Attributes:
        wanted: For its widest value in one line.
        least: For its longest word.
        rigid: Its values never break.
        texts: The words of each of its values.
    """

    wanted: float
    least: float
    rigid: bool
    texts: tuple[Words, ...]


def _span(column: Column, cells: Sequence[Cell], bold: bool, size: float) -> _Span:
    if column.chart is not None:
        head = column.chart.sheet.width * _MM
    else:
        head = max((min(text_width(word, _SMALL) * _MM, _HEAD) for word in column.label.split()), default=0.0)
    wanted = max([*(_line(cell, size, bold=bold) for cell in cells), head]) + _PADDING
    texts = tuple(_words(cell, size, bold=bold) for cell in cells)
    least = max([head, *(word for text in texts for word in text)]) + _PADDING
    if column.kind in _RIGID:
        return _Span(wanted, min(least, wanted), True, texts)
    return _Span(wanted, min(least, _WHOLE), False, texts)


def _rigid(columns: Sequence[Column], spans: Sequence[_Span], room: int) -> list[bool]:
    """Tell which columns never break; numbers do where their units leave the other columns no room."""
    rigid = [span.rigid for span in spans]
    if sum(span.wanted if fixed else min(span.least, _TIGHT) for span, fixed in zip(spans, rigid, strict=True)) > room:
        rigid = [fixed and column.kind != "number" for column, fixed in zip(columns, rigid, strict=True)]
    rigid[0] = rigid[0] and not all(rigid)
    return rigid


def _line(cell: Cell, size: float, *, bold: bool) -> float:
    if cell.chart is not None:
        return max(cell.chart.sheet.width, text_width(cell.note, _SMALL)) * _MM
    text = text_width(cell.text, size, bold=_is_bold(cell, bold=bold)) * _MM
    return max(text + (_MARK if cell.health else 0), text_width(cell.note, _SMALL) * _MM)


def _words(cell: Cell, size: float, *, bold: bool) -> Words:
    """Measure the words of a value; Chinese may break after any character."""
    if cell.chart is not None:
        return (_line(cell, size, bold=bold),)
    strong = _is_bold(cell, bold=bold)
    return (*measure_words(cell.text, size, bold=strong), *measure_words(cell.note, _SMALL))


def _is_bold(cell: Cell, *, bold: bool) -> bool:
    return bold or cell.tone in ("bad", "warn", "strong")


def _narrow(widths: list[int], loose: Sequence[int], room: int) -> None:
    """Take from the widest column that may break where even the longest words have no room."""
    while sum(widths) > room:
        widest = max(loose, key=lambda n: widths[n], default=None)
        if widest is None or widths[widest] <= _LEAST:
            return
        widths[widest] -= _STEP


def _widen(widths: list[int], loose: Mapping[int, _Span], room: int) -> None:
    """Give what is left, step by step to the column that saves most lines with it; the rest to the first."""
    left = room - sum(widths)
    while left > 0 and (best := _best(widths, loose, left)):
        column, more = best
        widths[column] += more
        left -= more
    if loose:
        # What saves no line is best spent where lines are most.
        widths[max(loose, key=lambda n: max((_height(text, widths[n]) for text in loose[n].texts), default=1))] += left


def _best(widths: Sequence[int], loose: Mapping[int, _Span], left: int) -> tuple[int, int] | None:
    """Find the column whose highest cell gets lower at the least cost in width; None where none has the room."""
    found: list[tuple[float, int, int]] = []
    for column, span in loose.items():
        now = widths[column]
        highest = max((_height(text, now) for text in span.texts), default=1)
        if highest > 1:
            more = _STEP
            while more <= left and any(_height(text, now + more) == highest for text in span.texts):
                more += _STEP
            saved = sum(_height(text, now) ** 2 - _height(text, now + more) ** 2 for text in span.texts)
            if more <= left:
                found.append((saved / more, column, more))
    return max(found, key=lambda one: (one[0], -one[1]))[1:] if found else None


def measure_words(text: str, size: float, *, bold: bool = False) -> Words:
    """Measure what a line of a text must hold whole, in millimetres, at a size in pixels."""
    return tuple(text_width(word, size, bold=bold) * _MM for word in _PIECE.findall(text))


def count_lines(words: Words, room: float) -> int:
    """Count the lines of a text in a column of `room` millimetres; a word that is wider than it breaks."""
    lines, used = 1, 0.0
    for word in words:
        if used and used + word > room:
            lines, used = lines + 1, 0.0
        lines += ceil(word / room) - 1 if word > room else 0
        used += word % room if word > room else word
    return lines


def _height(text: Words, width: int) -> int:
    return count_lines(text, max(width - _PADDING, 1.0))


def _up(width: float) -> int:
    return max(-(-round(width * 10) // (10 * _STEP)) * _STEP, _LEAST)
