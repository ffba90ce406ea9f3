"""Whether finish dates that were given with a confidence held as often as they promised.

A forecast is calibrated where events that it gives a probability of p come true in a share of p of the cases (Murphy
and Winkler, Reliability of subjective probability forecasts of precipitation and temperature, Applied Statistics 26,
1977; Gneiting, Balabdaoui and Raftery, Probabilistic forecasts, calibration and sharpness, Journal of the Royal
Statistical Society B 69, 2007). Flyvbjerg (From Nobel Prize to project management: getting risks right, Project
Management Journal 37, 2006) asks the same of projects: hold what was forecast against what came of it.

A date is decided once it has passed, or once the project is finished: it held where the project was finished by then.
Two limits are said wherever the count is shown, with its sample: dates of a running project can only have been
missed yet, as the others are open; and the reports of one project share one outcome.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kapm_site.audience.views import ProjectView, ReportView

#: Per cent of confidence, in the order they are shown.
LEVELS = (50, 80)


@dataclass(frozen=True, slots=True)
class Held:
    """How many dates that were given with a confidence held, of those that are decided; `level` is in per cent."""

    level: int
    held: int
    of: int

    @property
    def percent(self) -> float:
        """The share that held; there must be a date that is decided."""
        return 100 * self.held / self.of


@dataclass(frozen=True, slots=True)
class Promise:
    """A finish date of a report; `held` is None while it is open."""

    report: ReportView
    level: int
    day: date
    held: bool | None


def promises(view: ProjectView, *, finished: bool) -> tuple[Promise, ...]:
    """List the finish dates that the reports of a project gave, in their order.

    A report of a day on which all was done forecast nothing.

    Args:
        view: The project.
        finished: All its work is done, so that its forecast finish is the day it was finished.
    """
    end = view.schedule.forecast_finish if finished else None
    return tuple(
        Promise(report, level, day, _outcome(day, end, view.status))
        for report in view.reports
        if end is None or report.status_date < end
        for level, day in zip(LEVELS, (report.p50, report.p80), strict=True)
        if day is not None
    )


def _outcome(day: date, end: date | None, status: date) -> bool | None:
    if end is not None:
        return end <= day
    return False if day < status else None


def held_by_level(found: Iterable[Promise]) -> tuple[Held, ...]:
    """Count the dates that held for each confidence of which any date is decided."""
    decided = [one for one in found if one.held is not None]
    counts = ((level, [one.held for one in decided if one.level == level]) for level in LEVELS)
    return tuple(Held(level, sum(map(bool, outcomes)), len(outcomes)) for level, outcomes in counts if outcomes)
