"""What differs in aims and people: goals, team, meetings, trainings, lessons."""

from collections.abc import Iterator

from kapm_site.audience.charter import GoalView
from kapm_site.audience.charters import way_done
from kapm_site.audience.registers import MeetingView
from kapm_site.audience.views import ProjectView
from kapm_site.compare.difference import Difference, Kind, Value
from kapm_site.compare.matching import match
from kapm_site.compare.working_days import WorkingDays


def goal_differences(before: ProjectView, after: ProjectView, days: WorkingDays) -> Iterator[Difference]:
    """Tell of goals: set, given up, reached, set otherwise, or nearer by a measure that is no KPI."""
    found = match(before.goals, after.goals)
    for new in found.added:
        yield _goal("done" if _is_met(new) else "added", new, after=new.target)
    for old in found.removed:
        yield _goal("removed", old, before=old.target)
    measured = {(kpi.name, kpi.unit) for kpi in after.kpis}
    for old, new in found.kept:
        if _is_met(new) and not _is_met(old):
            yield _goal("done", new, old.current, new.current)
        elif old.target != new.target:
            yield _goal("changed", new, old.target, new.target, field="target")
        elif old.due != new.due:
            yield _goal("changed", new, old.due, new.due, field="due", days=days.moved(old.due, new.due))
        elif old.current != new.current and (new.measure, new.unit) not in measured:
            yield _goal("changed", new, old.current, new.current, field="current", quiet=True)


def person_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of who joined and who left."""
    found = match(before.team, after.team)
    for new in found.added:
        yield Difference("person", "added", new.id, new.name, after=new.role)
    for old in found.removed:
        yield Difference("person", "removed", old.id, old.name, before=old.role)


def training_differences(before: ProjectView, after: ProjectView, days: WorkingDays) -> Iterator[Difference]:
    """Tell of trainings: planned, held, cancelled, or on another day."""
    found = match(before.training, after.training)
    for new in found.added:
        kind: Kind = "done" if new.status == "done" else "added"
        yield Difference("training", kind, new.id, new.title, after=new.date, facts={"attended": new.attended})
    for old, new in found.kept:
        facts = {"attended": new.attended}
        if old.status != new.status and new.status == "done":
            yield Difference("training", "done", new.id, new.title, old.date, new.date, facts=facts)
        elif old.status != new.status:
            yield Difference("training", "changed", new.id, new.title, old.status, new.status, facts=facts)
        elif new.status == "planned" and old.date != new.date:
            moved = days.moved(old.date, new.date)
            yield Difference("training", "changed", new.id, new.title, old.date, new.date, moved, facts=facts)


def meeting_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of meetings that were held; one that is to come was not."""
    for new in match(_held(before), _held(after)).added:
        yield Difference("meeting", "added", new.id, new.name, after=new.date)


def _held(view: ProjectView) -> tuple[MeetingView, ...]:
    return tuple(one for one in view.meetings if one.date <= view.status)


def lesson_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of lessons that were learnt."""
    for new in match(before.lessons, after.lessons).added:
        yield Difference("lesson", "added", new.id, new.title, after=new.date, facts={"kind": new.kind})


def _is_met(goal: GoalView) -> bool:
    share = way_done(goal)
    return share is not None and share >= 1


def _goal(
    kind: Kind,
    goal: GoalView,
    before: Value = None,
    after: Value = None,
    *,
    field: str | None = None,
    days: float | None = None,
    quiet: bool = False,
) -> Difference:
    facts = {"field": field, "measure": goal.measure, "unit": goal.unit}
    return Difference("goal", kind, goal.id, goal.statement, before, after, days, facts=facts, quiet=quiet)
