"""What may be wrong with a calendar: a country or subdivision nobody knows, a week without any work."""

from collections.abc import Iterable
from difflib import get_close_matches

from kapm_site.analysis.public_holidays import is_known, supported
from kapm_site.model.calendars import Calendar
from kapm_site.model.record import NOWHERE
from kapm_site.model.scalars import WEEKDAYS
from kapm_site.problem import Mark, Problem


def calendar_problems(calendar: Calendar, fallback: Mark = NOWHERE) -> list[Problem]:
    """Return what is wrong with a calendar; `fallback` is the place of one that was built in code."""
    problems = []
    country, subdivision = calendar.country, calendar.subdivision
    if country is not None and not is_known(country.upper(), None):
        message = f"unknown country '{country}', expected an ISO 3166 code whose public holidays are known"
        hint = _hint(country.upper(), supported()) or "write for example DE or CN"
        problems.append(Problem(_at(calendar, fallback, "country"), "unknown-country", message, hint=hint))
    elif country is not None and subdivision is not None and not is_known(country.upper(), subdivision):
        known = supported().get(country.upper(), ())
        message = f"unknown subdivision '{subdivision}' of country '{country}'"
        hint = _hint(subdivision, known) or (f"write one of {', '.join(known[:20])}" if known else "leave it out")
        problems.append(Problem(_at(calendar, fallback, "subdivision"), "unknown-subdivision", message, hint=hint))
    if not any(calendar.hours.get(day, ((0, 1),)) for day in WEEKDAYS if day in calendar.working_days):
        message = "a calendar without any working hours in a usual week; the default week is used instead"
        problems.append(
            Problem(_at(calendar, fallback), "calendar-without-hours", message, hint="give working_days and hours")
        )
    return problems


def _at(calendar: Calendar, fallback: Mark, *path: str) -> Mark:
    mark = calendar.mark(*path)
    return mark if mark.path else fallback


def _hint(wrong: str, known: Iterable[str]) -> str:
    near = get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else ""
