"""Registers in which every field is filled with a word of its own, so that a page can be asked for each of them."""

from collections.abc import Iterator
from dataclasses import replace

from small_workspace import ERP, client

from kapm_site.audience.views import ProjectView
from kapm_site.language import language_for
from kapm_site.pages.blocks import Beside, Block, Cell, Figure, Pairs, Prose, Quotes, Section, Stack, Table, Tiles
from kapm_site.pages.setting import Medium, Setting

FILES = {
    f"{ERP}/project.yaml": """
name: ERP rollout
code: ERP-7
audience: client
start: 2026-10-05
finish: 2026-11-27
manager: okafor
goals:
  - {id: goal-long-id, statement: Halve the goalstatement, metric: {name: Metricname, unit: unitword, baseline: 8,
     target: 4, current: 7}, owner: okafor, due: 2027-01-04, achievable_because: Because **achievable**,
     relevant_to: Relevantword}
team:
  - {id: okafor, name: Ada Okafor, role: Project manager, department: Departmentword, email: ada@northwind.example}
  - {id: lund, name: Sofie Lund, role: Roleword, organization: client}
  - {id: ortiz, name: Teo Ortiz, role: Welder, organization: partner}
responsibilities:
  - {area: Areaword, responsible: [okafor], accountable: lund, consulted: [ortiz], informed: [vogt]}
communication:
  report: {cadence: biweekly, weekday: thu}
  meetings: [{id: steer, name: Steeringword, cadence: monthly, attendees: [lund, okafor]}]
  channels:
    - {name: Boardword, url: "https://board.example/erp", for: Purposeword}
    - {name: Desk, email: desk@northwind.example}
""",
    f"{ERP}/plan.yaml": """
audience: client
tasks:
  - {id: design, name: Designtask, start: 2026-10-05, finish: 2026-10-16, progress: 100,
     actual_start: 2026-10-05, actual_finish: 2026-10-16,
     deliverable: {acceptance: accepted, submitted: 2026-10-14, decided: 2026-10-20, by: lund}}
  - {id: build, name: Buildtask, owner: okafor, start: 2026-10-19, finish: 2026-11-13, progress: 50,
     actual_start: 2026-10-19, deliverable: {acceptance: rejected}}
  - {id: golive, name: Go-live, milestone: true, finish: 2026-11-27, depends_on: [build]}
""",
    f"{ERP}/risks.yaml": """
audience: client
risks:
  - {id: r1, title: Risktitle, category: legal, cause: Causeword, event: Eventword, effect: Effectword, probability: 4,
     impact: 5, response: share, plan: Plan **planword**, owner: ortiz, due: 2026-12-01, raised: 2026-09-02,
     status: open, exposure: 9100, proximity: 2026-12-03, affects: [build],
     schedule_impact: {optimistic: 1d, likely: 3w, pessimistic: 6mo}}
  - {id: r2, title: Oldrisk, probability: 2, impact: 2, status: closed, closed: 2026-10-04}
issues:
  - {id: i1, title: Issuetitle, severity: 5, owner: okafor, due: 2026-11-05, raised: 2026-11-06, status: open,
     resolution: Resolution *resolved*}
assumptions: [{id: as1, text: Assumptiontext, validated: 2026-11-07}]
dependencies: [{id: d1, text: Dependencytext, on: ortiz, needed_by: 2026-11-08, status: broken}]
""",
    f"{ERP}/changes.yaml": """
audience: client
changes:
  - {id: c1, title: Changetitle, requested_by: vogt, date: 2026-11-09, reason: Reasonword, status: proposed,
     impact: {days: 3, cost: 4100, scope: Scopeword}, tasks: [build]}
  - {id: c2, title: Second, date: 2026-10-10, status: approved, decided: 2026-10-21, by: lund,
     impact: {days: 2, cost: 1200}}
  - {id: c3, title: Third, date: 2026-10-11, status: implemented, decided: 2026-10-12, impact: {days: -1, cost: 300}}
  - {id: c4, title: Fourth, date: 2026-10-13, status: rejected, decided: 2026-10-14, impact: {days: 9, cost: 900}}
""",
    f"{ERP}/asks.yaml": "audience: client\nasks:\n  - {id: q1, title: Asktitle, kind: decision, due: 2026-11-26}\n",
    f"{ERP}/decisions.yaml": """
audience: client
decisions:
  - {id: dec1, date: 2026-11-16, title: Decisiontitle, by: lund, rationale: Rationaleword, ask: q1, change: c2}
""",
    f"{ERP}/actions.yaml": """
audience: client
actions:
  - {id: ac1, title: Actiontitle, owner: ortiz, raised: 2026-11-03, due: 2026-11-17, meeting: m1}
  - {id: ac2, title: Doneaction, done: 2026-11-18}
""",
    f"{ERP}/feedback.yaml": """
audience: client
feedback:
  - {id: f1, date: 2026-10-23, from: vogt, channel: survey, csat: 5, nps: 9}
  - {id: f2, date: 2026-11-10, from: lund, channel: portal, csat: 3, nps: 2, quote: Quoteword,
     response: Response **did**, status: planned, owner: ortiz, tasks: [build], changes: [c2]}
""",
    f"{ERP}/meetings.yaml": """
audience: client
meetings:
  - {id: m1, name: Meetingname, date: 2026-11-02, attendees: [ortiz], notes: Notes *minuted*, decisions: [dec1],
     actions: [ac1]}
""",
    f"{ERP}/training.yaml": """
audience: client
training:
  - {id: t1, title: Trainingtitle, audience_group: Groupword, date: 2026-10-28, trainer: ortiz, attendees: [lund],
     planned: 12, attended: 11, status: done, rating: 4.5}
""",
    f"{ERP}/lessons.yaml": """
audience: client
lessons:
  - {id: l1, date: 2026-10-30, title: Lessontitle, kind: keep, what: What **learnt**, action: ac1}
""",
}


def project(changed: dict[str, str] | None = None) -> ProjectView:
    """Show the project to its client, with some files changed."""
    return client({**FILES, **(changed or {})}).projects[0]


def with_dropped(view: ProjectView, *names: str) -> ProjectView:
    """Let the last report have had milestones that are not in the plan any more: a change each."""
    milestone = next(task for task in view.tasks if task.milestone)
    milestone = replace(milestone, actual_finish=None, percent_complete=0.0)
    dropped = (replace(milestone, id=f"dropped-{n}", name=name) for n, name in enumerate(names))
    return replace(view, before=replace(view, tasks=(*view.tasks, *dropped)))


def web(tag: str = "en") -> Setting:
    """Set pages for the web."""
    return Setting(language_for(tag), "web", "#0f5a8a", "EUR")


def printed(tag: str = "en") -> Setting:
    """Set pages for print."""
    return replace(web(tag), medium="print")


def set_for(medium: Medium) -> Setting:
    """Set pages in English for a medium."""
    return web() if medium == "web" else printed()


def texts_of(section: Section | None) -> str:
    """Write out all that a section says, details too."""
    if section is None:
        return ""
    return "\n".join([section.title, section.finding, *(text for block in section.blocks for text in _texts(block))])


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Beside):
        yield from (*_texts(block.left), *_texts(block.right))
    elif isinstance(block, Stack):
        yield from (text for one in block.blocks for text in _texts(one))
    elif isinstance(block, Table):
        yield from (block.heading, block.more, *(column.label for column in block.columns))
        for row in block.rows:
            yield from (text for cell in row.cells for text in _cell(cell))
            said = [*row.details, *(pair for line in row.lines for pair in line)]
            yield from (text for label, cell in said for text in (label, *_cell(cell)))
    elif isinstance(block, Quotes):
        for quote in block.quotes:
            yield from (quote.quote, quote.source, quote.response, quote.status)
            yield from (text for label, cell in quote.details for text in (label, *_cell(cell)))
    elif isinstance(block, Figure):
        yield from (block.heading, block.caption)
    elif isinstance(block, Pairs | Prose | Tiles):
        yield block.heading


def _cell(cell: Cell) -> tuple[str, ...]:
    return cell.text, cell.note, cell.href
