import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.analysis.calendar_rules import calendar_problems
from kapm_site.analysis.working_time import WorkingTime, round_the_clock, working_time
from kapm_site.model.calendars import Calendar
from kapm_site.model.units import parse_duration

CHINA = Path(__file__).parents[3] / "../shared/truth/calendars/cn_2025_2026.json"
STANDARD = WorkingTime(Calendar())
NIGHT = WorkingTime(Calendar(hours=["00:00-06:00", "22:00-24:00"], hours_per_day=8))
INSTANTS = st.datetimes(datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2028-12-31")).map(
    lambda instant: instant.replace(second=0, microsecond=0)
)


def at(text: str) -> datetime:
    """Read a date-time."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-01-05T09:00", 480, "2026-01-05T18:00"),
        ("2026-01-05T09:00", 240, "2026-01-05T13:00"),
        ("2026-01-05T09:00", 241, "2026-01-05T14:01"),
        ("2026-01-09T18:00", 60, "2026-01-12T10:00"),
        ("2026-01-10T12:00", 60, "2026-01-12T10:00"),
        ("2026-01-12T09:00", -60, "2026-01-09T17:00"),
        ("2026-01-09T18:00", -480, "2026-01-09T09:00"),
        ("2026-01-09T18:00", -240, "2026-01-09T14:00"),
        ("2026-01-10T12:00", 0, "2026-01-10T12:00"),
    ],
)
def test_add(start: str, minutes: int, expected: str) -> None:
    """Going forward ends where work ends, going back where it starts, and nothing moves nothing."""
    assert STANDARD.add(at(start), minutes) == at(expected)


def test_weekend_is_no_time() -> None:
    """Friday's end and Monday's beginning are no working time apart."""
    assert STANDARD.between(at("2026-01-09T18:00"), at("2026-01-12T09:00")) == 0


def test_snapping() -> None:
    """A start moves on to working time, a finish back to it."""
    assert STANDARD.next_start(at("2026-01-09T18:00")) == at("2026-01-12T09:00")
    assert STANDARD.next_start(at("2026-01-09T13:30")) == at("2026-01-09T14:00")
    assert STANDARD.finish_at(STANDARD.position(at("2026-01-12T09:00"))) == at("2026-01-09T18:00")


def test_midnight() -> None:
    """Hours may run to 24:00 and go on the next day."""
    assert NIGHT.day_finish(date(2026, 1, 5)) == at("2026-01-06T00:00")
    assert NIGHT.between(at("2026-01-05T22:00"), at("2026-01-06T06:00")) == 480
    assert NIGHT.add(at("2026-01-05T23:00"), 120) == at("2026-01-06T01:00")


@given(INSTANTS, st.integers(1, 60 * 400))
def test_add_is_undone_by_going_back(instant: datetime, minutes: int) -> None:
    """Adding work and taking it away again ends at the same working instant."""
    for time in (STANDARD, NIGHT, round_the_clock()):
        later = time.add(instant, minutes)
        assert time.between(instant, later) == minutes
        assert time.between(time.add(later, -minutes), instant) == 0


@given(INSTANTS, INSTANTS)
def test_between_is_additive(first: datetime, second: datetime) -> None:
    """The work between two instants is that up to a third plus that from there."""
    third = first + (second - first) / 2
    whole = STANDARD.between(first, third) + STANDARD.between(third, second)
    assert whole == pytest.approx(STANDARD.between(first, second))


@given(st.lists(INSTANTS, min_size=2, max_size=4))
def test_answers_do_not_depend_on_the_order_of_questions(instants: list[datetime]) -> None:
    """Years are computed when needed; which one came first changes no answer."""
    one, other = WorkingTime(Calendar(country="CN")), WorkingTime(Calendar(country="CN"))
    other.position(instants[-1])
    for instant in instants:
        assert one.add(instant, 1234) == other.add(instant, 1234)


@pytest.mark.skipif(not CHINA.exists(), reason="shared/truth/calendars is not here")
@pytest.mark.parametrize("year", [2025, 2026])
def test_china(year: int) -> None:
    """China's days off and make-up working days are those of the government's list."""
    listed = json.loads(CHINA.read_text("utf-8"))["years"][str(year)]
    time = working_time(Calendar(country="CN"))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    worked = [day for day in days if time.is_working_day(day)]
    assert len(worked) == listed["workdays"]
    assert [str(day) for day in worked if day.weekday() > 4] == listed["makeup_weekend_workdays"]
    assert [str(day) for day in days if day.weekday() < 5 and day not in worked] == listed["weekday_days_off"]


def test_make_up_day_has_usual_hours() -> None:
    """A weekend day that is worked has the hours of a usual day where its weekday has none."""
    hours = {day: ["08:00-12:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
    time = WorkingTime(Calendar(country="CN", hours=hours))
    assert time.between(at("2026-02-14T00:00"), at("2026-02-15T00:00")) == 240


def test_own_days_win() -> None:
    """Days of the calendar itself beat public holidays, and a working date beats a holiday."""
    calendar = Calendar(
        country="DE",
        holidays=[{"from": "2026-01-05", "to": "2026-01-07"}, "2026-01-08"],
        working_dates=["2026-01-01", {"date": "2026-01-06", "hours": ["10:00-12:00"]}],
    )
    time = WorkingTime(calendar)
    assert time.is_working_day(date(2026, 1, 1))
    assert not time.is_working_day(date(2026, 1, 5))
    assert time.between(at("2026-01-06T00:00"), at("2026-01-07T00:00")) == 120
    assert not time.is_working_day(date(2026, 1, 8))
    assert not time.is_working_day(date(2026, 4, 3)), "Good Friday"


def test_no_country_has_no_holidays() -> None:
    """Without a country New Year's Day is a working day."""
    assert STANDARD.is_working_day(date(2026, 1, 1))


def test_provisional() -> None:
    """A Chinese year without an official list is a guess; a German one never is."""
    assert WorkingTime(Calendar(country="CN")).is_provisional(date(2099, 5, 1))
    assert not WorkingTime(Calendar(country="CN")).is_provisional(date(2026, 5, 1))
    assert not WorkingTime(Calendar(country="DE")).is_provisional(date(2099, 5, 1))


@pytest.mark.parametrize(
    ("text", "hours"),
    [("90m", 1.5), ("16h", 16), ("1.5d", 12), ("2w", 80), ("1mo", 160), ("3ed", 72), ("8eh", 8)],
)
def test_durations(text: str, hours: float) -> None:
    """Days, weeks and months are worth what the calendar says, elapsed ones what the clock says."""
    assert STANDARD.seconds_of(parse_duration(text)) == hours * 3600


def test_what_a_day_is_worth() -> None:
    """`hours_per_day`, `days_per_week` and `days_per_month` decide."""
    time = WorkingTime(Calendar(hours_per_day=7.5, days_per_week=4, days_per_month=18))
    assert time.seconds_of(parse_duration("1mo")) == 18 * 7.5 * 3600
    assert time.days_between(at("2026-01-05T09:00"), at("2026-01-05T18:00")) == pytest.approx(8 / 7.5)


def test_day_off_reads_like_a_usual_day() -> None:
    """A date on a weekend begins and ends when a usual day would."""
    assert STANDARD.start_of(date(2026, 1, 10)) == at("2026-01-10T09:00")
    assert STANDARD.finish_of(date(2026, 1, 10)) == at("2026-01-10T18:00")
    assert STANDARD.finish_of(at("2026-01-10T11:00")) == at("2026-01-10T11:00")


def test_overlapping_hours_count_once() -> None:
    """Ranges that touch or overlap are one stretch."""
    time = WorkingTime(Calendar(hours=["09:00-12:00", "11:00-13:00", "13:00-17:00"]))
    assert time.between(at("2026-01-05T00:00"), at("2026-01-06T00:00")) == 480


def test_a_working_day_without_hours_of_its_own() -> None:
    """A map of hours need not name every working day: the others have the default hours."""
    time = WorkingTime(Calendar(hours={"fri": ["09:00-12:00"]}))
    assert time.between(at("2026-01-08T00:00"), at("2026-01-09T00:00")) == 480
    assert time.between(at("2026-01-09T00:00"), at("2026-01-10T00:00")) == 180


def test_equal_calendars_share_their_working_time() -> None:
    """Calendars of the same content are computed once."""
    assert working_time(Calendar(country="FR")) is working_time(Calendar(country="FR"))


def test_far_away() -> None:
    """What lies beyond the centuries that count ends at their edge instead of taking minutes."""
    assert STANDARD.add(at("2026-01-05T09:00"), 1e12).year > 2199
    assert STANDARD.add(at("2026-01-05T09:00"), -1e12).year == 1900
    assert STANDARD.add(at("0001-01-01T00:00"), 480).year == 1900


@pytest.mark.parametrize(
    ("fields", "code", "hint"),
    [
        ({"country": "GR"}, None, ""),
        ({"country": "de"}, None, ""),
        ({"country": "DE", "subdivision": "BY"}, None, ""),
        ({"country": "Germany"}, "unknown-country", ""),
        ({"country": "DEX"}, "unknown-country", "did you mean 'DE'?"),
        ({"country": "DE", "subdivision": "XX"}, "unknown-subdivision", ""),
        ({"country": "DE", "subdivision": "BYY"}, "unknown-subdivision", "did you mean 'BY'?"),
        ({"working_days": []}, "calendar-without-hours", ""),
        ({"hours": []}, "calendar-without-hours", ""),
    ],
)
def test_calendar_problems(fields: dict[str, object], code: str | None, hint: str) -> None:
    """An unknown country or subdivision, or a week without work, is a problem with a remedy."""
    problems = calendar_problems(Calendar(**fields))
    assert [problem.code for problem in problems] == ([code] if code else [])
    if hint:
        assert problems[0].hint == hint
    assert all(problem.hint for problem in problems)
