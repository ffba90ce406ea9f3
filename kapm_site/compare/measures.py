"""What differs in what is measured: KPIs and satisfaction."""

from collections.abc import Iterator

from kapm_site.audience.registers import KpiView
from kapm_site.audience.views import ProjectView
from kapm_site.compare.difference import Difference, Kind
from kapm_site.compare.matching import match
from kapm_site.compare.working_days import WorkingDays
from kapm_site.language.numbers import round_half_up

#: Below ten two decimals are shown, above it one.
_TWO_DECIMALS_BELOW = 10


def kpi_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of KPIs: across a threshold, or with another value on the same side of it."""
    found = match(before.kpis, after.kpis)
    for new in found.added:
        yield _kpi("added", None, new)
    for old in found.removed:
        yield _kpi("removed", old, None)
    for old, new in found.kept:
        if old.status != new.status and "unknown" not in (old.status, new.status):
            yield _kpi("crossed", old, new)
        elif old.status != new.status or _shown(old.value) != _shown(new.value):
            yield _kpi("changed", old, new)


def satisfaction_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of mean satisfaction, where the one decimal that is shown moved."""
    then, now = before.feedback_summary, after.feedback_summary
    if then.csat is None or now.csat is None:
        return
    if round_half_up(then.csat.mean, 1) == round_half_up(now.csat.mean, 1):
        return
    facts = {
        "nps_before": then.nps.score if then.nps else None,
        "nps_after": now.nps.score if now.nps else None,
        "n": now.csat.n,
    }
    yield Difference("satisfaction", "changed", before=then.csat.mean, after=now.csat.mean, facts=facts)


def _kpi(kind: Kind, old: KpiView | None, new: KpiView | None) -> Difference:
    known = new or old
    assert known is not None  # noqa: S101 -- told by the one that is there
    facts = {
        "status_before": old.status if old else None,
        "status_after": new.status if new else None,
        "unit": known.unit,
    }
    before, after = old.value if old else None, new.value if new else None
    return Difference("kpi", kind, known.id, known.name, before, after, facts=facts)


def _shown(value: float | None) -> object:
    """Round a value as far as it is shown: a figure that is computed moves a little every day."""
    return None if value is None else round_half_up(value, 2 if abs(value) < _TWO_DECIMALS_BELOW else 1)
