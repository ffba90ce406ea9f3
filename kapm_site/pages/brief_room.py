"""What the one page of the brief edition has room for: it sheds by rule before anybody has to shorten a text."""

from collections.abc import Iterator
from dataclasses import dataclass

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Table, Tile, Tiles
from kapm_site.pages.brief_report import BriefReport, Caps, brief_report
from kapm_site.pages.imprint import Imprint
from kapm_site.pages.opening import Ask, Changes, Opening
from kapm_site.pages.print_widths import count_lines, measure_words
from kapm_site.pages.setting import Setting

#: From all that the page may show to the least that it shows: what a reader misses least goes first.
STEPS = (
    Caps(),
    Caps(changes=4),
    Caps(changes=4, risks=2),
    Caps(changes=4, risks=2, milestones=3),
    Caps(changes=4, risks=2, milestones=3, tiles=3),
    Caps(changes=3, risks=2, milestones=3, tiles=3),
    Caps(changes=3, risks=2, milestones=2, tiles=3),
    Caps(changes=3, risks=1, milestones=2, tiles=3),
    Caps(asks=3, changes=3, risks=1, milestones=2, tiles=3),
    Caps(asks=3, changes=2, risks=1, milestones=1, tiles=3),
    Caps(asks=2, changes=2, risks=1, milestones=1, tiles=3),
)
#: Millimetres between the margins of the page.
_ROOMS = {"a4": 278.0, "letter": 263.0}
#: An estimate may be so far above the truth, where trying costs less than leaving out what had room; and so far below.
_ABOVE, _BELOW = 6.0, 10.0
#: Widths in millimetres: of the page, beside a logo, of the lead, of the column, of its labels, of a tile.
_PAGE, _BESIDE_LOGO, _LEAD, _COLUMN, _LABEL, _TILE = 182, 140, 168, 150, 29, 45.5
_ACROSS = 3


@dataclass(frozen=True, slots=True)
class Surplus:
    """The part of a page with the most lines beyond its usual share.

    Attributes:
        part: Its name in English, for a message.
        lines: All of its lines.
        usual: How many it has in most reports.
    """

    part: str
    lines: int
    usual: int


def brief_forms(view: ProjectView, setting: Setting, imprint: Imprint) -> tuple[BriefReport, ...]:
    """Build the brief edition in at most three forms: the fullest that should fit, then shorter ones.

    An estimate chooses, so that most reports are laid out once; the last form shows the least that the page may.
    """
    fullest = brief_report(view, setting, imprint)
    heights = [_height(fullest, caps) for caps in STEPS]
    last, room = len(STEPS) - 1, _ROOMS[setting.paper]
    first = next((n for n in range(last) if heights[n] <= room + _ABOVE), last)
    safe = min(room, heights[first]) - _BELOW
    second = next((n for n in range(first, last) if heights[n] <= safe), last)
    chosen = sorted({first, second, last})
    return tuple(brief_report(view, setting, imprint, STEPS[n]) if n else fullest for n in chosen)


def surplus(report: BriefReport) -> Surplus:
    """Find the part with the most lines beyond its usual share, for the hint of a report that is too long."""
    start = report.opening
    changes = start.changes.lines if start.changes else ()
    asks = sum(_ask_lines(ask, start) for ask in start.asks)
    found = [
        Surplus("the headline", _lines(start.headline, _LEAD, 14.7), 3),
        Surplus("what is needed from the client", asks, 2 * len(start.asks)),
        Surplus("what has changed", sum(_lines(line, _COLUMN, 11.3) for line in changes), len(changes)),
        Surplus("the name of the project", 2 * _title_lines(start), 2),
        Surplus("the reason of the declared health", _lines(start.reason, _PAGE, 11.3), 1),
    ]
    for part in report.parts:
        if isinstance(part.block, Table):
            rows = [
                max(_cell_lines(part.block, n, cell) for n, cell in enumerate(row.cells)) for row in part.block.rows
            ]
            found.append(Surplus(f"the texts under “{part.title}”", sum(rows), 2 * len(rows)))
        if isinstance(part.block, Tiles):
            lines = [_tile_lines(tile) for tile in part.block.tiles]
            found.append(Surplus(f"the names under “{part.title}”", sum(lines), 2 * len(lines)))
    return max(found, key=lambda one: one.lines - one.usual)


def _height(report: BriefReport, caps: Caps) -> float:
    """Estimate the height of a page that shows so much of a report, in millimetres."""
    start = report.opening
    parts = [_asks_height(start, caps.asks), *_changes_heights(start.changes, caps.changes), _strip_height(start)]
    for part in report.parts:
        if isinstance(part.block, Tiles):
            parts.append(_tiles_height(part.block.tiles[: caps.tiles]))
        elif isinstance(part.block, Table):
            parts.append(_table_height(part.block, caps.risks if part.cap == "risks" else caps.milestones))
    labels = [start.asks_title, *([start.changes.title] if start.changes else []), start.strip_title]
    labels += [part.title for part in report.parts]
    hung = sum(max(part, 7.6 * _lines(label, _LABEL, 12)) + 4.8 for part, label in zip(parts, labels, strict=True))
    return _head_height(start) + hung + 0.8 + _foot_height(report)


def _head_height(start: Opening) -> float:
    lead, reason = _lines(start.headline, _LEAD, 14.7), _lines(start.reason, _PAGE, 11.3)
    height = 2.9 + 4.6 * len(start.facts) + 2 + 9.9 * _title_lines(start) + 7
    return height + (1 + 5.3 * lead if lead else 0) + (1 + 4.1 * reason if reason else 0)


def _title_lines(start: Opening) -> int:
    return _lines(start.title, _BESIDE_LOGO if start.logo else _PAGE, 32)


def _asks_height(start: Opening, most: int) -> float:
    if not start.asks:
        return 4.6
    titles = [_ask_title_lines(ask, start) for ask in start.asks[:most]]
    return sum(4.8 * n + 3.9 * (_ask_lines(ask, start) - n) + 1 for ask, n in zip(start.asks, titles, strict=False)) - 1


def _ask_title_lines(ask: Ask, start: Opening) -> int:
    beside = sum(measure_words(ask.due, 11.3)) + 8 if start.dates_beside else 0
    return _lines(ask.title, _COLUMN - beside, 14)


def _ask_lines(ask: Ask, start: Opening) -> int:
    due = "" if start.dates_beside else ask.due
    told = " · ".join(part for part in (due, ask.owner, ask.effect) if part)
    return _ask_title_lines(ask, start) + _lines(told, _COLUMN, 10.7)


def _changes_heights(changes: Changes | None, most: int) -> Iterator[float]:
    if changes is None:
        return
    lines = [_lines(line, _COLUMN, 11.3) for line in changes.lines]
    yield 4.1 * min(sum(lines), max(most, lines[0] + 1)) + 0.5 * len(lines) if lines else 4.6


def _strip_height(start: Opening) -> float:
    return 8.5 + (3.5 if any(one.was for one in start.strip) else 0)


def _tiles_height(tiles: tuple[Tile, ...]) -> float:
    lines = [tiles[n : n + _ACROSS] for n in range(0, len(tiles), _ACROSS)]
    heights = [max(3.9 * _lines(t.name, _TILE, 10.7) + 3.5 * _lines(t.note, _TILE, 10) for t in line) for line in lines]
    return sum(height + 11.3 for height in heights) + 1.6 * (len(lines) - 1)


def _tile_lines(tile: Tile) -> int:
    return _lines(tile.name, _TILE, 10.7) + _lines(tile.note, _TILE, 10)


def _table_height(table: Table, most: int) -> float:
    rows = [max(_cell_lines(table, n, cell) for n, cell in enumerate(row.cells)) for row in table.rows[:most]]
    chart = 5.3 if any(column.kind == "chart" for column in table.columns) else 0.0
    return 4.8 + sum(max(3.7 * lines + 1.4, chart) for lines in rows)


def _cell_lines(table: Table, column: int, cell: Cell) -> int:
    if cell.chart is not None:
        return 1
    room = table.widths[column] - 3
    return _lines(cell.text, room, 10.7, bold=cell.tone == "strong") + _lines(cell.note, room, 10)


def _foot_height(report: BriefReport) -> float:
    left = " · ".join(part for part in (report.contact, report.address_text) if part)
    return 4.6 + 3.7 * max(_lines(left, 112, 10), _lines(report.version, 68, 10), 1)


def _lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    return count_lines(measure_words(text, size, bold=bold), width) if text else 0
