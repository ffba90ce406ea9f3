"""The risk register in figures."""

from collections.abc import Iterable, Sequence
from math import fsum

from kapm_site.analysis.records import RiskFigures
from kapm_site.model.order import natural
from kapm_site.model.registers import Risk


def risk_figures(risks: Iterable[Risk], probability_scale: Sequence[float]) -> RiskFigures:
    """Score the open risks.

    Args:
        risks: The register, or what a reader may see of it.
        probability_scale: Percent that probabilities 1 to 5 stand for.
    """
    still_open = [risk for risk in risks if risk.status == "open"]
    scores = {risk.id: score for risk in still_open if (score := score_of(risk)) is not None}
    exposures = {risk.id: amount for risk in still_open if (amount := _exposure(risk, probability_scale)) is not None}
    cells: dict[tuple[int, int], list[str]] = {}
    for risk in still_open:
        if risk.probability is not None and risk.impact is not None:
            cells.setdefault((int(risk.probability), int(risk.impact)), []).append(risk.id)
    top = sorted(
        still_open, key=lambda risk: (-scores.get(risk.id, 0.0), -exposures.get(risk.id, 0.0), natural(risk.id))
    )
    return RiskFigures(
        open=len(still_open),
        exposure=fsum(exposures.values()) if exposures else None,
        top=tuple(top),
        scores=scores,
        cells={cell: tuple(ids) for cell, ids in sorted(cells.items())},
    )


def score_of(risk: Risk) -> float | None:
    """Return probability times impact, 1–25; None where one of them is not assessed."""
    return risk.probability * risk.impact if risk.probability is not None and risk.impact is not None else None


def _exposure(risk: Risk, probability_scale: Sequence[float]) -> float | None:
    """Return the expected loss; None without an amount or a probability."""
    if risk.exposure is None or risk.probability is None:
        return None
    index = min(max(int(risk.probability), 1), len(probability_scale)) - 1
    return probability_scale[index] / 100 * risk.exposure
