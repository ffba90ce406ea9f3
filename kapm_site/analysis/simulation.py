"""When a project may finish: its network run many times over with what its estimates and risks say may happen.

Asked for by the data: a three-point estimate of an unfinished task, an open risk with a delay, or `forecast` in
project.yaml. numpy is loaded only then.
"""

from collections.abc import Sequence

from kapm_site.analysis.frame import Frame
from kapm_site.analysis.measure import Actual
from kapm_site.analysis.outlook import ForecastRange
from kapm_site.analysis.passes import Dates
from kapm_site.analysis.plan import PlannedNetwork
from kapm_site.analysis.uncertainty import asks_for_range, is_open, uncertainty_of

NO_TASKS = "the plan has no tasks"
ALL_DONE = "nothing is left to do"
NOT_ASKED = (
    "no unfinished task has a three-point estimate, no open risk has both a delay and tasks it affects, "
    "and project.yaml has no forecast"
)
NO_NUMPY = 'numpy is not installed: pip install "kapm-site[forecast]"'


def forecast_range(
    frame: Frame, plan: PlannedNetwork, actuals: Sequence[Actual], expected: Dates
) -> tuple[ForecastRange | None, str]:
    """Simulate when a project may finish; None and the reason where that cannot be or is not asked for.

    `expected` is the forecast without uncertainty: what is done or fixed stays at its dates.
    """
    if not frame.leaves:
        return None, NO_TASKS
    if not any(is_open(frame, actuals, index) for index in range(len(frame.leaves))):
        return None, ALL_DONE
    uncertainty = uncertainty_of(frame, plan, actuals)
    if not (uncertainty.leaves or uncertainty.threats or asks_for_range(frame)):
        return None, NOT_ASKED
    try:
        from kapm_site.analysis.runs import simulate
        from kapm_site.analysis.sampled_leaves import Clocks, Future
    except ImportError:
        return None, NO_NUMPY
    settings = frame.project.project.forecast
    future = Future(frame, plan, actuals, expected, uncertainty, Clocks(frame.status.year))
    return simulate(future, int(settings.runs), int(settings.seed)), ""
