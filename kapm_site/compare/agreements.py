"""What differs in what people ask, decide and promise each other: asks, changes, decisions, actions, feedback."""

from collections.abc import Iterator

from kapm_site.audience.looks import is_answered
from kapm_site.audience.registers import AskView, ChangeView, DecisionView, FeedbackView
from kapm_site.audience.views import ProjectView
from kapm_site.compare.difference import Difference, Kind
from kapm_site.compare.matching import match
from kapm_site.compare.working_days import WorkingDays

#: What a change is decided to be: one that is in the plan was approved.
_DECISIONS = {"approved": "approved", "implemented": "approved", "rejected": "rejected"}


def ask_differences(before: ProjectView, after: ProjectView, days: WorkingDays) -> Iterator[Difference]:
    """Tell of asks; one that was withdrawn, or deleted while it was open, is asked no more."""
    found = match(before.asks, after.asks)
    for new in found.added:
        if new.status == "open":
            yield _ask("added", new, after=new)
        elif new.status == "answered":
            yield _answered(new)
    for old in found.removed:
        if old.status == "open":
            yield _ask("removed", old, before=old)
    for old, new in found.kept:
        one = _ask_turned(old, new, days)
        if one is not None:
            yield one


def change_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of change requests: asked for, decided, or in another state."""
    found = match(before.changes, after.changes)
    for new in found.added:
        if new.status in _DECISIONS:
            yield _decided(None, new)
        else:
            yield Difference("change", "added", new.id, new.title, after=new.date, facts=_impact(new))
    for old, new in found.kept:
        if old.status == new.status:
            continue
        if new.status in _DECISIONS and _DECISIONS.get(old.status) != _DECISIONS[new.status]:
            yield _decided(old, new)
        else:
            yield Difference("change", "changed", new.id, new.title, old.status, new.status, facts=_impact(new))


def decision_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of decisions that are new; one that is dated later is none yet."""
    for new in match(_made(before), _made(after)).added:
        yield Difference("decision", "added", new.id, new.title, after=new.date, facts={"by": new.by})


def _made(view: ProjectView) -> tuple[DecisionView, ...]:
    return tuple(one for one in view.decisions if one.date <= view.status)


def action_differences(before: ProjectView, after: ProjectView, days: WorkingDays) -> Iterator[Difference]:
    """Tell of actions: agreed, done, or due on another day."""
    found = match(before.actions, after.actions)
    for new in found.added:
        kind: Kind = "done" if new.done else "added"
        yield Difference("action", kind, new.id, new.title, after=new.done or new.due, facts={"owner": new.owner})
    for old, new in found.kept:
        facts = {"owner": new.owner}
        if new.done and not old.done:
            yield Difference("action", "done", new.id, new.title, old.due, new.done, facts=facts)
        elif not new.done and old.due != new.due:
            moved = days.moved(old.due, new.due)
            yield Difference("action", "moved", new.id, new.title, old.due, new.due, moved, facts=facts)


def feedback_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of feedback that came, and of what was answered."""
    found = match(before.feedback, after.feedback)
    for new in found.added:
        yield _feedback("answered" if is_answered(new) else "added", new)
    for old, new in found.kept:
        if is_answered(new) and not is_answered(old):
            yield _feedback("answered", new)


def _ask_turned(old: AskView, new: AskView, days: WorkingDays) -> Difference | None:
    if new.status == "answered" != old.status:
        return _answered(new)
    turns = (old.status == "open", new.status)
    if turns == (True, "withdrawn"):
        return _ask("removed", new, before=old)
    if turns == (False, "open"):
        return _ask("reopened", new, after=new)
    if turns == (True, "open") and old.due != new.due:
        return _ask("moved", new, before=old, after=new, days=days.moved(old.due, new.due))
    return None


def _answered(new: AskView) -> Difference:
    return Difference("ask", "answered", new.id, new.title, new.due, new.answered, facts={"outcome": new.outcome})


def _ask(
    kind: Kind, known: AskView, before: AskView | None = None, after: AskView | None = None, days: float | None = None
) -> Difference:
    return Difference(
        "ask",
        kind,
        known.id,
        known.title,
        before=before.due if before else None,
        after=after.due if after else None,
        days=days,
        facts={"kind": known.kind, "owner": known.owner},
    )


def _decided(old: ChangeView | None, new: ChangeView) -> Difference:
    facts = {**_impact(new), "by": new.by, "status": new.status}
    before = old.status if old else None
    return Difference("change", "decided", new.id, new.title, before, _DECISIONS[new.status], facts=facts)


def _impact(change: ChangeView) -> dict[str, object]:
    return {"days": change.days, "cost": change.cost}


def _feedback(kind: Kind, new: FeedbackView) -> Difference:
    facts = {"csat": new.csat, "nps": new.nps, "from": new.from_}
    return Difference("feedback", kind, new.id, new.from_ or "", after=new.date, facts=facts)
