"""What is told of the whole project and of its plan, when somebody has edited the files."""

from datetime import date

import pytest
from compare_case import Edit, Told, Who, differences, told

PLAN = "plan.yaml"
WHO: tuple[Who, ...] = ("client", "internal")


def december(day: int) -> date:
    """Return a day of the month in which most of it is due."""
    return date(2026, 12, day)


DOCS = "      - {id: docs, name: Manual, start: 2026-11-23, finish: 2026-11-27}\n"
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
