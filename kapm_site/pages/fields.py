"""Fields of records become cells, and lists of records become registers: the same way in every section."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from math import floor, log10

from kapm_site.language import Language
from kapm_site.model.units import Duration
from kapm_site.pages.blocks import Cell, Column, Row, Table
from kapm_site.pages.links import Link
from kapm_site.pages.setting import Setting

Pair = tuple[str, Cell]

#: Ids up to this length stand before the title, as people quote them in meetings; longer ones are a detail.
_SHORT_ID = 6
#: Characters of a unit that stays on the line of its number.
_SHORT_UNIT = 12
#: Characters of a Markdown field that print shows in a register; beyond it the site has the rest.
_LONGEST_IN_PRINT = 900
#: Below this, noughts behind the point are no digits that tell something.
_SMALL = 0.1
#: Decimals beyond which nobody reads on.
_MOST_DIGITS = 8
_CADENCES = ("weekly", "biweekly", "monthly")
#: So few further rows are not hidden.
_TOO_FEW = 2
#: Records of which print shows all that is known, as they take little room.
_FEW = 2


def register(
    setting: Setting,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    heading: str = "",
    lead: int = 6,
    printed: int = 5,
    detailed: int = 1,
    dense: bool = False,
    file: str = "",
) -> Table:
    """Make a register of rows in order of importance; a column that no row fills is left out.

    Args:
        setting: Decides by its medium how many rows stand open.
        caption: What the register is, for those who cannot see the heading beside it.
        columns: Of all rows.
        rows: The important ones first.
        heading: Shown above it where a section has several registers.
        lead: Rows that stand open on the site; one or two more do as well, which are no reason for a click.
        printed: Rows in the PDF.
        detailed: Those of them that show their details there: few, as a report is no register; of a short one all.
        dense: Set small in print, for what one looks up and does not read.
        file: Name, without suffix, of the table that the site has of the whole register.
    """
    web = setting.medium == "web"
    shown = _open(len(rows), lead) if web else printed
    detailed = shown if len(rows) <= _FEW else detailed
    rest = len(rows) - shown
    if rest <= 0:
        more = ""
    elif web:
        more = setting.words.text("page.show_all", total=setting.words.number(len(rows)))
    else:
        more = setting.words.plural("page.more_on_site", rest)
    seen = rows if web else rows[:shown]
    kept = [index for index in range(len(columns)) if index == 0 or any(_says(row.cells[index]) for row in seen)]
    return Table(
        caption=caption,
        columns=tuple(columns[index] for index in kept),
        rows=tuple(_narrowed(row if web else _printed(row, n < detailed), kept) for n, row in enumerate(rows)),
        heading=heading,
        lead=shown,
        more=more,
        dense=dense,
        file=table_link(setting, file, caption) if file else None,
    )


def _open(count: int, lead: int) -> int:
    """Count the rows that stand open of so many."""
    return count if count - lead <= _TOO_FEW else lead


def table_link(setting: Setting, name: str, title: str) -> Link | None:
    """Link to a register as a table for a spreadsheet, which lies beside the page of its project."""
    return Link(title, f"{name}.csv") if setting.medium == "web" else None


def filled(*pairs: Pair) -> tuple[Pair, ...]:
    """Keep the pairs whose cell says something."""
    return tuple(pair for pair in pairs if _says(pair[1]))


def identity(words: Language, record_id: str) -> Pair:
    """Give the id of a record as a detail, empty where `titled` shows it."""
    return words.text("label.id"), Cell("" if len(record_id) <= _SHORT_ID else record_id)


def titled(words: Language, record_id: str, title: str) -> str:
    """Put a short id before a title."""
    return words.text("page.tagged", code=record_id, title=title) if len(record_id) <= _SHORT_ID else title


def plain(text: str | None) -> Cell:
    """Show a text, or nothing."""
    return Cell(text or "")


def written(setting: Setting, markdown: str | None) -> Cell:
    """Show Markdown, in print as far as room allows."""
    if not markdown or not markdown.strip():
        return Cell()
    text = markdown.strip()
    if setting.medium == "print" and len(text) > _LONGEST_IN_PRINT:
        text = f"{_beginning(text)}\n\n{setting.words.text('page.rest_on_site')}"
    return Cell(text, markdown=True)


def cadence_text(words: Language, cadence: str | None) -> str:
    """Say how often something comes; what is no word of the vocabulary is the author's own text."""
    return words.text(f"cadence.{cadence}") if cadence in _CADENCES else cadence or ""


def listed(words: Language, items: Sequence[str]) -> Cell:
    """Show several names in one cell."""
    return Cell(words.list(items) if items else "")


def counted(words: Language, number: float | None, digits: int = 1) -> Cell:
    """Show a number with the decimals it needs, at most `digits`."""
    return Cell(decimals(words, number, digits)) if number is not None else Cell()


def decimals(words: Language, number: float, digits: int = 1) -> str:
    """Write a number with the decimals it needs, at most `digits`."""
    return words.number(number, needed_digits([number], digits))


def needed_digits(numbers: Iterable[float | None], most: int) -> int:
    """Count the decimals that tell these numbers apart from whole ones, so that a column has one look."""
    known = [number for number in numbers if number is not None]
    return next((n for n in range(most) if all(abs(x - round(x, n)) < 0.5 * 10**-most for x in known)), most)


def digits_worth(*values: float | None) -> int:
    """Count the decimals worth reading of a figure: two digits at least, or three, tell what it has to say."""
    largest = max((abs(value) for value in values if value is not None), default=0)
    most = 2 if largest < 10 else 1  # noqa: PLR2004 -- figures before the point
    if 0 < largest < _SMALL:
        most = min(1 - floor(log10(largest)), _MOST_DIGITS)
    return needed_digits(values, most)


def measured(words: Language, value: float, unit: str | None, digits: int) -> str:
    """Write a figure with its unit."""
    if unit in ("%", "percent"):
        return words.percent(value, digits)
    return with_unit(words.number(value, digits), unit or "")


def with_unit(number: str, unit: str) -> str:
    """Put a unit behind a number; a long one may stand on the next line."""
    blank = "\N{NO-BREAK SPACE}" if len(unit) <= _SHORT_UNIT else " "
    return f"{number}{blank}{unit}" if unit else number


def spelled(words: Language, duration: Duration) -> str:
    """Write a duration in the unit it was given in; elapsed days are calendar days."""
    number, unit = duration.amount, duration.unit
    if unit == "%":
        return words.percent(number)
    if unit == "d":
        return words.plural("days.calendar", round(number)) if duration.elapsed else words.days_short(number)
    shown = decimals(words, number)
    if unit == "m":
        return words.text("duration.minutes", n=shown)
    if unit == "h":
        return words.text("duration.hours", n=shown)
    return words.text("duration.weeks", n=shown) if unit == "w" else words.text("duration.months", n=shown)


def under_title(title: str, tables: Sequence[Table]) -> tuple[str, tuple[Table, ...]]:
    """Name a section of several tables; a table that is alone gives its heading to the section."""
    if len(tables) > 1:
        return title, tuple(tables)
    return tables[0].heading, (replace(tables[0], heading=""),)


def part_of(words: Language, ids: tuple[str, str, str], count: int, total: int) -> str:
    """Say how many of all there are; the ids are of the sentences for none, some and all of them."""
    none, some, every = ids
    if count == total:
        return words.plural(every, total)
    return words.plural(some, count, total=words.number(total)) if count else words.plural(none, total)


def sentences(words: Language, *parts: str) -> str:
    """Put sentences after one another; Chinese needs no space between them."""
    return ("" if words.tag.startswith("zh") else " ").join(part for part in parts if part)


def _says(cell: Cell) -> bool:
    return bool(cell.text or cell.health or cell.chart)


def _printed(row: Row, detailed: bool) -> Row:
    """Set the details of a row for print, or leave them out."""
    groups = groupby(enumerate(row.details), lambda pair: pair[0] if pair[1][1].markdown else -1) if detailed else ()
    return replace(row, details=(), lines=tuple(tuple(pair for _, pair in group) for _, group in groups))


def _narrowed(row: Row, kept: Sequence[int]) -> Row:
    if len(kept) == len(row.cells):
        return row
    return replace(row, cells=tuple(row.cells[index] for index in kept))


def _beginning(text: str) -> str:
    """Cut Markdown between two blocks; a single long block is cut between words and loses its marks."""
    end = text.rfind("\n\n", 0, _LONGEST_IN_PRINT)
    if end > 0:
        return text[:end]
    end = text.rfind(" ", 0, _LONGEST_IN_PRINT)
    return f"{text[: end if end > 0 else _LONGEST_IN_PRINT].rstrip()} …"
