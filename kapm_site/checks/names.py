"""How messages name a record: what it is and its id."""

from kapm_site.model.charter import Charter, Goal, Person, PlannedMeeting, Responsibility
from kapm_site.model.client import Contact
from kapm_site.model.measures import CostEntry, Feedback, Kpi, Lesson, Meeting, Training
from kapm_site.model.plan import Baseline, Task
from kapm_site.model.record import Record
from kapm_site.model.registers import (
    Action,
    Ask,
    Assumption,
    Change,
    Decision,
    ExternalDependency,
    Issue,
    Risk,
)

NOUNS: dict[type[Record], str] = {
    Action: "action",
    Ask: "ask",
    Assumption: "assumption",
    Baseline: "baseline",
    Change: "change",
    Charter: "the project",
    Contact: "contact",
    CostEntry: "a cost entry",
    Decision: "decision",
    ExternalDependency: "dependency",
    Feedback: "feedback",
    Goal: "goal",
    Issue: "issue",
    Kpi: "KPI",
    Lesson: "lesson",
    Meeting: "meeting",
    Person: "person",
    PlannedMeeting: "planned meeting",
    Responsibility: "area",
    Risk: "risk",
    Task: "task",
    Training: "training",
}


def name_of(record: Record) -> str:
    """Name a record in a message, such as `task 't3'`; only what it is where its id could not be read."""
    noun = NOUNS[type(record)]
    key = "area" if isinstance(record, Responsibility) else "id"
    value = getattr(record, key, None)
    if value is None:
        return noun
    return f"a {noun}" if record.lost(key) else f"{noun} '{value}'"
