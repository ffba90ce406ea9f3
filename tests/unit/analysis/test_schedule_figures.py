from datetime import date, datetime

import pytest
from analysis_case import codes, figures, task

WEEK = {"id": "bl", "approved": "2026-01-02"}


def baseline(**tasks: object) -> list[dict[str, object]]:
    """Build an approved baseline."""
    return [{**WEEK, "tasks": tasks}]


def at(text: str) -> datetime:
    """Read a day of January and a time."""
    return datetime.fromisoformat(f"2026-01-{text}")


def test_outline() -> None:
    """Numbers, depths and paths follow the tree; parents span their leaves."""
    tasks = figures(
        task("a", tasks=[task("b", duration="1d"), task("c", tasks=[task("d", duration="2d", after=["b"])])]),
        task("e", duration="1d"),
    ).schedule.tasks
    assert [(t.id, t.wbs, t.depth, t.path) for t in tasks.values()] == [
        ("a", "1", 0, ()),
        ("b", "1.1", 1, ("a",)),
        ("c", "1.2", 1, ("a",)),
        ("d", "1.2.1", 2, ("a", "c")),
        ("e", "2", 0, ()),
    ]
    assert (tasks["a"].start, tasks["a"].finish) == (at("05T09:00"), at("07T18:00"))
    assert tasks["a"].duration_days == 3


def test_no_tasks() -> None:
    """An empty plan has no dates and says so."""
    found = figures()
    assert found.schedule.start is None
    assert found.missing["schedule.forecast_finish"] == "the plan has no tasks"
    assert found.missing["progress.actual_percent"] == "the plan has no tasks"


def test_baseline_is_the_latest_approved() -> None:
    """A baseline counts from its approval on, and a later one replaces it; without approval it never counts."""
    baselines = [
        {"id": "two", "approved": "2026-01-08", "tasks": {"a": {"start": "2026-01-05", "finish": "2026-01-09"}}},
        {"id": "one", "approved": "2026-01-02", "tasks": {"a": {"start": "2026-01-05", "finish": "2026-01-06"}}},
        {"id": "draft", "tasks": {"a": {"start": "2026-01-05", "finish": "2026-01-05"}}},
    ]
    ids = {
        day: figures(task("a", duration="5d"), baselines=baselines, at=day).schedule.baseline_id
        for day in ("2026-01-01", "2026-01-07", "2026-01-08")
    }
    assert ids == {"2026-01-01": None, "2026-01-07": "one", "2026-01-08": "two"}


def test_without_baseline_the_plan_is_its_own() -> None:
    """Slip is measured against today's plan, and a finding says that there is no baseline."""
    found = figures(task("a", duration="2d"), at="2026-01-02")
    assert not found.schedule.has_baseline
    assert found.schedule.tasks["a"].baseline_finish == at("06T18:00")
    assert [problem.code for problem in found.findings] == ["no-baseline"]


def test_task_outside_the_baseline() -> None:
    """Work added without approval has no baseline of its own, and is out of planned progress."""
    found = figures(
        task("a", start="2026-01-05", finish="2026-01-06", cost=100),
        task("new", start="2026-01-05", finish="2026-01-06", cost=900),
        baselines=baseline(a={"start": "2026-01-05", "finish": "2026-01-06", "cost": 100}),
        at="2026-01-05",
    )
    new = found.schedule.tasks["new"]
    assert (new.baseline_finish, new.slip_days, new.bac) == (None, None, None)
    assert found.earned_value.bac == 100
    assert found.progress.planned_percent == 50


def test_milestone_baseline_has_a_finish_only() -> None:
    """It has happened by the end of that day."""
    found = figures(
        task("m", milestone=True, finish="2026-01-07"),
        baselines=baseline(m={"finish": "2026-01-06"}),
        at="2026-01-06",
    )
    milestone = found.schedule.tasks["m"]
    assert milestone.baseline_start == milestone.baseline_finish == at("06T18:00")
    assert milestone.planned_percent == 100
    assert milestone.slip_days == 1
    assert milestone.late


def test_slip_of_the_project() -> None:
    """Against the baseline and against the agreed finish; late is positive."""
    found = figures(
        task("a", duration="4d"),
        baselines=baseline(a={"start": "2026-01-05", "finish": "2026-01-06"}),
        finish="2026-01-09",
        at="2026-01-02",
    )
    assert found.schedule.slip_days == 2
    assert found.schedule.agreed_slip_days == -1


def test_an_earlier_hour_of_the_same_day_gains_nothing() -> None:
    """A finish is inclusive: done at noon of the day is on time, not early."""
    found = figures(
        task("a", start="2026-01-05", finish="2026-01-06T12:00"),
        baselines=baseline(a={"start": "2026-01-05", "finish": "2026-01-06"}),
        at="2026-01-02",
    )
    assert found.schedule.tasks["a"].slip_days == 0


@pytest.mark.parametrize(
    ("day", "percent"),
    [("2026-01-02", 0), ("2026-01-05", 25), ("2026-01-05T13:00", 12.5), ("2026-01-08", 100), ("2026-01-20", 100)],
)
def test_planned_percent(day: str, percent: float) -> None:
    """The share of the baseline's working time that has gone by."""
    assert figures(task("a", duration="4d"), at=day).progress.planned_percent == percent


@pytest.mark.parametrize(
    ("fields", "percent"),
    [
        ({"progress": 40}, 40),
        ({"progress": 12.5}, 12.5),
        ({"progress": 40, "progress_method": "0/100"}, 0),
        ({"progress": 100, "progress_method": "0/100"}, 0),
        ({"actual_finish": "2026-01-05", "progress_method": "0/100"}, 100),
        ({"actual_start": "2026-01-05", "progress_method": "50/50"}, 50),
        ({"progress": 10, "progress_method": "20/80"}, 20),
        ({"progress_method": "20/80"}, 0),
        ({"actual_start": "2026-01-05", "actual_finish": "2026-01-05", "progress_method": "20/80"}, 100),
        ({"progress_method": "level_of_effort"}, 50),
        ({"actual_start": "2026-01-05"}, 0),
        ({"actual_finish": "2026-01-05", "progress": 60}, 100),
        ({"actual_finish": "2026-01-07"}, 0),
        ({"actual_start": "2026-01-07", "progress": 30}, 0),
        ({"actual_start": "2026-01-05", "actual_finish": "2026-01-08"}, 25),
        (
            {
                "progress_method": "milestones",
                "steps": [{"name": "x", "weight": 1, "done": True}, {"name": "y", "weight": 3}],
            },
            25,
        ),
        ({"milestone": True, "progress": 100}, 100),
        ({"milestone": True, "progress": 60}, 0),
    ],
)
def test_percent_by_method(fields: dict[str, object], percent: float) -> None:
    """After one of two days: what each way to measure progress grants. What lies ahead has not happened."""
    assert figures(task("a", duration="2d", **fields), at="2026-01-05").schedule.tasks["a"].percent_complete == percent


@pytest.mark.parametrize(
    ("fields", "weight", "percent"),
    [
        (({"cost": 100}, {"cost": 300}), "cost", 25),
        (({"work": "3d"}, {"work": "1d"}), "work", 75),
        (({}, {}), "duration", 20),
        (({"cost": 100}, {"work": "1d"}), "duration", 20),
        (({"cost": 0}, {"cost": 0}), "duration", 20),
    ],
)
def test_weights(fields: tuple[dict[str, object], dict[str, object]], weight: str, percent: float) -> None:
    """By cost where every task has one, else by effort, else by duration."""
    done, rest = fields
    found = figures(
        task("p", tasks=[task("a", duration="1d", progress=100, **done), task("b", duration="4d", **rest)]),
        task("m", milestone=True),
    )
    assert (found.progress.weight, found.progress.actual_percent) == (weight, percent)
    assert found.schedule.tasks["p"].percent_complete == percent


@pytest.mark.parametrize(
    ("fields", "start", "finish"),
    [
        ({"actual_start": "2026-01-06", "actual_finish": "2026-01-07"}, "06T09:00", "07T18:00"),
        ({"actual_start": "2026-01-05", "progress": 50}, "05T09:00", "09T18:00"),
        ({"actual_start": "2026-01-05", "progress": 50, "remaining": "1d"}, "05T09:00", "08T18:00"),
        ({"actual_start": "2026-01-05", "remaining": "2ed"}, "05T09:00", "09T18:00"),
        ({}, "08T09:00", "13T18:00"),
        ({"start": "2026-01-12", "finish": "2026-01-13"}, "12T09:00", "13T18:00"),
        ({"delay": {"cause": "scope", "new_finish": "2026-01-20"}}, "15T09:00", "20T18:00"),
        ({"delay": {"cause": "scope", "new_finish": "2026-01-08"}}, "08T09:00", "13T18:00"),
        ({"progress": 50, "delay": {"cause": "scope", "new_finish": "2026-01-14"}}, "05T09:00", "14T18:00"),
        ({"progress": 50, "delay": {"cause": "scope", "new_finish": "2026-01-06"}}, "05T09:00", "09T18:00"),
        (
            {"remaining": "3d", "progress": 1, "delay": {"cause": "scope", "new_finish": "2026-01-09"}},
            "05T09:00",
            "12T18:00",
        ),
        ({"milestone": True, "finish": "2026-01-06"}, "07T18:00", "07T18:00"),
        ({"progress": 100}, "05T09:00", "07T18:00"),
        ({"actual_start": "2026-01-09"}, "09T09:00", "14T18:00"),
        ({"constraint": {"type": "must_start_on", "date": "2026-01-06"}}, "08T09:00", "13T18:00"),
    ],
)
def test_forecast(fields: dict[str, object], start: str, finish: str) -> None:
    """A task of four days, at the end of the third: what is expected of it."""
    expected = figures(task("a", **{"duration": "4d", **fields}), at="2026-01-07").schedule.tasks["a"]
    assert (expected.forecast_start, expected.forecast_finish) == (at(start), at(finish))


def test_forecast_waits_for_predecessors() -> None:
    """What is late pushes what follows; agreed dates are not brought forward."""
    found = figures(
        task("a", start="2026-01-05", finish="2026-01-06", actual_start="2026-01-05", remaining="3d"),
        task("b", start="2026-01-07", finish="2026-01-08", after=["a"]),
        task("c", start="2026-01-20", finish="2026-01-20", after=["b"]),
        at="2026-01-06",
    )
    tasks = found.schedule.tasks
    assert tasks["b"].forecast_finish == at("13T18:00")
    assert tasks["c"].forecast_finish == at("20T18:00")
    assert tasks["b"].slip_days == 3


def test_buffer_absorbs() -> None:
    """A late chain eats the buffer before it moves what comes after."""
    found = figures(
        task("a", start="2026-01-05", finish="2026-01-06", actual_start="2026-01-05", remaining="2d"),
        task("buffer", start="2026-01-07", finish="2026-01-09", after=["a"], buffer=True),
        task("end", milestone=True, finish="2026-01-09", after=["buffer"]),
        at="2026-01-06",
    )
    buffer = found.schedule.tasks["buffer"]
    assert (buffer.forecast_start, buffer.forecast_finish) == (at("08T18:00"), at("09T18:00"))
    assert found.schedule.tasks["end"].slip_days == 0
    assert found.schedule.slip_days == 0


def test_support_and_buffers_do_not_drive_the_finish() -> None:
    """The project is done when its work is."""
    found = figures(
        task("a", duration="2d"),
        task("pm", duration="9d", progress_method="level_of_effort"),
        task("b", duration="5d", buffer=True, after=["a"]),
        at="2026-01-01",
    )
    assert found.schedule.forecast_finish == at("06T18:00")
    assert "pm" not in found.schedule.critical_path


def test_new_finish_keeps_the_hour_of_the_agreed_one() -> None:
    """A go-live at 09:00 that moves a week is still at 09:00."""
    found = figures(
        task("m", milestone=True, finish="2026-01-12T09:00", delay={"cause": "client", "new_finish": "2026-01-19"}),
        at="2026-01-07",
    )
    assert found.schedule.tasks["m"].forecast_finish == at("19T09:00")


@pytest.mark.parametrize(
    ("fields", "day", "late"),
    [
        ({"actual_start": "2026-01-05", "actual_finish": "2026-01-07"}, "2026-01-07", True),
        ({"actual_start": "2026-01-05", "actual_finish": "2026-01-06"}, "2026-01-07", False),
        ({"actual_start": "2026-01-05", "remaining": "2h"}, "2026-01-06", False),
        ({"actual_start": "2026-01-05", "remaining": "2h"}, "2026-01-07", True),
        ({"actual_start": "2026-01-05", "remaining": "8h"}, "2026-01-06", True),
        ({"progress": 100}, "2026-01-07", False),
    ],
)
def test_late(fields: dict[str, object], day: str, late: bool) -> None:
    """Finished or expected after its baseline, or not finished when its day is over: due today is not late."""
    found = figures(
        task("a", start="2026-01-05", finish="2026-01-06", **fields),
        baselines=baseline(a={"start": "2026-01-05", "finish": "2026-01-06"}),
        at=day,
    )
    assert found.schedule.tasks["a"].late is late


def test_status_time_counts() -> None:
    """A bare status date is the end of its working time, a date-time is that instant."""
    assert figures(at=date(2026, 1, 5)).status == at("05T18:00")
    assert figures(at=at("05T11:00")).status == at("05T11:00")


def test_critical_path_in_order() -> None:
    """Critical leaves by their early starts."""
    found = figures(
        task("c", duration="1d", after=["b"]),
        task("b", duration="2d"),
        task("x", duration="1d"),
    )
    assert found.schedule.critical_path == ("b", "c")


def test_provisional() -> None:
    """A plan that reaches a Chinese year without an official list says from when on dates are a guess."""
    found = figures(task("a", start="2026-01-05", finish="2099-06-01"), calendar={"country": "CN"})
    assert found.schedule.provisional_from is not None
    assert "provisional-calendar" in codes(found)


def test_origin_without_a_project_start() -> None:
    """The earliest date of the plan stands in for a project start."""
    found = figures(task("a", start="2026-01-12", finish="2026-01-12"), task("b", duration="1d"), start=None)
    assert found.schedule.tasks["b"].start == at("12T09:00")


def test_curve_ends_where_the_figures_are() -> None:
    """The progress curve passes through today's figures and ends at everything planned."""
    found = figures(
        task("a", duration="5d", cost=500, progress=40, actual_start="2026-01-05"),
        task("b", duration="5d", cost=500, after=["a"]),
        costs=[{"date": "2026-01-06", "amount": 90}],
        at="2026-01-07",
    )
    today = next(point for point in found.progress.curve if point.day == date(2026, 1, 7))
    assert today.planned_percent == pytest.approx(found.progress.planned_percent)
    assert today.actual_percent == pytest.approx(found.progress.actual_percent)
    assert (today.pv, today.ev, today.ac) == pytest.approx((300, 200, 90))
    last = found.progress.curve[-1]
    assert (last.planned_percent, last.actual_percent, last.ac) == (100, None, None)


def test_the_curve_of_milestones_agrees_with_the_figures() -> None:
    """Where nothing takes time each milestone counts for as much as the next, in the figures and in their course."""
    found = figures(
        task("m", milestone=True, finish="2026-01-06", progress=100, actual_finish="2026-01-06"),
        task("n", milestone=True, finish="2026-01-07"),
        task("o", milestone=True, finish="2026-01-16"),
        at="2026-01-07",
    )
    assert found.progress.planned_percent == pytest.approx(200 / 3)
    assert found.progress.actual_percent == pytest.approx(100 / 3)
    today = next(point for point in found.progress.curve if point.day == date(2026, 1, 7))
    assert today.planned_percent == pytest.approx(200 / 3)
    assert today.actual_percent == pytest.approx(100 / 3)
    assert found.progress.curve[-1].planned_percent == 100


PART_TIME = {"calendars": {"part": {"working_days": ["mon", "wed"]}}}


@pytest.mark.parametrize(
    ("people", "own", "finish"),
    [
        (("ada",), None, "2026-01-12"),  # Mondays and Wednesdays: 5, 7 and 12 January
        (("ben",), None, "2026-01-07"),
        (("ada", "ben"), None, "2026-01-07"),  # no calendar is that of both
        ((), None, "2026-01-07"),
        (("ben",), "part", "2026-01-12"),
        (("ada",), "full", "2026-01-07"),
    ],
)
def test_work_runs_in_the_calendar_of_those_who_do_it(people: tuple[str, ...], own: str | None, finish: str) -> None:
    """Three days of work, unless the task names a calendar itself."""
    team = [{"id": "ada", "name": "Ada Lind", "calendar": "part"}, {"id": "ben", "name": "Ben Moss"}]
    calendars = {"calendars": {**PART_TIME["calendars"], "full": {}}}
    named = {"calendar": own} if own else {}
    assigned = [{"person": person} for person in people]
    found = figures(task("a", duration="3d", assigned=assigned, **named), settings=calendars, team=team)
    assert found.schedule.tasks["a"].finish is not None
    assert found.schedule.tasks["a"].finish.date().isoformat() == finish
