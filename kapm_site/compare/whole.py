"""What differs of the project as a whole: health, finish, forecast, progress, baselines."""

from collections.abc import Iterator
from datetime import date

from kapm_site.audience.charter import HealthView
from kapm_site.audience.views import BaselineView, ProjectView
from kapm_site.compare.difference import Difference
from kapm_site.compare.matching import match
from kapm_site.compare.working_days import WorkingDays
from kapm_site.language.numbers import round_half_up


def health_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of health, overall and by dimension, with the rule that it follows now."""
    if before.health.health != after.health.health:
        facts = {**_rule(after.health), "dimension": _deciding(before, after)}
        yield Difference("health", "changed", before=before.health.health, after=after.health.health, facts=facts)
    then = dict(before.dimensions)
    for name, now in after.dimensions:
        if name in then and then[name].health != now.health:
            facts = {**_rule(now), "rule": now.rule}
            yield Difference("dimension", "changed", name, before=then[name].health, after=now.health, facts=facts)


def date_differences(before: ProjectView, after: ProjectView, days: WorkingDays) -> Iterator[Difference]:
    """Tell of the expected finish, and of the day by which it is as good as sure."""
    then, now = _finish(before), _finish(after)
    if then and now and then != now:
        yield Difference("finish", "moved", before=then, after=now, days=days.moved(then, now))
    old, new = before.forecast, after.forecast
    if old and new and old.p80 != new.p80:
        facts = {"p50_before": old.p50, "p50_after": new.p50}
        moved = days.moved(old.p80, new.p80)
        yield Difference("forecast", "moved", before=old.p80, after=new.p80, days=moved, facts=facts)


def progress_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of progress, where whole percents show it."""
    then, now = before.actual_percent, after.actual_percent
    if then is None or now is None or round_half_up(then) == round_half_up(now):
        return
    facts = {"planned_before": before.planned_percent, "planned_after": after.planned_percent}
    yield Difference("progress", "changed", before=then, after=now, facts=facts)


def baseline_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of plans that were approved since: a draft is none yet."""
    then, now = ([one for one in view.baselines if _is_approved(one, view.status)] for view in (before, after))
    for one in match(then, now).added:
        yield Difference(
            "baseline", "added", one.id, one.name or one.id, after=one.approved, facts={"change": one.change}
        )


def _rule(health: HealthView) -> dict[str, object]:
    return {
        "rule_id": health.rule_id,
        "facts": dict(health.facts),
        "declared": health.declared,
        "reason": health.reason,
    }


def _deciding(before: ProjectView, after: ProjectView) -> str | None:
    """Find the dimension that turned health; None where it was declared, is stale, or several did.

    It is the one that reached the health now in force, else the one that left the former, else the only one there.
    """
    if after.health.declared:
        return None
    then = {name: one.health for name, one in before.dimensions}
    now = {name: one.health for name, one in after.dimensions}
    there = [name for name, health in now.items() if health == after.health.health]
    reached = [name for name in there if then.get(name) != now[name]]
    left = [name for name, health in then.items() if health == before.health.health and now.get(name) != health]
    found = (reached or left if there else []) or there
    return found[0] if len(found) == 1 else None


def _finish(view: ProjectView) -> date | None:
    return view.schedule.forecast_finish or view.schedule.finish


def _is_approved(one: BaselineView, status: date) -> bool:
    return one.approved is not None and one.approved <= status
