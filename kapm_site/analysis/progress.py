"""Planned and actual progress of the whole project, today and week by week."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kapm_site.analysis.baseline import BaselineLeaf
from kapm_site.analysis.curve import Curve, Piece, cost_pieces, even_pieces
from kapm_site.analysis.frame import Frame
from kapm_site.analysis.measure import FULL
from kapm_site.analysis.records import CurvePoint, ProgressFigures, ScheduleFigures
from kapm_site.analysis.schedule import Leaves, weighted

WEEK = timedelta(days=7)

#: A curve of more points than this is no longer drawn week by week.
MOST_POINTS = 1040


def progress_figures(frame: Frame, leaves: Leaves, schedule: ScheduleFigures, planned_value: Curve) -> ProgressFigures:
    """Weigh the progress of all leaves, and trace it week by week.

    Actual progress between an actual start and now is not recorded in the plan; the curve draws it as even.
    """
    if not leaves.dated:
        return ProgressFigures(
            None, weighted([leaf.percent for leaf in leaves.measured], leaves.weights), leaves.weight
        )
    known = [i for i in range(len(frame.leaves)) if leaves.baseline[i].finish is not None]
    weights = [leaves.weights[i] for i in known]
    return ProgressFigures(
        planned_percent=weighted([leaves.measured[i].planned for i in known], weights),
        actual_percent=weighted([leaves.measured[i].percent for i in known], weights),
        weight=leaves.weight,
        curve=_curve(frame, leaves, schedule, planned_value),
    )


def _curve(frame: Frame, leaves: Leaves, schedule: ScheduleFigures, planned_value: Curve) -> tuple[CurvePoint, ...]:
    ends = [d for d in (schedule.baseline_finish, schedule.forecast_finish) if d is not None]
    starts = [d for d in (schedule.baseline_start, schedule.start) if d is not None]
    if not ends or not starts:
        return ()
    planned = Curve(_planned_pieces(frame, leaves))
    actual = Curve(_actual_pieces(frame, leaves))
    earned = Curve(_earned_pieces(frame, leaves))
    spent = Curve(_spent_pieces(frame, leaves))
    has_costs = bool(spent.points)
    has_budget = planned_value.total > 0
    points = []
    planned_end = schedule.baseline_finish.date() if schedule.baseline_finish else None
    for day in _days(min(starts).date(), max(ends).date(), {frame.status.date(), planned_end}):
        at = min(frame.time.day_finish(day), frame.status) if day == frame.status.date() else frame.time.day_finish(day)
        position = frame.time.position(at)
        past = at <= frame.status
        points.append(
            CurvePoint(
                day=day,
                planned_percent=_share(planned, position),
                actual_percent=_share(actual, position, planned.total) if past else None,
                pv=planned_value.value(position) if has_budget else None,
                ev=earned.value(position) if past and has_budget else None,
                ac=spent.value(position) if past and has_costs else None,
            )
        )
    return tuple(points)


def _share(curve: Curve, position: int, whole: float | None = None) -> float:
    of = curve.total if whole is None else whole
    return min(max(FULL * curve.value(position) / of, 0.0), FULL) if of > 0 else 0.0


def _days(first: date, last: date, besides: set[date | None]) -> list[date]:
    """Return the first day, every seventh after it, the last day, and others that do not lie outside."""
    days = {first, last}
    day = first
    while day < last and len(days) < MOST_POINTS:
        days.add(day)
        day += WEEK
    days.update(day for day in besides if day is not None and first <= day)
    return sorted(days)


def _planned_pieces(frame: Frame, leaves: Leaves) -> Iterator[Piece]:
    for leaf, weight in zip(leaves.baseline, leaves.weights, strict=True):
        if weight:
            yield from even_pieces(frame.time, leaf, weight)


def _actual_pieces(frame: Frame, leaves: Leaves) -> Iterator[Piece]:
    for index, weight in enumerate(leaves.weights):
        percent = leaves.measured[index].percent
        if weight and percent:
            yield from even_pieces(frame.time, _so_far(frame, leaves, index), weight * percent / FULL)


def _earned_pieces(frame: Frame, leaves: Leaves) -> Iterator[Piece]:
    for index, measured in enumerate(leaves.measured):
        if measured.ev:
            yield from even_pieces(frame.time, _so_far(frame, leaves, index), measured.ev)


def _spent_pieces(frame: Frame, leaves: Leaves) -> Iterator[Piece]:
    """Return the money spent: entries at their dates, an `actual_cost` evenly over the time worked."""
    given = {item.task.id for item in frame.leaves if item.task.actual_cost is not None}
    for entry in frame.project.costs.entries:
        if entry.date <= frame.status.date() and entry.task not in given:
            position = frame.time.position(frame.time.day_finish(entry.date))
            yield Piece(position, position, entry.amount)
    for index, item in enumerate(frame.leaves):
        if item.task.actual_cost:
            yield from even_pieces(frame.time, _so_far(frame, leaves, index), item.task.actual_cost)


def _so_far(frame: Frame, leaves: Leaves, index: int) -> BaselineLeaf:
    """Return the stretch from a leaf's actual start to its actual finish, or to now."""
    start: datetime = min(leaves.forecast.starts[index], frame.status)
    finish = min(leaves.forecast.finishes[index], frame.status)
    return BaselineLeaf(start, finish, None, None, leaves.plan.activities[index].calendar)


def planned_value_curve(frame: Frame, leaves: Leaves) -> Curve:
    """Return planned value over the project's working time."""
    return Curve(
        piece for leaf in leaves.baseline if leaf.cost is not None for piece in cost_pieces(frame.time, leaf, leaf.cost)
    )
