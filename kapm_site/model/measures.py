"""The registers of what is measured and learnt: KPIs, feedback, costs, meetings, training, lessons."""

from typing import Any, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from kapm_site.model.record import Record, locked
from kapm_site.model.registers import Registered, RegisterFile
from kapm_site.model.scalars import Day, Line, Markdown, Number, Period, Ref, Text, parse_period, shown

Direction = Literal["up", "down", "range"]
Computed = Literal[
    "schedule.spi",
    "schedule.spi_t",
    "schedule.slip_days",
    "cost.cpi",
    "milestones.on_time_percent",
    "progress.actual_percent",
    "feedback.csat",
    "feedback.nps",
    "budget.spent_percent",
    "risks.exposure",
    "risks.open",
    "asks.open",
]


class Kpi(Registered):
    """A figure that is followed over time."""

    name: Line = Field(description="what is measured")
    unit: Line | None = Field(None, description="unit of its values")
    direction: Direction = Field("up", description="which way is better: up, down, or within a range")
    target: Number | None = Field(None, description="value to be reached")
    low: Number | None = Field(None, description="lower end of a range")
    high: Number | None = Field(None, description="upper end of a range")
    amber: Number | None = Field(
        None, description="value beyond which it is amber; for a range the distance outside it"
    )
    red: Number | None = Field(None, description="value beyond which it is red; for a range the distance outside it")
    values: dict[Period, Number] = Field({}, description="month or date → value")
    computed: Computed | None = Field(None, description="figure of the analysis it follows instead of values")
    owner: Ref | None = Field(None, description="person id")
    goal: Ref | None = Field(None, description="id of the goal it serves")
    description: Markdown | None = Field(None, description="how it is measured")

    @field_validator("values", mode="before")
    @classmethod
    def _refuse_same_period(cls, values: Any) -> Any:
        """Refuse a month beside its last day: both name one date, and one value would be lost."""
        seen: dict[object, object] = {}
        for key in values if isinstance(values, dict) else ():
            try:
                day = parse_period(key)
            except PydanticCustomError:
                continue
            if day in seen:
                found = {"first": shown(seen[day]), "found": shown(key)}
                raise PydanticCustomError("duplicate-key", "{found} is the same date as {first}", found)
            seen[day] = key
        return values


class KpisFile(RegisterFile):
    """The whole of `kpis.yaml`."""

    kpis: tuple[Kpi, ...] = Field((), description="KPIs")


class Feedback(Registered):
    """What somebody said, and what was done about it."""

    date: Day = Field(description="date it was given")
    from_: Line | None = Field(None, alias="from", description="who gave it: person or contact id, or a name")
    channel: Literal["meeting", "email", "survey", "call", "portal"] | None = Field(None, description="how it came")
    csat: Number | None = Field(None, ge=1, le=5, description="satisfaction, 1 to 5")
    nps: Number | None = Field(None, ge=0, le=10, description="likelihood to recommend, 0 to 10")
    quote: Text | None = Field(None, description="in their words")
    response: Markdown | None = Field(None, description="what we did")
    status: Literal["new", "planned", "done", "declined"] = Field("new", description="new, planned, done or declined")
    owner: Ref | None = Field(None, description="person id")
    tasks: tuple[Ref, ...] = Field((), description="task ids")
    changes: tuple[Ref, ...] = Field((), description="change ids")
    internal_note: Text | None = locked("note that stays internal")


class FeedbackFile(RegisterFile):
    """The whole of `feedback.yaml`."""

    feedback: tuple[Feedback, ...] = Field((), description="feedback")


class CostEntry(Record):
    """Money that was spent."""

    date: Day = Field(description="date of the cost")
    amount: Number = Field(description="money; a credit is negative")
    kind: Literal["labor", "expense", "license", "other"] = Field("other", description="kind of cost")
    task: Ref | None = Field(None, description="task id")
    note: Text | None = locked("note that stays internal")


class Commitment(Record):
    """Money that is ordered but not yet spent."""

    date: Day = Field(description="date it falls due")
    amount: Number = Field(ge=0, description="money")
    note: Text | None = locked("note that stays internal")


class CostsFile(RegisterFile):
    """The whole of `costs.yaml`; a client sees totals only."""

    entries: tuple[CostEntry, ...] = Field((), description="money spent")
    commitments: tuple[Commitment, ...] = Field((), description="money ordered")


class Meeting(Registered):
    """A meeting that was held."""

    name: Line = Field(description="what it was called")
    date: Day = Field(description="date")
    attendees: tuple[Line, ...] = Field((), description="who took part: person or contact ids, or names")
    notes: Markdown | None = Field(None, description="minutes")
    decisions: tuple[Ref, ...] = Field((), description="ids of decisions taken")
    actions: tuple[Ref, ...] = Field((), description="ids of actions agreed")


class MeetingsFile(RegisterFile):
    """The whole of `meetings.yaml`."""

    meetings: tuple[Meeting, ...] = Field((), description="meetings")


class Training(Registered):
    """A training of the people who will use the result."""

    title: Line = Field(description="what is taught")
    audience_group: Line | None = Field(None, description="who it is for")
    date: Day | None = Field(None, description="date")
    trainer: Line | None = Field(None, description="who teaches: person or contact id, or a name")
    attendees: tuple[Line, ...] = Field((), description="who takes part: person or contact ids, or names")
    planned: Number | None = Field(None, ge=0, description="places planned")
    attended: Number | None = Field(None, ge=0, description="people who came")
    status: Literal["planned", "done", "cancelled"] = Field("planned", description="planned, done or cancelled")
    rating: Number | None = Field(None, ge=1, le=5, description="mean rating, 1 to 5")


class TrainingFile(RegisterFile):
    """The whole of `training.yaml`."""

    training: tuple[Training, ...] = Field((), description="trainings")


class Lesson(Registered):
    """What was learnt."""

    date: Day | None = Field(None, description="date")
    title: Line = Field(description="the lesson in a few words")
    kind: Literal["keep", "change"] = Field("change", description="keep doing it, or change it")
    what: Markdown | None = Field(None, description="what was learnt")
    action: Ref | None = Field(None, description="id of the action that follows")


class LessonsFile(RegisterFile):
    """The whole of `lessons.yaml`."""

    lessons: tuple[Lesson, ...] = Field((), description="lessons")
