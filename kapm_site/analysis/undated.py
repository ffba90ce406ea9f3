"""A plan that names no day: what its schedule finds are guesses, save what has happened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kapm_site.analysis.measure import Actual
from kapm_site.analysis.records import TaskFigures


def without_dates(task: TaskFigures, actuals: Sequence[Actual]) -> TaskFigures:
    """Take away all days but those of what has happened: the others are guesses, as is what follows from them.

    A parent has begun or ended on a day where all of its leaves have.
    """
    starts = [actual.start for actual in actuals if actual.start is not None]
    return replace(
        task,
        start=None,
        finish=None,
        baseline_start=None,
        baseline_finish=None,
        early_start=None,
        early_finish=None,
        late_start=None,
        late_finish=None,
        total_slack_days=None,
        free_slack_days=None,
        critical=False,
        forecast_start=min(starts) if len(starts) == len(actuals) else None,
        forecast_finish=last_of_all([actual.finish for actual in actuals]),
        slip_days=None,
        late=False,
        planned_percent=0.0,
    )


def last_of_all(instants: Sequence[datetime | None]) -> datetime | None:
    """Return the last of some instants; None where one of them is not known."""
    known = [instant for instant in instants if instant is not None]
    return max(known) if known and len(known) == len(instants) else None
