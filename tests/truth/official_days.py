"""Compares which days are worked in China with the notices of its government, day by day."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from comparing import TRUTH, Compared, Topic, equal, names, number

from kapm_site.analysis.working_time import working_time
from kapm_site.model.calendars import Calendar

BOTH_YEARS = "cn_2025_2026.json"


def notice(file: str) -> Iterator[Compared]:
    """Compare every day that a notice names."""
    time = working_time(Calendar(country="CN"))
    for day in json.loads((TRUTH / "calendars" / file).read_text("utf-8"))["days"]:
        ours = time.is_working_day(date.fromisoformat(day["date"]))
        yield equal(file, f"{day['date']} is worked", ours, not day["isOffDay"])


def whole_years(file: str) -> Iterator[Compared]:
    """Compare every day of the years, named or not, and how many are worked."""
    time = working_time(Calendar(country="CN"))
    for year, listed in json.loads((TRUTH / "calendars" / file).read_text("utf-8"))["years"].items():
        days = [date(int(year), 1, 1) + timedelta(n) for n in range(365)]
        made_up, off = set(listed["makeup_weekend_workdays"]), set(listed["weekday_days_off"])
        yield number(file, f"working days of {year}", sum(map(time.is_working_day, days)), listed["workdays"], 0)
        for day in days:
            expected = str(day) in made_up if day.weekday() > 4 else str(day) not in off
            yield equal(file, f"{day} is worked", time.is_working_day(day), expected)


def _notices() -> list[str]:
    return [file for file in names("calendars") if file != BOTH_YEARS]


TOPICS = (
    Topic("China: days named in notices", "calendars", _notices, notice),
    Topic("China: every day of 2025 and 2026", "calendars", lambda: names("calendars", BOTH_YEARS), whole_years),
)
