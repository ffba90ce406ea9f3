"""Dates that were set as limits and that the forecast passes: deadlines, and constraints that say "no later"."""

from collections.abc import Iterator
from datetime import datetime

from kapm_site.analysis.days import finish_day
from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.notice import file_of, place_of, warn, working_days
from kapm_site.analysis.records import ScheduleFigures, TaskFigures
from kapm_site.analysis.schedule import GRAIN
from kapm_site.problem import Problem

_STARTS = ("start_no_later_than", "must_start_on")
_FINISHES = ("finish_no_later_than", "must_finish_on")


def limit_findings(frame: Frame, schedule: ScheduleFigures) -> Iterator[Problem]:
    """Find unfinished leaves whose forecast passes their deadline or the date of their constraint."""
    for item in frame.leaves:
        figures = schedule.tasks[item.task.id]
        if not figures.finished:
            yield from _deadline(frame, item, figures)
            yield from _constraint(frame, item, figures)


def _deadline(frame: Frame, item: Item, figures: TaskFigures) -> Iterator[Problem]:
    deadline = item.task.deadline
    if deadline is None:
        return
    # Of a plan without dates nothing is expected on a day, but what is not done yet will not be done earlier.
    expected = figures.forecast_finish
    late = _late(frame, item, frame.time_of(item).finish_of(deadline), expected or frame.status)
    if late:
        told = f"is expected on {finish_day(expected)}" if expected else "is not finished"
        message = f"task '{item.task.id}' {told}, {working_days(late)} after its deadline {deadline}"
        mark = place_of(item.task, "deadline", fallback=file_of(frame, "plan.yaml"))
        yield warn(mark, "deadline-missed", message, "shorten what it waits for, or agree on a later deadline")


def _constraint(frame: Frame, item: Item, figures: TaskFigures) -> Iterator[Problem]:
    constraint, time = item.task.constraint, frame.time_of(item)
    if constraint is None or constraint.date is None:
        return
    if constraint.type in _STARTS and not figures.started:
        verb, limit, expected = "start", time.start_of(constraint.date), figures.forecast_start
    elif constraint.type in _FINISHES:
        verb, limit, expected = "finish", time.finish_of(constraint.date), figures.forecast_finish
    else:
        return
    late = _late(frame, item, limit, expected)
    if late and expected:
        day = expected.date() if verb == "start" else finish_day(expected)
        message = (
            f"task '{item.task.id}' is expected to {verb} on {day}, {working_days(late)} after {constraint.date}, "
            f"its {constraint.type}"
        )
        mark = place_of(item.task, "constraint", fallback=file_of(frame, "plan.yaml"))
        yield warn(mark, "constraint-missed", message, "shorten what it waits for, or agree on a later date")


def _late(frame: Frame, item: Item, limit: datetime, expected: datetime | None) -> float:
    """Return the working days from a limit to what is expected; 0 where it holds, to half a day."""
    if expected is None or expected <= limit:
        return 0.0
    days = frame.time_of(item).days_between(limit, expected)
    return days if days >= GRAIN else 0.0
