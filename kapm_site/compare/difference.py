"""One thing about a project that is not as it was: a fact with its numbers, said in words by the pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Topic = Literal[
    "health",
    "dimension",
    "finish",
    "forecast",
    "baseline",
    "milestone",
    "task",
    "deliverable",
    "progress",
    "budget",
    "eac",
    "spent",
    "kpi",
    "risk",
    "issue",
    "assumption",
    "dependency",
    "change",
    "decision",
    "ask",
    "action",
    "goal",
    "feedback",
    "satisfaction",
    "person",
    "training",
    "lesson",
    "meeting",
]

Kind = Literal["added", "removed", "moved", "done", "reopened", "crossed", "occurred", "answered", "decided", "changed"]

#: A health, a state or a name; a number; a day; a risk's probability and impact.
Value = str | float | date | tuple[float | None, float | None] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one record or figure between two views of a project.

    Attributes:
        topic: What it is about.
        kind: What happened to it.
        id: Of the record; the name of the dimension; empty for the project as a whole.
        name: What readers call the record, as it is called in the later view if it is there.
        before, after: The value that moved; None where there was or is none.
        days: Working days by which a date moved, later is positive.
        cause: Cause of a delay, as a word of the vocabulary.
        facts: What else a sentence about it says.
        weight: How much a reader cares; the greater comes first.
        quiet: Of little weight: told together with others of its topic and kind.
    """

    topic: Topic
    kind: Kind
    id: str = ""
    name: str = ""
    before: Value = None
    after: Value = None
    days: float | None = None
    cause: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    weight: float = 0.0
    quiet: bool = False
