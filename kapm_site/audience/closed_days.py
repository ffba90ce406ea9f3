"""Days without work within a plan: dates and names of the calendar, which every reader of the plan may know."""

from datetime import date, timedelta
from functools import lru_cache

from kapm_site.analysis.working_time import WorkingTime
from kapm_site.audience.charter import TaskView
from kapm_site.audience.tasks import plan_span
from kapm_site.audience.views import ForecastView
from kapm_site.model.calendars import Calendar


def closed_days(
    calendar: WorkingTime, tasks: tuple[TaskView, ...], status: date, forecast: ForecastView | None
) -> tuple[tuple[date, date, str], ...]:
    """Runs of days without work between the first and the last date of plan and forecast."""
    span = plan_span(tasks, status)
    return _closed_runs(calendar, span[0], max(span[1], forecast.p95 if forecast else span[1])) if span else ()


def holidays_of(calendar: Calendar) -> tuple[str, str | None] | None:
    """Name the country whose public holidays a calendar keeps, and the part of it."""
    return (calendar.country.upper(), calendar.subdivision) if calendar.country else None


@lru_cache(maxsize=32)
def _closed_runs(calendar: WorkingTime, first: date, last: date) -> tuple[tuple[date, date, str], ...]:
    """Look through the days once for both readers, and for the weeks of the past."""
    runs: list[tuple[date, date]] = []
    day = first
    while day <= last:
        if not calendar.is_working_day(day):
            start = runs.pop()[0] if runs and runs[-1][1] == day - timedelta(days=1) else day
            runs.append((start, day))
        day += timedelta(days=1)
    return tuple((*run, _name_of(calendar.calendar, *run)) for run in runs)


def _name_of(calendar: Calendar, first: date, last: date) -> str:
    """Name a run by the closures that the calendar names within it."""
    names = (day.name for day in calendar.holidays if day.name and day.from_ <= last and first <= (day.to or day.from_))
    return ", ".join(dict.fromkeys(names))
