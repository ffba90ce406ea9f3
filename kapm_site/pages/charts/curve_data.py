"""What an S-curve is told: its courses, the range of the forecast, the levels to keep."""

import math
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class CurvePoint(NamedTuple):
    """A running total at the end of a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class CurveLine:
    """A course; `label` is written over its end ("14 Jan agreed"), `now` beside it at the status date."""

    points: tuple[CurvePoint, ...] = ()
    label: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class CurveBand:
    """The range of a forecast: the early course, the late course and the label over the end of the latter."""

    early: tuple[CurvePoint, ...]
    late: tuple[CurvePoint, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A level to keep, such as the budget."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which on other things are compared, such as that of a new baseline."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class CurveData:
    """The courses of one chart. `done` is the earned value, `spent` the actual cost.

    `known` is what was planned and what was done as it was known at the time, drawn quietly behind the others.
    """

    planned: CurveLine = CurveLine()
    done: CurveLine = CurveLine()
    spent: CurveLine = CurveLine()
    forecast: CurveLine = CurveLine()
    band: CurveBand | None = None
    limits: tuple[Limit, ...] = ()
    breaks: tuple[Break, ...] = ()
    known: tuple[CurveLine, CurveLine] = (CurveLine(), CurveLine())


def courses_of(data: CurveData) -> tuple[CurveLine, CurveLine, CurveLine, CurveLine]:
    """The four courses of a chart."""
    return data.planned, data.done, data.spent, data.forecast


def clean_data(data: CurveData) -> CurveData:
    """The data in the order of days, without what is no number."""

    def clean(points: tuple[CurvePoint, ...]) -> tuple[CurvePoint, ...]:
        return tuple(sorted((p for p in points if math.isfinite(p.value)), key=lambda point: point.day))

    planned, done, spent, forecast = (
        CurveLine(clean(course.points), course.label, course.now) for course in courses_of(data)
    )
    band = CurveBand(clean(data.band.early), clean(data.band.late), data.band.label) if data.band else None
    band = band if band and band.early and band.late else None
    limits = tuple(limit for limit in data.limits if math.isfinite(limit.value))
    before = (CurveLine(clean(data.known[0].points)), CurveLine(clean(data.known[1].points)))
    return CurveData(planned, done, spent, forecast, band, limits, data.breaks, before)
