"""The running effect of change requests."""

from collections.abc import Iterable
from math import fsum

from kapm_site.analysis.records import ChangeFigures
from kapm_site.model.registers import Change


def change_figures(changes: Iterable[Change]) -> ChangeFigures:
    """Add up what approved changes brought and proposed ones would bring.

    Args:
        changes: The register, or what a reader may see of it.
    """
    known = list(changes)
    approved = [change for change in known if change.status in ("approved", "implemented")]
    proposed = [change for change in known if change.status == "proposed"]
    return ChangeFigures(
        approved_days=_days(approved),
        approved_cost=_cost(approved),
        proposed=len(proposed),
        proposed_days=_days(proposed),
        proposed_cost=_cost(proposed),
    )


def _days(changes: list[Change]) -> float:
    return fsum((change.impact.days or 0.0) for change in changes if change.impact)


def _cost(changes: list[Change]) -> float:
    return fsum((change.impact.cost or 0.0) for change in changes if change.impact)
