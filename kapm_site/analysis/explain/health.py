"""Explains health: the rule of each dimension with its numbers, its thresholds, and what a person declared instead."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input, Inputs, Unit
from kapm_site.analysis.explain.sources import COUNT, HOUSE, TOLERANCE
from kapm_site.analysis.explain.typed import first, place, setting, typed
from kapm_site.analysis.health import last_report
from kapm_site.analysis.records import HealthFinding
from kapm_site.model.charter import DIMENSIONS, Budget, Dimension, Tolerances
from kapm_site.model.order import natural

REMEDIES: dict[Dimension, str] = {
    "scope": "Keep change requests in changes.yaml.",
    "schedule": "Add tasks to plan.yaml.",
    "cost": "State a budget in project.yaml and enter what was spent in costs.yaml.",
    "quality": "Keep issues in risks.yaml, or mark tasks with `deliverable:`.",
    "risk": "Keep risks in risks.yaml with `probability:` and `impact:`.",
    "satisfaction": "Enter feedback with `csat:` or `nps:` in feedback.yaml.",
}

RULES: dict[Dimension, tuple[str, str]] = {
    "scope": (
        "Whether changes are decided in time.",
        "Working days that the change proposed longest ago has waited, against two limits",
    ),
    "schedule": (
        "Whether the project ends in time and keeps pace.",
        "Slip against the agreed (else baseline) finish and points behind plan, two limits each; the worse counts",
    ),
    "cost": (
        "Whether the budget will be enough.",
        "Estimate at completion over budget, in percent of it, against two limits",
    ),
    "quality": (
        "Whether what is delivered is good enough.",
        "Severe open issues and rejected deliverables, counted, against two limits",
    ),
    "risk": (
        "Whether something serious may still happen.",
        "Highest score (probability × impact) of an open risk, against two limits",
    ),
    "satisfaction": (
        "Whether the client is content.",
        "Mean of the marks of the last days, without marks the net promoter score, against two limits",
    ),
}


def _finding(case: Case) -> HealthFinding:
    health = case.analysis.health
    return health.overall if case.keys[1] == "overall" else health.dimensions[_dimension(case)]


def _dimension(case: Case) -> Dimension:
    return next(name for name in DIMENSIONS if name == case.keys[2])


def _declared(case: Case) -> Iterator[Input]:
    override = _finding(case).override
    if override is not None:
        yield Input("declared health", override.health, "health", place(override, "health"))
        yield Input("its reason", override.reason, "text", place(override, "reason"))
        yield Input("it holds until", override.expires.isoformat(), "date", place(override, "expires"))


def _rule(case: Case) -> str:
    finding = _finding(case)
    if finding.override is None:
        return finding.rule
    return f"{finding.rule}: {finding.computed}; declared {finding.override.health} until {finding.override.expires}"


def _dimensions(case: Case) -> Iterator[Input]:
    for name, finding in case.analysis.health.dimensions.items():
        yield Input(f"health.dimensions.{name}", finding.health, "health")
    last = case.analysis.reporting.last
    named = {"update": "latest update", "report": "latest report", "start": "start, without an update since"}
    told = [(update.date, update.mark) for update in case.analysis.project.updates]
    told += [(report.status_date, report.mark("status_date")) for report in case.analysis.project.reports]
    mark = next((mark for day, mark in told if day == last and mark.path), None)
    yield Input(named[case.analysis.reporting.sign], last.isoformat(), "date", mark)


def _stale_after(case: Case) -> Iterator[Input]:
    report = case.analysis.project.project.communication.report
    for key in ("stale_after", "cadence"):
        if getattr(report, key) is not None:
            yield setting(report, key, f"communication.report.{key}", "text")
            return
    if case.analysis.settings.publishing.report_cadence is not None:
        yield setting(case.analysis.settings.publishing, "report_cadence", "publishing.report_cadence", "text")


def _previous(case: Case) -> Iterator[Input]:
    report = last_report(case.analysis.project.reports, case.analysis.status.date())
    if report is not None:
        mark = place(
            report, "health", *(("dimensions", case.keys[2]) if case.keys[1] == "dimensions" else ("overall",))
        )
        yield Input(f"report {report.number:g} of {report.status_date}", case.value, "health", mark)


def _scope(case: Case) -> Iterator[Input]:
    waiting = [change for change in case.analysis.project.changes.changes if change.status == "proposed"]
    found = [
        Input(f"change {c.id}, proposed on", c.date.isoformat() if c.date else None, "date", place(c, "date"))
        for c in sorted(waiting, key=lambda change: (change.date is None, change.date, natural(change.id)))
    ]
    yield from first(found, "changes")
    if not found:
        yield Input("changes that wait", 0, "number")


def _schedule(case: Case) -> Iterator[Input]:
    analysis = case.analysis
    yield from typed(analysis.project.project, "finish", "agreed finish of the project", "date")
    if analysis.schedule.agreed_finish is not None:
        yield Input("schedule.agreed_slip_days", analysis.schedule.agreed_slip_days, "days")
    else:
        yield Input("schedule.slip_days", analysis.schedule.slip_days, "days")
    yield Input("progress.planned_percent", analysis.progress.planned_percent, "percent")
    yield Input("progress.actual_percent", analysis.progress.actual_percent, "percent")


def _cost(case: Case) -> Iterator[Input]:
    budget, earned = case.analysis.project.project.budget, case.analysis.earned_value
    if budget is not None:
        yield setting(budget, "amount", "budget.amount", "money")
    elif earned.bac is not None:
        yield Input("earned_value.bac", earned.bac, "money")
    for name, value in (("eac", earned.eac), ("ac", earned.ac)):
        if value is not None:
            yield Input(f"earned_value.{name}", value, "money")


def _quality(case: Case) -> Iterator[Input]:
    project, rules = case.analysis.project, case.analysis.settings.health.quality
    severe = [i for i in project.risks.issues if i.status == "open" and (i.severity or 0) >= rules.severe_from]
    found = [Input(f"severity of issue {i.id}", i.severity, "number", place(i, "severity")) for i in severe]
    rejected = [t for t in project.tasks() if t.deliverable is not None and t.deliverable.acceptance == "rejected"]
    found += [Input(f"deliverable {t.id}", "rejected", "text", place(t, "deliverable", "acceptance")) for t in rejected]
    yield from first(found, "issues and deliverables")
    yield Input("issues in the register", len(project.risks.issues), "number")


def _risk(case: Case) -> Iterator[Input]:
    scores = case.analysis.risks.scores
    for risk in case.analysis.risks.top[:1]:
        yield Input(f"risks.scores.{risk.id}", scores.get(risk.id), "number", place(risk, "probability"))
    yield Input("risks.open", case.analysis.risks.open, "number")


def _satisfaction(case: Case) -> Iterator[Input]:
    analysis, today = case.analysis, case.analysis.status.date()
    window = analysis.settings.health.satisfaction.window_days
    recent = [e for e in analysis.project.feedback.feedback if 0 <= (today - e.date).days < window]
    key = "csat" if any(entry.csat is not None for entry in recent) else "nps"
    marks = [entry for entry in recent if getattr(entry, key) is not None]
    found = [Input(f"{key} of {e.date}, {e.id}", getattr(e, key), "number", place(e, key)) for e in marks]
    yield from first(found, "marks")


INPUTS: dict[Dimension, Inputs] = {
    "scope": _scope,
    "schedule": _schedule,
    "cost": _cost,
    "quality": _quality,
    "risk": _risk,
    "satisfaction": _satisfaction,
}


def _limits(dimension: Dimension) -> Inputs:
    def found(case: Case) -> Iterator[Input]:
        rules = getattr(case.analysis.settings.health, dimension)
        for key in type(rules).model_fields:
            yield setting(rules, key, f"health.{dimension}.{key}")
        yield from _tolerances(case, dimension)

    return found


def _tolerances(case: Case, dimension: Dimension) -> Iterator[Input]:
    charter = case.analysis.project.project
    if dimension == "schedule":
        yield from typed(charter.tolerances, "schedule", "tolerances.schedule, in place of red_slip_days")
    elif dimension == "cost":
        name = ", in place of red_over_percent"
        given: tuple[tuple[Tolerances | Budget | None, str], ...] = (
            (charter.tolerances, "cost_percent"),
            (charter.budget, "tolerance_percent"),
        )
        for record, key in given:
            if record is not None:
                yield from typed(record, key, f"{key}{name}", "number")


def _all_dimensions() -> Iterator[tuple[str, Figure]]:
    for name in DIMENSIONS:
        path = f"health.dimensions.{name}"
        yield path, _judged(name, "group")
        yield f"{path}.health", _judged(name, "health")
        yield f"{path}.computed", _judged(name, "health")
        yield f"{path}.declared", _judged(name, "flag")
        yield f"{path}.rule", _judged(name, "text")
        yield f"{path}.previous", _PREVIOUS


def _judged(name: Dimension, unit: Unit) -> Figure:
    sentence, formula = RULES[name]
    return Figure(
        unit,
        sentence,
        formula,
        TOLERANCE,
        _rule,
        inputs=(INPUTS[name], _declared),
        settings=(_limits(name),),
        remedy=REMEDIES[name],
    )


_PREVIOUS = Figure(
    "health",
    "How it stood in the last report.",
    "`health` of the last numbered report before the status date",
    COUNT,
    inputs=(_previous,),
    remedy="Release a report; the next one compares itself with it.",
)

FIGURES: dict[str, Figure] = {
    "health": Figure(
        "group",
        "Whether the project is well: green, amber or red.",
        "The worst of six dimensions",
        HOUSE,
        inputs=(_dimensions,),
    ),
    "health.overall": Figure(
        "health",
        "Whether the project is well: green, amber or red; stale when nobody has said anything for too long.",
        "The worst dimension; a declaration counts until it expires; stale where the last update or report is too old",
        HOUSE,
        _rule,
        inputs=(_dimensions, _declared),
        settings=(_stale_after,),
        remedy="Give at least one dimension its data.",
    ),
    "health.dimensions": Figure(
        "group",
        "Whether scope, schedule, cost, quality, risk and satisfaction are well, each by its own rule.",
        "One written rule a dimension, with thresholds in kapm.yaml",
        TOLERANCE,
        inputs=(_dimensions,),
    ),
    **dict(_all_dimensions()),
}
