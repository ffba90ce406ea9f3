"""The running effect of change requests."""

from collections.abc import Iterable
from datetime import date
from math import fsum

from kapm_site.analysis.records import ChangeFigures
from kapm_site.model.registers import Change


def change_figures(changes: Iterable[Change], day: date) -> ChangeFigures:
    """Add up what approved changes brought and proposed ones would bring, as things stood on a day.

    Args:
        changes: The register, or what a reader may see of it. One that was decided later was proposed on the day,
            one that was requested later was not there.
        day: The status date.
    """
    known = [change for change in changes if change.date is None or change.date <= day]
    open_ = [change for change in known if change.status == "proposed" or _is_later(change, day)]
    approved = [one for one in known if one.status in ("approved", "implemented") and one not in open_]
    proposed = [one for one in open_ if one.status != "rejected"]
    return ChangeFigures(
        approved_days=_days(approved),
        approved_cost=_cost(approved),
        proposed=len(proposed),
        proposed_days=_days(proposed),
        proposed_cost=_cost(proposed),
    )


def _is_later(change: Change, day: date) -> bool:
    return change.decided is not None and change.decided > day


def _days(changes: list[Change]) -> float:
    return fsum((change.impact.days or 0.0) for change in changes if change.impact)


def _cost(changes: list[Change]) -> float:
    return fsum((change.impact.cost or 0.0) for change in changes if change.impact)
