"""How many days late or early things are, as bars to both sides of the agreed date."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kapm_site.pages.charts.bars import BarChart
from kapm_site.pages.charts.inks import GHOST, INK, MUTE, RED, Frame
from kapm_site.pages.charts.lettering import shorten, text_width, widest
from kapm_site.pages.charts.marks import Rect, Sheet, Text, line, rect, tenth
from kapm_site.pages.charts.scale import LinearScale

_ROW = 26
_BAR = 10
_STRIP = 20
_GAP = 12
_BESIDE = 6


@dataclass(frozen=True, slots=True)
class SlipRow:
    """How late something is, in days; negative is early."""

    name: str
    days: float
    text: str
    critical: bool = False


def draw_slips(rows: Sequence[SlipRow], title: str, desc: str, frame: Frame) -> BarChart | None:
    """Bars to the right for days late and to the left for days early, the figure at the outer end.

    Red is only what is late and critical. None without a row.
    """
    if not rows:
        return None
    names = min(widest([row.name for row in rows]), frame.width * 0.36)
    early = max((text_width(row.text) for row in rows if _days(row) < 0), default=0.0)
    late = max((text_width(row.text, bold=True) for row in rows if _days(row) >= 0), default=0.0)
    scale = _scale(rows, names + _GAP + early + _BESIDE, frame.width - late - _BESIDE)
    bottom = len(rows) * _ROW
    zero = scale.at(0)
    return BarChart(
        sheet=Sheet(frame.width, bottom, title, desc, frame.look.font),
        grounds=(),
        bars=tuple(_bar(row, scale, index * _ROW + 8) for index, row in enumerate(rows)),
        marks=(line(zero, 0, zero, bottom, MUTE),),
        names=tuple(_name(row, index * _ROW + 17, names) for index, row in enumerate(rows)),
        texts=tuple(_figure(row, scale, index * _ROW + 17) for index, row in enumerate(rows)),
    )


def draw_slip_strips(rows: Sequence[SlipRow], title: str, frame: Frame) -> tuple[BarChart, ...]:
    """One bare slip bar for each row of a table; all share one scale and one zero."""
    scale = _scale(rows, 1, frame.width - 1)
    zero = scale.at(0)
    return tuple(
        BarChart(
            sheet=Sheet(frame.width, _STRIP, title, f"{row.name} {row.text}".strip(), frame.look.font),
            grounds=(),
            bars=(_bar(row, scale, (_STRIP - _BAR) / 2),),
            marks=(line(zero, 0, zero, _STRIP, MUTE),),
            names=(),
            texts=(),
        )
        for row in rows
    )


def _days(row: SlipRow) -> float:
    return row.days if math.isfinite(row.days) else 0.0


def _scale(rows: Sequence[SlipRow], start: float, end: float) -> LinearScale:
    low = min((_days(row) for row in rows), default=0.0)
    high = max((_days(row) for row in rows), default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    return LinearScale(low, high if high > low else low + 1, tenth(start), tenth(max(end, start + 1)))


def _bar(row: SlipRow, scale: LinearScale, y: float) -> Rect:
    left, right = sorted((scale.at(0), scale.at(_days(row))))
    ink = GHOST if row.days < 0 else (RED if row.critical else INK)
    return rect(left, y, right - left, _BAR, ink)


def _name(row: SlipRow, y: float, room: float) -> Text:
    name = shorten(row.name, room)
    return Text(0, y, name, INK, tip=row.name if name != row.name else "")


def _figure(row: SlipRow, scale: LinearScale, y: float) -> Text:
    x = scale.at(_days(row))
    late = row.critical and row.days > 0
    if row.days < 0:
        return Text(tenth(x - _BESIDE), y, row.text, INK, "end")
    return Text(tenth(x + _BESIDE), y, row.text, RED if late else INK, bold=late)
