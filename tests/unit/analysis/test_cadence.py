"""When the status is due again, and when it was told too long ago to count."""

from datetime import date, timedelta

import pytest
from analysis_case import codes, figures, task, update

from kapm_site.analysis.cadence import Sign
from kapm_site.analysis.records import Analysis

#: Work that is not finished and is not late, far ahead of all days looked at.
WORK = task("a", start="2027-03-01", finish="2027-03-05")
#: A Friday.
LAST = "2026-10-02"


def told(at: str, report: dict[str, str] | None = None, **parts: object) -> Analysis:
    """Analyse a project at a day, with a report plan."""
    tasks = parts.pop("tasks", [WORK])
    communication = {"report": report or {}}
    return figures(*tasks, **{"at": at, "start": "2026-08-31", "communication": communication, **parts})  # type: ignore[misc]


def report(day: str, number: int = 1) -> dict[str, object]:
    """Write a numbered report."""
    return {"number": number, "status_date": day, "health": {"overall": "green"}}


@pytest.mark.parametrize(
    ("plan", "counts", "stale"),
    [
        ({"cadence": "weekly"}, "2026-10-13", "2026-10-14"),
        ({"cadence": "biweekly"}, "2026-10-21", "2026-10-22"),
        ({"cadence": "monthly"}, "2026-11-09", "2026-11-10"),
        ({"stale_after": "5d"}, "2026-10-11", "2026-10-12"),
        ({"stale_after": "10d"}, "2026-10-18", "2026-10-19"),
        ({"stale_after": "1w"}, "2026-10-11", "2026-10-12"),
        ({"stale_after": "14ed"}, "2026-10-16", "2026-10-17"),
        ({"stale_after": "5d", "cadence": "monthly"}, "2026-10-11", "2026-10-12"),
        ({"stale_after": "20d", "cadence": "weekly"}, "2026-11-01", "2026-11-02"),
    ],
    ids=str,
)
def test_a_status_counts_up_to_the_last_allowed_day(plan: dict[str, str], counts: str, stale: str) -> None:
    """Page and check agree: stale from the first day beyond what was agreed, the day before and long before not."""
    for day, health in ((LAST, "green"), (counts, "green"), (stale, "stale")):
        found = told(day, plan, updates=[update(LAST)])
        assert found.health.overall.health == health
        assert ("status-stale" in codes(found)) is (health == "stale")


def test_page_and_check_agree_on_every_day() -> None:
    """Over a quarter of silence the finding is there exactly when the health is stale, and stays once it is."""
    days = [date.fromisoformat(LAST) + timedelta(n) for n in range(90)]
    found = [told(day.isoformat(), {"cadence": "biweekly"}, updates=[update(LAST)]) for day in days]
    stale = [one.health.overall.health == "stale" for one in found]
    assert stale == ["status-stale" in codes(one) for one in found]
    assert stale == sorted(stale)
    assert stale.count(True) == 70


def test_the_day_counts_and_not_its_hour() -> None:
    """A status told on a day counts until the end of the last allowed day."""
    plan = {"stale_after": "5d"}
    assert told("2026-10-12T00:01", plan, updates=[update(LAST)]).health.overall.health == "stale"
    assert told("2026-10-09T23:59", plan, updates=[update(LAST)]).health.overall.health == "green"


@pytest.mark.parametrize(
    ("parts", "sign", "last"),
    [
        ({"updates": [update("2026-09-25"), update(LAST)]}, "update", LAST),
        ({"updates": [update(LAST)], "reports": [report("2026-09-25")]}, "update", LAST),
        ({"updates": [update("2026-09-25")], "reports": [report(LAST)]}, "report", LAST),
        ({"updates": [update(LAST)], "reports": [report(LAST)]}, "report", LAST),
        ({"reports": [report("2026-11-20")]}, "report", "2026-11-20"),
        ({"updates": [update(LAST), update("2026-11-21")], "reports": [report("2026-11-23")]}, "update", LAST),
        ({}, "start", "2026-08-31"),
        ({"start": None, "tasks": [task("a", start="2026-09-07", finish="2027-03-05")]}, "start", "2026-09-07"),
        ({"start": "2026-12-01"}, "start", "2026-12-01"),
    ],
)
def test_the_last_sign_of_life(parts: dict[str, object], sign: Sign, last: str) -> None:
    """The latest update or report up to the status date; without any, the start."""
    reporting = told("2026-11-20", {"cadence": "weekly"}, **parts).reporting
    assert (reporting.sign, reporting.last.isoformat()) == (sign, last)


@pytest.mark.parametrize(
    ("at", "parts", "stale"),
    [
        ("2026-11-20", {"updates": [update(LAST)], "reports": [report("2026-11-13")]}, False),
        ("2026-11-20", {"updates": [update("2026-11-21")]}, True),
        ("2026-09-09", {}, False),
        ("2026-09-10", {}, True),
        ("2026-11-20", {"start": "2026-12-01"}, False),
        ("2026-11-20", {"start": None}, False),
    ],
)
def test_reports_count_and_a_project_that_has_just_begun_is_not_stale(
    at: str, parts: dict[str, object], *, stale: bool
) -> None:
    """With a weekly cadence; the start, where nobody has said anything yet, is 31 August unless another is given."""
    assert (told(at, {"cadence": "weekly"}, **parts).health.overall.health == "stale") is stale


def test_the_cadence_of_the_workspace_holds_where_a_project_has_none() -> None:
    """A project's own comes first; without either nobody has promised anything."""
    weekly = {"publishing": {"report_cadence": "weekly"}}
    silent = {"updates": [update(LAST)]}
    assert told("2026-10-14", settings=weekly, **silent).health.overall.health == "stale"
    assert told("2026-10-14", {"cadence": "monthly"}, settings=weekly, **silent).health.overall.health == "green"
    assert told("2027-02-01", **silent).health.overall.health == "green"
    assert told("2027-02-01", **silent).reporting.due is None


def test_a_declared_health_does_not_hide_that_nobody_has_looked() -> None:
    """Neither from project.yaml nor from the old update; dimensions keep theirs, and the rule names what it passed."""
    declared = [
        {"dimension": name, "health": "red", "reason": "r", "expires": "2026-12-31"} for name in ("overall", "risk")
    ]
    health = told("2026-10-14", {"cadence": "weekly"}, updates=[update(LAST)], health_override=declared).health
    assert (health.overall.health, health.overall.override) == ("stale", None)
    assert health.overall.rule == (
        "no update since 2026-10-02, longer than a weekly cadence allows; declared red until 2026-12-31 does not count"
    )
    assert (health.dimensions["risk"].health, health.dimensions["risk"].override is not None) == ("red", True)
    assert health.dimensions["schedule"].health == "green"


def test_finished_work_has_nothing_to_report() -> None:
    """Neither stale nor due, however long ago it was."""
    done = task("a", start="2026-09-01", finish="2026-09-04", progress=100, actual_finish="2026-09-04")
    found = told("2027-02-01", {"cadence": "weekly"}, tasks=[done])
    assert (found.health.overall.health, found.reporting.due, found.reporting.overdue) == ("green", None, False)
    assert not {"status-stale", "report-overdue"} & set(codes(found))
