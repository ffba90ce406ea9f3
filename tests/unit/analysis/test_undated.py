"""A plan that names no day has no days: what the schedule finds are guesses, which nothing may tell."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from analysis_case import codes, figures, task

from kapm_site.analysis.earned_value import NO_DATES
from kapm_site.analysis.records import Analysis, TaskFigures
from kapm_site.analysis.status_json import status_of

#: Three people's work in a plan that says how long each piece takes, but not when it begins.
ANA = {"assigned": [{"person": "ana"}]}
LENGTHS = (
    task("a", duration="4d", **ANA),
    task("b", tasks=[task("c", duration="4d", **ANA), task("d", work="40h", after=["a"], **ANA)]),
    task("e", estimate={"optimistic": "1d", "likely": "2d", "pessimistic": "9d"}, after=["b"], **ANA),
    task("f", **ANA),
)


def undated(*tasks: Any, **parts: Any) -> Analysis:
    """Analyse a plan whose project has no start."""
    return figures(*tasks, **{"at": "2026-03-02", "start": None, "team": [{"id": "ana", "name": "Ana"}], **parts})


def days_of(task_figures: TaskFigures) -> dict[str, datetime]:
    """Return what a task has of instants."""
    values = {one.name: getattr(task_figures, one.name) for one in fields(task_figures)}
    return {name: value for name, value in values.items() if isinstance(value, datetime)}


def test_no_item_has_a_day_or_slack() -> None:
    """Neither a leaf nor a parent, and none is critical."""
    found = undated(*LENGTHS)
    for item in found.schedule.tasks.values():
        assert days_of(item) == {}
        assert (item.total_slack_days, item.free_slack_days, item.critical) == (None, None, False)


def test_a_list_of_names_has_none_either() -> None:
    """However the project itself is dated."""
    found = figures(task("a", **ANA), task("b", after=["a"], **ANA), at="2026-03-02")
    assert [days_of(item) for item in found.schedule.tasks.values()] == [{}, {}]
    assert found.outlook.loads == ()


def test_lengths_are_known_where_they_are_written() -> None:
    """Not of what spans others, of elapsed time, which depends on the days, or of what nobody has said a length of."""
    found = undated(*LENGTHS, task("g", duration="3ed"))
    lengths = {item.id: item.duration_days for item in found.schedule.tasks.values()}
    assert lengths == {"a": 4, "b": None, "c": 4, "d": 5, "e": 2, "f": None, "g": None}


def test_what_has_happened_is_no_guess() -> None:
    """Actual dates are told; those of a parent, when all of its leaves have them."""
    done = {"actual_start": "2026-02-02", "actual_finish": "2026-02-04"}
    found = undated(
        task("a", tasks=[task("b", **done), task("c", actual_start="2026-02-03", progress=20)]),
        task("d", tasks=[task("e", **done)]),
        task("f", tasks=[task("g", **done), task("h", progress=100)]),
    )
    told = {item.id: days_of(item) for item in found.schedule.tasks.values()}
    start, finish = datetime.fromisoformat("2026-02-02T09:00"), datetime.fromisoformat("2026-02-04T18:00")
    whole = {"forecast_start": start, "forecast_finish": finish}
    assert told["b"] == told["d"] == told["e"] == told["g"] == whole
    assert told["a"] == {"forecast_start": start}
    assert told["c"] == {"forecast_start": datetime.fromisoformat("2026-02-03T09:00")}
    assert told["f"] == told["h"] == {}


def test_the_project_ends_when_its_last_task_did() -> None:
    """Unless nobody has said when that was."""
    done = {"actual_start": "2026-02-02", "actual_finish": "2026-02-04"}
    found = undated(task("a", **done), task("b", **done | {"actual_finish": "2026-02-06"}))
    assert found.schedule.forecast_finish == datetime.fromisoformat("2026-02-06T18:00")
    assert "schedule.forecast_finish" not in found.missing
    found = undated(task("a", **done), task("b", progress=100))
    assert found.schedule.finished
    assert found.schedule.forecast_finish is None
    assert found.missing["schedule.forecast_finish"] == NO_DATES


def test_nobody_has_a_week_full_of_it() -> None:
    """Of whole weeks and of the finding that is drawn from them."""
    found = undated(*LENGTHS)
    assert found.outlook.loads == ()
    assert found.missing["workload"] == NO_DATES
    assert "over-allocated" not in codes(found)
    assert figures(*LENGTHS, at="2026-01-05").outlook.loads


def test_there_is_no_range_of_a_finish() -> None:
    """Though the tasks have estimates."""
    found = undated(*LENGTHS)
    assert found.outlook.forecast is None
    assert found.missing["forecast"] == NO_DATES


def test_no_buffer_is_used_up() -> None:
    """It would be by the days since a start that nobody has named."""
    found = undated(task("a", duration="5d"), task("b", duration="3d", buffer=True, after=["a"]))
    assert found.outlook.buffers == {}
    assert {"buffer-eaten", "buffer-low"}.isdisjoint(codes(found))


def test_a_deadline_that_has_passed_is_told_all_the_same() -> None:
    """By what is known: it is not done."""
    found = undated(task("a", deadline="2026-02-25"), task("b", deadline="2026-03-02"))
    told = [problem.message for problem in found.findings if problem.code == "deadline-missed"]
    assert told == ["task 'a' is not finished, 3 working days after its deadline 2026-02-25"]


def test_the_json_says_why() -> None:
    """For every task and every date, in the words of the other figures."""
    found = status_of(undated(*LENGTHS))
    dates = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
    names = (*dates, "total_slack_days", "free_slack_days", "forecast_start", "forecast_finish")
    for name in names:
        assert found["schedule"]["tasks"]["a"][name] is None, name
        assert found["missing"][f"schedule.tasks.a.{name}"] == NO_DATES
    assert found["missing"]["schedule.tasks.a.bac"] == "no planned cost"
    assert (found["workload"], found["forecast"], found["buffers"]) == ({}, None, {})
