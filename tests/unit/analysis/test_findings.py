import pytest
from analysis_case import codes, figures, task, update

from kapm_site.problem.catalogue.findings import ENTRIES

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
            "a monthly report was due on 2025-12-30, none has been written yet",
            [task("a", start="2026-01-05", finish="2026-01-09", actual_start="2026-01-05", remaining="2d")],
            {"communication": {"report": {"cadence": "monthly"}}, "start": "2025-11-30"},
        ),
        (
            "provisional-calendar",
            "the plan reaches 2099, for which CN has not published its days off yet",
            [task("a", start="2099-01-05", finish="2099-01-06")],
            {"calendar": {"country": "CN"}},
        ),
        (
            "status-stale",
            "the last update is of 2025-12-30, older than 3d: no health is claimed",
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


def test_catalogue_has_every_code() -> None:
    """No finding without an entry, and none of the entries says nothing."""
    for entry in ENTRIES.values():
        assert entry.summary.endswith(".")
        assert entry.meaning
        assert entry.remedy
