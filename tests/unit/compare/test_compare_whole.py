"""What is told of the project as a whole: health with its rule, finish, forecast, estimate, baselines."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from compare_case import FILES, STATUS, Edit, Who, analysis_of, differences, edited, told, views

from kapm_site.analysis.working_time import working_time
from kapm_site.audience.project import project_calendar, project_view
from kapm_site.compare import Difference, compare

WHO: tuple[Who, ...] = ("client", "internal")

LATE: Edit = ("plan.yaml", "finish: 2026-12-18}", "finish: 2026-12-22}")
RED_RISK: Edit = ("risks.yaml", "staff, probability: 2, impact: 2", "staff, probability: 5, impact: 4")
AMBER_RISK: Edit = ("risks.yaml", "staff, probability: 2, impact: 2", "staff, probability: 4, impact: 3")
STALE: Edit = ("project.yaml", "manager: ana", "manager: ana\ncommunication: {report: {stale_after: 2d}}")
DECLARED: Edit = (
    "project.yaml",
    "team:",
    "health_override: {health: red, reason: The sponsor left, expires: 2026-12-31}\nteam:",
)


def _estimate(*days: str) -> str:
    return "estimate: {{optimistic: {}, likely: {}, pessimistic: {}}}".format(*days)


def one_of(found: tuple[Difference, ...], topic: str) -> Difference:
    """Return the one difference of a topic."""
    (one,) = [one for one in found if one.topic == topic]
    return one


@pytest.mark.parametrize("who", WHO)
def test_a_later_finish_is_told_with_the_health_it_costs(who: Who) -> None:
    """The finish moved by two working days, and schedule took health with it."""
    assert told(differences([LATE], who)) == [
        ("health", "changed", "", "green", "amber", None, None),
        ("finish", "moved", "", date(2026, 12, 18), date(2026, 12, 22), 2, None),
        ("dimension", "changed", "schedule", "green", "amber", None, None),
        ("task", "moved", "close", date(2026, 12, 18), date(2026, 12, 22), 2, None),
    ]


def test_health_says_the_rule_as_far_as_its_reader_may_know() -> None:
    """Internal readers get the rule in numbers; a client gets the reason of what they see."""
    client, internal = (differences([RED_RISK, LATE], who) for who in WHO)
    risk, schedule = (next(one for one in internal if one.id == name) for name in ("risk", "schedule"))
    assert risk.facts == {
        "rule_id": "reason.risk_score",
        "facts": {"title": "Vendor is short of staff", "score": 20, "id": "r1"},
        "declared": False,
        "reason": None,
        "rule": "highest score 20 ≥ red 20 (r1)",
    }
    assert schedule.facts["rule"] == "slip 2.0 d > amber 0 d"
    risk, schedule = (next(one for one in client if one.id == name) for name in ("risk", "schedule"))
    assert (risk.facts["rule_id"], risk.facts["rule"]) == ("reason.risk_score", None)
    assert (schedule.facts["rule_id"], schedule.facts["facts"]) == ("reason.schedule_slip", {"days": 2})
    assert schedule.facts["rule"] is None


def test_a_hidden_record_never_gives_a_client_the_reason() -> None:
    """A hidden risk turns the dimension for both; the client gets the word alone, and nothing of the risk."""
    hidden = (RED_RISK[0], RED_RISK[1], f"{RED_RISK[2]}, audience: internal")
    client, internal = (differences([hidden], who) for who in WHO)
    risk, known = (next(one for one in found if one.id == "risk") for found in (client, internal))
    assert (risk.after, known.after, known.facts["rule_id"]) == ("red", "red", "reason.risk_score")
    assert (risk.facts["rule_id"], risk.facts["facts"]) == (None, {})


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("before", "after", "health", "dimension"),
    [
        ([], [LATE], ("green", "amber"), "schedule"),
        ([LATE], [], ("amber", "green"), "schedule"),
        ([LATE], [LATE, RED_RISK], ("amber", "red"), "risk"),
        ([LATE, RED_RISK], [LATE], ("red", "amber"), "risk"),
        ([], [LATE, AMBER_RISK], ("green", "amber"), None),
        ([], [DECLARED], ("green", "red"), None),
        ([LATE], [DECLARED], ("amber", "red"), None),
        ([], [LATE, (*DECLARED[:2], DECLARED[2].replace("red", "amber"))], ("green", "amber"), None),
        ([], [RED_RISK, STALE], ("green", "stale"), None),
    ],
    ids=[
        "worse",
        "better",
        "worst of two",
        "the worst went",
        "both",
        "declared",
        "declared and better",
        "declared alike",
        "stale",
    ],
)
def test_health_names_the_dimension_that_turned_it(
    who: Who, before: list[Edit], after: list[Edit], health: tuple[str, str], dimension: str | None
) -> None:
    """It is the one whose rule flipped; none where a person declared health, or several did."""
    told_week = {"updates/2026-11-13.md": "---\nheadline: Fine.\naudience: client\n---\n## Done\nIt\n"}
    then, now = (edited(edits, {**FILES, **told_week}) for edits in (before, after))
    found = one_of(compare(*views(then, now, who)), "health")
    assert (found.before, found.after) == health
    assert found.facts["dimension"] == dimension


def test_a_declared_health_says_so_and_its_reason_to_whom_it_concerns() -> None:
    """The reason stays internal unless it is addressed to the client."""
    client, internal = (one_of(differences([DECLARED], who), "health") for who in WHO)
    assert (client.facts["declared"], client.facts["reason"]) == (True, None)
    assert (internal.facts["declared"], internal.facts["reason"]) == (True, "The sponsor left")


def test_the_forecast_is_told_by_the_day_that_eighty_of_a_hundred_runs_reach() -> None:
    """Its days are those of the calendar of the project, also behind the end of the plan."""
    holidays = ("project.yaml", "name: Shutdown}]", "name: Shutdown}, {from: 2026-12-21, to: 2027-01-01}]")
    old, new = (
        analysis_of(
            edited([holidays, ("plan.yaml", "start: 2026-12-14,", f"start: 2026-12-14, {estimate},")]), outlook=True
        )
        for estimate in (_estimate("3d", "4d", "5d"), _estimate("5d", "6d", "9d"))
    )
    for internal in (True, False):
        before, after = project_view(old, internal=internal), project_view(new, internal=internal)
        found = one_of(compare(before, after), "forecast")
        assert before.forecast is not None
        assert after.forecast is not None
        assert (found.before, found.after) == (before.forecast.p80, after.forecast.p80)
        assert before.forecast.p80 < date(2026, 12, 21)
        assert after.forecast.p80 > date(2027, 1, 1)
        calendar = working_time(project_calendar(new))
        ends = [datetime.combine(day, time(18)) for day in (before.forecast.p80, after.forecast.p80)]
        assert found.days == calendar.days_between(*ends)
        assert found.facts == {"p50_before": before.forecast.p50, "p50_after": after.forecast.p50}
        assert not [one for one in compare(replace(before, forecast=None), after) if one.topic == "forecast"]


@pytest.mark.parametrize("who", WHO)
def test_a_plan_is_new_when_it_is_approved(who: Who) -> None:
    """A draft, or an approval that lies ahead, is no new plan yet."""
    change = ", change: c2, name: Second plan, tasks: {golive: {finish: 2026-12-04}}}"
    draft = edited([("baselines.yaml", "baselines:", f"baselines:\n  - {{id: b2{change}")])
    ahead, signed = (
        edited([("baselines.yaml", "baselines:", f"baselines:\n  - {{id: b2, approved: 2026-11-{day}{change}")])
        for day in (27, 19)
    )
    assert [one for one in compare(*views(FILES, draft, who)) if one.topic == "baseline"] == []
    assert [one for one in compare(*views(FILES, ahead, who)) if one.topic == "baseline"] == []
    for before in (FILES, draft, ahead):
        found = one_of(compare(*views(before, signed, who)), "baseline")
        assert (found.kind, found.id, found.name) == ("added", "b2", "Second plan")
        assert (found.after, found.facts) == (date(2026, 11, 19), {"change": "Add a report"})


def test_the_estimate_at_completion_is_told_to_whom_costs_are_shown() -> None:
    """5 000 of 20 000 more spent at half the work: the estimate rises with it."""
    costed = [
        ("plan.yaml", "progress: 50,", "progress: 50, cost: 40000,"),
        ("baselines.yaml", "finish: 2026-12-04}\n      docs", "finish: 2026-12-04, cost: 40000}\n      docs"),
    ]
    more = ("costs.yaml", "amount: 20000}", "amount: 25000}")
    hidden = ("costs.yaml", "audience: client", "audience: internal")
    before, after = edited(costed), edited([*costed, more])
    for who in WHO:
        eac = one_of(compare(*views(before, after, who)), "eac")
        assert (eac.before, eac.after) == (pytest.approx(40000), pytest.approx(50000))
    before, after = edited([*costed, hidden]), edited([*costed, hidden, more])
    assert {one.topic for one in compare(*views(before, after, "internal"))} >= {"eac", "spent"}
    assert not {one.topic for one in compare(*views(before, after, "client"))} & {"eac", "spent"}


@pytest.mark.parametrize("who", WHO)
def test_time_alone_tells_what_it_brings(who: Who) -> None:
    """A week later with the files as they were: what was to be done by then moves, the rest does not."""
    later = date(2026, 11, 27)
    assert told(compare(*views(FILES, FILES, who, (STATUS, later))), quiet=False) == [
        ("health", "changed", "", "green", "red", None, None),
        ("dimension", "changed", "schedule", "green", "red", None, None),
        ("milestone", "moved", "golive", date(2026, 12, 4), date(2026, 12, 15), 5, None),
    ]
