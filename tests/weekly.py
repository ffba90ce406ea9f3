"""A project over sixty weeks, one commit a week by git itself, in which it is known what moved when.

Every edit is small and of its own: one move a week at most, so that what is told of a week is that move and no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.repository import commit_all

WEEKS = 60
FIRST = date(2025, 10, 10)  # a Friday
PROJECT = "projects/acme/erp"

FILES = {
    "kapm.yaml": "organization: {name: Tidewater Delivery}\ncurrency: EUR\ncalendar: {country: DE}\n",
    "projects/acme/client.yaml": (
        "name: Acme Industrial\nprotection: none\ncontacts:\n  - {id: grace, name: Grace Whitcombe, role: Head of "
        "finance}\n"
    ),
    f"{PROJECT}/project.yaml": (
        "name: ERP rollout\naudience: client\nstart: 2025-10-06\nfinish: 2027-06-25\nmanager: ana\n"
        "budget: {amount: 480000, audience: client}\n"
        "team:\n  - {id: ana, name: Ana Okafor, role: Project manager}\n  - {id: bo, name: Bo Lindqvist, role: "
        "Engineer}\n"
    ),
    f"{PROJECT}/plan.yaml": (
        "audience: client\ntasks:\n"
        "  - {id: design, name: Design the process, owner: ana, start: 2025-10-06, finish: 2027-01-29, cost: "
        "100000, progress: 10}\n"
        "  - {id: build, name: Build it, owner: bo, start: 2027-02-01, finish: 2027-03-24, depends_on: "
        "[design], cost: 80000, estimate: {optimistic: 30d, likely: 37d, pessimistic: 55d}}\n"
        "  - {id: pilot, name: Pilot accepted, owner: ana, milestone: true, finish: 2027-03-24, depends_on: [build]}\n"
        "  - {id: guides, name: Write the guides, owner: bo, start: 2027-02-01, finish: 2027-02-12}\n"
        "  - {id: report, name: Final report, owner: ana, start: 2027-06-07, finish: 2027-06-25, deliverable: "
        "{acceptance: pending}}\n"
        "  - {id: margins, name: Recheck the margins, owner: ana, audience: internal, start: 2027-02-01, "
        "finish: 2027-02-05}\n"
        "  - {id: go-live, name: Go-live, owner: ana, milestone: true, finish: 2027-06-25, depends_on: [pilot]}\n"
    ),
    f"{PROJECT}/risks.yaml": (
        "risks:\n"
        "  - {id: r1, title: Vendor is short of staff, audience: client, probability: 2, impact: 2, owner: "
        "ana, status: open}\n"
        "  - {id: r9, title: Margin below plan, audience: internal, probability: 2, impact: 2, owner: ana, "
        "status: open}\n"
    ),
    f"{PROJECT}/asks.yaml": (
        "audience: client\nasks:\n"
        "  - {id: a1, title: Name the key users, kind: decision, owner: grace, raised: 2025-10-06, due: 2027-03-01,"
        " status: open}\n"
    ),
    f"{PROJECT}/changes.yaml": "audience: client\nchanges: []\n",
    f"{PROJECT}/kpis.yaml": (
        "audience: client\nkpis:\n"
        "  - {id: match, name: Matched invoices, unit: '%', direction: up, target: 98, amber: 95, red: 90,"
        " values: {2025-10-06: 97}}\n"
    ),
    f"{PROJECT}/costs.yaml": "audience: client\nentries:\n  - {date: 2025-10-06, amount: 20000}\n",
    f"{PROJECT}/updates/2025-10-10.md": (
        "---\nheadline: We have begun.\naudience: client\n---\n\n## Done\n\n- Kick-off\n"
    ),
}

Edit = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """What is edited in a week: a file of the project, a text in it, and what stands there from then on."""

    edits: tuple[Edit, ...]


def _plan(old: str, new: str) -> Move:
    return Move((("plan.yaml", old, new),))


MOVES: Mapping[int, Move] = {
    2: _plan(
        "finish: 2027-06-25, depends_on: [pilot]", "finish: 2027-07-02, depends_on: [pilot], delay: {cause: client}"
    ),
    4: _plan("progress: 10", "progress: 30"),
    6: _plan(
        "  - {id: go-live",
        "  - {id: training, name: Train the users, owner: bo, start: 2027-05-03, finish: 2027-05-14}\n  - {id: go-live",
    ),
    8: _plan("  - {id: guides, name: Write the guides, owner: bo, start: 2027-02-01, finish: 2027-02-12}\n", ""),
    10: Move(
        (
            (
                "risks.yaml",
                "risks:\n",
                (
                    "risks:\n  - {id: r2, title: Data is not clean, audience: client, probability: 3, impact: 3, "
                    "owner: bo, status: open}\n"
                ),
            ),
        )
    ),
    12: Move(
        (
            (
                "risks.yaml",
                "staff, audience: client, probability: 2, impact: 2",
                "staff, audience: client, probability: 3, impact: 4",
            ),
        )
    ),
    14: Move(
        (
            (
                "risks.yaml",
                "impact: 3, owner: bo, status: open",
                "impact: 3, owner: bo, status: closed, closed: 2026-01-16",
            ),
        )
    ),
    16: Move(
        (
            (
                "asks.yaml",
                "asks:\n",
                (
                    "asks:\n  - {id: a2, title: Approve the data model, kind: decision, owner: grace, raised: "
                    "2026-01-26, due: 2027-02-26, status: open}\n"
                ),
            ),
        )
    ),
    18: Move(
        (("asks.yaml", "due: 2027-02-26, status: open", "due: 2027-02-26, status: answered, answered: 2026-02-12"),)
    ),
    20: Move(
        (
            (
                "changes.yaml",
                "changes: []",
                (
                    "changes:\n  - {id: cr1, title: Add the second plant, requested_by: grace, date: 2026-02-23, "
                    "impact: {days: 5, cost: 18000}, status: proposed}"
                ),
            ),
        )
    ),
    22: Move((("changes.yaml", "status: proposed", "status: approved, decided: 2026-03-12, by: grace"),)),
    24: Move((("kpis.yaml", "{2025-10-06: 97}", "{2025-10-06: 97, 2026-03-23: 93}"),)),
    26: Move((("project.yaml", "amount: 480000", "amount: 498000"),)),
    28: Move(
        (
            (
                "risks.yaml",
                "plan, audience: internal, probability: 2, impact: 2",
                "plan, audience: internal, probability: 3, impact: 3",
            ),
        )
    ),
    30: _plan("start: 2027-02-01, finish: 2027-02-05", "start: 2027-02-01, finish: 2027-02-10"),
    32: _plan("acceptance: pending", "acceptance: submitted, submitted: 2026-05-20"),
    34: Move(
        (
            (
                "project.yaml",
                "team:\n",
                (
                    "health_override: {health: amber, reason: The sponsor is new, audience: client, expires: "
                    "2027-01-31}\nteam:\n"
                ),
            ),
        )
    ),
    36: Move((("costs.yaml", "amount: 20000}\n", "amount: 20000}\n  - {date: 2026-06-15, amount: 30000}\n"),)),
    38: Move(
        (
            (
                "project.yaml",
                "health_override: {health: amber, reason: The sponsor is new, audience: client, expires: 2027-01-31}\n",
                "",
            ),
        )
    ),
    40: Move(
        (
            (
                "decisions.yaml",
                "",
                (
                    "audience: client\ndecisions:\n  - {id: d1, date: 2026-07-17, title: Pilot in the first plant, "
                    "by: grace}\n"
                ),
            ),
        )
    ),
    42: Move(
        (
            (
                "feedback.yaml",
                "",
                (
                    "audience: client\nfeedback:\n  - {id: f1, date: 2026-07-30, from: grace, channel: call, csat: "
                    "4, quote: Good pace, status: new}\n"
                ),
            ),
        )
    ),
    44: Move((("feedback.yaml", "status: new", "status: done, response: We keep it up"),)),
}


def write_week(root: Path, week: int) -> None:
    """Write what changes in a week; where nothing moves, a comment."""
    if week == 0:
        for path, text in FILES.items():
            _write(root / path, text)
    for name, old, new in MOVES[week].edits if week in MOVES else ():
        file = root / PROJECT / name
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        assert text.count(old) == 1, (week, old)
        _write(file, text.replace(old, new))
    file = root / PROJECT / "plan.yaml"
    head = file.read_text(encoding="utf-8").split("\n", 1)
    rest = head[1] if head[0].startswith("#") else "\n".join(head)
    _write(file, f"# looked through in week {week}\n{rest}")


def commit_week(root: Path, week: int) -> str:
    """Write and commit a week; returns the commit's hash."""
    write_week(root, week)
    return commit_all(root, f"Week {week}", day_of(week))


def day_of(week: int) -> date:
    """Return the day of a week's commit."""
    return FIRST + timedelta(weeks=week)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
