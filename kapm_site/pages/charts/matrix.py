"""Risks by probability and impact on five by five cells, with a line above which one must act."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from kapm_site.pages.charts.inks import HAIR, INK, MID, MUTE, PAPER, RULE, SOFT, WASH, Frame, Ink
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import (
    XY,
    Dot,
    Path,
    Rect,
    Sheet,
    Text,
    arrowhead,
    polyline,
    rect,
    tenth,
)

Level = Literal[0, 1, 2]
Cell = tuple[int, int]

ACT: Level = 2
_SIDE = 5
_PILL = 24
_LEAST_LINES = 2
_GAP = 4
_CELL_AIR = 2
_SHADES: tuple[Ink, Ink, Ink] = (WASH, HAIR, RULE)
_LABEL_SIZE = 11
#: What the labels beside the cells may take of the width, and pixels between two below them.
_LABELS, _APART = 0.3, 6
_DOT = 3.5


@dataclass(frozen=True, slots=True)
class MatrixRisk:
    """A risk: `probability` and `impact` from 1 to 5, `previous` the same pair at the last report."""

    id: str
    label: str
    probability: int
    impact: int
    previous: Cell | None = None
    new: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """The finished strings: five labels from 1 to 5 for each axis; `more` writes how many are not shown."""

    title: str
    desc: str
    probability: str
    impact: str
    probabilities: tuple[str, ...]
    impacts: tuple[str, ...]
    more: Callable[[int], str] = "+{}".format


@dataclass(frozen=True, slots=True)
class RiskMatrix:
    """The geometry of a risk matrix, by layer from the ground up; `hidden` counts the risks without a mark."""

    template: ClassVar[str] = "charts/matrix.svg.j2"
    sheet: Sheet
    cells: tuple[Rect, ...]
    action: tuple[Path, ...]
    axis: tuple[Text, ...]
    moves: tuple[Path, ...]
    origins: tuple[Dot, ...]
    pills: tuple[Rect, ...]
    labels: tuple[Text, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class _Board:
    left: float
    top: float
    width: float
    height: float

    def corner(self, cell: Cell) -> XY:
        probability, impact = cell
        return self.left + (impact - 1) * self.width, self.top + (_SIDE - probability) * self.height


def draw_matrix(
    risks: Sequence[MatrixRisk], levels: Sequence[Sequence[int]], words: MatrixWords, frame: Frame, *, lines: int = 2
) -> RiskMatrix | None:
    """Lay out risks; None without one.

    All cells grow with the fullest one, up to `lines` of marks above each other.

    `levels` are five rows for probabilities 1 to 5, each with five impacts: 0 low, 1 watch, 2 act. A risk in a
    cell of level 2 is dark, all others grey, as red speaks of health; a new one is hollow, a moved one has an arrow
    from its old cell. What does not fit into a cell is counted. Ratings outside 1 to 5 are brought to the edge.
    """
    if not risks:
        return None
    table = _table(levels)
    board = _board(risks, words, frame, lines)
    places, hidden = _places(risks, board)
    shown = [risk for risk in risks if risk.id in places]
    moves = [(risk, _origin(risk, board, places, shown)) for risk in shown if _moved(risk)]
    width = _pill_width(risks, board.width)
    axis = _axis(board, words, frame)
    return RiskMatrix(
        sheet=Sheet(frame.width, tenth(axis[-1].y + 6), words.title, words.desc, frame.look.font),
        cells=tuple(_cell_rect(board, (p, i), table) for p in range(1, 6) for i in range(1, 6)),
        action=_action_line(board, table),
        axis=axis,
        moves=tuple(path for risk, origin in moves for path in _arrow(origin, places[risk.id], width)),
        origins=tuple(Dot(tenth(x), tenth(y), _DOT, PAPER, MID, 1.2) for _, (x, y) in moves),
        pills=tuple(_pill(risk, places[risk.id], width, table) for risk in shown),
        labels=(
            *(_pill_label(risk, places[risk.id], width) for risk in shown),
            *(_count(spot, more, words) for spot, more in hidden),
        ),
        hidden=sum(len(more) for _, more in hidden),
    )


def _table(levels: Sequence[Sequence[int]]) -> Mapping[Cell, int]:
    return {
        (p + 1, i + 1): min(max(level, 0), ACT)
        for p, row in enumerate(levels[:_SIDE])
        for i, level in enumerate(row[:_SIDE])
    }


def _board(risks: Sequence[MatrixRisk], words: MatrixWords, frame: Frame, lines: int) -> _Board:
    room = min(widest(words.probabilities), frame.width * _LABELS)
    left = tenth(room + 9)
    width = (frame.width - left) / _SIDE
    fullest = max(Counter(map(_cell, risks)).values())
    across = _across(risks, width)
    down = max(min(-(-fullest // across), lines), _LEAST_LINES)
    return _Board(left, 24, width, down * (_PILL + _GAP) + _CELL_AIR)


def _across(risks: Sequence[MatrixRisk], width: float) -> int:
    """How many marks a cell of some width has room for side by side."""
    return max(int((width - _GAP) // (_pill_width(risks, width) + _GAP)), 1)


def _cell(risk: MatrixRisk) -> Cell:
    return min(max(risk.probability, 1), _SIDE), min(max(risk.impact, 1), _SIDE)


def _moved(risk: MatrixRisk) -> bool:
    return risk.previous is not None and risk.previous != _cell(risk)


def _pill_width(risks: Sequence[MatrixRisk], width: float) -> float:
    needed = max(text_width(risk.label, _LABEL_SIZE, bold=True) for risk in risks) + 8
    return min(max(needed, _PILL), width - 8)


def _places(risks: Sequence[MatrixRisk], board: _Board) -> tuple[dict[str, XY], list[tuple[XY, list[str]]]]:
    """The middle of each risk's pill, and for each full cell the place and labels of those left out."""
    by_cell: dict[Cell, list[MatrixRisk]] = defaultdict(list)
    for risk in risks:
        by_cell[_cell(risk)].append(risk)
    step_x, step_y = _pill_width(risks, board.width) + _GAP, _PILL + _GAP
    across = _across(risks, board.width)
    down = max(int((board.height - _GAP + 4) // step_y), 1)
    places: dict[str, XY] = {}
    hidden = []
    for cell, members in sorted(by_cell.items()):
        full = len(members) > across * down
        kept = members[: across * down - 1] if full else members
        count = len(kept) + full
        x, y = board.corner(cell)
        rows = -(-count // across)
        for index in range(count):
            in_row = min(across, count - index // across * across)
            spot = (
                x + board.width / 2 + (index % across - (in_row - 1) / 2) * step_x,
                y + board.height / 2 + (index // across - (rows - 1) / 2) * step_y,
            )
            if index < len(kept):
                places[kept[index].id] = spot
            else:
                hidden.append((spot, [risk.label for risk in members[len(kept) :]]))
    return places, hidden


def _origin(risk: MatrixRisk, board: _Board, places: Mapping[str, XY], shown: Sequence[MatrixRisk]) -> XY:
    """The spot of the old cell from which the arrow meets the fewest pills and is the straightest."""
    goal = places[risk.id]
    previous = risk.previous or (1, 1)
    x, y = board.corner((min(max(previous[0], 1), _SIDE), min(max(previous[1], 1), _SIDE)))
    others = [places[other.id] for other in shown if other.id != risk.id]
    columns = sorted({x + board.width * share for share in (0.12, 0.3, 0.5, 0.7, 0.88)})
    # Straight above or below its goal, where that lies in the old cell.
    columns += [goal[0]] if x + _DOT < goal[0] < x + board.width - _DOT else []
    rows = [y + board.height * share for share in (0.2, 0.5, 0.8)]
    rows += [goal[1]] if y + _DOT < goal[1] < y + board.height - _DOT else []
    spots = [(cx, cy) for cx in columns for cy in rows]
    reach = _pill_width(shown, board.width) / 2 + _DOT + 1
    return min(spots, key=lambda spot: _cost(spot, goal, others, reach))


def _cost(spot: XY, goal: XY, others: Sequence[XY], reach: float) -> tuple[int, float, XY]:
    hits = sum(_distance(other, spot, goal) < reach for other in others)
    slant = min(abs(spot[0] - goal[0]), abs(spot[1] - goal[1]))
    length = abs(spot[0] - goal[0]) + abs(spot[1] - goal[1])
    return hits, round(slant * 2 + length, 1), spot


def _distance(point: XY, begin: XY, end: XY) -> float:
    dx, dy = end[0] - begin[0], end[1] - begin[1]
    squared = dx * dx + dy * dy or 1.0
    share = min(max(((point[0] - begin[0]) * dx + (point[1] - begin[1]) * dy) / squared, 0), 1)
    x, y = begin[0] + share * dx - point[0], begin[1] + share * dy - point[1]
    return float((x * x + y * y) ** 0.5)


def _arrow(origin: XY, goal: XY, width: float) -> tuple[Path, Path]:
    dx, dy = goal[0] - origin[0], goal[1] - origin[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    # Up to the edge of the pill: its half height, or its half width where the arrow is flat.
    edge = min(_PILL / 2 / abs(dy / length) if dy else width, width / 2 / abs(dx / length) if dx else width)
    back = min(edge + 1, length)
    tip = (goal[0] - dx / length * back, goal[1] - dy / length * back)
    begin = (origin[0] + dx / length * _DOT, origin[1] + dy / length * _DOT)
    return Path(polyline((begin, tip)), stroke=MID, width=1.2), Path(arrowhead(*tip, (dx, dy)), fill=MID)


def _pill(risk: MatrixRisk, place: XY, width: float, table: Mapping[Cell, int]) -> Rect:
    ink = INK if table.get(_cell(risk)) == ACT else MUTE
    fill = PAPER if risk.new else ink
    x, y = place[0] - width / 2, place[1] - _PILL / 2
    return Rect(tenth(x), tenth(y), tenth(width), _PILL, fill, ink, _PILL / 2, risk.tip)


def _pill_label(risk: MatrixRisk, place: XY, width: float) -> Text:
    label = shorten(risk.label, width - 6, _LABEL_SIZE, bold=True)
    ink = INK if risk.new else PAPER
    return Text(tenth(place[0]), tenth(place[1] + 4), label, ink, "middle", True, _LABEL_SIZE, risk.tip)


def _count(spot: XY, more: Sequence[str], words: MatrixWords) -> Text:
    text = words.more(len(more))
    return Text(tenth(spot[0]), tenth(spot[1] + 4), text, INK, "middle", bold=True, tip=", ".join(more))


def _cell_rect(board: _Board, cell: Cell, table: Mapping[Cell, int]) -> Rect:
    x, y = board.corner(cell)
    return rect(x + 0.5, y + 0.5, board.width - 1, board.height - 1, _SHADES[table.get(cell, 0)])


def _action_line(board: _Board, table: Mapping[Cell, int]) -> tuple[Path, ...]:
    """The edges between cells that ask for action and those that do not."""
    strokes = []
    for p in range(1, _SIDE + 1):
        for i in range(1, _SIDE + 1):
            x, y = board.corner((p, i))
            acts = table.get((p, i)) == ACT
            if i < _SIDE and acts != (table.get((p, i + 1)) == ACT):
                strokes.append(polyline(((x + board.width, y), (x + board.width, y + board.height))))
            if p > 1 and acts != (table.get((p - 1, i)) == ACT):
                strokes.append(polyline(((x, y + board.height), (x + board.width, y + board.height))))
    return (Path("".join(strokes), stroke=INK, width=1.6),) if strokes else ()


def _axis(board: _Board, words: MatrixWords, frame: Frame) -> tuple[Text, ...]:
    bottom = board.top + _SIDE * board.height
    texts = [Text(0, 12, words.probability, INK, bold=True)]
    for number, label in enumerate(words.probabilities[:_SIDE]):
        y = board.top + (_SIDE - number - 0.5) * board.height + 4
        texts.append(Text(tenth(board.left - 8), tenth(y), shorten(label, board.left - 8), SOFT, "end"))
    # Labels wider than a cell stand on two lines in turn, so that each may reach under its neighbours.
    staggered = widest(words.impacts) > board.width - 4
    for number, label in enumerate(words.impacts[:_SIDE]):
        x = board.left + (number + 0.5) * board.width
        y = bottom + 16 + (number % 2 * 15 if staggered else 0)
        text = shorten(label, _room_below(number, board, words) if staggered else board.width - 4)
        half = text_width(text) / 2
        texts.append(Text(tenth(min(x, frame.width - half)), tenth(y), text, SOFT, "middle"))
    last = bottom + (51 if staggered else 36)
    texts.append(Text(frame.width, tenth(last), words.impact, INK, "end", bold=True))
    return tuple(texts)


def _room_below(number: int, board: _Board, words: MatrixWords) -> float:
    """What a label has beside the next but one on its line; the last one ends at the edge of the chart."""
    room = 2 * board.width - _APART
    if number < _SIDE - 1:
        return room
    return 2.5 * board.width - min(text_width(words.impacts[number - 2]), room) / 2 - _APART
