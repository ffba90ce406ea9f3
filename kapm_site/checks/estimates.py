"""The three points of an estimate go from short to long: optimistic, likely, pessimistic.

This goes for a task's `estimate`, a risk's `schedule_impact`, and the two numbers of `forecast: {spread_percent}`. The
forecast draws durations between the ends with the likely one as the peak, which in any other order has no meaning.
Durations in different units are compared by what a day, week and month are worth in the calendar that applies;
elapsed time is only compared with elapsed time.
"""

from itertools import pairwise

from kapm_site.checks.names import name_of
from kapm_site.model.calendars import Calendar
from kapm_site.model.plan import Estimate
from kapm_site.model.registers import ScheduleImpact
from kapm_site.model.units import ELAPSED_MINUTES, Duration
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

_CODE = "estimate-order"
_POINTS = ("optimistic", "likely", "pessimistic")


def check(account: Account, project: Project, workspace: Workspace) -> list[Problem]:
    """Report estimates whose points are out of order."""
    settings = workspace.settings
    usual = project.project.calendar or account.client.calendar or settings.calendar
    problems = _check_spread(project)
    for task in project.tasks():
        if task.estimate:
            calendar = settings.calendars.get(task.calendar or "", usual)
            problems += _check_points(task.estimate, calendar, name_of(task))
    for risk in project.risks.risks:
        if risk.schedule_impact:
            problems += _check_points(risk.schedule_impact, usual, name_of(risk))
    return problems


def _check_spread(project: Project) -> list[Problem]:
    forecast = project.project.forecast
    low, high = forecast.spread_percent
    if low <= high:
        return []
    message = f"'spread_percent' goes down, from {low:g} to {high:g}"
    return [Problem(forecast.mark("spread_percent"), _CODE, message, hint="write the optimistic end first")]


def _check_points(points: Estimate | ScheduleImpact, calendar: Calendar, subject: str) -> list[Problem]:
    if any(points.lost(point) for point in _POINTS):
        return []
    for shorter, longer in pairwise(_POINTS):
        less: Duration = getattr(points, shorter)
        more: Duration = getattr(points, longer)
        if less.elapsed == more.elapsed and _minutes(less, calendar) > _minutes(more, calendar):
            message = f"{subject}: '{longer}' {more} is shorter than '{shorter}' {less}"
            return [Problem(points.mark(longer), _CODE, message, hint=f"order them {', '.join(_POINTS)}")]
    return []


def _minutes(duration: Duration, calendar: Calendar) -> float:
    if duration.elapsed:
        return duration.amount * ELAPSED_MINUTES[duration.unit]
    day = 60 * calendar.hours_per_day
    worth = {"m": 1, "h": 60, "d": day, "w": day * calendar.days_per_week, "mo": day * calendar.days_per_month}
    return duration.amount * worth[duration.unit]
