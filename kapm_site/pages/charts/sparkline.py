"""The course of one figure in the size of a word, beside its value in a tile or table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from kapm_site.pages.charts.inks import AMBER, GHOST, INK, MUTE, RED, Frame
from kapm_site.pages.charts.lettering import shorten
from kapm_site.pages.charts.marks import Dot, Line, Path, Sheet, Text, line, polyline
from kapm_site.pages.charts.scale import LinearScale, TimeScale

_EDGE = 4
_KEY = 22
_THRESHOLD_DASH = "1 3"
_TARGET_DASH = "3 2"


class Sample(NamedTuple):
    """A value on a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The geometry of a sparkline."""

    template: ClassVar[str] = "charts/sparkline.svg.j2"
    sheet: Sheet
    limits: tuple[Line, ...]
    course: tuple[Path, ...]
    last: tuple[Dot, ...]
    words: tuple[Text, ...] = ()


def draw_sparkline(
    samples: Sequence[Sample],
    title: str,
    desc: str,
    frame: Frame,
    *,
    height: float = 28,
    target: float | None = None,
    amber: float | None = None,
    red: float | None = None,
    bounds: tuple[float, float] | None = None,
    days: tuple[date, date] | None = None,
) -> Sparkline | None:
    """A line through the samples in the order of their days, a dot on the last, the target dashed.

    The height shows the range of values, target and thresholds, without an axis: the figure stands beside it.
    A single sample is a dot, a constant lies in the middle. `bounds` and `days` fix the axes, so that several can be
    compared. None without a finite sample.
    """
    known = sorted((s for s in samples if math.isfinite(s.value)), key=lambda sample: sample.day)
    if not known:
        return None
    marks = [(red, RED, _THRESHOLD_DASH), (amber, AMBER, _THRESHOLD_DASH), (target, MUTE, _TARGET_DASH)]
    limits = [(value, ink, dash) for value, ink, dash in marks if value is not None and math.isfinite(value)]
    values = [sample.value for sample in known] + [value for value, _, _ in limits]
    low, high = bounds or (min(values), max(values))
    first, final = days or (known[0].day, known[-1].day)
    y = LinearScale(low, high, height - _EDGE, _EDGE)
    x = TimeScale(first, final, _EDGE, frame.width - _EDGE)
    single = first == final
    places = [(frame.width - _EDGE if single else _along(x, sample.day), y.at(sample.value)) for sample in known]
    last = places[-1]
    return Sparkline(
        sheet=Sheet(frame.width, height, title, desc, frame.look.font),
        limits=tuple(line(0, y.at(value), frame.width, y.at(value), ink, dash=dash) for value, ink, dash in limits),
        course=() if known[0].day == known[-1].day else (Path(polyline(places), stroke=GHOST, width=1.5),),
        last=(Dot(last[0], last[1], 3, INK),),
    )


def draw_key(text: str, frame: Frame) -> Sparkline:
    """What the dotted line of the amber threshold means, for the head above a column of sparklines."""
    y = 10
    dash = line(0, y, _KEY, y, AMBER, dash=_THRESHOLD_DASH)
    words = Text(_KEY + 6, y + 4, shorten(text, frame.width - _KEY - 6), MUTE)
    return Sparkline(Sheet(frame.width, 16, "", "", frame.look.font), (dash,), (), (), (words,))


def _along(scale: TimeScale, day: date) -> float:
    # The first day on the left edge and the last on the right one, whatever the width of a day.
    days = (scale.last - scale.first).days
    return LinearScale(0, days, scale.start, scale.end).at((day - scale.first).days)
