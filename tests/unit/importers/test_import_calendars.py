from datetime import date

import pytest
from mspdi_files import fields, plan, task

from kapm_site.importers.calendar_data import calendar_data
from kapm_site.importers.msproject import read_msproject
from kapm_site.importers.records import ImportedCalendar, ImportedProject

TIME = "<WorkingTime><FromTime>{}:00</FromTime><ToTime>{}:00</ToTime></WorkingTime>"
DAY = f"<DayWorking>1</DayWorking><WorkingTimes>{TIME}</WorkingTimes>"


def calendars(*parts: str) -> tuple[ImportedCalendar, ...]:
    """Read calendars; each part is the content of one, the keys count from 1."""
    inner = "".join(
        f"<Calendar><UID>{key}</UID><Name>C{key}</Name>{part}</Calendar>" for key, part in enumerate(parts, 1)
    )
    project, _ = read_msproject(plan(task(1), body=f"<Calendars>{inner}</Calendars>"), "plan.xml")
    assert project is not None
    return project.calendars


def weekday(kind: int, start: str, end: str) -> str:
    """Write the hours of a weekday, 1 is Sunday."""
    return f"<WeekDay><DayType>{kind}</DayType>{DAY.format(start, end)}</WeekDay>"


def exception(first: str, last: str, **values: object) -> str:
    """Write exceptions that recur."""
    period = f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"
    return f"<Exceptions><Exception>{period}{fields(DayWorking=0, **values)}</Exception></Exceptions>"


def days(text: str) -> tuple[date, ...]:
    """Read the days of the one exception."""
    (found,) = calendars(text)[0].exceptions
    return found.days


def test_a_silent_base_calendar_is_the_usual_week() -> None:
    """Where a base calendar says nothing, Microsoft Project works Monday to Friday, 8–12 and 13–17."""
    (found,) = calendars("")
    assert found.week == (((480, 720), (780, 1020)),) * 5 + ((), ())


def test_a_derived_calendar_takes_what_it_does_not_say() -> None:
    """Days of a derived calendar that it does not name are those of its base; exceptions of both hold."""
    base = f"<WeekDays>{weekday(2, '09:00', '15:00')}</WeekDays>{exception('2026-01-01', '2026-01-01', Type=1)}"
    derived = f"<BaseCalendarUID>1</BaseCalendarUID><WeekDays>{weekday(3, '10:00', '11:00')}</WeekDays>"
    _, found = calendars(base, derived)
    assert found.week[0] == ((540, 900),)
    assert found.week[1] == ((600, 660),)
    assert found.hours_on(date(2026, 1, 1)) == ()


def test_bases_that_turn_in_a_circle_end() -> None:
    """Two calendars that are each other's base are still read."""
    assert len(calendars("<BaseCalendarUID>2</BaseCalendarUID>", "<BaseCalendarUID>1</BaseCalendarUID>")) == 2


def test_midnight_is_the_end_of_the_day() -> None:
    """Working time up to 00:00 ends at 24:00; spans that overlap are joined."""
    times = "".join(TIME.format(*span) for span in (("22:00", "00:00"), ("00:00", "03:00"), ("02:00", "04:00")))
    day = f"<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes>{times}</WorkingTimes></WeekDay>"
    assert calendars(f"<WeekDays>{day}</WeekDays>")[0].week[0] == ((0, 240), (1320, 1440))


def test_an_exception_written_in_both_forms_counts_once() -> None:
    """Project 2007 and later write each exception a second time in the form of Project 2003."""
    period = "<TimePeriod><FromDate>2026-05-01T00:00:00</FromDate><ToDate>2026-05-01T23:59:00</ToDate></TimePeriod>"
    old = f"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>{period}</WeekDay>"
    new = exception("2026-05-01", "2026-05-01", Type=1, Name="May Day")
    (found,) = calendars(f"<WeekDays>{old}</WeekDays>{new}")[0].exceptions
    assert (found.name, found.days) == ("May Day", (date(2026, 5, 1),))
    assert calendars(f"<WeekDays>{old}</WeekDays>")[0].exceptions[0].days == (date(2026, 5, 1),)


RECURRENCES = [
    ({"Type": 1}, "2026-01-01", "2026-01-03", ["2026-01-01", "2026-01-02", "2026-01-03"]),
    ({"Type": 7, "Period": 2}, "2026-01-01", "2026-01-05", ["2026-01-01", "2026-01-03", "2026-01-05"]),
    (
        {"Type": 6, "Period": 1, "DaysOfWeek": 34},
        "2026-01-05",
        "2026-01-16",
        ["2026-01-05", "2026-01-09", "2026-01-12", "2026-01-16"],
    ),
    ({"Type": 6, "Period": 2, "DaysOfWeek": 1}, "2026-01-05", "2026-02-15", ["2026-01-18", "2026-02-01", "2026-02-15"]),
    ({"Type": 4, "Period": 1, "MonthDay": 31}, "2026-01-01", "2026-04-30", ["2026-01-31", "2026-03-31"]),
    (
        {"Type": 5, "Period": 1, "MonthItem": 5, "MonthPosition": 1},
        "2026-01-01",
        "2026-02-28",
        ["2026-01-13", "2026-02-10"],
    ),
    (
        {"Type": 5, "Period": 1, "MonthItem": 8, "MonthPosition": 4},
        "2026-01-01",
        "2026-02-28",
        ["2026-01-30", "2026-02-27"],
    ),
    ({"Type": 5, "Period": 1, "MonthItem": 1, "MonthPosition": 0}, "2026-02-01", "2026-02-28", ["2026-02-02"]),
    ({"Type": 5, "Period": 1, "MonthItem": 0, "MonthPosition": 4}, "2026-02-01", "2026-02-28", ["2026-02-28"]),
    ({"Type": 2, "Month": 11, "MonthDay": 24}, "2026-01-01", "2027-12-31", ["2026-12-24", "2027-12-24"]),
    (
        {"Type": 3, "Month": 10, "MonthItem": 7, "MonthPosition": 3},
        "2026-01-01",
        "2027-12-31",
        ["2026-11-26", "2027-11-25"],
    ),
]


@pytest.mark.parametrize(("values", "first", "last", "expected"), RECURRENCES)
def test_exceptions_that_recur(values: dict[str, int], first: str, last: str, expected: list[str]) -> None:
    """Every kind of recurrence falls on its days; weeks are counted from Sunday, months from 0."""
    assert [day.isoformat() for day in days(exception(first, last, **values))] == expected


def test_a_recurrence_of_an_unknown_kind_is_reported() -> None:
    """What a recurrence of a later version means is not guessed."""
    odd = exception("2026-01-01", "2026-02-01", Type=8, Name="Odd")
    body = f"<Calendars><Calendar><UID>1</UID><Name>C</Name>{odd}</Calendar></Calendars>"
    project, _ = read_msproject(plan(task(1), body=body), "plan.xml")
    assert project is not None
    assert [(item.kind, item.what) for item in project.dropped] == [("calendar", "exception 'Odd' of calendar 'C'")]


def test_a_work_week_is_an_exception_for_each_of_its_days() -> None:
    """A period with other hours departs from the week on every one of its weekdays."""
    period = "<TimePeriod><FromDate>2026-07-01T00:00:00</FromDate><ToDate>2026-07-14T23:59:00</ToDate></TimePeriod>"
    monday = f"<WeekDays>{weekday(2, '07:00', '13:00')}</WeekDays>"
    week = f"<WorkWeeks><WorkWeek>{period}<Name>Summer</Name>{monday}</WorkWeek></WorkWeeks>"
    (found,) = calendars(week)[0].exceptions
    assert (found.days, found.hours) == ((date(2026, 7, 6), date(2026, 7, 13)), ((420, 780),))


def test_calendars_in_yaml() -> None:
    """Days off that follow each other are joined; hours that differ by weekday are a map."""
    text = f"<WeekDays>{weekday(6, '08:00', '12:00')}{weekday(7, '08:00', '12:00')}</WeekDays>"
    (found,) = calendars(text + exception("2026-12-24", "2026-12-26", Type=1, Name="Christmas"))
    data, dropped = calendar_data(found, ImportedProject("msproject", "P", minutes_per_day=450, minutes_per_week=2250))
    usual = ["08:00-12:00", "13:00-17:00"]
    assert dropped == []
    assert data == {
        "working_days": ["mon", "tue", "wed", "thu", "fri", "sat"],
        "hours": {**dict.fromkeys(("mon", "tue", "wed", "thu"), usual), "fri": ["08:00-12:00"], "sat": ["08:00-12:00"]},
        "hours_per_day": 7.5,
        "holidays": [{"from": date(2026, 12, 24), "to": date(2026, 12, 26), "name": "Christmas"}],
    }


def test_a_calendar_without_a_working_day_is_not_believed() -> None:
    """A week without a working day would leave no time for any task."""
    off = "".join(f"<WeekDay><DayType>{kind}</DayType><DayWorking>0</DayWorking></WeekDay>" for kind in range(1, 8))
    (found,) = calendars(f"<WeekDays>{off}</WeekDays>")
    data, dropped = calendar_data(found, ImportedProject("msproject", "P"))
    assert data["hours"] == ["08:00-12:00", "13:00-17:00"]
    assert len(dropped) == 1
