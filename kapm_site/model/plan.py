"""`plan.yaml` and `baselines.yaml`: the work breakdown, its dates, links, cost and progress."""

from typing import ClassVar, Literal

from pydantic import Field

from kapm_site.model.charter import Audience, ProgressMethod
from kapm_site.model.record import Record, locked
from kapm_site.model.scalars import Day, Flag, Line, Markdown, Moment, Number, Ref, Slug, Text, Url
from kapm_site.model.units import DurationField, LagField

LinkType = Literal["FS", "SS", "FF", "SF"]
Accrual = Literal["start", "prorated", "end"]
DelayCause = Literal["allocation", "resources", "communication", "scope", "dependency", "client", "technical", "other"]
Acceptance = Literal["pending", "submitted", "accepted", "rejected"]
ConstraintType = Literal[
    "asap",
    "alap",
    "start_no_earlier_than",
    "start_no_later_than",
    "finish_no_earlier_than",
    "finish_no_later_than",
    "must_start_on",
    "must_finish_on",
]


class Assignment(Record):
    """A person's share in a task."""

    person: Ref = Field(description="person id")
    units: Number = Field(100, ge=0, le=1000, description="percent of the person's time")


class Cost(Record):
    """Planned cost of a task."""

    shorthand: ClassVar[str] = "amount"

    amount: Number = Field(ge=0, description="the total")
    fixed: Number = Field(
        0, ge=0, description="the part of it that accrues by `accrual`; the rest accrues over the work"
    )
    accrual: Accrual = Field("prorated", description="when the fixed part accrues")


class Dependency(Record):
    """A link to a predecessor."""

    shorthand: ClassVar[str] = "task"

    task: Ref = Field(description="id of the predecessor")
    type: LinkType = Field("FS", description="FS, SS, FF or SF")
    lag: LagField | None = Field(
        None, description="lag (2d), lead (-1d), elapsed (3ed) or percent of the predecessor (50%)"
    )


class Constraint(Record):
    """A limit to the dates that the schedule may choose."""

    type: ConstraintType = Field(description="kind of constraint")
    date: Moment | None = Field(None, description="its date; none for asap and alap")


class Estimate(Record):
    """A three-point estimate of the duration."""

    optimistic: DurationField = Field(description="shortest")
    likely: DurationField = Field(description="most likely")
    pessimistic: DurationField = Field(description="longest")
    distribution: Literal["triangular", "pert", "uniform"] = Field("triangular", description="shape between them")


class Step(Record):
    """A weighted milestone within a task."""

    name: Line = Field(description="what is reached")
    weight: Number = Field(gt=0, description="its share, relative to the other steps")
    done: Flag = Field(default=False, description="whether it is reached")


class Delay(Record):
    """Why a task is late and what is done about it."""

    cause: DelayCause = Field(description="kind of cause")
    note: Markdown | None = Field(None, description="what happened")
    recovery: Markdown | None = Field(None, description="what is done about it")
    owner: Ref | None = Field(None, description="person who sees to it")
    new_finish: Day | None = Field(None, description="new last day of work")
    internal_note: Text | None = locked("note that stays internal")


class Deliverable(Record):
    """A result that the client accepts."""

    acceptance: Acceptance = Field("pending", description="state of acceptance")
    submitted: Day | None = Field(None, description="date it was handed over")
    decided: Day | None = Field(None, description="date of the decision")
    by: Line | None = Field(None, description="who decided: person or contact id, or a name")


class Origin(Record):
    """Where an imported record came from."""

    system: Line = Field(description="name of the system")
    key: Line = Field(description="id there")
    url: Url | None = Field(None, description="link")
    imported: Line | None = Field(
        None, description="fingerprint of the values as imported; by it a later import knows what people edited"
    )


class Task(Record):
    """An item of the work breakdown."""

    id: Slug = Field(description="unique in the project")
    name: Line = Field(description="what is done")
    description: Markdown | None = Field(None, description="more about it")
    owner: Ref | None = Field(None, description="person id")
    assigned: tuple[Assignment, ...] = Field((), description="who works on it")
    audience: Audience | None = Field(None, description="overrides the parent task's")
    labels: tuple[Line, ...] = Field((), description="labels")
    start: Moment | None = Field(None, description="agreed first day")
    finish: Moment | None = Field(None, description="agreed last day of work")
    duration: DurationField | None = Field(None, description="working time; without dates the schedule finds them")
    work: DurationField | None = Field(None, description="planned effort")
    cost: Cost | None = Field(None, description="planned cost: a number, or {amount, fixed, accrual}")
    calendar: Ref | None = Field(None, description="name of another calendar of kapm.yaml")
    depends_on: tuple[Dependency, ...] = Field((), description="predecessors: ids, or {task, type, lag}")
    constraint: Constraint | None = Field(None, description="limit to its dates")
    deadline: Moment | None = Field(None, description="date by which it must be finished")
    estimate: Estimate | None = Field(None, description="three-point estimate")
    milestone: Flag = Field(default=False, description="zero duration, one date: `finish`")
    progress: Number | None = Field(None, ge=0, le=100, description="percent done")
    progress_method: ProgressMethod | None = Field(None, description="how progress earns value")
    steps: tuple[Step, ...] = Field((), description="weighted milestones, for progress_method milestones")
    actual_start: Moment | None = Field(None, description="day work began")
    actual_finish: Moment | None = Field(None, description="day work ended")
    remaining: DurationField | None = Field(None, description="working time still needed")
    actual_cost: Number | None = locked("cost to date")
    actual_work: DurationField | None = Field(None, description="effort to date")
    delay: Delay | None = Field(None, description="cause of a delay and recovery")
    deliverable: Deliverable | None = Field(None, description="result that the client accepts")
    buffer: Flag = Field(default=False, description="a schedule buffer")
    source: Origin | None = Field(None, description="where an imported task came from")
    notes: Markdown | None = locked("notes that stay internal")
    tasks: tuple["Task", ...] = Field((), description="children; a parent's dates, progress and cost roll up from them")


class Plan(Record):
    """The whole of `plan.yaml`."""

    audience: Audience | None = Field(None, description="of all tasks, unless one says otherwise")
    tasks: tuple[Task, ...] = Field((), description="the work breakdown")


class BaselineTask(Record):
    """What a baseline recorded of a task."""

    start: Moment | None = Field(None, description="first day")
    finish: Moment | None = Field(None, description="last day of work")
    cost: Cost | None = Field(None, description="planned cost")
    work: DurationField | None = Field(None, description="planned effort")


class Baseline(Record):
    """A plan as it was approved."""

    id: Slug = Field(description="unique in the file")
    name: Line | None = Field(None, description="what it is called")
    approved: Day | None = Field(
        None, description="date of approval; the latest approved one counts, for a client the latest that it sees"
    )
    by: Line | None = Field(None, description="who approved it: person or contact id, or a name")
    change: Ref | None = Field(None, description="id of the change that led to it")
    audience: Audience | None = Field(None, description="overrides the file's")
    tasks: dict[Slug, BaselineTask] = Field({}, description="task id → {start, finish, cost, work}")


class BaselinesFile(Record):
    """The whole of `baselines.yaml`."""

    audience: Audience | None = Field(None, description="of all its records")
    baselines: tuple[Baseline, ...] = Field((), description="recorded plans")
