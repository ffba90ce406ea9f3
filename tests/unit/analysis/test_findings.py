from datetime import date
from pathlib import Path

import pytest
from analysis_case import codes, figures, task, update
from small import FILES, write_workspace

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.cadence import next_due
from kapm_site.problem.catalogue.findings import ENTRIES
from kapm_site.workspace.collect import collect
from kapm_site.workspace.read import read

LATE = {"start": "2026-01-05", "finish": "2026-01-06", "actual_start": "2026-01-05", "remaining": "3d"}
DELAY = {"cause": "scope", "recovery": "r", "owner": "x", "new_finish": "2026-01-12"}


@pytest.mark.parametrize(
    ("code", "message", "tasks", "parts"),
    [
        ("late-without-cause", "task 'a' is 4 working days late and gives no cause", [task("a", **LATE)], {}),
        (
            "late-without-recovery",
            "task 'a' is 4 working days late, without the recovery, its owner, the new finish",
            [task("a", **LATE, delay={"cause": "scope"})],
            {},
        ),
        (
            "broken-dependency",
            "task 'b' is agreed to start on 2026-01-20, but its dependency on 'a' (FS) allows 2026-01-21",
            [
                task("a", start="2026-01-19", finish="2026-01-20"),
                task("b", start="2026-01-20", finish="2026-01-22", after=["a"]),
            ],
            {},
        ),
        (
            "broken-dependency",
            "task 'b' is agreed to finish on 2026-01-21, but its dependency on 'a' (FF) allows 2026-01-22",
            [
                task("a", start="2026-01-19", finish="2026-01-22"),
                task("b", start="2026-01-20", finish="2026-01-21", after=[{"task": "a", "type": "FF"}]),
            ],
            {},
        ),
        (
            "clamped-start",
            "task 'b' would start before the project's start 2026-01-05",
            [task("a", duration="1d", progress=100), task("b", duration="9d", after=[{"task": "a", "lag": "-3d"}])],
            {"at": "2026-01-02"},
        ),
        (
            "parent-own-values",
            "task 'p' has subtasks; its own start, progress are ignored",
            [task("p", start="2026-01-05", progress=3, tasks=[task("a", duration="9d")])],
            {"at": "2026-01-02"},
        ),
        (
            "overdue-action",
            "action 'x' was due on 2026-01-06 and is not done",
            [],
            {"actions": [{"id": "x", "title": "X", "due": "2026-01-06"}]},
        ),
        (
            "overdue-ask",
            "ask 'x' was to be answered by 2026-01-06 and is open",
            [],
            {"asks": [{"id": "x", "title": "X", "due": "2026-01-06"}]},
        ),
        (
            "change-undecided",
            "change 'x' has waited 13 working days for its decision, the limit is 10",
            [],
            {"changes": [{"id": "x", "title": "X", "date": "2025-12-19"}]},
        ),
        (
            "kpi-red",
            "KPI 'x' stands at 60, beyond its red threshold 70",
            [],
            {"kpis": [{"id": "x", "name": "X", "red": 70, "values": {"2025-12": 60}}]},
        ),
        (
            "override-expired",
            "declared health 'red' of risk expired on 2026-01-06",
            [],
            {"health_override": {"dimension": "risk", "health": "red", "reason": "r", "expires": "2026-01-06"}},
        ),
        (
            "report-overdue",
            "a weekly report was due on 2026-01-06, the last status is of 2025-12-30",
            [task("a", duration="9d", actual_start="2026-01-05", remaining="2d")],
            {"communication": {"report": {"cadence": "weekly"}}, "updates": [update("2025-12-30")]},
        ),
        (
            "report-overdue",
            "a monthly report was due on 2026-01-02, none has been written yet",
            [task("a", start="2026-01-05", finish="2026-01-09", actual_start="2026-01-05", remaining="2d")],
            {"communication": {"report": {"cadence": "monthly"}}, "start": "2025-12-02"},
        ),
        (
            "provisional-calendar",
            "the plan reaches 2099, for which CN has not published its days off yet",
            [task("a", start="2099-01-05", finish="2099-01-06")],
            {"calendar": {"country": "CN"}},
        ),
        (
            "status-stale",
            "no update since 2025-12-30, longer than stale_after 3d allows: health is shown as stale",
            [task("a", duration="9d", actual_start="2026-01-05", remaining="2d")],
            {"communication": {"report": {"stale_after": "3d"}}, "updates": [update("2025-12-30")]},
        ),
        (
            "not-in-baseline",
            "task 'a' is not in baseline 'b'; no value is planned for it",
            [task("a", start="2026-01-12", finish="2026-01-13")],
            {"baselines": [{"id": "b", "approved": "2026-01-02", "tasks": {}}]},
        ),
        ("unknown-country", "unknown country 'XX', expected an ISO 3166 code", [], {"calendar": {"country": "XX"}}),
        (
            "unknown-subdivision",
            "unknown subdivision 'ZZ' of country 'DE'",
            [],
            {"calendar": {"country": "DE", "subdivision": "ZZ"}},
        ),
        ("calendar-without-hours", "a calendar without any working hours", [], {"calendar": {"working_days": []}}),
    ],
)
def test_finding(code: str, message: str, tasks: list[dict[str, object]], parts: dict[str, object]) -> None:
    """Each finding, alone in its project, with its message and the severity of the catalogue."""
    found = figures(*tasks, **{"at": "2026-01-07", **parts})
    problems = [problem for problem in found.findings if problem.code == code]
    assert codes(found) == [code]
    assert problems[0].message.startswith(message)
    assert problems[0].severity == ENTRIES[code].severity
    assert problems[0].mark.path.startswith("projects/acme/case/")


@pytest.mark.parametrize(
    ("tasks", "parts"),
    [
        ([task("a", **LATE, delay=DELAY)], {}),
        ([task("a", **{**LATE, "remaining": None}, actual_finish="2026-01-07")], {}),
        ([], {"actions": [{"id": "x", "title": "X", "due": "2026-01-07"}]}),
        ([], {"actions": [{"id": "x", "title": "X", "due": "2026-01-01", "done": "2026-01-07"}]}),
        ([], {"asks": [{"id": "x", "title": "X", "due": "2026-01-01", "status": "answered"}]}),
        ([], {"changes": [{"id": "x", "title": "X", "date": "2025-12-19", "status": "rejected"}]}),
        (
            [task("a", duration="9d", actual_start="2026-01-05", remaining="2d")],
            {"communication": {"report": {"cadence": "weekly"}}},
        ),
        (
            [
                task("a", start="2026-01-05", finish="2026-01-07", actual_finish="2026-01-07"),
                task("b", start="2026-01-06", finish="2026-01-07", actual_finish="2026-01-07", after=["a"]),
            ],
            {},
        ),
    ],
)
def test_no_finding(tasks: list[dict[str, object]], parts: dict[str, object]) -> None:
    """What is explained, answered, due today, decided or history wants no look."""
    assert codes(figures(*tasks, **{"at": "2026-01-07", **parts})) == []


def test_work_that_waits_is_not_asked() -> None:
    """A task that is late only because its predecessor is, and was not to have begun, need not give a cause."""
    found = figures(
        task("a", **LATE, delay=DELAY),
        task("b", start="2026-01-09", finish="2026-01-09", after=["a"]),
        at="2026-01-07",
    )
    assert found.schedule.tasks["b"].late
    assert codes(found) == []


APPROVED = {"id": "x", "title": "X", "status": "approved", "decided": "2025-12-19", "tasks": ["a"]}
BASELINE = {"id": "b", "approved": "2025-12-01", "tasks": {"a": {"start": "2026-01-12", "finish": "2026-01-13"}}}
WORK = {"start": "2026-01-12", "finish": "2026-01-13"}


@pytest.mark.parametrize(
    ("change", "baseline", "found"),
    [
        ({"impact": {"days": 2}}, {}, ["change-not-in-plan"]),
        ({"impact": {"days": 2}, "status": "implemented"}, {}, ["change-not-in-plan"]),
        ({"impact": {"cost": 900}}, {}, ["change-not-in-baseline"]),
        ({"impact": {"days": 2}}, {"change": "x"}, []),
        ({"impact": {"days": 2}}, {"approved": "2025-12-19"}, []),
        ({"impact": {"days": 2}, "decided": "2025-12-31"}, {}, []),
        ({"impact": {"days": 2}, "status": "proposed"}, {}, []),
        ({"impact": {"days": 0, "cost": 0, "scope": "Less"}}, {}, []),
        ({"tasks": []}, {}, ["change-not-in-plan"]),
        ({"tasks": [], "impact": {"days": 2}, "decided": None}, {}, ["change-not-in-plan"]),
        ({"tasks": [], "status": "implemented"}, {}, []),
        ({"tasks": [], "impact": {"cost": 900}}, {}, ["change-not-in-baseline"]),
    ],
)
def test_an_approved_change_reaches_plan_and_baseline(
    change: dict[str, object], baseline: dict[str, object], found: list[str]
) -> None:
    """Within a week: its tasks are named and changed, and an approved baseline contains it."""
    made = figures(task("a", **WORK), at="2026-01-07", changes=[APPROVED | change], baselines=[BASELINE | baseline])
    assert codes(made) == found


def test_a_finished_plan_is_not_planned_again() -> None:
    """Neither plan nor baseline can be mended when all work is done."""
    done = task("a", **WORK, actual_finish="2026-01-06")
    change = APPROVED | {"impact": {"days": 2}}
    assert codes(figures(done, at="2026-01-07", changes=[change], baselines=[BASELINE])) == []


@pytest.mark.parametrize(
    ("metric", "message"),
    [
        ({"baseline": 12, "target": 5, "current": 7}, "its metric stands at 7, 2 short of its target"),
        ({"baseline": 0, "target": 5, "current": 4}, "its metric stands at 4, 1 short of its target"),
        ({"baseline": 5, "target": 5, "current": 6}, "its metric stands at 6, 1 short of its target"),
        ({"target": 5, "current": 0}, "its metric stands at 0, 5 short of its target"),
        ({"target": 5}, "and nothing says whether it was reached"),
        ({"baseline": 12, "target": 5, "current": 4}, None),
        ({"baseline": 0, "target": 5, "current": 9}, None),
        ({"target": 5, "current": 5}, None),
    ],
)
def test_a_goal_past_its_date_was_reached_or_is_told(metric: dict[str, object], message: str | None) -> None:
    """In the direction from its start value to its target."""
    goal = {"id": "g", "statement": "G", "due": "2026-01-06", "metric": {"name": "M", **metric}}
    found = figures(at="2026-01-07", goals=[goal])
    assert codes(found) == (["goal-missed"] if message else [])
    assert all(problem.message.endswith(str(message)) for problem in found.findings)
    assert codes(figures(at="2026-01-06", goals=[goal])) == []


@pytest.mark.parametrize(
    ("kpi", "found"),
    [
        ({"values": {"2025-11": 90, "2025-12": 80}}, ["kpi-amber"]),
        ({"values": {"2025-12": 80}}, ["kpi-amber"]),
        ({"values": {"2025-11": 75, "2025-12": 80}}, []),
        ({"values": {"2025-11": 60, "2025-12": 65}}, ["kpi-red"]),
        ({"amber": None, "target": 85, "values": {"2025-11": 90, "2025-12": 80}}, []),
    ],
)
def test_amber_is_told_unless_it_gets_better(kpi: dict[str, object], found: list[str]) -> None:
    """Red is told whatever its trend, and what has a target only is on its way."""
    kpis = [{"id": "k", "name": "K", "amber": 85, "red": 70, **kpi}]
    assert codes(figures(at="2026-01-07", kpis=kpis)) == found


@pytest.mark.parametrize(("tolerance", "found"), [(None, ["plan-above-budget"]), (9, ["plan-above-budget"]), (10, [])])
def test_a_plan_may_use_the_tolerance_of_its_budget(tolerance: float | None, found: list[str]) -> None:
    """Ten percent above, of which ten are tolerated."""
    budget = {"amount": 1000, "tolerance_percent": tolerance}
    assert codes(figures(task("a", **WORK, cost=1100), at="2026-01-07", budget=budget)) == found


@pytest.mark.parametrize(("amount", "found"), [(1100, []), (1000, []), (996, []), (990, ["plan-above-budget"])])
def test_rounding_is_no_overrun(amount: float, found: list[str]) -> None:
    """Half a percent is within the precision of an estimate."""
    assert codes(figures(task("a", **WORK, cost=1000), at="2026-01-07", budget={"amount": amount})) == found


@pytest.mark.parametrize(
    ("cadence", "at", "found"),
    [
        ("weekly", "2026-01-14", []),
        ("weekly", "2026-01-15", ["meeting-missed"]),
        ("Monthly", "2026-02-12", []),
        ("Monthly", "2026-02-13", ["meeting-missed"]),
        ("every new moon", "2026-06-01", []),
    ],
)
def test_a_regular_meeting_has_a_few_days_to_spare(cadence: str, at: str, found: list[str]) -> None:
    """Two working days for a weekly one, five for a monthly one, counted from the start of the project."""
    meetings = [{"id": "m", "name": "M", "cadence": cadence}]
    work = task("a", start="2026-06-15", finish="2026-06-16")
    assert codes(figures(work, at=at, communication={"meetings": meetings})) == found


def test_the_next_month_may_be_shorter() -> None:
    """A report of the 31st is due on the last day of the next month."""
    assert next_due(date(2026, 1, 31), "monthly") == date(2026, 2, 28)
    assert next_due(date(2026, 12, 31), "monthly") == date(2027, 1, 31)
    assert next_due(date(2026, 12, 31), "biweekly") == date(2027, 1, 14)


def test_a_calendar_is_reported_in_its_own_project(tmp_path: Path) -> None:
    """Two projects with equal calendars share a working time, not a place."""
    text = FILES["projects/acme/erp/project.yaml"] + "calendar: {country: XX, subdivision: TWICE}\n"
    plan = FILES["projects/acme/erp/plan.yaml"]
    paths = [f"projects/acme/{name}/project.yaml" for name in ("crm", "erp")]
    write_workspace(tmp_path, dict.fromkeys(paths, text) | {"projects/acme/crm/plan.yaml": plan})
    workspace = read(collect(tmp_path)).workspace
    found = [
        problem.mark.path
        for account, made in workspace.projects()
        for problem in analyse(workspace.settings, account, made, date(2026, 11, 13)).findings
        if problem.code == "unknown-country"
    ]
    assert found == paths


def test_catalogue_has_every_code() -> None:
    """No finding without an entry, and none of the entries says nothing."""
    for entry in ENTRIES.values():
        assert entry.summary.endswith(".")
        assert entry.meaning
        assert entry.remedy
