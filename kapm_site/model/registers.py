"""The registers of what may go wrong, what is asked, decided, changed and done."""

from typing import Literal

from pydantic import Field

from kapm_site.model.charter import Audience
from kapm_site.model.record import Record
from kapm_site.model.scalars import Day, Line, Markdown, Number, Ref, Slug
from kapm_site.model.units import DurationField

RiskCategory = Literal["technical", "people", "market", "commercial", "legal", "security", "schedule", "other"]
RiskResponse = Literal["avoid", "reduce", "transfer", "share", "accept"]
RiskStatus = Literal["open", "occurred", "closed"]
AskKind = Literal["decision", "approval", "input", "payment"]
ChangeStatus = Literal["proposed", "approved", "rejected", "implemented"]


class Registered(Record):
    """What every entry of a register has."""

    id: Slug = Field(description="unique in the file")
    audience: Audience | None = Field(None, description="overrides the file's")


class RegisterFile(Record):
    """What every register file has."""

    audience: Audience | None = Field(None, description="of all its records; default internal")


class ScheduleImpact(Record):
    """How long a risk delays what it affects."""

    optimistic: DurationField = Field(description="shortest")
    likely: DurationField = Field(description="most likely")
    pessimistic: DurationField = Field(description="longest")


class Risk(Registered):
    """An uncertain event with an effect on the project."""

    title: Line = Field(description="the risk in a few words")
    category: RiskCategory = Field("other", description="kind of risk")
    cause: Markdown | None = Field(None, description="what may give rise to it")
    event: Markdown | None = Field(None, description="what may happen")
    effect: Markdown | None = Field(None, description="what would follow")
    probability: Number | None = Field(None, ge=1, le=5, multiple_of=1, description="1 (rare) to 5 (almost certain)")
    impact: Number | None = Field(None, ge=1, le=5, multiple_of=1, description="1 (slight) to 5 (severe)")
    response: RiskResponse | None = Field(None, description="strategy")
    plan: Markdown | None = Field(None, description="what is done about it")
    owner: Ref | None = Field(None, description="person id")
    due: Day | None = Field(None, description="date by which the response is in place")
    raised: Day | None = Field(None, description="date it was raised")
    status: RiskStatus = Field("open", description="open, occurred or closed")
    closed: Day | None = Field(None, description="date it was closed")
    exposure: Number | None = Field(None, ge=0, description="money at stake if it occurs")
    proximity: Day | None = Field(None, description="date it may occur")
    schedule_impact: ScheduleImpact | None = Field(None, description="delay if it occurs")
    affects: tuple[Ref, ...] = Field((), description="task ids")


class Issue(Registered):
    """Something that has happened and needs an answer."""

    title: Line = Field(description="the issue in a few words")
    severity: Number | None = Field(None, ge=1, le=5, multiple_of=1, description="1 (slight) to 5 (severe)")
    owner: Ref | None = Field(None, description="person id")
    due: Day | None = Field(None, description="date by which it is resolved")
    raised: Day | None = Field(None, description="date it was raised")
    status: Literal["open", "resolved", "closed"] = Field("open", description="open, resolved or closed")
    resolution: Markdown | None = Field(None, description="what was done")


class Assumption(Registered):
    """What the plan takes for granted."""

    text: Line = Field(description="the assumption")
    validated: Day | None = Field(None, description="date it was found true")


class ExternalDependency(Registered):
    """What the project needs from elsewhere."""

    text: Line = Field(description="what is needed")
    on: Line | None = Field(None, description="from whom: person or contact id, or a name")
    needed_by: Day | None = Field(None, description="date it is needed")
    status: Literal["open", "met", "broken"] = Field("open", description="open, met or broken")


class RisksFile(RegisterFile):
    """The whole of `risks.yaml`."""

    risks: tuple[Risk, ...] = Field((), description="risks")
    issues: tuple[Issue, ...] = Field((), description="issues")
    assumptions: tuple[Assumption, ...] = Field((), description="assumptions")
    dependencies: tuple[ExternalDependency, ...] = Field((), description="dependencies on others")


class Ask(Registered):
    """What the project needs from the client."""

    title: Line = Field(description="what is asked")
    kind: AskKind = Field("input", description="decision, approval, input or payment")
    owner: Ref | None = Field(None, description="contact or person id of whoever is asked")
    raised: Day | None = Field(None, description="date it was asked")
    due: Day | None = Field(None, description="date the answer is needed")
    effect: Markdown | None = Field(None, description="what happens if it comes late")
    status: Literal["open", "answered", "withdrawn"] = Field("open", description="open, answered or withdrawn")
    answered: Day | None = Field(None, description="date of the answer")
    outcome: Markdown | None = Field(None, description="the answer")


class AsksFile(RegisterFile):
    """The whole of `asks.yaml`."""

    asks: tuple[Ask, ...] = Field((), description="asks")


class Decision(Registered):
    """A decision that was taken."""

    date: Day = Field(description="date of the decision")
    title: Line = Field(description="what was decided")
    by: Line | None = Field(None, description="who decided: person or contact id, or a name")
    rationale: Markdown | None = Field(None, description="why")
    ask: Ref | None = Field(None, description="id of the ask it answers")
    change: Ref | None = Field(None, description="id of the change it decides")


class DecisionsFile(RegisterFile):
    """The whole of `decisions.yaml`."""

    decisions: tuple[Decision, ...] = Field((), description="decisions")


class Action(Registered):
    """Something a person has agreed to do."""

    title: Line = Field(description="what is to be done")
    owner: Ref | None = Field(None, description="person or contact id")
    raised: Day | None = Field(None, description="date it was agreed")
    due: Day | None = Field(None, description="date it is due")
    done: Day | None = Field(None, description="date it was done")
    meeting: Ref | None = Field(None, description="id of the meeting it comes from")


class ActionsFile(RegisterFile):
    """The whole of `actions.yaml`."""

    actions: tuple[Action, ...] = Field((), description="actions")


class ChangeImpact(Record):
    """What a change does to the plan."""

    days: Number | None = Field(None, description="working days on the finish; negative saves time")
    cost: Number | None = Field(None, description="money on the budget; negative saves money")
    scope: Markdown | None = Field(None, description="what comes in or goes out")


class Change(Registered):
    """A change request."""

    title: Line = Field(description="the change in a few words")
    requested_by: Line | None = Field(None, description="who asked: person or contact id, or a name")
    date: Day | None = Field(None, description="date of the request")
    reason: Markdown | None = Field(None, description="why")
    impact: ChangeImpact | None = Field(None, description="effect on days, cost and scope")
    status: ChangeStatus = Field("proposed", description="proposed, approved, rejected or implemented")
    decided: Day | None = Field(None, description="date of the decision")
    by: Line | None = Field(None, description="who decided: person or contact id, or a name")
    tasks: tuple[Ref, ...] = Field((), description="task ids it touches")


class ChangesFile(RegisterFile):
    """The whole of `changes.yaml`."""

    changes: tuple[Change, ...] = Field((), description="change requests")
