import re
from pathlib import Path

import pytest
from analysis_case import codes, figures, moment, task, update

from kapm_site.analysis import health
from kapm_site.analysis.records import Analysis, HealthFinding
from kapm_site.language import language_for

PLAN = task("a", start="2026-01-05", finish="2026-01-09", progress=60, actual_start="2026-01-05", cost=1000)


def judged(dimension: str, **parts: object) -> HealthFinding:
    """Judge one dimension."""
    return case(**parts).health.dimensions[dimension]  # type: ignore[index]


def case(**parts: object) -> Analysis:
    """Analyse a project that is on plan after three of five days, save for what is given."""
    tasks = parts.pop("tasks", [PLAN])
    return figures(*tasks, **{"at": "2026-01-07", "finish": "2026-01-09", **parts})  # type: ignore[misc]


def late(days: float, **parts: object) -> dict[str, object]:
    """Describe the same project with so many days more to do."""
    return {"tasks": [{**PLAN, "remaining": f"{2 + days}d", "cost": None}], **parts}


CHANGE = {"id": "c", "title": "C", "status": "proposed"}
RISK = {"id": "r", "title": "R", "probability": 3}
ISSUE = {"title": "I", "severity": 4}


@pytest.mark.parametrize(
    ("dimension", "parts", "health", "rule_id"),
    [
        ("scope", {}, "unknown", "reason.missing"),
        ("scope", {"changes": [{**CHANGE, "date": "2025-12-31"}]}, "green", "reason.scope_ok"),
        ("scope", {"changes": [{**CHANGE, "date": "2025-12-15"}]}, "amber", "reason.scope_waiting"),
        ("scope", {"changes": [{**CHANGE, "date": "2025-12-01"}]}, "red", "reason.scope_waiting"),
        ("scope", {"changes": [{**CHANGE, "date": "2025-12-01", "status": "approved"}]}, "green", "reason.scope_ok"),
        ("schedule", late(0), "green", "reason.schedule_ok"),
        ("schedule", late(0.4), "green", "reason.schedule_ok"),
        ("schedule", late(1), "amber", "reason.schedule_slip"),
        ("schedule", late(10), "amber", "reason.schedule_slip"),
        ("schedule", late(11), "red", "reason.schedule_slip"),
        ("schedule", late(6, tolerances={"schedule": "1w"}), "red", "reason.schedule_slip"),
        ("schedule", {"tasks": [{**PLAN, "progress": 54, "remaining": "2d"}]}, "amber", "reason.schedule_behind"),
        ("schedule", {"tasks": [{**PLAN, "progress": 40, "remaining": "2d"}]}, "red", "reason.schedule_behind"),
        ("schedule", {"tasks": []}, "unknown", "reason.missing"),
        ("cost", {}, "unknown", "reason.missing"),
        ("cost", {"costs": [{"date": "2026-01-06", "amount": 600}]}, "green", "reason.cost_ok"),
        ("cost", {"costs": [{"date": "2026-01-06", "amount": 606}]}, "amber", "reason.cost_over"),
        ("cost", {"costs": [{"date": "2026-01-06", "amount": 661}]}, "red", "reason.cost_over"),
        ("quality", {}, "unknown", "reason.missing"),
        ("quality", {"issues": [{**ISSUE, "id": "i", "severity": 3}]}, "green", "reason.quality_ok"),
        ("quality", {"issues": [{**ISSUE, "id": "i"}]}, "amber", "reason.quality_count"),
        ("quality", {"issues": [{**ISSUE, "id": x} for x in "ijk"]}, "red", "reason.quality_count"),
        ("quality", {"tasks": [{**PLAN, "deliverable": {"acceptance": "rejected"}}]}, "amber", "reason.quality_count"),
        ("risk", {}, "unknown", "reason.missing"),
        ("risk", {"risks": [{**RISK, "impact": 3}]}, "green", "reason.risk_ok"),
        ("risk", {"risks": [{**RISK, "impact": 4}]}, "amber", "reason.risk_score"),
        ("risk", {"risks": [{**RISK, "probability": 4, "impact": 5}]}, "red", "reason.risk_score"),
        ("risk", {"risks": [{**RISK, "impact": 5, "status": "closed"}]}, "green", "reason.risk_none"),
        ("risk", {"risks": [RISK]}, "unknown", "reason.missing"),
        ("satisfaction", {}, "unknown", "reason.missing"),
        (
            "satisfaction",
            {"feedback": [{"id": "f", "date": "2026-01-06", "csat": 4}]},
            "green",
            "reason.satisfaction_csat",
        ),
        (
            "satisfaction",
            {"feedback": [{"id": "f", "date": "2026-01-06", "csat": 3.5}]},
            "amber",
            "reason.satisfaction_csat",
        ),
        (
            "satisfaction",
            {"feedback": [{"id": "f", "date": "2026-01-06", "csat": 2}]},
            "red",
            "reason.satisfaction_csat",
        ),
        ("satisfaction", {"feedback": [{"id": "f", "date": "2026-01-06", "nps": 6}]}, "red", "reason.satisfaction_nps"),
        ("satisfaction", {"feedback": [{"id": "f", "date": "2025-01-06", "csat": 1}]}, "unknown", "reason.missing"),
    ],
)
def test_rules(dimension: str, parts: dict[str, object], health: str, rule_id: str) -> None:
    """What each rule says, on both sides of its thresholds; without data nothing is claimed."""
    finding = judged(dimension, **parts)
    assert (finding.health, finding.rule_id) == (health, rule_id)
    assert finding.rule


def test_rule_text() -> None:
    """The rule that decided is told with its numbers."""
    assert judged("schedule", **late(6, tolerances={"schedule": "1w"})).rule == "slip 6.0 d > red 5 d"


@pytest.mark.parametrize(
    ("parts", "health"),
    [
        ({"tolerances": {"cost_percent": 5}, "budget": {"amount": 1000, "tolerance_percent": 20}}, "red"),
        ({"budget": {"amount": 1000, "tolerance_percent": 20}}, "amber"),
        ({"budget": {"amount": 1200}}, "green"),
    ],
)
def test_cost_tolerances(parts: dict[str, object], health: str) -> None:
    """The project's tolerance beats the budget's, and that the workspace's threshold."""
    assert judged("cost", costs=[{"date": "2026-01-06", "amount": 670}], **parts).health == health


def test_overspent_before_anything_is_earned() -> None:
    """Without an estimate an overspent budget is still red."""
    tasks = [task("a", duration="5d", cost=1000)]
    costs = [{"date": "2026-01-06", "amount": 2000}]
    assert judged("cost", tasks=tasks, costs=costs).health == "red"


def test_thresholds_of_the_workspace() -> None:
    """kapm.yaml moves the lines."""
    settings = {"health": {"schedule": {"amber_slip_days": 3, "red_slip_days": 4}}}
    assert judged("schedule", **late(3), settings=settings).health == "green"


def test_overall_is_the_worst() -> None:
    """Unknown dimensions do not count, unless there is no other."""
    assert case(risks=[{**RISK, "impact": 4}]).health.overall.health == "amber"
    assert case(risks=[{**RISK, "impact": 4}]).health.overall.rule == "worst dimension: risk amber"
    assert case(tasks=[]).health.overall.health == "unknown"


@pytest.mark.parametrize(
    ("override", "health", "found"),
    [
        ({"dimension": "risk", "health": "green", "expires": "2026-01-07"}, "green", []),
        ({"dimension": "risk", "health": "green", "expires": "2026-01-06"}, "amber", ["override-expired"]),
        ({"dimension": "overall", "health": "red", "expires": "2026-02-01"}, "red", []),
        ([{"dimension": "risk", "health": "red", "expires": "2026-02-01"}], "red", []),
    ],
)
def test_declared(override: object, health: str, found: list[str]) -> None:
    """A declaration counts up to its last day, and the computed health stays known."""
    overrides = override if isinstance(override, list) else [override]
    overrides = [{"reason": "because", **entry} for entry in overrides]
    analysis = case(risks=[{**RISK, "impact": 4}], health_override=overrides)
    assert analysis.health.overall.health == health
    assert analysis.health.overall.computed == "amber"
    assert codes(analysis) == found


def test_the_latest_update_declares() -> None:
    """An update's declaration beats project.yaml's; an older or later update has no say."""
    say = {"reason": "x", "expires": "2026-02-01", "dimension": "risk"}
    updates = [
        update("2026-01-02", health_override=[{**say, "health": "amber"}]),
        update("2026-01-06", health_override=[{**say, "health": "red"}]),
        update("2026-01-09", health_override=[{**say, "health": "green"}]),
    ]
    assert judged("risk", updates=updates, health_override=[{**say, "health": "green"}]).health == "red"


def test_previous() -> None:
    """Of the last report before today."""
    reports = [
        {"number": 1, "status_date": "2026-01-02", "health": {"overall": "red", "dimensions": {"risk": "amber"}}},
        {"number": 2, "status_date": "2026-01-07", "health": {"overall": "green"}},
    ]
    health = case(reports=reports).health
    assert (health.overall.previous, health.dimensions["risk"].previous) == ("red", "amber")
    assert health.dimensions["cost"].previous is None


@pytest.mark.parametrize(("limit", "health"), [("3d", "green"), ("2d", "stale"), ("5ed", "green"), (None, "green")])
def test_stale(limit: str | None, health: str) -> None:
    """Three working days after the last update nothing is claimed, if the project says so."""
    report = {"report": {"stale_after": limit}} if limit else {}
    analysis = case(updates=[update("2026-01-02")], communication=report)
    assert analysis.status.date() == moment("2026-01-07")
    assert analysis.health.overall.health == health


def test_finished_work_is_never_stale() -> None:
    """Nobody writes updates of a project whose work is done; its health stays what it was."""
    done = task("a", start="2026-01-05", finish="2026-01-06", progress=100, actual_finish="2026-01-06", cost=1000)
    report = {"report": {"stale_after": "2d"}}
    analysis = case(tasks=[done], updates=[update("2026-01-02")], communication=report)
    assert analysis.health.overall.health == "green"


@pytest.mark.parametrize("tag", ["en", "zh-CN", "de"])
def test_every_reason_has_its_words(tag: str) -> None:
    """Whatever message id a rule names is in the catalogues."""
    source = Path(health.__file__).read_text("utf-8")
    ids = set(re.findall(r'"((?:reason|missing)\.[a-z_]+)"', source))
    language = language_for(tag)
    assert {message_id for message_id in ids if not language.has(message_id)} == set()
    assert len(ids) > 20


@pytest.mark.parametrize("at", ["2026-01-05", "2026-02-20"])
def test_a_plan_without_dates_is_not_judged(at: str) -> None:
    """A list of names is late against nothing, however long ago the project began."""
    found = figures(task("a", progress=50), task("b", after=["a"], cost=100), at=at)
    judged = found.health.dimensions["schedule"]
    assert (judged.health, judged.facts["reason_id"]) == ("unknown", "missing.no_dates")
    assert not any(one.late or one.slip_days for one in found.schedule.tasks.values())
    assert not found.delays.items
    assert (found.progress.planned_percent, found.progress.actual_percent) == (None, 25)
    assert "late-without-cause" not in codes(found)
