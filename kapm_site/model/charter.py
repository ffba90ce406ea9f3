"""`project.yaml`: what was agreed, who works on it, how it is run."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from kapm_site.model.calendars import Calendar
from kapm_site.model.record import Record, locked
from kapm_site.model.scalars import (
    Currency,
    Day,
    Email,
    Flag,
    Line,
    Markdown,
    Moment,
    Number,
    Ref,
    Slug,
    Text,
    Url,
    Weekday,
)
from kapm_site.model.settings import Cadence
from kapm_site.model.units import DurationField

Audience = Literal["client", "internal"]
Dimension = Literal["scope", "schedule", "cost", "quality", "risk", "satisfaction"]
Rag = Literal["green", "amber", "red"]
ProgressMethod = Literal["percent", "0/100", "50/50", "20/80", "milestones", "level_of_effort"]

Share = Annotated[Number, Field(ge=0, le=100)]

DIMENSIONS: tuple[Dimension, ...] = ("scope", "schedule", "cost", "quality", "risk", "satisfaction")


class Metric(Record):
    """A measure of a goal that is not kept as a KPI."""

    name: Line = Field(description="what is measured")
    unit: Line | None = Field(None, description="unit of the figures")
    baseline: Number | None = Field(None, description="value at the start")
    target: Number | None = Field(None, description="value to be reached")
    current: Number | None = Field(None, description="value today")


class Goal(Record):
    """A goal: specific, measurable, achievable, relevant, time-bound."""

    id: Slug = Field(description="unique in the file")
    statement: Line = Field(description="what will be true when it is reached")
    kpi: Ref | None = Field(None, description="id of the KPI that measures it")
    metric: Metric | None = Field(None, description="or the measure itself")
    owner: Ref | None = Field(None, description="person id")
    due: Day | None = Field(None, description="date by which it is reached")
    achievable_because: Markdown | None = Field(None, description="why it can be reached")
    relevant_to: Line | None = Field(None, description="which business aim it serves")
    audience: Audience | None = Field(None, description="overrides the file's")


class Person(Record):
    """A member of the team."""

    id: Slug = Field(description="unique in the project")
    name: Line = Field(description="full name")
    role: Line | None = Field(None, description="what the person does")
    organization: Literal["vendor", "client", "partner"] = Field("vendor", description="whose the person is")
    department: Line | None = Field(None, description="department")
    email: Email | None = Field(None, description="address; a client sees the manager's and those with `contact: true`")
    contact: Flag = Field(default=False, description="show the address to the client")
    capacity: Number = Field(100, ge=0, le=1000, description="percent of full time available to the project")
    calendar: Ref | None = Field(
        None, description="name of another calendar of kapm.yaml; work of these people alone runs in it"
    )
    rate: Number | None = locked("cost per day")
    audience: Audience | None = Field(None, description="overrides the file's; a hidden person is shown by role")


class Responsibility(Record):
    """One row of the RACI table."""

    area: Line = Field(description="area of work")
    responsible: tuple[Ref, ...] = Field((), description="who does it")
    accountable: Ref | None = Field(None, description="the one who answers for it")
    consulted: tuple[Ref, ...] = Field((), description="who is asked")
    informed: tuple[Ref, ...] = Field((), description="who is told")
    audience: Audience | None = Field(None, description="overrides the file's")


class ReportPlan(Record):
    """How often the status is reported."""

    cadence: Cadence | None = Field(None, description="weekly, biweekly or monthly")
    weekday: Weekday | None = Field(None, description="day of the report")
    stale_after: DurationField | None = Field(
        None, description="time without an update or a report after which health is stale; else cadence and some days"
    )


class PlannedMeeting(Record):
    """A meeting that repeats."""

    id: Slug = Field(description="unique in the file")
    name: Line = Field(description="what it is called")
    cadence: Line | None = Field(None, description="how often it is held")
    attendees: tuple[Line, ...] = Field((), description="who takes part: person or contact ids, or names")
    audience: Audience | None = Field(None, description="overrides the file's")


class Channel(Record):
    """A way to reach the team."""

    name: Line = Field(description="what it is called")
    url: Url | None = Field(None, description="link")
    email: Email | None = Field(None, description="or address")
    for_: Line | None = Field(None, alias="for", description="what it is used for")
    audience: Audience | None = Field(None, description="overrides the file's")


class Communication(Record):
    """The communication plan."""

    report: ReportPlan = Field(ReportPlan(), description="status reports")
    meetings: tuple[PlannedMeeting, ...] = Field((), description="regular meetings")
    channels: tuple[Channel, ...] = Field((), description="channels")


class Budget(Record):
    """The budget at completion."""

    amount: Number = Field(ge=0, description="agreed budget")
    contingency: Number | None = Field(None, ge=0, description="reserve for known risks, not part of the amount")
    tolerance_percent: Number | None = Field(None, ge=0, description="percent over the amount that needs no escalation")
    audience: Audience | None = Field(None, description="`client`: the client sees money")


class Tolerances(Record):
    """PRINCE2 tolerances: how far the project may deviate before it is escalated."""

    schedule: DurationField | None = Field(None, description="working time late before schedule is red")
    cost_percent: Number | None = Field(None, ge=0, description="percent over budget before cost is red")


class HealthOverride(Record):
    """Health declared by a person, with a reason and an end."""

    dimension: Literal["scope", "schedule", "cost", "quality", "risk", "satisfaction", "overall"] = Field(
        "overall",
        description="a dimension, or overall",
    )
    health: Rag = Field(description="green, amber or red")
    reason: Text = Field(description="why the rule is wrong this time")
    expires: Day = Field(description="last day it holds")
    audience: Audience | None = Field(None, description="`client`: the client sees the reason")


def _one_or_many(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


class _OneOrMany:
    """Tells editors that one record may stand where a list of records is read."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


HealthOverrides = Annotated[tuple[HealthOverride, ...], BeforeValidator(_one_or_many), _OneOrMany]


class ForecastSettings(Record):
    """Settings of the Monte Carlo forecast."""

    spread_percent: tuple[Number, Number] = Field(
        (-10, 30), description="optimistic and pessimistic, where a task has no estimate"
    )
    runs: Number = Field(10_000, ge=1, le=100_000, description="simulated runs")
    seed: Number = Field(1, description="seed of the random numbers")
    probability_scale: tuple[Share, ...] = Field(
        (10, 30, 50, 70, 90),
        min_length=5,
        max_length=5,
        description="percent that risk probabilities 1 to 5 stand for",
    )


class Charter(Record):
    """The whole of `project.yaml`."""

    name: Line = Field(description="the project's name")
    code: Line | None = Field(None, description="code of the project in other systems")
    description: Markdown | None = Field(None, description="what it is about")
    audience: Audience | None = Field(None, description="`client`: the client sees the project; default internal")
    manager: Ref | None = Field(None, description="person id of the project manager")
    sponsor: Line | None = Field(None, description="contact or person id of the sponsor, or a name")
    start: Moment | None = Field(None, description="agreed first day")
    finish: Moment | None = Field(None, description="agreed last day")
    calendar: Calendar | None = Field(None, description="replaces the client's")
    currency: Currency | None = Field(None, description="overrides the client's")
    goals: tuple[Goal, ...] = Field((), description="goals")
    team: tuple[Person, ...] = Field((), description="people")
    responsibilities: tuple[Responsibility, ...] = Field((), description="RACI")
    communication: Communication = Field(Communication(), description="reports, meetings, channels")
    budget: Budget | None = Field(None, description="budget at completion")
    tolerances: Tolerances = Field(Tolerances(), description="limits of escalation")
    health_override: HealthOverrides = Field((), description="declared health: one mapping or a list")
    forecast: ForecastSettings = Field(ForecastSettings(), description="forecast settings")
    progress_method: ProgressMethod | None = Field(None, description="default for tasks: percent")
