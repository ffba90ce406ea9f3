"""The marks of one row of a Gantt chart: bar, baseline, diamond, buffer and the note beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kapm_site.pages.charts.gantt_links import Slot
from kapm_site.pages.charts.gantt_rows import GanttRow, baseline_of, is_finished, span_of
from kapm_site.pages.charts.inks import GHOST, INK, MUTE, NONE, PAPER, RED, SOFT, Ink, Look
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import Line, Path, Rect, Text, diamond, hatch, line, rect, share, tenth
from kapm_site.pages.charts.scale import DateLabel, TimeScale

DIAMOND = 5.5
_GHOST_DIAMOND = 4.0
_BASELINE = 2.5
_PHASE = 4.0
_LEAST = 1.5
_OVERHANG = 24
_AREA = 16.0


@dataclass(frozen=True, slots=True)
class Pen:
    """What all rows are drawn with: the scale, the thickness of a task's bar, colours and language."""

    scale: TimeScale
    thickness: float
    look: Look
    label: DateLabel


@dataclass(frozen=True, slots=True)
class RowMarks:
    """The marks of one row, by layer; `slot` is where others may tie connectors to, `area` all that it takes up."""

    slot: Slot
    area: Rect
    baselines: tuple[Rect, ...] = ()
    bars: tuple[Rect, ...] = ()
    hatches: tuple[Path, ...] = ()
    slips: tuple[Line, ...] = ()
    diamonds: tuple[Path, ...] = ()


def draw_row(row: GanttRow, index: int, mid: float, pen: Pen) -> RowMarks | None:
    """The marks of a row around the height `mid`, None for a row without dates."""
    if span_of(row) is None:
        return None
    if row.kind == "milestone":
        return _milestone(row, index, mid, pen)
    return _bar(row, index, mid, pen)


def draw_note(marks: RowMarks, pen: Pen) -> Text | None:
    """The note to the right of all marks of a row, or to their left where the chart ends."""
    row, slot, area = marks.slot.row, marks.slot, marks.area
    span = span_of(row)
    note = row.note or (pen.label(span[1], "day") if span and row.kind == "milestone" else "")
    if not note:
        return None
    left, right = area.x, area.x + area.width
    loud = row.critical and row.late and not is_finished(row)
    ink = RED if loud else (INK if row.kind == "milestone" else SOFT)
    y = tenth(slot.mid + 4)
    if right + 6 + text_width(note, bold=loud) <= pen.scale.end + _OVERHANG:
        return Text(tenth(right + 6), y, note, ink, bold=loud)
    return Text(tenth(left - 6), y, note, ink, "end", bold=loud)


def _rest_ink(row: GanttRow, look: Look) -> Ink:
    """The colour of what is still to do: red only for what is critical and late."""
    return RED if row.critical and row.late else look.accent


def _bar(row: GanttRow, index: int, mid: float, pen: Pen) -> RowMarks:
    first, last = span_of(row) or (pen.scale.first, pen.scale.first)
    left = pen.scale.at(first)
    width = max(pen.scale.after(last) - left, _LEAST)
    phase = row.kind == "phase"
    height = _PHASE if phase else pen.thickness
    box = rect(left, mid - pen.thickness / 2 - 1.5, width, height, INK)
    slot = Slot(row, index, box.x, tenth(left + width), tenth(box.y + height / 2), tenth(height / 2))
    baselines: tuple[Rect, ...] = ()
    agreed = baseline_of(row)
    if agreed is not None:
        begin, end = pen.scale.at(agreed[0]), pen.scale.after(agreed[1])
        thick = _BASELINE - 1 if phase else _BASELINE
        baselines = (rect(begin, box.y + height + 1.5, max(end - begin, _LEAST), thick, GHOST),)
    area = _area(row, [(box.x, box.x + box.width), *((b.x, b.x + b.width) for b in baselines)], mid)
    if row.kind == "buffer":
        bars, hatches = _buffer(row, box, pen.look)
        # What is used up lies before the end of the work that a buffer waits for.
        slot = replace(slot, left=tenth(min(box.x + box.width * share(row.done), slot.right - _LEAST)))
        return RowMarks(slot, area, baselines, bars, hatches)
    return RowMarks(slot, area, baselines, _work(row, box, pen.look))


def _area(row: GanttRow, stretches: Sequence[tuple[float, float]], mid: float) -> Rect:
    """What a row takes up: the place of its tip, no smaller than a mouse can hit."""
    left, right = min(begin for begin, _ in stretches), max(end for _, end in stretches)
    return rect(left, mid - _AREA / 2, max(right - left, _AREA / 2), _AREA, PAPER, tip=row.tip)


def _work(row: GanttRow, box: Rect, look: Look) -> tuple[Rect, ...]:
    """The done part in ink, the rest in the colour of its state; what is critical has a dark outline."""
    done = box.width * share(row.done)
    left, rest = box.x + done, box.width - done
    bars = []
    if rest > 0:
        ink = _rest_ink(row, look)
        if row.kind == "phase" or ink is RED or rest < 3:  # noqa: PLR2004 -- an outline needs 3 px
            bars.append(rect(left, box.y, rest, box.height, ink))
        else:
            # Outlined, not filled: in greyscale the accent would be as dark as what is done.
            outline = INK if row.critical else ink
            bars.append(rect(left + 0.5, box.y + 0.5, rest - 1, box.height - 1, look.accent_soft, outline))
    if done > 0:
        bars.append(rect(box.x, box.y, done, box.height, INK))
    return tuple(bars)


def _buffer(row: GanttRow, box: Rect, look: Look) -> tuple[tuple[Rect, ...], tuple[Path, ...]]:
    """An outlined, hatched bar; the used part is filled."""
    ink = _rest_ink(row, look) if row.critical and row.late else MUTE
    inner = rect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, PAPER, ink)
    strokes = hatch(inner.x, inner.y, inner.width, inner.height, 4)
    used = box.width * share(row.done)
    filled = (rect(box.x, box.y, used, box.height, ink),) if used > 0 else ()
    return (inner, *filled), (Path(strokes, stroke=ink),) if strokes else ()


def _milestone(row: GanttRow, index: int, mid: float, pen: Pen) -> RowMarks:
    day = (span_of(row) or (pen.scale.first, pen.scale.first))[1]
    x, mid = pen.scale.mid(day), tenth(mid)
    slot = Slot(row, index, tenth(x - DIAMOND), tenth(x + DIAMOND), mid, DIAMOND)
    done = is_finished(row)
    ink = INK if done else _rest_ink(row, pen.look)
    sign = Path(diamond(x, mid, DIAMOND), ink, INK if row.critical and not done and ink is not RED else NONE)
    agreed = baseline_of(row)
    if agreed is None or agreed[1] == day:
        return RowMarks(slot, _area(row, [(slot.left, slot.right)], mid), diamonds=(sign,))
    ghost = pen.scale.mid(agreed[1])
    hollow = Path(diamond(ghost, mid, _GHOST_DIAMOND), PAPER, GHOST, 1.5)
    area = _area(row, [(slot.left, slot.right), (ghost - DIAMOND, ghost + DIAMOND)], mid)
    return RowMarks(slot, area, slips=(line(ghost, mid, x, mid, GHOST, width=1.5),), diamonds=(hollow, sign))
