"""Explains KPIs: values that people keep, or figures that they follow."""

from collections.abc import Iterator

from kapm_site.analysis.computed import was_due
from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import COUNT, HOUSE
from kapm_site.analysis.explain.typed import first, leaves_of, place, setting, status_date
from kapm_site.model.measures import Kpi
from kapm_site.model.order import natural

#: Under which dotted name a figure that a KPI may follow is explained, where that is another.
FOLLOWED = {
    "schedule.spi": "earned_value.spi",
    "schedule.spi_t": "earned_value.spi_t",
    "cost.cpi": "earned_value.cpi",
    "feedback.csat": "feedback.csat.mean",
    "feedback.nps": "feedback.nps.score",
    "budget.spent_percent": "money.spent_percent",
}

ADD_VALUE = "Enter a value for the month or the day under `values:`; a KPI that follows a figure needs that figure."


def _kpi(case: Case) -> Kpi:
    return next(kpi for kpi in case.analysis.project.kpis.kpis if kpi.id == case.keys[1])


def _register(case: Case) -> Iterator[Input]:
    found = [Input(f"kpis.{kpi.id}", kpi.name, "text", place(kpi, "id")) for kpi in case.analysis.project.kpis.kpis]
    yield from first(found, "KPIs")


def _values(kpi: Kpi, case: Case) -> list[Input]:
    """Return the values that are typed up to the status date, the latest first."""
    figures = case.analysis.kpis[kpi.id]
    known = {day for day, _ in figures.series}
    return [
        Input(f"value of {day}", value, "number", place(kpi, "values", *_key(kpi, number)))
        for number, (day, value) in reversed(list(enumerate(sorted(kpi.values.items()))))
        if day in known
    ]


def _key(kpi: Kpi, number: int) -> tuple[str, ...]:
    """Return the key a value was typed under: a day, or the month whose last day it stands for."""
    day = sorted(kpi.values)[number]
    whole = place(kpi, "values")
    for key in (day.isoformat(), f"{day:%Y-%m}"):
        if place(kpi, "values", key) != whole:
            return (key,)
    return ()


def _value(case: Case) -> Iterator[Input]:
    kpi = _kpi(case)
    if kpi.computed is not None:
        name = FOLLOWED.get(kpi.computed, kpi.computed)
        yield Input(name, case.analysis.computed.get(kpi.computed), "number", place(kpi, "computed"))
    else:
        yield from _values(kpi, case)[:1] or [Input(f"KPI {kpi.id}", kpi.name, "text", place(kpi, "id"))]


def _last_two(case: Case) -> Iterator[Input]:
    kpi = _kpi(case)
    if kpi.computed is not None:
        yield from _value(case)
    yield from _values(kpi, case)[: 1 if kpi.computed else 2]


def _thresholds(case: Case) -> Iterator[Input]:
    kpi = _kpi(case)
    yield setting(kpi, "direction", "direction", "text")
    for key in ("target", "low", "high", "amber", "red"):
        if getattr(kpi, key) is not None:
            yield setting(kpi, key, key)


def _target(case: Case) -> Iterator[Input]:
    kpi = _kpi(case)
    yield Input("target", kpi.target, "number", place(kpi, "target" if kpi.target is not None else "id"))


def _trend_numbers(case: Case) -> str:
    series = case.analysis.kpis[case.keys[1]].series
    if case.value is None or len(series) < 2:  # noqa: PLR2004 a trend takes two values
        return ""
    (before, old), (after, new) = series[-2:]
    return f"{old:,.4g} on {before} → {new:,.4g} on {after}: {case.value}"


def _status_numbers(case: Case) -> str:
    kpi, value = _kpi(case), case.analysis.kpis[case.keys[1]].value
    if value is None:
        return ""
    limits = [
        f"{key} {limit:g}"
        for key in ("target", "low", "high", "amber", "red")
        if (limit := getattr(kpi, key)) is not None
    ]
    return f"{value:,.4g} against {', '.join(limits) or 'no threshold'}: {case.value}"


def _distance_numbers(case: Case) -> str:
    kpi = _kpi(case)
    line = f"{kpi.low} to {kpi.high}" if kpi.direction == "range" else f"{kpi.target}"
    return f"{{.value}} against {line}: {{}}"


def _milestones(case: Case) -> Iterator[Input]:
    status = case.analysis.status
    due = [leaf for leaf in leaves_of(case.analysis) if leaf.task.milestone and was_due(leaf, status)]
    listed = [
        Input(f"schedule.tasks.{leaf.id}.slip_days", leaf.slip_days, "days", place(leaf.task, "actual_finish"))
        for leaf in sorted(due, key=lambda leaf: (-(leaf.slip_days or 0.0), natural(leaf.id)))
    ]
    yield from first(listed, "milestones that were due")


def _asks(case: Case) -> Iterator[Input]:
    asks = [ask for ask in case.analysis.project.asks.asks if ask.status == "open"]
    yield from first([Input(f"ask {ask.id}", ask.title, "text", place(ask, "id")) for ask in asks], "asks")
    yield Input("open asks", len(asks), "number")


FIGURES: dict[str, Figure] = {
    "kpis": Figure(
        "group",
        "The measures the project is judged by.",
        "The figures below it",
        COUNT,
        inputs=(_register,),
        remedy="Add KPIs to kpis.yaml.",
    ),
    "kpis.<kpi>": Figure(
        "group",
        "One of the measures the project is judged by.",
        "The figures below it",
        COUNT,
        inputs=(_value, _target),
        settings=(_thresholds,),
        remedy=ADD_VALUE,
    ),
    "kpis.<kpi>.value": Figure(
        "number",
        "Where the measure stands.",
        "Value = the last one entered up to the status date (a month counts as its last day), or the figure it follows",
        COUNT,
        inputs=(_value, status_date),
        remedy=ADD_VALUE,
    ),
    "kpis.<kpi>.target": Figure(
        "number",
        "Where the measure is to be.",
        "`target` of the KPI",
        COUNT,
        inputs=(_target,),
        remedy="Write `target:` at the KPI; one with a range has `low:` and `high:` instead.",
    ),
    "kpis.<kpi>.status": Figure(
        "health",
        "Whether the measure is where it should be.",
        "Red beyond `red`, amber beyond `amber` (else beyond the target), otherwise green; on the line is not beyond",
        HOUSE,
        _status_numbers,
        inputs=(_value,),
        settings=(_thresholds,),
        remedy="Give the KPI a value and a `target`, `amber` or `red`.",
    ),
    "kpis.<kpi>.trend": Figure(
        "text",
        "Whether the measure has become better or worse since the value before.",
        "Trend = last value against the one before, in the direction of the KPI",
        HOUSE,
        _trend_numbers,
        inputs=(_last_two,),
        settings=(_thresholds,),
        remedy="Enter a second value.",
    ),
    "kpis.<kpi>.distance": Figure(
        "number",
        "What is still missing to the target; 0 once it is reached.",
        "Distance = target − value (value − target where down is better), or how far outside the range; at least 0",
        HOUSE,
        _distance_numbers,
        inputs=(_value, _target),
        settings=(_thresholds,),
        remedy="Give the KPI a value and a target or range.",
    ),
    "milestones": Figure(
        "group",
        "How reliably milestones are reached.",
        "The figures below it",
        COUNT,
        inputs=(_milestones, status_date),
    ),
    "milestones.on_time_percent": Figure(
        "percent",
        "How many of the milestones that were due have been reached in time.",
        "Milestones finished less than half a day late ÷ milestones whose baseline finish has passed",
        HOUSE,
        inputs=(_milestones, status_date),
        remedy="There is none before the first milestone of the baseline is due.",
    ),
    "asks": Figure(
        "group",
        "What the project waits for from the client.",
        "The figures below it",
        COUNT,
        inputs=(_asks,),
    ),
    "asks.open": Figure(
        "number",
        "How many questions to the client are not answered yet.",
        "Count of asks with `status: open`",
        COUNT,
        inputs=(_asks,),
    ),
}
