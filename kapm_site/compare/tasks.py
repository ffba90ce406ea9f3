"""What differs in the plan: milestones, work, scope, deliverables."""

from collections.abc import Iterator, Mapping

from kapm_site.audience.charter import TaskView
from kapm_site.audience.tasks import expected_day, is_done
from kapm_site.audience.views import ProjectView
from kapm_site.compare.causes import Tasks, delayed_task
from kapm_site.compare.difference import Difference, Kind, Topic
from kapm_site.compare.matching import match
from kapm_site.compare.scope import Joined, joined
from kapm_site.compare.working_days import WorkingDays


def plan_differences(before: ProjectView, after: ProjectView, days: WorkingDays) -> Iterator[Difference]:
    """Tell of items that are in both plans; what is a milestone now is told as one.

    Parents tell nothing: their dates are those of what lies below them. Nor do buffers: they give way by design.
    """
    then, now = {one.id: one for one in before.tasks}, {one.id: one for one in after.tasks}
    for old, new in match(before.tasks, after.tasks).kept:
        found = (
            None if new.is_parent or new.buffer else _progressed(old, new, days) or _moved(old, new, then, now, days)
        )
        if found is not None:
            yield found


def scope_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of what came in and went out: milestones one by one, a parent once for all work below it."""
    then, now = {one.id: one for one in before.tasks}, {one.id: one for one in after.tasks}
    for one in joined(after.tasks, then):
        yield from _scope(one, "added")
    for one in joined(before.tasks, now):
        yield from _scope(one, "removed")


def deliverable_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of results whose acceptance is in another state."""
    for old, new in match(before.tasks, after.tasks).kept:
        if new.deliverable is None:
            continue
        then = old.deliverable.acceptance if old.deliverable else "pending"
        now = new.deliverable
        if then != now.acceptance:
            facts = {"submitted": now.submitted, "decided": now.decided, "by": now.by}
            yield Difference("deliverable", "changed", new.id, new.name, then, now.acceptance, facts=facts)


def _progressed(old: TaskView, new: TaskView, days: WorkingDays) -> Difference | None:
    if is_done(old) == is_done(new):
        return None
    then, now = expected_day(old), expected_day(new)
    kind: Kind = "done" if is_done(new) else "reopened"
    return Difference(_topic(new), kind, new.id, new.name, then, now, days.moved(then, now))


def _moved(old: TaskView, new: TaskView, before: Tasks, after: Tasks, days: WorkingDays) -> Difference | None:
    then, now = expected_day(old), expected_day(new)
    if then == now:
        return None
    if is_done(new) and not new.milestone:
        return None
    delayed = delayed_task(new, before, after) if then and now and now > then else None
    delay = delayed.delay if delayed else None
    return Difference(
        _topic(new),
        "moved",
        new.id,
        new.name,
        then,
        now,
        days=days.moved(then, now),
        cause=delay.cause if delay else None,
        facts={"note": delay.note if delay else None, "waits_for": _waits_for(new, delayed)},
        quiet=is_done(new),
    )


def _waits_for(task: TaskView, delayed: TaskView | None) -> str | None:
    return delayed.name if delayed and delayed.id != task.id else None


def _scope(one: Joined, kind: Kind) -> Iterator[Difference]:
    """Tell of an item that is in one plan only."""
    task = one.task
    for leaf in one.leaves if task.is_parent else (task,):
        if leaf.milestone:
            yield _alone(leaf, kind)
    work = [leaf for leaf in one.leaves if not leaf.milestone and not leaf.buffer]
    if work:
        quiet = one.detail or (kind == "removed" and is_done(task))
        facts = {"days": task.duration_days or None, "work": task.work, "tasks": len(work)}
        yield _joined(task, kind, facts, quiet=quiet)
    elif not task.is_parent and not task.milestone:
        yield _alone(task, kind, detail=one.detail or task.buffer)


def _alone(task: TaskView, kind: Kind, *, detail: bool = False) -> Difference:
    """Tell of one item: what was done at once was reached; what was done before it went is no loss."""
    facts = {} if task.milestone else {"days": task.duration_days or None, "work": task.work}
    if is_done(task) and kind == "added" and not detail:
        return _joined(task, "done", facts, quiet=False)
    return _joined(task, kind, facts, quiet=detail or is_done(task))


def _joined(task: TaskView, kind: Kind, facts: Mapping[str, object], *, quiet: bool) -> Difference:
    day = expected_day(task)
    before, after = (day, None) if kind == "removed" else (None, day)
    return Difference(_topic(task), kind, task.id, task.name, before, after, facts=facts, quiet=quiet)


def _topic(task: TaskView) -> Topic:
    return "milestone" if task.milestone else "task"
