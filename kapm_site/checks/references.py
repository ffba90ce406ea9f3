"""Every id that a record names belongs to a record.

A record names others by their ids: a task its owner, a risk the tasks it affects, a decision the ask it answers.
An id that nothing bears is almost always a typing error, and the link would silently be missing from the pages.

People are members of the `team` in project.yaml or `contacts` in client.yaml. Only a member of the team can manage
the project or be assigned to a task, since both need the person's capacity. Where a name may stand instead of an id
(`by`, `from`, `sponsor`, `attendees` and their like), anything is right.

Ids in a file of which parts could not be read are not judged: what seems to be missing may be among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kapm_site.checks.names import name_of
from kapm_site.model.charter import Charter, Goal, Person, Responsibility
from kapm_site.model.measures import CostEntry, Feedback, Kpi, Lesson, Meeting
from kapm_site.model.plan import Assignment, Baseline, Delay, Dependency, Task
from kapm_site.model.record import Record
from kapm_site.model.registers import Action, Ask, Change, Decision, Issue, Risk
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Mark, Problem, first_problems
from kapm_site.workspace.records import Guesses

Kind = Literal["person", "member", "task", "KPI", "goal", "change", "ask", "action", "decision", "meeting", "calendar"]


@dataclass(frozen=True, slots=True)
class Site:
    """A field that names other records.

    Attributes:
        field: The field; its value is an id or a tuple of ids.
        kind: What it names; a `member` is a person of the team.
        words: What stands between the record and the id in a message.
    """

    field: str
    kind: Kind
    words: str


#: Every field that must be an id. A test compares it with the fields of the model.
SITES: dict[type[Record], tuple[Site, ...]] = {
    Action: (Site("owner", "person", "is owned by"), Site("meeting", "meeting", "comes from")),
    Ask: (Site("owner", "person", "is addressed to"),),
    Assignment: (Site("person", "member", "is assigned to"),),
    Baseline: (Site("change", "change", "follows from"),),
    Change: (Site("tasks", "task", "touches"),),
    Charter: (Site("manager", "member", "is managed by"),),
    CostEntry: (Site("task", "task", "belongs to"),),
    Decision: (Site("ask", "ask", "answers"), Site("change", "change", "decides")),
    Delay: (Site("owner", "person", "has a delay that is seen to by"),),
    Dependency: (Site("task", "task", "depends on"),),
    Feedback: (
        Site("owner", "person", "is owned by"),
        Site("tasks", "task", "led to"),
        Site("changes", "change", "led to"),
    ),
    Goal: (Site("owner", "person", "is owned by"), Site("kpi", "KPI", "is measured by")),
    Issue: (Site("owner", "person", "is owned by"),),
    Kpi: (Site("owner", "person", "is owned by"), Site("goal", "goal", "serves")),
    Lesson: (Site("action", "action", "leads to"),),
    Meeting: (Site("decisions", "decision", "took"), Site("actions", "action", "agreed on")),
    Person: (Site("calendar", "calendar", "works by"),),
    Responsibility: (
        Site("responsible", "person", "is carried out by"),
        Site("accountable", "person", "is answered for by"),
        Site("consulted", "person", "consults"),
        Site("informed", "person", "informs"),
    ),
    Risk: (Site("owner", "person", "is owned by"), Site("affects", "task", "affects")),
    Task: (Site("owner", "person", "is owned by"), Site("calendar", "calendar", "is scheduled by")),
}

_HOMES: dict[Kind, str] = {
    "person": "the team of project.yaml or the contacts of client.yaml",
    "member": "the team of project.yaml",
    "task": "plan.yaml",
    "KPI": "kpis.yaml",
    "goal": "the goals of project.yaml",
    "change": "changes.yaml",
    "ask": "asks.yaml",
    "action": "actions.yaml",
    "decision": "decisions.yaml",
    "meeting": "meetings.yaml",
    "calendar": "the calendars of kapm.yaml",
}


def check(account: Account, project: Project, workspace: Workspace) -> list[Problem]:
    """Report every id that no record bears."""
    known = _known_ids(account, project, workspace)
    guesses = {kind: Guesses(ids) for kind, ids in known.items()}
    return list(
        first_problems(
            (record.mark().path, _faults(subject, record, site, known, guesses))
            for subject, record in _records(project)
            for site in SITES[type(record)]
        )
    )


def _faults(
    subject: Record, record: Record, site: Site, known: dict[Kind, frozenset[str]], guesses: dict[Kind, Guesses]
) -> Iterator[Problem]:
    named, ids = getattr(record, site.field), known.get(site.kind)
    if not named or ids is None:
        return
    for place, value in _values(site.field, named):
        if value not in ids and (len(place) > 1 or not record.lost(site.field)):
            yield _unknown(name_of(subject), site, value, record.mark(*place), known, guesses)


def _unknown(
    subject: str, site: Site, value: str, mark: Mark, known: dict[Kind, frozenset[str]], guesses: dict[Kind, Guesses]
) -> Problem:
    noun = "person" if site.kind == "member" else site.kind
    message = f"{subject} {site.words} unknown {noun} '{value}'"
    hint = guesses[site.kind].hint(value) or f"add '{value}' to {_HOMES[site.kind]}"
    if site.kind == "member" and value in known.get("person", ()):
        message = f"{subject} {site.words} '{value}', a contact who is not in the team"
        hint = f"add '{value}' to {_HOMES['member']}, with organization: client"
    return Problem(mark, f"unknown-{noun.lower()}", message, hint=hint)


def _values(field: str, named: str | tuple[str, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(named, str):
        return [((field,), named)]
    return [((field, index), value) for index, value in enumerate(named)]


def _known_ids(account: Account, project: Project, workspace: Workspace) -> dict[Kind, frozenset[str]]:
    """Return the ids of each kind, save where parts of their file could not be read."""
    charter, client = project.project, account.client
    team = frozenset(person.id for person in charter.team)
    contacts = frozenset(contact.id for contact in client.contacts)
    planned = frozenset(meeting.id for meeting in charter.communication.meetings)
    held = frozenset(meeting.id for meeting in project.meetings.meetings)
    ids: dict[Kind, tuple[frozenset[str], tuple[Record, ...]]] = {
        "person": (team | contacts, (charter, client)),
        "member": (team, (charter,)),
        "task": (frozenset(task.id for task in project.tasks()), (project.plan,)),
        "KPI": (frozenset(kpi.id for kpi in project.kpis.kpis), (project.kpis,)),
        "goal": (frozenset(goal.id for goal in charter.goals), (charter,)),
        "change": (frozenset(change.id for change in project.changes.changes), (project.changes,)),
        "ask": (frozenset(ask.id for ask in project.asks.asks), (project.asks,)),
        "action": (frozenset(action.id for action in project.actions.actions), (project.actions,)),
        "decision": (frozenset(item.id for item in project.decisions.decisions), (project.decisions,)),
        "meeting": (held | planned, (project.meetings, charter)),
        "calendar": (frozenset(workspace.settings.calendars), (workspace.settings,)),
    }
    return {kind: found for kind, (found, files) in ids.items() if not any(file.partial for file in files)}


def _records(project: Project) -> Iterator[tuple[Record, Record]]:
    """Walk the records that name others, each with the one that a message names for it."""
    charter = project.project
    yield charter, charter
    for task in project.tasks():
        yield task, task
        yield from ((task, part) for part in (*task.assigned, *task.depends_on))
        if task.delay:
            yield task, task.delay
    lists: tuple[tuple[Record, ...], ...] = (
        charter.goals,
        charter.team,
        charter.responsibilities,
        project.baselines.baselines,
        project.risks.risks,
        project.risks.issues,
        project.asks.asks,
        project.decisions.decisions,
        project.actions.actions,
        project.changes.changes,
        project.kpis.kpis,
        project.feedback.feedback,
        project.costs.entries,
        project.meetings.meetings,
        project.lessons.lessons,
    )
    yield from ((record, record) for records in lists for record in records)
