"""A small project with every kind of record, read, analysed and seen by both readers, and then with some text edited.

All edits are of the text of its files, so that a test says what somebody typed and what the other readers are told.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience.build import client_project
from kapm_site.audience.project import project_view
from kapm_site.audience.views import ProjectView
from kapm_site.compare import Difference, compare
from kapm_site.pipeline.past.compared import Reported, compared
from kapm_site.workspace.collect import SourceFiles
from kapm_site.workspace.read import read

Who = Literal["client", "internal"]

#: A file of the project, the text in it that is replaced (all of it where empty), and what replaces it.
Edit = tuple[str, str, str]

#: What a difference says in short: topic, kind, id, before, after, days, cause.
Told = tuple[str, str, str, object, object, float | None, str | None]

STATUS = date(2026, 11, 20)
FOLDER = "projects/acme/erp"

SHARED = {
    "kapm.yaml": "organization: {name: Northwind Delivery}\ncurrency: EUR\n",
    "projects/acme/client.yaml": "name: Acme\ncontacts:\n  - {id: vogt, name: Kim Vogt, email: kim@acme.example}\n",
}

FILES = {
    "project.yaml": """
name: ERP rollout
audience: client
start: 2026-11-02
finish: 2026-12-18
manager: ana
calendar: {holidays: [{from: 2026-12-07, to: 2026-12-08, name: Shutdown}]}
team:
  - {id: ana, name: Ana Okafor, role: Project manager}
  - {id: lee, name: Lee Wong, role: Analyst, audience: internal}
goals:
  - {id: g1, statement: Faster, due: 2026-12-31, metric: {name: Hours, baseline: 60, target: 24, current: 40}}
  - {id: g2, statement: More lines, kpi: k2}
budget: {amount: 80000, contingency: 5000, audience: client}
""",
    "plan.yaml": """
audience: client
tasks:
  - {id: design, name: Design, start: 2026-11-02, finish: 2026-11-06, progress: 100, actual_start: 2026-11-02,
     actual_finish: 2026-11-06, deliverable: {acceptance: submitted, submitted: 2026-11-06}}
  - id: works
    name: Works
    tasks:
      - {id: build, name: Build, depends_on: [design], start: 2026-11-09, finish: 2026-12-04, actual_start: 2026-11-09,
         progress: 50, remaining: 10d}
      - {id: docs, name: Manual, start: 2026-11-23, finish: 2026-11-27}
      - {id: margin, name: Margin review, audience: internal, start: 2026-11-23, finish: 2026-11-24}
  - {id: kickoff, name: Kick-off, milestone: true, finish: 2026-11-09, actual_finish: 2026-11-09}
  - {id: review, name: Review, milestone: true, finish: 2026-11-30}
  - {id: golive, name: Go-live, milestone: true, finish: 2026-12-04, depends_on: [build]}
  - {id: reserve, name: Reserve, buffer: true, duration: 2d, depends_on: [build]}
  - {id: close, name: Wrap-up, start: 2026-12-14, finish: 2026-12-18}
""",
    "baselines.yaml": """
audience: client
baselines:
  - id: b1
    approved: 2026-11-02
    tasks:
      design: {start: 2026-11-02, finish: 2026-11-06}
      build: {start: 2026-11-09, finish: 2026-12-04}
      docs: {start: 2026-11-23, finish: 2026-11-27}
      close: {start: 2026-12-14, finish: 2026-12-18}
      golive: {finish: 2026-12-04}
""",
    "asks.yaml": """
audience: client
asks:
  - {id: a1, title: Name key users, owner: vogt, raised: 2026-11-02, due: 2026-12-04}
  - {id: a2, title: Approve the price, audience: internal, due: 2026-11-30}
  - {id: a3, title: Old question, status: answered, answered: 2026-11-04, outcome: Yes}
""",
    "risks.yaml": """
audience: client
risks:
  - {id: r1, title: Vendor is short of staff, probability: 2, impact: 2}
  - {id: r2, title: They may go elsewhere, audience: internal, probability: 2, impact: 3}
  - {id: r3, title: Old risk, probability: 2, impact: 2, status: closed, closed: 2026-11-04}
issues:
  - {id: i1, title: Scanner defect, severity: 2}
  - {id: i2, title: Label defect, severity: 3, status: resolved, resolution: New labels}
assumptions:
  - {id: s1, text: Licences are there}
dependencies:
  - {id: d1, text: Network is laid, on: Telco, needed_by: 2026-12-04}
""",
    "changes.yaml": """
audience: client
changes:
  - {id: c1, title: Add a dashboard, date: 2026-11-16, requested_by: vogt, impact: {days: 3, cost: 4000}}
  - {id: c2, title: Add a report, date: 2026-11-03, status: approved, decided: 2026-11-05}
""",
    "decisions.yaml": """
audience: client
decisions:
  - {id: n1, date: 2026-11-05, title: Use the cloud}
""",
    "actions.yaml": """
audience: client
actions:
  - {id: t1, title: Send the list, owner: ana, due: 2026-12-04}
""",
    "kpis.yaml": """
audience: client
kpis:
  - {id: k1, name: Orders, unit: a day, target: 100, amber: 100, red: 80, values: {2026-11-06: 110}}
  - {id: k2, name: Lines, unit: a day, target: 900, values: {2026-11-06: 400}}
""",
    "costs.yaml": """
audience: client
entries:
  - {date: 2026-11-06, amount: 20000}
""",
    "feedback.yaml": """
audience: client
feedback:
  - {id: f1, date: 2026-11-09, from: vogt, csat: 4.5, nps: 8}
  - {id: f0, date: 2026-11-04, from: vogt, quote: Go on, response: We do}
""",
    "meetings.yaml": """
audience: client
meetings:
  - {id: m1, name: Steering committee, date: 2026-11-05}
""",
    "training.yaml": """
audience: client
training:
  - {id: l1, title: Key users, date: 2026-12-02, planned: 12}
""",
    "lessons.yaml": """
audience: client
lessons:
  - {id: w1, title: Ask early}
""",
}


def edited(edits: Iterable[Edit], files: dict[str, str] | None = None) -> dict[str, str]:
    """Replace text in the files of the project."""
    found = dict(files or FILES)
    for name, old, new in edits:
        assert found[name].count(old) == 1 or not old, f"{name} has not one {old!r}"
        found[name] = found[name].replace(old, new) if old else new
    return found


def analysis_of(files: dict[str, str], status: date = STATUS, *, outlook: bool = False) -> Analysis:
    """Read the project and compute its figures."""
    texts = {**SHARED, **{f"{FOLDER}/{name}": text for name, text in files.items()}}
    folders = frozenset({"projects/acme", FOLDER})
    reading = read(SourceFiles({path: text.encode() for path, text in texts.items()}, folders=folders))
    errors = [str(problem) for problem in reading.problems if problem.severity == "error"]
    assert not errors, errors
    workspace = reading.workspace
    account, project = next(iter(workspace.projects()))
    return analyse(workspace.settings, account, project, status, outlook=outlook)


def views(
    before: dict[str, str], after: dict[str, str], who: Who, days: tuple[date, date] = (STATUS, STATUS)
) -> tuple[ProjectView, ProjectView]:
    """Return what a reader sees of two states of the project, the earlier one as far as it may be seen today."""
    old, new = analysis_of(before, days[0]), analysis_of(after, days[1])
    then = Reported(1, client_project(old), project_view(old, internal=True))
    client, internal = compared(client_project(new), project_view(new, internal=True), then)
    now = client if who == "client" else internal
    assert now is not None
    assert now.before is not None
    return now.before, now


def differences(
    edits: Iterable[Edit], who: Who = "internal", days: tuple[date, date] = (STATUS, STATUS)
) -> tuple[Difference, ...]:
    """Compare the project with itself after some edits."""
    return compare(*views(FILES, edited(edits), who, days))


def told(found: tuple[Difference, ...], *, quiet: bool = True) -> list[Told]:
    """Say in short what differs."""
    return [
        (one.topic, one.kind, one.id, one.before, one.after, one.days, one.cause)
        for one in found
        if quiet or not one.quiet
    ]
