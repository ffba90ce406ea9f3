"""Where a slip came from: windows add up to the slip, and so do the steps along the chain that drives the finish."""

from datetime import date

import pytest
from analysis_case import figures, task
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.analysis.slip import by_cause

FIRST = {
    "id": "first",
    "approved": "2026-01-05",
    "tasks": {
        "a": {"start": "2026-01-05", "finish": "2026-01-09"},
        "b": {"start": "2026-01-12", "finish": "2026-01-16"},
        "c": {"start": "2026-01-19", "finish": "2026-01-23"},
    },
}
SECOND = {
    "id": "second",
    "name": "After change 1",
    "approved": "2026-01-14",
    "tasks": {
        "a": {"finish": "2026-01-09"},
        "b": {"start": "2026-01-12", "finish": "2026-01-20"},
        "c": {"start": "2026-01-21", "finish": "2026-01-27"},
    },
}
#: Nothing is late yet but what takes longer.
BEFORE = "2026-01-02"
CHAIN = (
    task("a", duration="5d", actual_start="2026-01-05", actual_finish="2026-01-13", delay={"cause": "resources"}),
    task("b", duration="5d", after=["a"], actual_start="2026-01-14", progress=60, remaining="5d"),
    task("c", duration="5d", after=["b"]),
)


def test_windows_run_between_baselines_and_reports() -> None:
    """Planned 23 January; the report of the 12th said the 26th, the new baseline says the 27th, the forecast the 29th.

    1 + 1 + 2 working days are the 4 from the first baseline to the forecast.
    """
    reports = [{"number": 1, "status_date": "2026-01-12", "figures": {"finish": "2026-01-26"}}]
    tasks = (*CHAIN[:2], task("c", duration="5d", after=["b"]))
    found = figures(*tasks, at="2026-01-15", baselines=[FIRST, SECOND], reports=reports)
    assert found.schedule.forecast_finish is not None
    assert found.schedule.forecast_finish.date() == date(2026, 1, 29)
    windows = found.outlook.windows
    assert [(one.name, one.finish.isoformat(), one.days) for one in windows] == [
        ("1", "2026-01-12", 1),
        ("After change 1", "2026-01-14", 1),
        ("", "2026-01-15", 2),
    ]


def test_what_lies_after_the_status_date_is_no_window() -> None:
    """A baseline of next week has not happened."""
    found = figures(*CHAIN, at="2026-01-13", baselines=[FIRST, SECOND])
    assert [one.name for one in found.outlook.windows] == [""]


def test_no_baseline_and_no_report_no_window() -> None:
    """There is nothing to compare with; a report that says no finish is nothing either."""
    reports = [{"number": 1, "status_date": "2026-01-06", "figures": {"progress": "5%"}}]
    assert figures(*CHAIN, at="2026-01-15").outlook.windows == ()
    assert figures(*CHAIN, at="2026-01-15", reports=reports).outlook.windows == ()


def test_each_leaf_adds_what_it_did_not_inherit() -> None:
    """A ends 2 days late, B another 3 (21 January + 1 for its own: 5 days left from the 15th), C nothing more."""
    found = figures(*CHAIN, at="2026-01-15", baselines=[FIRST])
    steps = found.outlook.slip_steps
    assert found.schedule.slip_days == pytest.approx(4)
    assert [(step.task_id, step.days, step.cause) for step in steps] == [
        ("a", pytest.approx(2), "resources"),
        ("b", pytest.approx(2), "unstated"),
    ]
    assert by_cause(steps) == {"resources": pytest.approx(2), "unstated": pytest.approx(2)}


def test_time_made_up_counts_against_the_slip() -> None:
    """C is planned shorter now: 2 of the 4 days come back."""
    tasks = (*CHAIN[:2], task("c", duration="3d", after=["b"]))
    found = figures(*tasks, at="2026-01-15", baselines=[FIRST])
    assert found.schedule.slip_days == pytest.approx(2)
    assert by_cause(found.outlook.slip_steps) == {
        "resources": pytest.approx(2),
        "unstated": pytest.approx(2),
        "recovered": pytest.approx(-2),
    }


def test_work_that_joined_the_plan_adds_all_its_days() -> None:
    """D is in no baseline and ends last: 4 days of the chain before it, and its own 5, which are new scope."""
    found = figures(*CHAIN, task("d", duration="5d", after=["c"]), at="2026-01-15", baselines=[FIRST])
    assert found.schedule.slip_days == pytest.approx(9)
    assert [(step.task_id, step.days, step.cause) for step in found.outlook.slip_steps] == [
        ("a", pytest.approx(2), "resources"),
        ("b", pytest.approx(2), "unstated"),
        ("d", pytest.approx(5), "scope"),
    ]


def planned(*tasks: dict[str, object]) -> list[dict[str, object]]:
    """Write a baseline of tasks as they are scheduled."""
    found = figures(*tasks).schedule.tasks.values()
    dates = {one.id: {"start": one.start.isoformat(), "finish": one.finish.isoformat()} for one in found if one.start}
    return [{"id": "first", "approved": BEFORE, "tasks": dates}]


def test_parallel_delays_are_not_added_and_make_nothing_up() -> None:
    """B had 6 days of slack beside A and takes 8 more: the finish moves by 2, of which nothing came back."""
    joint = task("c", duration="5d", after=["a", "b"])
    baselines = planned(task("a", duration="10d"), task("b", duration="4d"), joint)
    late = task("b", duration="12d", delay={"cause": "client"})
    found = figures(
        task("a", duration="11d", delay={"cause": "technical"}), late, joint, baselines=baselines, at=BEFORE
    )
    assert found.schedule.slip_days == pytest.approx(2)
    assert by_cause(found.outlook.slip_steps) == {"client": pytest.approx(2)}


def test_work_that_was_not_to_be_the_last_uses_its_slack_first() -> None:
    """Nothing follows either: that B ends after A now is a delay of 2 days, not one of 8 less 6 made up."""
    baselines = planned(task("a", duration="10d"), task("b", duration="4d"))
    found = figures(task("a", duration="10d"), task("b", duration="12d"), baselines=baselines, at=BEFORE)
    assert by_cause(found.outlook.slip_steps) == {"unstated": pytest.approx(2)}


def test_slack_is_theirs_who_first_need_it() -> None:
    """A takes 3 of the 4 days before the milestone, B the last one, so that B alone moves it, by 2."""
    date_of = task("m", milestone=True, finish="2026-01-22", after=["b"])
    baselines = planned(task("a", duration="5d"), task("b", duration="5d", after=["a"]), date_of)
    now = (task("a", duration="8d"), task("b", duration="8d", after=["a"]))
    found = figures(*now, {**date_of, "finish": None}, baselines=baselines, at=BEFORE)
    assert found.schedule.slip_days == pytest.approx(2)
    assert [(step.task_id, step.days) for step in found.outlook.slip_steps] == [("b", pytest.approx(2))]


NETWORK = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 9), st.sets(st.integers(0, 5), max_size=2)), min_size=1, max_size=7
)


@given(NETWORK)
def test_nothing_is_made_up_where_no_work_is_shorter(network: list[tuple[int, int, set[int]]]) -> None:
    """Whatever runs in parallel: steps add up to the slip, and none is below zero."""

    def tasks(*, late: bool) -> list[dict[str, object]]:
        return [
            task(f"t{n}", duration=f"{days + more * late}d", after=[f"t{before}" for before in after if before < n])
            for n, (days, more, after) in enumerate(network)
        ]

    found = figures(*tasks(late=True), baselines=planned(*tasks(late=False)), at=BEFORE)
    steps = found.outlook.slip_steps
    assert sum(step.days for step in steps) == pytest.approx(found.schedule.slip_days)
    assert all(step.days > 0 for step in steps)


def chain(lengths: list[int]) -> list[dict[str, object]]:
    """Write tasks in a row."""
    return [task(f"t{n}", duration=f"{days}d", after=[f"t{n - 1}"] if n else []) for n, days in enumerate(lengths)]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_steps_and_windows_add_up(planned: list[int], now: list[int]) -> None:
    """Whatever the lengths: steps add up to the slip, and the windows to the slip against the first baseline."""
    first = figures(
        *(task(f"t{n}", duration=f"{days}d", after=[f"t{n - 1}"] if n else []) for n, days in enumerate(planned))
    )
    recorded = {
        one.id: {"start": one.start.isoformat(), "finish": one.finish.isoformat()}
        for one in first.schedule.tasks.values()
        if one.start and one.finish
    }
    found = figures(
        *chain(now[: len(planned)]), baselines=[{"id": "first", "approved": "2026-01-05", "tasks": recorded}]
    )
    assert sum(step.days for step in found.outlook.slip_steps) == pytest.approx(found.schedule.slip_days)
    assert sum(window.days for window in found.outlook.windows) == pytest.approx(found.schedule.slip_days)
