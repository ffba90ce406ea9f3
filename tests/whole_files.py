"""A workspace that writes every key of the vocabulary, in which all that may be said is said to somebody.

Each register holds a record for the client and one that is internal, each of these with every key that its kind has.
The texts are short and plain: tests put words of their own in their place.
"""

SETTINGS = """
organization: {name: Northwind, logo: attachments/logo.png, website: "https://northwind.example",
  email: hello@northwind.example}
language: en
currency: EUR
timezone: Europe/Berlin
calendar:
  country: DE
  subdivision: HH
  working_days: [mon, tue, wed, thu, fri]
  hours: ["09:00-13:00", "14:00-18:00"]
  hours_per_day: 8
  days_per_week: 5
  days_per_month: 20
  holidays: [2026-12-24, {from: 2026-11-25, to: 2026-11-26, name: Closed}]
  working_dates: [2027-01-09, {date: 2027-01-16, hours: ["09:00-13:00"]}]
calendars:
  shift: {working_days: [mon, tue, wed, thu, fri, sat]}
publishing: {base_url: "https://status.northwind.example", report_cadence: biweekly}
pdf: {paper: a4, archive: false}
health:
  scope: {amber_undecided_days: 10, red_undecided_days: 20}
  schedule: {amber_slip_days: 0, red_slip_days: 10, amber_behind_percent: 5, red_behind_percent: 15}
  cost: {amber_over_percent: 0, red_over_percent: 10}
  quality: {severe_from: 4, amber_count: 1, red_count: 3}
  risk: {amber_score: 12, red_score: 20}
  satisfaction: {window_days: 90, amber_csat: 4, red_csat: 3, amber_nps: 0, red_nps: -50}
"""

CLIENT = """
name: Acme
language: en
currency: EUR
timezone: Europe/Berlin
calendar: {country: DE, holidays: [{from: 2026-11-25, to: 2026-11-26, name: Feast}]}
brand: {logo: attachments/logo.png, color: "#0b4f6c", vocabulary: {section.milestones: Gates}}
pdf: {paper: letter, archive: true}
contacts:
  - {id: vogt, name: Vogt, role: Director, email: vogt@acme.example, language: de, receives: [brief, full]}
protection: none
account:
  manager: okafor
  crm: {system: zoho, id: "4711"}
  industry: Rail
  tier: strategic
  contract: {value: 1840000, currency: EUR, start: 2026-01-01, end: 2027-03-31, renewal: 2026-12-10}
  opportunities: [{name: Support, stage: proposal, amount: 310000, close: 2027-01-15}]
  notes: Talk first.
"""

CHARTER = """
name: Rollout
code: HL-7
audience: client
description: What it is about.
manager: okafor
sponsor: Sponsor
start: 2026-10-05
finish: 2026-12-11
progress_method: percent
currency: EUR
calendar: {country: DE, holidays: [{from: 2026-11-25, to: 2026-11-26, name: Away}]}
goals:
  - {id: goal-1, statement: Halve it, kpi: kpi-1, owner: okafor, due: 2027-01-04, achievable_because: Done before,
     relevant_to: Growth, audience: client}
  - {id: goal-2, statement: Win it, metric: {name: Wins, unit: deals, baseline: 1, target: 4, current: 2}, owner: lund,
     due: 2027-02-04, achievable_because: Asked, relevant_to: Sales, audience: client}
  - {id: goal-3, statement: Keep it, metric: {name: Rates, unit: points, baseline: 1, target: 4, current: 2},
     owner: lund, due: 2027-02-04, achievable_because: Secret, relevant_to: Margin, audience: internal}
team:
  - {id: okafor, name: Okafor, role: Manager, organization: vendor, department: Delivery, email: ok@northwind.example,
     contact: true, capacity: 80, calendar: shift, rate: 913, audience: client}
  - {id: lund, name: Lund, role: Welder, organization: partner, department: Works, email: lund@works.example,
     rate: 1287, audience: client}
  - {id: veil, name: Veil, role: Assurance, organization: vendor, department: Quality, email: veil@northwind.example,
     contact: true, rate: 1651, audience: internal}
responsibilities:
  - {area: Design, responsible: [okafor], accountable: lund, consulted: [vogt], informed: [veil], audience: client}
  - {area: Margin, responsible: [okafor], accountable: veil, consulted: [lund], informed: [vogt], audience: internal}
communication:
  report: {cadence: biweekly, weekday: fri, stale_after: 10d}
  meetings:
    - {id: board, name: Board, cadence: monthly, attendees: [okafor, Guest], audience: client}
    - {id: bench, name: Bench, cadence: daily, attendees: [veil, Spy], audience: internal}
  channels:
    - {name: Room, url: "https://room.example", for: Papers, audience: client}
    - {name: Desk, email: desk@northwind.example, for: Help, audience: client}
    - {name: Chat, url: "https://chat.example", for: Gossip, audience: internal}
budget: {amount: 804311, contingency: 45917, tolerance_percent: 5, audience: client}
tolerances: {schedule: 5d, cost_percent: 10}
health_override:
  - {dimension: overall, health: amber, reason: One week, expires: 2026-12-18, audience: client}
  - {dimension: scope, health: amber, reason: They quarrel, expires: 2026-12-18, audience: internal}
forecast: {spread_percent: [-10, 15], runs: 50, seed: 7, probability_scale: [5, 20, 40, 65, 90]}
"""

_TASK = """
      description: More of it.
      owner: {owner}
      assigned: [{{person: {owner}, units: 50}}]
      audience: {audience}
      labels: [Tag]
      start: 2026-10-19
      finish: 2026-11-13
      work: 10d
      cost: {{amount: 61733, fixed: 11933, accrual: start}}
      calendar: shift
      depends_on: [{{task: {before}, type: FS, lag: 1d}}]
      constraint: {{type: start_no_earlier_than, date: 2026-10-19}}
      deadline: 2026-12-04
      estimate: {{optimistic: 15d, likely: 20d, pessimistic: 40d, distribution: pert}}
      progress: 50
      progress_method: percent
      actual_start: 2026-10-19
      remaining: 10d
      actual_cost: 37219
      actual_work: 5d
      delay: {{cause: client, note: Late answer, recovery: Two shifts, owner: {owner}, new_finish: 2026-12-04,
        internal_note: Do not promise}}
      deliverable: {{acceptance: submitted, submitted: 2026-11-12, decided: 2026-11-18, by: Judge}}
      source: {{system: Jira, key: Origin, url: "https://jira.example", imported: 0a1b2c}}
      notes: Margin is thin
"""

PLAN = (
    """
audience: client
tasks:
  - id: phase
    name: Phase
    tasks:
    - {id: design, name: Design, start: 2026-10-05, finish: 2026-10-16, progress: 100, actual_start: 2026-10-05,
       actual_finish: 2026-10-16, progress_method: milestones, steps: [{name: Half, weight: 1, done: true}]}
    - id: build
      name: Build
"""
    + _TASK.format(owner="okafor", audience="client", before="design").lstrip("\n")
    + """
    - id: probe
      name: Probe
"""
    + _TASK.format(owner="veil", audience="internal", before="design").lstrip("\n")
    + """
    - {id: hush, name: Hush, audience: internal, start: 2026-11-16, finish: 2026-11-20, progress: 0,
       progress_method: milestones, steps: [{name: Whisper, weight: 1, done: false}]}
  - {id: slack, name: Slack, buffer: true, duration: 5d, depends_on: [build]}
  - {id: golive, name: Live, milestone: true, finish: 2026-12-11, depends_on: [slack]}
"""
)

BASELINES = """
audience: client
baselines:
  - {id: base-1, name: First, approved: 2026-10-01, by: Board member, change: change-1, audience: client,
     tasks: {design: {start: 2026-10-05, finish: 2026-10-16, cost: 21377, work: 5d},
             build: {start: 2026-10-19, finish: 2026-11-06, cost: 61733}, golive: {finish: 2026-11-27}}}
  - {id: base-2, name: Draft, approved: 2026-09-01, by: Nobody, change: change-2, audience: internal,
     tasks: {design: {start: 2026-10-05, finish: 2026-10-16, cost: 19477}}}
"""

REPORT = """
number: 1
status_date: 2026-11-06
commit: f2509a042cf068b5923bfc3f645cf7a470453077
health: {overall: green, dimensions: {scope: green, schedule: amber}}
figures: {slip_days: 0, p50: 2026-12-04, p80: 2026-12-11}
sha256: {full: 0f0f}
content: {full: 0e0e}
made_with: {kapm: 0.1.0}
"""

#: Front matter, then titles and texts of the sections.
UPDATES = {
    "2026-11-13": (
        """
headline: It goes on.
audience: client
period: {from: 2026-11-02, to: 2026-11-13}
author: okafor
health_override:
  - {dimension: quality, health: amber, reason: Two defects, expires: 2026-12-18, audience: client}
  - {dimension: risk, health: amber, reason: They know nothing, expires: 2026-12-18}
""",
        (("Done", "Designed."), ("Next", "Built."), ("Outlook", "Fine.")),
    ),
    "2026-11-19": (
        """
headline: It is worse.
audience: internal
period: {from: 2026-11-14, to: 2026-11-19}
author: veil
health_override: {dimension: cost, health: amber, reason: We hide it, expires: 2026-12-18, audience: internal}
""",
        (("Done", "Nothing."), ("Next", "Nothing much."), ("Truth", "Bad.")),
    ),
}

# A register: its file, its lists, and the keys of a record, in which `N` is 1 or 2 and `P` a person of its audience.
_RECORDS = {
    "risks.yaml": {
        "risks": "title: Vendor, category: legal, cause: Cause, event: Event, effect: Effect, probability: 3,"
        " impact: 4, response: share, plan: Plan, owner: P, due: 2026-12-01, raised: 2026-09-02, status: open,"
        " closed: 2026-11-18, exposure: 9N713, proximity: 2026-12-03, affects: [build],"
        " schedule_impact: {optimistic: 1d, likely: 2d, pessimistic: 3d}",
        "issues": "title: Defect, severity: 3, owner: P, due: 2026-12-05, raised: 2026-11-06, status: open,"
        " resolution: Mended",
        "assumptions": "text: They come, validated: 2026-11-07",
        "dependencies": "text: A crane, on: Supplier, needed_by: 2026-12-08, status: broken",
    },
    "asks.yaml": {
        "asks": "title: Tell us, kind: decision, owner: P, raised: 2026-11-02, due: 2026-11-26, effect: Wait,"
        " status: open, answered: 2026-11-19, outcome: Told"
    },
    "decisions.yaml": {
        "decisions": "date: 2026-11-16, title: Yes, by: Chair, rationale: Why, ask: ask-N, change: change-N"
    },
    "actions.yaml": {
        "actions": "title: Do it, owner: P, raised: 2026-11-03, due: 2026-11-17, done: 2026-11-19, meeting: meeting-N"
    },
    "changes.yaml": {
        "changes": "title: Add it, requested_by: Asker, date: 2026-11-09, reason: Wish, status: approved,"
        " impact: {days: 3, cost: 4N371, scope: More}, decided: 2026-11-10, by: Decider, tasks: [build]"
    },
    "kpis.yaml": {
        "kpis": "name: Speed, unit: lines, direction: up, target: 95, amber: 90, red: 80, owner: P, goal: goal-1,"
        " description: Counted, values: {2026-09: 81, 2026-10: 93}"
    },
    "feedback.yaml": {
        "feedback": "date: 2026-11-10, from: Critic, channel: survey, csat: 4, nps: 8, quote: Slow, response: Faster,"
        " status: planned, owner: P, tasks: [build], changes: [change-N], internal_note: Tired"
    },
    "meetings.yaml": {
        "meetings": "name: Round, date: 2026-11-05, attendees: [P, Visitor], notes: Minutes,"
        " decisions: [decision-N], actions: [action-N]"
    },
    "training.yaml": {
        "training": "title: Course, audience_group: Drivers, date: 2026-10-28, trainer: Coach, attendees: [P, Pupil],"
        " planned: 12, attended: 11, status: done, rating: 4.5"
    },
    "lessons.yaml": {"lessons": "date: 2026-10-30, title: Ask first, kind: keep, what: Learnt, action: action-N"},
}
_MORE = {
    "kpis.yaml": "  - {id: kpi-3, name: Range, direction: range, target: 5, low: 4, high: 6, owner: okafor,"
    " values: {2026-10: 5}}\n  - {id: kpi-4, name: Pace, computed: schedule.spi, target: 1}\n"
}

COSTS = """
audience: client
entries: [{date: 2026-10-30, amount: 30411, kind: labor, task: design, note: Two seniors}]
commitments: [{date: 2026-12-01, amount: 15377, note: Licences}]
"""


def project_files() -> dict[str, str]:
    """Write the YAML files of a project, by their names."""
    files = {"project.yaml": CHARTER, "plan.yaml": PLAN, "baselines.yaml": BASELINES, "costs.yaml": COSTS}
    for name, lists in _RECORDS.items():
        text = "audience: client\n"
        for key, record in lists.items():
            one = {"training": "training", "feedback": "feedback", "dependencies": "dependency"}.get(key, key[:-1])
            text += f"{key}:\n"
            for number, person, audience in ((1, "lund", "client"), (2, "veil", "internal")):
                filled = record.replace("N", str(number)).replace("P,", f"{person},")
                text += f"  - {{id: {one}-{number}, {filled}, audience: {audience}}}\n"
        files[name] = text + _MORE.get(name, "")
    return files
