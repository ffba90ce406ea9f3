"""Where the slip of the finish came from, as a reader may know: causes and names of visible work alone."""

from collections.abc import Mapping
from math import fsum

from kapm_site.analysis.delays import UNSTATED
from kapm_site.analysis.outlook import SlipStep
from kapm_site.analysis.records import Analysis
from kapm_site.analysis.slip import RECOVERED
from kapm_site.audience.views import SlipCause, SlipView

#: The cause of days that work added which the reader does not see, or that no work explains.
OTHER = "other"
#: The cause of days that a buffer took up.
BUFFERED = "buffered"


def slip_view(analysis: Analysis, names: Mapping[str, str]) -> SlipView | None:
    """Add up the steps along the chain that drives the finish by cause; None where there is no slip to explain.

    The days of all causes add up to the slip of the finish, which every reader knows. What hidden work added counts as
    other work.
    """
    steps = analysis.outlook.slip_steps
    if not steps:
        return None
    found: dict[str, list[tuple[str, float]]] = {}
    for step in steps:
        name = names.get(step.task_id or "", "")
        found.setdefault(_cause(step, analysis, seen=bool(name)), []).append((name, step.days))
    causes = [
        SlipCause(cause, fsum(days for _, days in parts), tuple(part for part in parts if part[0]))
        for cause, parts in found.items()
    ]
    on_chain = {step.task_id for step in steps}
    others = (item for item in analysis.delays.items if item.task_id in names and item.task_id not in on_chain)
    parallel = tuple((names[item.task_id], item.own_days) for item in others if item.own_days)
    return SlipView(tuple(sorted(causes, key=_order)), parallel)


def _cause(step: SlipStep, analysis: Analysis, *, seen: bool) -> str:
    """Tell what a buffer took up from what people made up."""
    if step.cause == RECOVERED:
        is_buffer = seen and step.task_id is not None and analysis.schedule.tasks[step.task_id].task.buffer
        return BUFFERED if is_buffer else RECOVERED
    return step.cause if seen else OTHER


def _order(cause: SlipCause) -> tuple[bool, bool, float, str]:
    """Put what lost most time first, what nobody explains after it, what made time up last."""
    return cause.days < 0, cause.cause in (OTHER, UNSTATED), -cause.days, cause.cause
