"""A small workspace in memory, read, analysed and turned into views as a build does it."""

from collections.abc import Mapping
from datetime import date

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience.build import (
    client_project,
    client_view,
    internal_project,
    internal_view,
    portfolio_project,
)
from kapm_site.audience.internal import InternalProject, InternalView, PortfolioProject
from kapm_site.audience.views import ClientView
from kapm_site.language import language_for
from kapm_site.model.workspace import Workspace
from kapm_site.pages.setting import Setting
from kapm_site.workspace.collect import SourceFiles
from kapm_site.workspace.read import read

STATUS = date(2026, 11, 20)
ERP = "projects/acme/erp"
APP = "projects/borealis/app"

FILES = {
    "kapm.yaml": """
organization: {name: Northwind Delivery, website: https://northwind.example, email: hello@northwind.example}
publishing: {base_url: https://status.northwind.example/, report_cadence: weekly}
""",
    "projects/acme/client.yaml": """
name: Acme Industrial
contacts:
  - {id: vogt, name: Kim Vogt, email: kim.vogt@acme.example, receives: [brief]}
protection: none
account:
  manager: okafor
  crm: {system: zoho, id: "4711"}
  tier: strategic
  contract: {value: 100000, currency: EUR, start: 2026-01-01, end: 2027-03-31, renewal: 2026-12-10}
  opportunities: [{name: Support for two years, stage: proposal, amount: 30000, close: 2027-01-15}]
  notes: Talk to **Kim** first.
""",
    f"{ERP}/project.yaml": """
name: ERP rollout
audience: client
start: 2026-10-05
finish: 2026-11-27
manager: okafor
team:
  - {id: okafor, name: Ada Okafor, role: Project manager, rate: 900}
budget: {amount: 80000, audience: client}
communication: {report: {cadence: weekly, stale_after: 10d}}
health_override:
  dimension: quality
  health: green
  reason: The two defects are closed
  expires: 2026-12-04
""",
    f"{ERP}/plan.yaml": """
audience: client
tasks:
  - {id: design, name: Design, start: 2026-10-05, finish: 2026-10-16, cost: 20000, progress: 100,
     actual_start: 2026-10-05, actual_finish: 2026-10-16}
  - {id: build, name: Build, owner: okafor, start: 2026-10-19, finish: 2026-11-13, cost: 60000, progress: 50,
     actual_start: 2026-10-19, remaining: 10d, notes: The sorter firm is slow to answer,
     delay: {cause: client, recovery: Work on two Saturdays, owner: okafor, new_finish: 2026-12-04,
             internal_note: Do not promise January}}
  - {id: secret, name: Margin review, audience: internal, start: 2026-11-16, finish: 2026-11-27}
  - {id: pilot, name: "=Pilot live", milestone: true, finish: 2026-11-27, depends_on: [design],
     constraint: {type: must_finish_on, date: 2026-11-27}}
  - {id: golive, name: Go-live, milestone: true, finish: 2026-11-27, depends_on: [build]}
""",
    f"{ERP}/baselines.yaml": """
audience: client
baselines:
  - id: b1
    approved: 2026-10-01
    tasks:
      design: {start: 2026-10-05, finish: 2026-10-16, cost: 20000}
      build: {start: 2026-10-19, finish: 2026-11-13, cost: 60000}
      pilot: {finish: 2026-11-27}
      golive: {finish: 2026-11-13}
""",
    f"{ERP}/asks.yaml": """
audience: client
asks:
  - {id: a1, title: Name key users, kind: input, owner: vogt, raised: 2026-11-02, due: 2026-11-12,
     effect: Training cannot begin}
  - {id: a2, title: Approve the price, audience: internal, due: 2026-11-30}
""",
    f"{ERP}/risks.yaml": """
audience: client
risks:
  - {id: r1, title: Vendor is short of staff, probability: 4, impact: 5, exposure: 9000, response: reduce}
  - {id: r2, title: They may go elsewhere, audience: internal, probability: 2, impact: 2}
issues:
  - {id: i1, title: Scanner defect, severity: 5, status: open}
  - {id: i2, title: Label defect, severity: 4, status: open}
""",
    f"{ERP}/changes.yaml": """
audience: client
changes:
  - {id: c1, title: Add a dashboard, date: 2026-11-16, requested_by: vogt, impact: {days: 3, cost: 4000}}
""",
    f"{ERP}/costs.yaml": """
entries:
  - {date: 2026-10-30, amount: 30000, kind: labor, task: design, note: Two seniors}
  - {date: 2026-11-13, amount: 25000, kind: expense}
commitments:
  - {date: 2026-12-01, amount: 5000, note: Licences}
""",
    f"{ERP}/feedback.yaml": """
audience: client
feedback:
  - {id: f1, date: 2026-10-09, from: vogt, csat: 5}
  - {id: f2, date: 2026-11-09, from: vogt, csat: 3, quote: Slow, status: new, internal_note: He was tired}
""",
    f"{ERP}/meetings.yaml": """
audience: client
meetings:
  - {id: m1, name: Steering committee, date: 2026-11-05, attendees: [vogt, okafor]}
""",
    f"{ERP}/training.yaml": """
audience: client
training:
  - {id: t1, title: Key users, date: 2026-12-02}
  - {id: t2, title: Drivers, date: 2026-12-03, status: cancelled}
""",
    f"{ERP}/reports/001.yaml": """
number: 1
status_date: 2026-11-13
health: {overall: amber, dimensions: {schedule: green, cost: green, risk: amber}}
""",
    f"{ERP}/updates/2026-11-13.md": "---\nheadline: Build is behind.\naudience: client\n---\n## Done\nDesign\n",
    "projects/borealis/client.yaml": "name: Borealis Energy\nlanguage: de\n",
    f"{APP}/project.yaml": "name: Grid app\nfinish: 2027-02-26\n",
    f"{APP}/plan.yaml": "tasks:\n  - {id: t, name: Work, start: 2026-11-16, finish: 2027-02-26}\n",
}


def workspace(changed: Mapping[str, str] | None = None) -> Workspace:
    """Read the workspace with some files changed; an empty text leaves a file out."""
    texts = {path: text.encode() for path, text in {**FILES, **(changed or {})}.items() if text}
    folders = {path[:end] for path in texts for end in range(len(path)) if path[end] == "/" and end > len("projects")}
    reading = read(SourceFiles(texts, folders=frozenset(folders)))
    errors = [str(problem) for problem in reading.problems if problem.severity == "error"]
    assert not errors, errors
    return reading.workspace


def analyses(found: Workspace, status: date = STATUS) -> list[Analysis]:
    """Analyse all projects."""
    return [analyse(found.settings, account, project, status) for account, project in found.projects()]


def internal(
    changed: Mapping[str, str] | None = None, *, status: date = STATUS, failed: tuple[str, ...] = ()
) -> InternalView:
    """Build the view of internal readers."""
    found = workspace(changed)
    projects: dict[str, list[PortfolioProject]] = {}
    for one in analyses(found, status):
        projects.setdefault(one.account.id, []).append(portfolio_project(internal_project(one, ())))
    return internal_view(found.settings, found.accounts, projects, status, failed)


def internal_page(changed: Mapping[str, str] | None = None) -> InternalProject:
    """Build what the internal page of the first project is made of."""
    return internal_project(analyses(workspace(changed))[0], ())


def client(changed: Mapping[str, str] | None = None, *, client_id: str = "acme", status: date = STATUS) -> ClientView:
    """Build the view of one client."""
    found = workspace(changed)
    account = next(account for account in found.accounts if account.id == client_id)
    own = [client_project(one) for one in analyses(found, status) if one.account.id == client_id]
    return client_view(found.settings, account, [view for view in own if view], status)


def setting(tag: str = "en", *, internal_reader: bool = True) -> Setting:
    """Set pages for the web."""
    return Setting(language_for(tag), "web", "#0f5a8a", "EUR", internal=internal_reader)
