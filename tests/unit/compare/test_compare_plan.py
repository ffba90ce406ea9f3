"""What is told of the whole project and of its plan, when somebody has edited the files."""

from datetime import date

import pytest
from compare_case import STATUS, Edit, Told, Who, differences, told

PLAN = "plan.yaml"
WHO: tuple[Who, ...] = ("client", "internal")


def december(day: int) -> date:
    """Return a day of the month in which most of it is due."""
    return date(2026, 12, day)


DOCS = "      - {id: docs, name: Manual, start: 2026-11-23, finish: 2026-11-27}\n"
DIVIDED = """  - id: close
    name: Wrap-up
    tasks:
      - {id: lists, name: Lists, start: 2026-12-14, finish: 2026-12-16}
      - {id: party, name: Party, start: 2026-12-17, finish: 2026-12-18}
"""
NEW_PART = """
  - id: pilot
    name: Pilot
    tasks:
      - {id: pilot-plan, name: Plan it, start: 2026-11-23, finish: 2026-11-24}
      - {id: pilot-run, name: Run it, start: 2026-11-25, finish: 2026-11-27}
      - {id: pilot-live, name: Pilot live, milestone: true, finish: 2026-11-27}
  - {id: review"""

CASES: dict[str, tuple[list[Edit], list[Told]]] = {
    "nothing": ([], []),
    "another name is no difference": ([(PLAN, "name: Review", "name: Second review")], []),
    "a milestone moved over the shutdown of two days": (
        [(PLAN, "finish: 2026-11-30}", "finish: 2026-12-09}")],
        [("milestone", "moved", "review", date(2026, 11, 30), december(9), 5, None)],
    ),
    "a milestone moved to an earlier day has no cause of delay": (
        [(PLAN, "finish: 2026-11-30}", "finish: 2026-11-26, delay: {cause: client}}")],
        [("milestone", "moved", "review", date(2026, 11, 30), date(2026, 11, 26), -2, None)],
    ),
    "a milestone moved for a cause of its own": (
        [(PLAN, "finish: 2026-11-30}", "finish: 2026-12-01, delay: {cause: scope, note: A new part}}")],
        [("milestone", "moved", "review", date(2026, 11, 30), december(1), 1, "scope")],
    ),
    "a milestone moved with the work that it waits for": (
        [(PLAN, "remaining: 10d", "remaining: 14d, delay: {cause: client, note: No data}")],
        [
            ("milestone", "moved", "golive", december(4), december(14), 4, "client"),
            ("task", "moved", "build", december(4), december(14), 4, "client"),
        ],
    ),
    "a milestone was reached before its day": (
        [(PLAN, "finish: 2026-11-30}", "finish: 2026-11-30, actual_finish: 2026-11-19}")],
        [("milestone", "done", "review", date(2026, 11, 30), date(2026, 11, 19), -7, None)],
    ),
    "a milestone was not reached after all": (
        [(PLAN, "finish: 2026-11-09, actual_finish: 2026-11-09}", "finish: 2026-11-30}")],
        [("milestone", "reopened", "kickoff", date(2026, 11, 9), date(2026, 11, 30), 15, None)],
    ),
    "a milestone was added": (
        [(PLAN, "- {id: review", "- {id: gate, name: Gate, milestone: true, finish: 2026-12-02}\n  - {id: review")],
        [("milestone", "added", "gate", None, december(2), None, None)],
    ),
    "a milestone was added that is reached": (
        [
            (
                PLAN,
                "- {id: review",
                "- {id: gate, name: Gate, milestone: true, actual_finish: 2026-11-18}\n  - {id: review",
            )
        ],
        [("milestone", "done", "gate", None, date(2026, 11, 18), None, None)],
    ),
    "a milestone was removed": (
        [(PLAN, "  - {id: review, name: Review, milestone: true, finish: 2026-11-30}\n", "")],
        [("milestone", "removed", "review", date(2026, 11, 30), None, None, None)],
    ),
    "what has become a milestone is told as one": (
        [
            (
                PLAN,
                "name: Manual, start: 2026-11-23, finish: 2026-11-27",
                "name: Manual, milestone: true, finish: 2026-12-01",
            )
        ],
        [
            ("milestone", "moved", "docs", date(2026, 11, 27), december(1), 2, None),
            ("progress", "changed", "", pytest.approx(100 * 15 / 35), 50, None, None),
        ],
    ),
    "work was added": (
        [(PLAN, "- {id: review", "- {id: more, name: More, start: 2026-11-23, finish: 2026-11-24}\n  - {id: review")],
        [("task", "added", "more", None, date(2026, 11, 24), None, None)],
    ),
    "a part was added as a whole, and its milestone": (
        [(PLAN, "\n  - {id: review", NEW_PART)],
        [
            ("milestone", "added", "pilot-live", None, date(2026, 11, 27), None, None),
            ("task", "added", "pilot", None, date(2026, 11, 27), None, None),
        ],
    ),
    "work was removed": (
        [(PLAN, DOCS, "")],
        [
            ("task", "removed", "docs", date(2026, 11, 27), None, None, None),
            ("progress", "changed", "", pytest.approx(100 * 15 / 35), 50, None, None),
        ],
    ),
    "work was moved below another part": (
        [
            (PLAN, DOCS, ""),
            (PLAN, "  - {id: review", f"  - id: end\n    name: End\n    tasks:\n{DOCS}  - {{id: review"),
        ],
        [],
    ),
    "a task was divided, which is no more work": (
        [
            (PLAN, "  - {id: close, name: Wrap-up, start: 2026-12-14, finish: 2026-12-18}\n", DIVIDED),
            (PLAN, "name: Review", "name: Review it"),
        ],
        [
            ("progress", "changed", "", pytest.approx(100 * 15 / 35), 50, None, None),
            ("task", "added", "lists", None, december(16), None, None),
            ("task", "added", "party", None, december(18), None, None),
        ],
    ),
    "a buffer is no work that came in": (
        [(PLAN, "- {id: review", "- {id: spare, name: Spare, buffer: true, duration: 2d}\n  - {id: review")],
        [("task", "added", "spare", None, STATUS, None, None)],
    ),
    "a finish that lies ahead is an announcement": (
        [(PLAN, "progress: 50, remaining: 10d", "actual_finish: 2026-12-02")],
        [
            (
                "progress",
                "changed",
                "",
                pytest.approx(100 * 15 / 35),
                pytest.approx(100 * (5 + 20 * 10 / 18) / 35),
                None,
                None,
            ),
            ("task", "moved", "build", december(4), december(2), -2, None),
        ],
    ),
    "the day of a milestone that was reached was corrected": (
        [(PLAN, "finish: 2026-11-09, actual_finish: 2026-11-09}", "finish: 2026-11-09, actual_finish: 2026-11-10}")],
        [("milestone", "moved", "kickoff", date(2026, 11, 9), date(2026, 11, 10), 1, None)],
    ),
    "the day of done work was corrected": (
        [(PLAN, "actual_finish: 2026-11-06,", "actual_finish: 2026-11-05,")],
        [],
    ),
    "progress by less than a whole percent": ([(PLAN, "progress: 50", "progress: 50.5")], []),
    "a buffer gave way": ([(PLAN, "depends_on: [build]}\n  - {id: close", "depends_on: [close]}\n  - {id: close")], []),
    "work was done": (
        [(PLAN, "finish: 2026-11-27}", "finish: 2026-11-27, actual_start: 2026-11-16, actual_finish: 2026-11-18}")],
        [
            ("progress", "changed", "", pytest.approx(100 * 15 / 35), pytest.approx(100 * 20 / 35), None, None),
            ("task", "done", "docs", date(2026, 11, 27), date(2026, 11, 18), -7, None),
        ],
    ),
    "a result was accepted": (
        [(PLAN, "acceptance: submitted", "acceptance: accepted")],
        [("deliverable", "changed", "design", "submitted", "accepted", None, None)],
    ),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_a_change_of_the_plan_is_told_once(who: Who, edits: list[Edit], expected: list[Told]) -> None:
    """Each edit is told as what it is, with its days and its cause, and nothing else is."""
    assert told(differences(edits, who)) == expected


LOUD: dict[str, tuple[list[Edit], list[tuple[str, str, str]]]] = {
    "work that came in": (
        [(PLAN, "- {id: review", "- {id: more, name: More, start: 2026-11-23, finish: 2026-11-24}\n  - {id: review")],
        [("task", "added", "more")],
    ),
    "work that went out": ([(PLAN, DOCS, "")], [("task", "removed", "docs"), ("progress", "changed", "")]),
    "not the parts of a task": (CASES["a task was divided, which is no more work"][0], [("progress", "changed", "")]),
    "not a buffer": (CASES["a buffer is no work that came in"][0], []),
    "not a task that moved": (
        [(PLAN, "start: 2026-11-23, finish: 2026-11-27}", "start: 2026-11-24, finish: 2026-11-30}")],
        [],
    ),
    "not a day that was corrected": (CASES["the day of a milestone that was reached was corrected"][0], []),
    "not done work that was tidied away": (
        [
            (
                PLAN,
                "  - {id: kickoff, name: Kick-off, milestone: true, finish: 2026-11-09, actual_finish: 2026-11-09}\n",
                "",
            )
        ],
        [],
    ),
}


@pytest.mark.parametrize(("edits", "expected"), LOUD.values(), ids=LOUD)
def test_what_is_loud_is_scope_and_promises(edits: list[Edit], expected: list[tuple[str, str, str]]) -> None:
    """Daily work is told in passing, and so is what only tidies the plan."""
    assert [(one.topic, one.kind, one.id) for one in differences(edits) if not one.quiet] == expected


def test_a_part_that_came_in_says_how_much_it_is() -> None:
    """Two tasks of two and three days; its milestone is told on its own and is no task of it."""
    found = next(one for one in differences([(PLAN, "\n  - {id: review", NEW_PART)]) if one.id == "pilot")
    assert found.facts == {"days": 5, "work": None, "tasks": 2}


def test_a_move_says_what_is_said_of_its_delay() -> None:
    """The note of the delayed work, and which work it is where the milestone only waits for it."""
    edits = [(PLAN, "remaining: 10d", "remaining: 14d, delay: {cause: client, note: No data}")]
    facts = {one.id: one.facts for one in differences(edits, "client")}
    assert facts == {
        "golive": {"note": "No data", "waits_for": "Build"},
        "build": {"note": "No data", "waits_for": None},
    }
