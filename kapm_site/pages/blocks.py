"""What pages are built of: finished, typed facts that a template only writes out.

A page is a list of sections, a section a list of blocks. The same blocks serve the site and the PDF; each names
the template that writes it, `blocks/<name>.html.j2`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple, Protocol

from kapm_site.pages.charts.marks import Sheet
from kapm_site.pages.links import Link

Tone = Literal["", "good", "warn", "bad", "soft", "strong"]
_MOST_COLUMNS = 8
_NO_WORD = re.compile(r"\W+")
ColumnKind = Literal["text", "number", "amount", "date", "long", "mark", "chart"]


class Chart(Protocol):
    """A drawn chart: a frozen record of geometry that names its template."""

    template: ClassVar[str]

    @property
    def sheet(self) -> Sheet:
        """Its size and name."""


class Cell(NamedTuple):
    """A value in a table or beside a label: a named tuple, as a page has thousands.

    Attributes:
        text: Finished text; Markdown where `markdown` is true.
        health: A health word (`green`, `amber`, `red`, `stale`, `unknown`) draws its mark before the text.
        note: A second, quieter line.
        href: Where the text links to.
        chart: Drawn instead of the text; then the text is what a screen reader hears.
        sort: Sorts the column where its text does not: the ISO date of a written one, the number behind a word.
            The script of the site reads numbers as they are written.
        language: Tag of the language of text and note where that is not the page's.
    """

    text: str = ""
    markdown: bool = False
    tone: Tone = ""
    health: str = ""
    note: str = ""
    href: str = ""
    chart: Chart | None = None
    sort: str = ""
    language: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is its text and nothing else, as most are."""
        return not (self.markdown or self.tone or self.health or self.note or self.href or self.chart or self.language)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: numbers stand right with the unit in the head, long texts get a line of their own on a phone.

    An amount is a number in print whose unit may stand on the next line. `chart` is the axis above a column of
    charts, drawn instead of the label.
    """

    label: str
    kind: ColumnKind = "text"
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        details: Further label–value pairs of the record, shown below it or on demand.
        about: The project it belongs to, or the client: `acme/erp` or `acme`; the portfolio is filtered by it.
        lines: The details as print writes them: each Markdown text on a line of its own, what stands between on one.
    """

    cells: tuple[Cell, ...]
    id: str = ""
    depth: int = 0
    strong: bool = False
    details: tuple[tuple[str, Cell], ...] = ()
    about: str = ""
    lines: tuple[tuple[tuple[str, Cell], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A register, the important rows first.

    Attributes:
        lead: How many rows stand open; on the site the rest is behind "show all", in print it is left out.
        more: The words for the rest: "Show all 23" on the site, "11 more on the site" in print; "" without a rest.
        widths: In millimetres in print; empty where the reader's browser finds them.
        dense: Set small in print.
        file: The same as a table for a spreadsheet, on the site; None where there is none.
    """

    template: ClassVar[str] = "blocks/table.html.j2"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: str = ""
    lead: int = 12
    more: str = ""
    widths: tuple[int, ...] = ()
    dense: bool = False
    file: Link | None = None

    def pairs(self, row: Row) -> Iterator[tuple[Column, Cell]]:
        """Walk the cells of a row behind its first, each with its column."""
        return zip(self.columns[1:], row.cells[1:], strict=False)

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than a laptop's window has room for, so that it may scroll by itself."""
        return len(self.columns) > _MOST_COLUMNS


@dataclass(frozen=True, slots=True)
class Fold:
    """A chart that waits behind a click on its name.

    Attributes:
        note: A quieter word beside the name.
        strip: What the chart comes to, drawn in one line; seen also while it is shut.
        open: It stands open from the beginning.
    """

    name: str
    chart: Chart
    note: str = ""
    strip: Chart | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, drawn for each width it is shown at.

    In print only `wide` is set; `titled` charts stand in a line, each with its name above it. Below the charts of a
    width stand those of the same that wait behind a click.
    """

    template: ClassVar[str] = "blocks/figure.html.j2"
    wide: tuple[Chart, ...]
    narrow: tuple[Chart, ...] = ()
    heading: str = ""
    caption: str = ""
    titled: bool = False
    wide_folds: tuple[Fold, ...] = ()
    narrow_folds: tuple[Fold, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown that a person wrote; `language` is its tag where that is not the page's."""

    template: ClassVar[str] = "blocks/prose.html.j2"
    markdown: str
    heading: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that is followed: value large, then what to hold it against."""

    name: str
    value: str
    unit: str
    health: str
    health_text: str
    note: str
    chart: Chart | None
    details: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Tiles:
    """A strip of tiles; `file` is the same as a table for a spreadsheet."""

    template: ClassVar[str] = "blocks/tiles.html.j2"
    tiles: tuple[Tile, ...]
    heading: str = ""
    file: Link | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """Label–value pairs; `run_in`: values are sentences that read on from their label, in print in two columns."""

    template: ClassVar[str] = "blocks/pairs.html.j2"
    pairs: tuple[tuple[str, Cell], ...]
    heading: str = ""
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, and what we did; `language` as in `Prose`."""

    quote: str
    source: str
    response: str
    status: str
    details: tuple[tuple[str, Cell], ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quotes:
    """What was said and what came of it; `file` is the same as a table for a spreadsheet."""

    template: ClassVar[str] = "blocks/quotes.html.j2"
    quotes: tuple[Quote, ...]
    heading: str = ""
    lead: int = 6
    more: str = ""
    file: Link | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """Something that needs somebody: a project or an account, why, and by when.

    Attributes:
        subject: Name of the project or account, with its link and its health; the client is its note.
        reasons: The gravest first.
        when: The date that is nearest.
        health_text: The word of the health.
        about: As of a `Row`.
    """

    subject: Cell
    reasons: tuple[Cell, ...]
    when: Cell
    health_text: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """What needs attention, the gravest first."""

    template: ClassVar[str] = "blocks/queue.html.j2"
    items: tuple[QueueItem, ...]
    heading: str = ""


class CardLine(NamedTuple):
    """A line of a card; `about` as of a `Row`."""

    label: Cell
    value: Cell
    about: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An account: its projects and what else is known of it; `about` as of a `Row`."""

    name: str
    lines: tuple[CardLine, ...]
    note: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Accounts side by side."""

    template: ClassVar[str] = "blocks/cards.html.j2"
    cards: tuple[Card, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class HealthGrid:
    """Health marks by project and dimension; the words are for those who cannot see the marks.

    Attributes:
        subject: Head of the first column.
        legend: The healths that occur, so that a mark is explained beside the grid.
    """

    template: ClassVar[str] = "blocks/health_grid.html.j2"
    caption: str
    subject: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[Cell, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks side by side; in print with their widths in millimetres."""

    template: ClassVar[str] = "blocks/beside.html.j2"
    left: "Block"
    right: "Block"
    left_width: int = 0
    right_width: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks one below the other, where there is room for one beside another, in print only."""

    template: ClassVar[str] = "blocks/stack.html.j2"
    blocks: tuple["Block", ...]
    heading: str = ""


Block = Table | Figure | Prose | Tiles | Pairs | Quotes | Queue | Cards | HealthGrid | Beside | Stack


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its heading, the finding that a sentence states, and what bears it out.

    `short` is its name in the navigation, which is to be one line; empty where the title is short enough.
    """

    id: str
    title: str
    finding: str = ""
    note: str = ""
    blocks: tuple[Block, ...] = ()
    short: str = ""

    def anchor(self, block: Block) -> str:
        """Name a block of it for links, by its heading."""
        return f"{self.id}-{_NO_WORD.sub('-', block.heading.lower()).strip('-')}"

    @property
    def is_prose(self) -> bool:
        """Whether it is text alone, which reads on from the heading instead of taking the whole width."""
        return all(isinstance(block, Prose) for block in self.blocks)
