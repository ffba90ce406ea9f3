"""Explains the figures of the risk register."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import COUNT, MATRIX, RISK
from kapm_site.analysis.explain.typed import first, largest, place, setting
from kapm_site.model.registers import Risk

ASSESS = "Assess risks in risks.yaml with `probability:`, `impact:` and `exposure:` (money at stake)."


def _open(case: Case) -> list[Risk]:
    return [risk for risk in case.analysis.project.risks.risks if risk.status == "open"]


def _expected(case: Case, risk: Risk) -> float | None:
    """Return what a risk costs on average."""
    if risk.exposure is None or risk.probability is None:
        return None
    scale = case.analysis.project.project.forecast.probability_scale
    return scale[int(risk.probability) - 1] / 100 * risk.exposure


def _counted(case: Case) -> Iterator[Input]:
    found = [Input(f"risk {risk.id}", risk.title, "text", place(risk, "id")) for risk in _open(case)]
    yield from first(found, "open risks")
    yield Input("risks in the register", len(case.analysis.project.risks.risks), "number")


def _exposures(case: Case) -> Iterator[Input]:
    found = [
        Input(f"probability {risk.probability:g} × exposure {risk.exposure:,.0f} of {risk.id}", amount, "money", mark)
        for risk in _open(case)
        for amount, mark in ((_expected(case, risk), place(risk, "exposure")),)
        if amount is not None
    ]
    yield from largest(found, "open risks")


def _scores(case: Case) -> Iterator[Input]:
    scores = case.analysis.risks.scores
    found = [
        Input(f"risks.scores.{risk.id}", scores.get(risk.id), "number", place(risk, "probability"))
        for risk in case.analysis.risks.top
    ]
    yield from first(found, "open risks")
    if not found:
        yield Input("open risks", 0, "number")


def _one(case: Case) -> Iterator[Input]:
    for risk in _open(case):
        if risk.id == case.keys[2]:
            yield setting(risk, "probability", f"probability of {risk.id}")
            yield setting(risk, "impact", f"impact of {risk.id}")


def _one_numbers(case: Case) -> str:
    risk = next(risk for risk in _open(case) if risk.id == case.keys[2])
    return f"{risk.probability:g} × {risk.impact:g} = {case.value:g}"


def _scale(case: Case) -> Iterator[Input]:
    yield setting(case.analysis.project.project.forecast, "probability_scale", "forecast.probability_scale", "text")


FIGURES: dict[str, Figure] = {
    "risks": Figure(
        "group", "What might go wrong, and what it would cost.", "The figures below it", COUNT, inputs=(_counted,)
    ),
    "risks.open": Figure(
        "number",
        "How many risks may still strike.",
        "Count of risks with `status: open`",
        COUNT,
        inputs=(_counted,),
    ),
    "risks.exposure": Figure(
        "money",
        "What the open risks would cost on average.",
        "Exposure = Σ chance × money at stake, over open risks; the scale says which chances 1 to 5 stand for",
        RISK,
        inputs=(_exposures,),
        settings=(_scale,),
        remedy=ASSESS,
    ),
    "risks.top": Figure(
        "list",
        "The open risks that matter most, the worst first.",
        "Order: score, then exposure; the first five",
        MATRIX,
        inputs=(_scores,),
        remedy=ASSESS,
    ),
    "risks.scores": Figure(
        "group",
        "How serious each open risk is, from 1 to 25.",
        "Score = probability × impact",
        MATRIX,
        inputs=(_scores,),
        remedy=ASSESS,
    ),
    "risks.scores.<risk>": Figure(
        "number",
        "How serious the risk is, from 1 to 25.",
        "Score = probability × impact",
        MATRIX,
        _one_numbers,
        inputs=(_one,),
        remedy=ASSESS,
    ),
}
