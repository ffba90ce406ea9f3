from datetime import date
from math import fsum
from typing import Any

import pytest
from analysis_case import moment, project, task
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.analysis.analyse import _leaves, analyse
from kapm_site.analysis.frame import frame_of
from kapm_site.analysis.outlook import PersonLoad, TeamLoad
from kapm_site.analysis.workload import load_figures, merge_loads, overloaded, team_load, week_name
from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.plan import Plan
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project

#: Ada works full time, Ben half; a week has 40 hours.
ADA = {"id": "ada", "name": "Ada Lind"}
BEN = {"id": "ben", "name": "Ben Moss", "capacity": 50}
WEEKS = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]


def loads(*tasks: dict[str, Any], at: str = "2026-01-02", settings: Any = None, **parts: Any) -> dict[str, PersonLoad]:
    """Return the loads of a plan at a status date; without one, before it begins."""
    case = project(*tasks, **{"team": [ADA, BEN], **parts})
    account = Account("acme", "projects/acme", Client(name="Acme"))
    frame = frame_of(Settings(**(settings or {})), account, case, moment(at))
    return {load.person: load for load in load_figures(frame, _leaves(frame, None, {}))[0]}


def percents(load: PersonLoad) -> list[float]:
    """Return the percents of the weeks."""
    return [week.percent for week in load.weeks]


def hours(found: dict[str, PersonLoad]) -> float:
    """Add up the hours of everybody."""
    return fsum(week.hours for load in found.values() for week in load.weeks)


def by(*people: Any) -> list[dict[str, Any]]:
    """Write assignments: names, or names and units."""
    return [{"person": p} if isinstance(p, str) else {"person": p[0], "units": p[1]} for p in people]


def test_weeks() -> None:
    """Eight days at 50 %: 20 of 40 hours in the first week, 12 of 40 in the second."""
    found = loads(task("a", duration="8d", assigned=by(("ada", 50))))
    assert list(found) == ["ada"]
    assert [(w.monday, w.percent, w.hours, w.available_hours) for w in found["ada"].weeks] == [
        (WEEKS[0], 50, 20, 40),
        (WEEKS[1], 30, 12, 40),
    ]


def test_capacity() -> None:
    """Half a person who works full time on a task is booked twice."""
    found = loads(task("a", duration="5d", assigned=by("ben")))["ben"]
    assert (found.capacity, percents(found), found.weeks[0].available_hours) == (50, [200], 20)


def test_status_in_the_week() -> None:
    """On Wednesday evening two days are left, of the week as of the work."""
    running = task("a", duration="5d", assigned=by("ada"), actual_start="2026-01-05", progress=60)
    found = loads(running, task("b", duration="2d", assigned=by(("ada", 50))), at="2026-01-07")["ada"]
    assert [(w.percent, w.hours, w.available_hours, w.tasks) for w in found.weeks] == [(150, 24, 16, ("a", "b"))]


def test_status_to_the_minute() -> None:
    """At 16:41 on Friday 79 minutes are left."""
    task_left = task("a", duration="5d", assigned=by("ada"), actual_start="2026-01-05", remaining="79m")
    week = loads(task_left, at="2026-01-09T16:41")["ada"].weeks[0]
    assert (week.hours, week.available_hours, week.percent) == (pytest.approx(79 / 60), pytest.approx(79 / 60), 100)


@pytest.mark.parametrize(
    "fields",
    [
        {"duration": "5d", "actual_start": "2026-01-05", "actual_finish": "2026-01-06"},
        {"milestone": True, "finish": "2026-01-09"},
        {"duration": "5d", "buffer": True},
        {"duration": "5d", "assigned": by(("ada", 0))},
        {"duration": "5d", "work": "0h"},
        {"duration": "5d", "work": "5d", "assigned": by(("ada", 0))},
    ],
)
def test_no_work(fields: dict[str, Any]) -> None:
    """What is finished, takes no time or is in reserve takes nobody's time."""
    assert loads(task("a", **{"assigned": by("ada"), **fields}), at="2026-01-07") == {}


def test_support_takes_time() -> None:
    """Support takes its share as long as it runs: 30 % of the two weeks that are left."""
    support = task("pm", duration="15d", assigned=by(("ada", 30)), progress_method="level_of_effort")
    assert percents(loads(support, at="2026-01-09")["ada"]) == pytest.approx([30, 30])


def test_support_with_work() -> None:
    """Of 12 days of effort over 15 days, the time that is left takes its share: 4 days in each week."""
    support = task("pm", duration="15d", work="12d", assigned=by("ada"), progress_method="level_of_effort")
    assert percents(loads(support, at="2026-01-09")["ada"]) == pytest.approx([80, 80])


def test_owner_answers_but_does_not_work() -> None:
    """An owner takes no time, unless the task states its work and nobody is assigned: 2 of 5 days."""
    assert loads(task("a", duration="5d", owner="ada")) == {}
    assert percents(loads(task("a", duration="5d", owner="ada", work="2d"))["ada"]) == [40]
    assert list(loads(task("a", duration="5d", owner="ada", work="2d", assigned=by("ben")))) == ["ben"]


def test_parents_do_no_work() -> None:
    """Who is assigned to a parent answers for it; the work is in its leaves."""
    assert list(loads(task("p", assigned=by("ada"), tasks=[task("a", duration="1d", assigned=by("ben"))]))) == ["ben"]


def test_work_is_shared_by_units() -> None:
    """Four days of work in a week: at 75 and 25 %, three and one."""
    found = loads(task("a", duration="5d", work="4d", assigned=by(("ada", 75), ("ben", 25))))
    assert {name: load.weeks[0].hours for name, load in found.items()} == {"ada": 24, "ben": 8}


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({}, 40),
        ({"progress": 25}, 30),
        ({"actual_start": "2026-01-05"}, 40),
        ({"actual_start": "2026-01-05", "remaining": "2d"}, 8),  # 2 of 10 days of duration
        ({"actual_start": "2026-01-05", "remaining": "2ed", "progress": 50}, 20),
        ({"progress": 100, "progress_method": "0/100"}, 0),
    ],
)
def test_work_that_is_left(fields: dict[str, Any], left: float) -> None:
    """Five days of work over ten: by progress, by `remaining` where it is stated in the same time."""
    found = loads(task("a", duration="10d", work="5d", assigned=by("ada"), **fields), at="2026-01-05")
    assert hours(found) == pytest.approx(left)


def test_work_without_duration() -> None:
    """Effort that takes no time of the schedule counts in the week of its date."""
    week = loads(task("a", duration="0d", work="2h", assigned=by("ada")))["ada"].weeks[0]
    assert (week.monday, week.hours) == (WEEKS[0], 2)


def test_elapsed_time() -> None:
    """During a week on the clock people work the hours of the calendar."""
    assert percents(loads(task("a", duration="7ed", assigned=by("ada")))["ada"]) == [100]


def test_people_in_order() -> None:
    """In the order of the team, then those who are not in it; tasks that take most come first."""
    found = loads(
        task("a", duration="2d", assigned=by("zoe", "ben")),
        task("b", duration="5d", assigned=by("ben", "ada", ("eve", 20))),
    )
    assert list(found) == ["ada", "ben", "eve", "zoe"]
    assert found["ben"].weeks[0].tasks == ("b", "a")
    assert percents(found["zoe"]) == [40]


#: Ada works Monday to Wednesday, and is off in the second week.
PART_TIME = {
    "calendars": {
        "ada": {"working_days": ["mon", "tue", "wed"], "holidays": [{"from": "2026-01-12", "to": "2026-01-16"}]},
        "full": {},
    }
}


def test_calendar_of_the_person() -> None:
    """Work in a calendar of its own meets the time of the person's; a week off is measured by a usual week."""
    team = [{**ADA, "calendar": "ada"}]
    one = task("a", duration="15d", assigned=by(("ada", 60)), calendar="full")
    found = loads(one, team=team, settings=PART_TIME)["ada"]
    assert [(w.percent, w.hours, w.available_hours) for w in found.weeks] == [
        (100, 24, 24),
        (60, 24, 0),
        (100, 24, 24),
    ]
    assert [w.monday for w in overloaded([found])[0].weeks] == [WEEKS[1]]


def test_no_capacity() -> None:
    """Who has no time at all is measured by a usual week, never by nothing."""
    found = loads(task("a", duration="5d", assigned=by("ada")), team=[{**ADA, "capacity": 0}])["ada"]
    assert (percents(found), found.weeks[0].available_hours) == ([100], 0)
    assert overloaded([found]) == (found,)


def test_overloaded() -> None:
    """Only people and weeks above the limit are left, with their tasks; just full is not too much."""
    found = loads(
        task("a", duration="10d", assigned=by(("ada", 70), ("ben", 50))),
        task("b", duration="5d", assigned=by(("ada", 40))),
    )
    over = overloaded(found.values())
    assert [(load.person, [(w.monday, w.tasks) for w in load.weeks]) for load in over] == [
        ("ada", [(WEEKS[0], ("a", "b"))])
    ]
    assert over[0].weeks[0].percent == pytest.approx(110)
    assert overloaded(found.values(), 120) == ()


def test_thirds_are_full_not_over() -> None:
    """Shares that add up to 100 but for their rounding are no overload."""
    tasks = [task(name, duration="5d", assigned=by(("ada", share))) for name, share in [("a", 33.3), ("b", 66.7)]]
    assert overloaded(loads(*tasks).values()) == ()


@pytest.mark.parametrize(
    ("day", "name"), [("2026-11-16", "2026-W47"), ("2025-12-29", "2026-W01"), ("2026-12-28", "2026-W53")]
)
def test_week_names(day: str, name: str) -> None:
    """Weeks are named by ISO 8601: the year is that of their Thursday."""
    assert week_name(date.fromisoformat(day)) == name


def other(client: str, name: str, person: dict[str, Any], units: float, duration: str = "5d") -> TeamLoad:
    """Return a project in which a person works on task t, and its loads."""
    tasks = ({"id": "t", "name": "T", "duration": duration, "assigned": by((person["id"], units))},)
    charter = Charter(name=name, start="2026-01-05", team=(person,))
    case = Project(client, name, f"projects/{client}/{name}", charter, Plan(tasks=tasks))
    frame = frame_of(Settings(), Account(client, f"projects/{client}", Client(name="C")), case, date(2026, 1, 2))
    return team_load(case, load_figures(frame, _leaves(frame, None, {}))[0])


MAIL = {"email": "ada@lind.example"}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("x", {**ADA, **MAIL}), ("y", {"id": "al", "name": "A. Lind", "email": "Ada@Lind.example"}), True),
        (("x", {**ADA, **MAIL}), ("y", {**ADA, "email": "ada@moor.example"}), False),
        (("x", {**ADA, **MAIL}), ("x", {**ADA, "email": "ada@moor.example"}), False),
        (("x", ADA), ("x", ADA), True),
        (("x", ADA), ("y", ADA), False),
        (("x", ADA), ("x", {**ADA, "name": "Ada Moor"}), False),
        (("x", {**ADA, **MAIL}), ("x", ADA), True),
        (("x", ADA), ("x", {**ADA, **MAIL}), True),
        (("x", {**ADA, **MAIL}), ("y", ADA), False),
    ],
)
def test_who_is_the_same(first: tuple[str, Any], second: tuple[str, Any], same: bool) -> None:
    """By address, else by id and name at the same client; an address left out is found in the client's other teams."""
    merged = merge_loads([other(first[0], "one", first[1], 60), other(second[0], "two", second[1], 50)])
    assert [percents(load) for load in merged] == ([[pytest.approx(110)]] if same else [[60], [50]])


def test_merged_load() -> None:
    """Hours add up, tasks say where they are, and the person has the name that people know."""
    one, two = other("x", "one", {**ADA, **MAIL}, 40, "10d"), other("y", "two", {**ADA, **MAIL}, 70)
    (load,) = merge_loads([one, two])
    assert (load.person, load.capacity) == ("Ada Lind", 100)
    assert [(w.monday, w.tasks, w.hours) for w in load.weeks] == [
        (WEEKS[0], ("y/two/t", "x/one/t"), 44),
        (WEEKS[1], ("x/one/t",), 16),
    ]
    assert percents(load) == pytest.approx([110, 40])
    assert [w.monday for w in overloaded([load])[0].weeks] == [WEEKS[0]]


@pytest.mark.parametrize(
    ("first", "second", "percent"),
    [
        (100, 100, 60),  # 24 of 40 hours: there is only one week
        (60, 40, 60),  # 24 of 24 + 16
        (50, 25, 80),  # 24 of 20 + 10
        (50, 0, 120),  # 24 of 20
        (300, 100, 20),  # 24 of 120: a crew of three
        (0, 0, 60),  # of two usual weeks that are one
    ],
)
def test_capacity_over_projects(first: float, second: float, percent: float) -> None:
    """A person gives what each project may have, up to all of the person's time."""
    people = [{**ADA, **MAIL, "capacity": capacity} for capacity in (first, second)]
    (load,) = merge_loads([other("x", "one", people[0], 40), other("x", "two", people[1], 20)])
    assert percents(load) == pytest.approx([percent])


def test_merging_one_project_changes_nothing() -> None:
    """A person of one project has the same percents in the portfolio."""
    found = other("x", "one", {**BEN, **MAIL}, 30, "8d")
    (load,) = merge_loads([found])
    assert percents(load) == pytest.approx(percents(found.loads[0]))


UNITS = st.floats(1, 500)


@given(UNITS, st.integers(1, 60), st.integers(5, 16))
def test_twice_the_units_are_twice_the_load(units: float, days: int, day: int) -> None:
    """Load is proportional to units, week by week."""
    once, twice = (
        loads(task("a", duration=f"{days}d", assigned=by(("ada", share))), at=f"2026-01-{day:02}")["ada"]
        for share in (units, 2 * units)
    )
    assert percents(twice) == pytest.approx([2 * percent for percent in percents(once)])


@given(
    st.integers(1, 400),
    st.integers(1, 60),
    st.lists(UNITS, min_size=1, max_size=4),
    st.integers(0, 99),
    st.integers(5, 16),
)
def test_hours_add_up_to_the_work_left(work: int, days: int, units: list[float], progress: int, day: int) -> None:
    """Whatever the weeks and however many share it, all of the work that is left is somebody's."""
    shares = by(*((f"p{number}", share) for number, share in enumerate(units)))
    found = loads(
        task("a", duration=f"{days}d", work=f"{work}h", assigned=shares, progress=progress), at=f"2026-01-{day:02}"
    )
    assert hours(found) == pytest.approx(work * (100 - progress) / 100)


def test_nobody_works_through_an_elapsed_weekend() -> None:
    """Two elapsed days from Friday evening on hold no working minute of anybody."""
    found = loads(
        task("b", duration="5d", assigned=by(("ada", 100))),
        task("c", duration="2ed", assigned=by(("ada", 100)), after=["b"]),
    )
    assert percents(found["ada"]) == [100]


def test_more_weeks_than_anybody_adds_up() -> None:
    """A finish that was mistyped by centuries costs no minutes; why there are no loads is told."""
    case = project(
        *(task(f"t{i}", start="2026-01-05", finish="2196-01-05", assigned=by("ada", "ben")) for i in range(30)),
        team=[ADA, BEN],
    )
    found = analyse(Settings(), Account("acme", "projects/acme", Client(name="Acme")), case, moment("2026-01-02"))
    assert found.outlook.loads == ()
    reason = "the plan has 62,400 weeks of work for one person on one task, the limit is 50,000"
    assert found.missing["workload"] == reason
