"""Whom a difference is told to, in which order, and in which shape."""

import json
from datetime import date, timedelta
from typing import get_args

import pytest
from compare_case import FILES, STATUS, Edit, Who, analysis_of, differences, edited, views

from kapm_site.analysis.working_time import working_time
from kapm_site.audience.project import project_calendar
from kapm_site.compare import Topic, compare, difference_json
from kapm_site.compare.ranking import WEIGHTS
from kapm_site.compare.working_days import working_days

INTERNAL: list[Edit] = [
    ("plan.yaml", "finish: 2026-11-24}", "finish: 2026-11-26}"),
    ("asks.yaml", "due: 2026-11-30", "due: 2026-11-30, status: answered, answered: 2026-11-19"),
    ("risks.yaml", "probability: 2, impact: 3", "probability: 3, impact: 3"),
    ("project.yaml", "  - {id: lee, name: Lee Wong, role: Analyst, audience: internal}\n", ""),
    ("kpis.yaml", "kpis:", "kpis:\n  - {id: k9, name: Margin, audience: internal, values: {2026-11-06: 9}}"),
]
NAMES = ("Margin", "Approve the price", "They may go elsewhere", "Lee Wong")

WEEK: list[Edit] = [
    ("plan.yaml", "finish: 2026-11-30}", "finish: 2026-12-01}"),
    ("plan.yaml", "remaining: 10d", "remaining: 15d, delay: {cause: client}"),
    ("plan.yaml", "finish: 2026-12-18}", "finish: 2026-12-22}"),
    ("plan.yaml", "acceptance: submitted", "acceptance: accepted"),
    ("plan.yaml", "- {id: close", "- {id: more, name: More, start: 2026-11-30, finish: 2026-12-01}\n  - {id: close"),
    ("asks.yaml", "  - {id: a3", "  - {id: a4, title: New, due: 2026-12-03}\n  - {id: a3"),
    ("changes.yaml", "cost: 4000}}", "cost: 4000}, status: approved, decided: 2026-11-19}"),
    ("project.yaml", "amount: 80000", "amount: 84000"),
    ("kpis.yaml", "2026-11-06: 110", "2026-11-06: 110, 2026-11-20: 90"),
    ("risks.yaml", "issues:", "  - {id: r4, title: New, probability: 3, impact: 3}\nissues:"),
    ("risks.yaml", "severity: 2}", "severity: 2, status: resolved}"),
    ("decisions.yaml", "  - {id: n1", "  - {id: n2, title: Use two sites, date: 2026-11-19}\n  - {id: n1"),
    ("lessons.yaml", "  - {id: w1", "  - {id: w2, title: Ask twice}\n  - {id: w1"),
    ("costs.yaml", "amount: 20000}", "amount: 21000}"),
]


def test_internal_records_are_told_to_internal_readers_only() -> None:
    """A client's comparison neither counts nor names what the client may not see."""
    assert {(one.topic, one.id) for one in differences(INTERNAL, "internal")} == {
        ("task", "margin"),
        ("ask", "a2"),
        ("risk", "r2"),
        ("person", "lee"),
        ("kpi", "k9"),
    }
    assert differences(INTERNAL, "client") == ()


def test_no_name_of_an_internal_record_stands_in_a_clients_difference() -> None:
    """Nor does it beside what is the client's."""
    internal, client = (
        json.dumps([difference_json(one) for one in differences([*WEEK, *INTERNAL], who)])
        for who in ("internal", "client")
    )
    assert [name for name in NAMES if name not in internal] == []
    assert [name for name in NAMES if name in client] == []


@pytest.mark.parametrize(
    "edit",
    [
        ("risks.yaml", "title: Vendor is short of staff", "title: Vendor, audience: internal"),
        ("plan.yaml", "name: Review,", "name: Review, audience: internal,"),
        ("asks.yaml", "title: Name key users", "title: Name key users, audience: internal"),
    ],
    ids=lambda edit: edit[0],
)
def test_what_became_internal_is_not_told_as_gone(edit: Edit) -> None:
    """To the client it never was; the internal reader sees no change."""
    assert differences([edit], "client") == ()
    assert differences([edit], "internal") == ()


def test_a_client_is_told_no_cause_of_hidden_work() -> None:
    """The milestone moved with work that the client does not see: it moved, and that is all."""
    edits: list[Edit] = [
        ("plan.yaml", "finish: 2026-12-04, depends_on: [build]", "finish: 2026-12-04, depends_on: [build, margin]"),
        ("plan.yaml", "finish: 2026-11-24}", "finish: 2026-12-10, delay: {cause: resources, note: Nobody there}}"),
    ]
    client, internal = (
        next(one for one in differences(edits, who) if one.id == "golive") for who in ("client", "internal")
    )
    assert (client.days, client.cause, client.facts) == (2, None, {"note": None, "waits_for": None})
    assert (internal.days, internal.cause) == (2, "resources")
    assert internal.facts == {"note": "Nobody there", "waits_for": "Margin review"}


@pytest.mark.parametrize("who", ["client", "internal"])
def test_the_heaviest_comes_first_and_the_quiet_last(who: Who) -> None:
    """A week in the order in which a reader asks."""
    found = differences(WEEK, who)
    assert [(one.topic, one.kind, one.id) for one in found if not one.quiet] == [
        ("health", "changed", ""),
        ("finish", "moved", ""),
        ("dimension", "changed", "schedule"),
        ("milestone", "moved", "golive"),
        ("milestone", "moved", "review"),
        ("ask", "added", "a4"),
        ("deliverable", "changed", "design"),
        ("change", "decided", "c1"),
        ("budget", "changed", ""),
        ("kpi", "crossed", "k1"),
        ("risk", "added", "r4"),
        ("issue", "done", "i1"),
        ("task", "added", "more"),
        ("decision", "added", "n2"),
    ]
    assert [(one.topic, one.kind, one.id) for one in found if one.quiet] == [
        ("task", "moved", "build"),
        ("task", "moved", "close"),
        ("spent", "changed", ""),
        ("lesson", "added", "w2"),
    ]
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_nothing_is_told_twice() -> None:
    """Of each record there is one difference in a topic, and equal views have none."""
    for who in ("client", "internal"):
        found = differences([*WEEK, *INTERNAL], who)
        assert len({(one.topic, one.id) for one in found}) == len(found)
        assert compare(*views(edited(WEEK), edited(WEEK), who)) == ()


def test_every_topic_has_a_weight() -> None:
    """None is forgotten in the order."""
    assert {topic for topic, _ in WEIGHTS} == set(get_args(Topic))


def test_a_difference_is_plain_in_json() -> None:
    """Days are ISO dates, pairs lists, durations as typed; what is not known is null."""
    edits: list[Edit] = [
        WEEK[0],
        ("risks.yaml", "staff, probability: 2, impact: 2", "staff, probability: 2"),
        ("plan.yaml", "- {id: close", "- {id: more, name: More, work: 3d, finish: 2026-12-01}\n  - {id: close"),
    ]
    found = [difference_json(one) for one in differences(edits)]
    assert json.loads(json.dumps(found)) == found
    milestone, risk, task = found
    assert milestone == {
        "topic": "milestone",
        "kind": "moved",
        "id": "review",
        "name": "Review",
        "before": "2026-11-30",
        "after": "2026-12-01",
        "days": 1.0,
        "cause": None,
        "facts": {"note": None, "waits_for": None},
        "weight": 59.0,
        "quiet": False,
    }
    assert (risk["before"], risk["after"]) == ([2, 2], [2, None])
    assert task["facts"] == {"days": 3.0, "work": "3d"}


def test_working_days_are_those_of_the_projects_calendar() -> None:
    """Two days of the plan lie as far apart as the schedule says, whichever comes first; behind it weeks go on."""
    before, after = views(FILES, FILES, "client")
    days = working_days(before, after)
    calendar = working_time(project_calendar(analysis_of(FILES)))
    for number in range(60):
        day = STATUS + timedelta(days=number)
        expected = calendar.days_between(calendar.day_finish(STATUS), calendar.day_finish(day))
        assert days.moved(STATUS, day) == expected
        assert days.moved(day, STATUS) == -expected
    assert days.moved(None, date(2026, 12, 1)) is None
