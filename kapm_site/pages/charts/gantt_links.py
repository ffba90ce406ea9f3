"""The elbows between a task and what waits for it, led around the bars in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kapm_site.pages.charts.gantt_rows import GanttRow, is_finished
from kapm_site.pages.charts.inks import GHOST, INK, NONE, RED
from kapm_site.pages.charts.marks import XY, Path, arrowhead, polyline

FEW_ROWS = 40
_OUT = 5.0
_IN = 7.0
_NEAR = 9.0
_TEXT = 6.0
_ORDER = {GHOST: 0, INK: 1, RED: 2}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a row's bar lies: its ends and middle in pixels, and how far it reaches up from the middle."""

    row: GanttRow
    index: int
    left: float
    right: float
    mid: float
    rise: float


def connect(slots: Sequence[Slot], row_count: int) -> tuple[Path, ...]:
    """The connectors among some bars: all of them in a short plan, else those of the critical path.

    Those of the critical path are dark, and red where what is left to do at both ends is late.
    """
    by_id = {slot.row.id: slot for slot in slots if slot.row.id}
    paths: list[Path] = []
    for slot in slots:
        for name in slot.row.depends_on:
            source = by_id.get(name)
            if source is None or source is slot:
                continue
            critical = source.row.critical and slot.row.critical
            if critical or row_count <= FEW_ROWS:
                paths.extend(_elbow(source, slot, slots))
    # Dark ones go over the grey ones, red ones over both.
    return tuple(sorted(paths, key=lambda path: _ORDER[path.fill if path.stroke is NONE else path.stroke]))


def strikes(paths: Sequence[Path], y: float, low: float, high: float) -> bool:
    """Whether a connector runs through a stretch of a line of text, so that the text needs a ground."""
    return any(_passes(path.d, y, low, high) for path in paths if not path.d.endswith("Z"))


def _elbow(source: Slot, target: Slot, slots: Sequence[Slot]) -> tuple[Path, Path]:
    rows = (source.row, target.row)
    critical = all(row.critical and not is_finished(row) for row in rows)
    ink = RED if critical and all(row.late for row in rows) else INK if critical else GHOST
    routes = _routes(source, target)
    points = min(routes, key=lambda route: (_crossings(route, source, target, slots), len(route)))
    (x1, y1), (x2, y2) = points[-2], points[-1]
    return Path(polyline(points), stroke=ink), Path(arrowhead(x2, y2, (x2 - x1, y2 - y1), 3.5), fill=ink)


def _routes(source: Slot, target: Slot) -> list[list[XY]]:
    """The ways from the end of one bar to the beginning of another: straight down, or in from the left."""
    down = 1 if target.index > source.index else -1
    # From below, the connector ends under the baseline of its target.
    top = target.mid - down * (target.rise if down > 0 else target.rise + 5)
    milestone = target.row.kind == "milestone"
    drop = (target.left + target.right) / 2 if milestone else target.left + min(4, target.rise)
    begin = (source.right, source.mid)
    if max(source.left, source.right - _NEAR) <= drop <= source.right:
        edge = source.mid + down * (source.rise if down > 0 else source.rise + 1)
        return [[(drop, edge), (drop, top)]]
    if drop < source.right:
        out, lane = source.right + _OUT, top - down * _OUT
        return [[begin, (out, source.mid), (out, lane), (drop, lane), (drop, top)]]
    routes: list[list[XY]] = [[begin, (drop, source.mid), (drop, top)]]
    if target.left - source.right >= _OUT + _IN:
        turns = (source.right + _OUT, target.left - _IN)
        routes.extend([begin, (x, source.mid), (x, target.mid), (target.left, target.mid)] for x in turns)
    return routes


def _crossings(route: list[XY], source: Slot, target: Slot, slots: Sequence[Slot]) -> int:
    low, high = sorted((source.index, target.index))
    between = [slot for slot in slots if low < slot.index < high]
    x = route[1][0]
    return sum(slot.left - 2 < x < slot.right + 2 for slot in between)


def _passes(d: str, y: float, low: float, high: float) -> bool:
    points = [tuple(float(n) for n in pair.split(" ")) for pair in d[1:].split("L")]
    return any(
        min(x1, x2) < high and low < max(x1, x2) and min(y1, y2) < y + _TEXT and y - _TEXT < max(y1, y2)
        for (x1, y1), (x2, y2) in pairwise(points)
    )
