"""Where the labels of a time line stand: near their marks, on as few lines as keep them apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kapm_site.pages.charts.lettering import shorten, text_width
from kapm_site.pages.charts.scale import TimeScale
from kapm_site.pages.charts.spacing import Lanes

DIAMOND = 5.5
PAD = 8

_LEVELS = 2


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A milestone with its finished label; red only if critical and late, hollow if reached."""

    day: date
    label: str
    baseline: date | None = None
    done: bool = False
    critical: bool = False
    late: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the label of a mark stands: lines above (positive) or below its row, and its left edge."""

    mark: TimelineMark
    level: int
    left: float
    text: str


def place_labels(
    marks: Sequence[TimelineMark], scale: TimeScale, width: float
) -> tuple[tuple[Spot, ...], tuple[TimelineMark, ...]]:
    """Labels from the last mark to the first: a text reaches to the right, so it must know what stands there."""
    sides: dict[int, Lanes] = {1: Lanes(_LEVELS), -1: Lanes(_LEVELS)}
    spots, dropped = [], []
    for mark in sorted(marks, key=lambda m: (m.day, m.label), reverse=True):
        spot = _find(mark, sides, scale, width)
        if spot is None:
            dropped.append(mark)
        elif spot.text:
            spots.append(spot)
    return tuple(spots), tuple(reversed(dropped))


def _find(mark: TimelineMark, sides: dict[int, Lanes], scale: TimeScale, edge: float) -> Spot | None:
    x = scale.mid(mark.day)
    text = shorten(mark.label, (edge - scale.start) * 0.8)
    width = text_width(text)
    aligned: tuple[Literal["start", "end"], ...] = ("start", "end")
    for lane in range(_LEVELS):
        for align in aligned:
            left = x - DIAMOND if align == "start" else x + DIAMOND - width
            if left < scale.start - PAD or left + width > edge:
                continue
            for side, lanes in sides.items():
                inner = all(lanes.free(i, x - 1 + lanes.gap, x + 1 - lanes.gap) for i in range(lane))
                if inner and lanes.free(lane, left, left + width):
                    lanes.block(lane, left, left + width)
                    for i in range(lane):
                        lanes.block(i, x, x)
                    return Spot(mark, side * (lane + 1), left, text)
    return None
