"""What differs in money, as far as whole units of the currency show it."""

from collections.abc import Iterator

from kapm_site.audience.views import ProjectView
from kapm_site.compare.difference import Difference, Topic
from kapm_site.compare.working_days import WorkingDays

#: What rounding to a whole unit hides.
_GRAIN = 0.5


def money_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of budget, estimate at completion and costs; amounts of two currencies are not compared."""
    then, now = before.money, after.money
    if then is None or now is None or then.currency != now.currency:
        return
    reserve_moved = _is_other(then.contingency, now.contingency)
    if reserve_moved or _is_other(then.budget, now.budget):
        facts = {"contingency_before": then.contingency, "contingency_after": now.contingency} if reserve_moved else {}
        yield Difference("budget", "changed", before=then.budget, after=now.budget, facts=facts)
    figures: tuple[tuple[Topic, float | None, float | None], ...] = (
        ("eac", then.eac, now.eac),
        ("spent", then.spent, now.spent),
    )
    for topic, old, new in figures:
        if _is_other(old, new):
            yield Difference(topic, "changed", before=old, after=new)


def _is_other(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before != after
    return abs(after - before) >= _GRAIN
