"""From the agreed date to the forecast, small enough for a cell of the milestone table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from kapm_site.pages.charts.inks import GHOST, HAIR, INK, MUTE, PAPER, RED, Frame
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import Line, Path, Sheet, Text, diamond, line, tenth
from kapm_site.pages.charts.scale import DateLabel, TimeScale, day_range, time_ticks
from kapm_site.pages.charts.spacing import Lanes

_EDGE = 8
_TICK_ROOM = 60
_DIAMOND = 5
_GHOST_DIAMOND = 4


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """A milestone: what was agreed, what is expected or reached; `desc` says it in a sentence."""

    forecast: date
    baseline: date | None = None
    done: bool = False
    critical: bool = False
    late: bool = False
    desc: str = ""


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """The geometry of one cell or of the head above the cells."""

    template: ClassVar[str] = "charts/dumbbell.svg.j2"
    sheet: Sheet
    grid: tuple[Line, ...]
    status: tuple[Line, ...]
    slips: tuple[Line, ...]
    diamonds: tuple[Path, ...]
    axis: tuple[Text, ...]


def draw_dumbbells(
    rows: Sequence[DumbbellRow],
    frame: Frame,
    label: DateLabel,
    *,
    status: date | None = None,
    height: float = 24,
    named: bool = True,
) -> tuple[Dumbbell, ...]:
    """One cell for each row, all on one scale; month lines and the status date run through all of them.

    A cell is named by what its row says, unless it is not `named`, where words in the cell say it.
    """
    scale = _scale(rows, frame, status)
    if scale is None:
        return ()
    ticks = [tick.x for tick in time_ticks(scale, label, _TICK_ROOM) if tick.boundary]
    grid = tuple(line(x, 0, x, height, HAIR) for x in ticks)
    today = _status(scale, status, height)
    return tuple(
        Dumbbell(
            Sheet(frame.width, height, row.desc if named else "", "", frame.look.font),
            grid,
            today,
            _slip(row, scale, height / 2),
            _signs(row, scale, height / 2, frame),
            (),
        )
        for row in rows
    )


def draw_dumbbell_head(
    rows: Sequence[DumbbellRow],
    title: str,
    frame: Frame,
    label: DateLabel,
    *,
    status: date | None = None,
    status_label: str = "",
) -> Dumbbell | None:
    """The months above the cells of the same rows, the status date among them; None without a row."""
    scale = _scale(rows, frame, status)
    if scale is None:
        return None
    lanes, texts = Lanes(1, gap=4), []
    if status is not None and status_label:
        room = text_width(status_label, bold=True)
        left = min(max(scale.after(status) - room / 2, 0), frame.width - room)
        lanes.block(0, left, left + room)
        texts.append(Text(tenth(left), 12, status_label, INK, bold=True))
    texts.extend(
        Text(tick.x, 12, tick.label, MUTE)
        for tick in time_ticks(scale, label, _TICK_ROOM, limit=frame.width, leading=False)
        if tick.label and lanes.take(tick.x, tick.x + text_width(tick.label)) is not None
    )
    return Dumbbell(Sheet(frame.width, 16, title, "", frame.look.font), (), (), (), (), tuple(texts))


def _scale(rows: Sequence[DumbbellRow], frame: Frame, status: date | None) -> TimeScale | None:
    days = [day for row in rows for day in (row.forecast, row.baseline)]
    bounds = day_range([*days, status]) if rows else None
    if bounds is None:
        return None
    last = min(bounds[1], date.max - timedelta(days=1))
    return TimeScale(bounds[0], last, _EDGE, frame.width - _EDGE)


def _status(scale: TimeScale, status: date | None, height: float) -> tuple[Line, ...]:
    if status is None:
        return ()
    x = scale.after(status)
    return (line(x, 0, x, height, INK, dash="2 2"),)


def _slip(row: DumbbellRow, scale: TimeScale, y: float) -> tuple[Line, ...]:
    if row.baseline is None or row.baseline == row.forecast:
        return ()
    ink = RED if row.critical and row.late and not row.done else GHOST
    return (line(scale.mid(row.baseline), y, scale.mid(row.forecast), y, ink, width=1.5),)


def _signs(row: DumbbellRow, scale: TimeScale, y: float, frame: Frame) -> tuple[Path, ...]:
    signs = []
    if row.baseline is not None and row.baseline != row.forecast:
        signs.append(Path(diamond(scale.mid(row.baseline), y, _GHOST_DIAMOND), PAPER, GHOST, 1.5))
    ink = INK if row.done else (RED if row.critical and row.late else frame.look.accent)
    signs.append(Path(diamond(scale.mid(row.forecast), y, _DIAMOND), ink, tip=row.desc))
    return tuple(signs)
