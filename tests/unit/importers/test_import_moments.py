from datetime import date, datetime

import pytest

from kapm_site.importers.moments import Clock
from kapm_site.importers.records import ImportedCalendar, ImportedDuration, ImportedException

OFFICE = ((480, 720), (780, 1020))
CALENDAR = ImportedCalendar(
    "1",
    "Standard",
    (OFFICE,) * 4 + (((480, 720),), (), ()),
    (ImportedException((date(2026, 1, 7),), ((600, 1440),)),),
)
CLOCK = Clock(CALENDAR, 480)
MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (date(2026, 1, day) for day in (5, 7, 8, 9, 10))


def at(text: str) -> datetime:
    """Return a local time."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at("2026-01-05T08:00"), MONDAY),
        (at("2026-01-05T00:00"), MONDAY),
        (at("2026-01-05T08:30"), at("2026-01-05T08:30")),
        (at("2026-01-07T10:00"), WEDNESDAY),
        (at("2026-01-10T08:00"), SATURDAY),
    ],
)
def test_a_start_at_the_first_working_instant_is_a_date(moment: datetime, expected: date) -> None:
    """A start is a bare date where no work comes before it on that day."""
    assert CLOCK.start(moment) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at("2026-01-05T17:00"), MONDAY),
        (at("2026-01-05T23:59"), MONDAY),
        (at("2026-01-05T12:00"), at("2026-01-05T12:00")),
        (at("2026-01-05T08:00"), at("2026-01-05T08:00")),
        (at("2026-01-09T12:00"), FRIDAY),
        (at("2026-01-08T00:00"), WEDNESDAY),
        (at("2026-01-09T00:00"), at("2026-01-09T00:00")),
    ],
)
def test_a_finish_at_the_last_working_instant_is_a_date(moment: datetime, expected: date) -> None:
    """A finish is a bare date where no work comes behind it; midnight may be the end of the day before."""
    assert CLOCK.finish(moment) == expected


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (ImportedDuration(480, "d"), "1d"),
        (ImportedDuration(2400, "w"), "5d"),
        (ImportedDuration(720, "d"), "1.5d"),
        (ImportedDuration(100, "d"), "100m"),
        (ImportedDuration(90, "h"), "1.5h"),
        (ImportedDuration(960, "h"), "16h"),
        (ImportedDuration(90, "m"), "90m"),
        (ImportedDuration(-480, "d"), "-1d"),
        (ImportedDuration(0, "d"), "0d"),
        (ImportedDuration(4320, "d", elapsed=True), "3ed"),
        (ImportedDuration(480, "h", elapsed=True), "8eh"),
        (ImportedDuration(43200, "mo", elapsed=True), "30ed"),
    ],
)
def test_durations_are_exact(duration: ImportedDuration, text: str) -> None:
    """A duration is written in the unit of the file where that is exact, else in a smaller one."""
    assert CLOCK.duration(duration) == text


def test_a_day_is_worth_what_the_file_says() -> None:
    """Days are of the file's own length; a task with another calendar is written in hours."""
    assert Clock(CALENDAR, 450).duration(ImportedDuration(450, "d")) == "1d"
    assert Clock(CALENDAR, 480, in_days=False).duration(ImportedDuration(480, "d")) == "8h"
