"""KPIs at the status date: value, status by thresholds, trend, and what is missing to the target."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from kapm_site.analysis.numbers import finite
from kapm_site.analysis.records import KpiFigures
from kapm_site.model.measures import Computed, Kpi
from kapm_site.model.reports import Health


def kpi_figures(kpis: Iterable[Kpi], computed: Mapping[Computed, float | None], status: date) -> dict[str, KpiFigures]:
    """Judge KPIs by their last value up to a day.

    Args:
        kpis: The register, or what a reader may see of it.
        computed: Today's figures that a KPI may follow, by the name in `computed`.
        status: The status date.
    """
    return {kpi.id: _figures(kpi, computed, status) for kpi in kpis}


def status_of(kpi: Kpi, value: float | None) -> Health:
    """Return green, amber or red by a KPI's thresholds; unknown without a value or any threshold.

    A value on a threshold is not beyond it. Without an amber threshold the target is the line of green, and the
    range itself where a KPI is to stay within one.
    """
    if value is None:
        return "unknown"
    if kpi.direction == "range":
        known = kpi.low is not None or kpi.high is not None
        distance, amber, red = _outside(kpi, value), kpi.amber or 0.0, kpi.red
    else:
        known = kpi.target is not None or kpi.amber is not None or kpi.red is not None
        sign = 1 if kpi.direction == "down" else -1
        line = kpi.amber if kpi.amber is not None else kpi.target
        distance = sign * value
        amber = sign * line if line is not None else distance
        red = sign * kpi.red if kpi.red is not None else None
    if not known:
        return "unknown"
    if red is not None and distance > red:
        return "red"
    return "amber" if distance > amber else "green"


def _figures(kpi: Kpi, computed: Mapping[Computed, float | None], status: date) -> KpiFigures:
    series = [(min(day, status), value) for day, value in sorted(kpi.values.items()) if _is_known(day, status)]
    if kpi.computed is not None:
        today = computed.get(kpi.computed)
        series = [point for point in series if point[0] < status]
        series += [(status, today)] if today is not None else []
    value = series[-1][1] if series else None
    if kpi.computed is not None and computed.get(kpi.computed) is None:
        value = None
    return KpiFigures(
        id=kpi.id,
        value=value,
        day=series[-1][0] if value is not None else None,
        target=kpi.target,
        status=status_of(kpi, value),
        trend=_trend(kpi, series) if value is not None else None,
        series=tuple(series),
        distance=_distance(kpi, value),
    )


def _is_known(day: date, status: date) -> bool:
    """Tell whether a value counts: a month stands for its last day, and the current month's value is known today."""
    last = monthrange(status.year, status.month)[1]
    return day <= status or day == status.replace(day=last)


def _trend(kpi: Kpi, series: list[tuple[date, float]]) -> str | None:
    if len(series) < 2:  # noqa: PLR2004 a trend takes two values
        return None
    before, now = _merit(kpi, series[-2][1]), _merit(kpi, series[-1][1])
    if abs(now - before) <= 1e-9 * max(abs(now), abs(before)):
        return "steady"
    return "better" if now > before else "worse"


def _merit(kpi: Kpi, value: float) -> float:
    """Return a number that grows as the KPI gets better."""
    if kpi.direction == "range":
        return -_outside(kpi, value)
    return -value if kpi.direction == "down" else value


def _outside(kpi: Kpi, value: float) -> float:
    below = kpi.low - value if kpi.low is not None else 0.0
    above = value - kpi.high if kpi.high is not None else 0.0
    return max(below, above, 0.0)


def _distance(kpi: Kpi, value: float | None) -> float | None:
    if value is None:
        return None
    if kpi.direction == "range":
        return finite(_outside(kpi, value)) if kpi.low is not None or kpi.high is not None else None
    if kpi.target is None:
        return None
    return finite(max(kpi.target - value if kpi.direction == "up" else value - kpi.target, 0.0))
