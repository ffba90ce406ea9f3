"""Where the slip of the finish came from: when it grew, window by window, and which work on the driving chain made it.

Windows are those of AACE 29R-03 (observational, as the updates were): in each, the finish that was expected at its end
against that at its beginning. Steps compare as planned with as built along the chain that drives the finish today, as
29R-03 and the SCL Delay and Disruption Protocol describe: delay of work beside it runs in parallel and adds nothing.
Time that the plan left between two pieces of work is theirs who first need it, and taking it is no recovery. Which
cause a step has is what people say of the work, a judgement that no formula replaces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from math import fsum

from kapm_site.analysis.delays import UNSTATED
from kapm_site.analysis.frame import Frame
from kapm_site.analysis.outlook import DelayWindow, SlipStep
from kapm_site.analysis.plan import drives_finish
from kapm_site.analysis.records import ScheduleFigures
from kapm_site.analysis.schedule import Leaves, slip_of
from kapm_site.model.plan import Baseline
from kapm_site.model.reports import ReportFile

#: The name of days that were made up.
RECOVERED = "recovered"
#: The cause of work that was not in the baseline, where nobody says another.
_SCOPE = "scope"
#: Working days below which a step is the rounding of hours.
_GRAIN = 0.05
#: Under which name a released report keeps the finish it expected.
_REPORTED = ("forecast_finish", "finish")


@dataclass(frozen=True, slots=True)
class _Look:
    day: date
    rank: int
    expected: datetime
    name: str


def delay_windows(frame: Frame, schedule: ScheduleFigures) -> tuple[DelayWindow, ...]:
    """Tell how far the expected finish moved between the baselines and reports so far, and since the last of them.

    The days of all windows add up to the slip against the first baseline. None without a baseline or a report.
    """
    looks = sorted(_looks(frame), key=lambda look: (look.day, look.rank))
    if not looks or schedule.forecast_finish is None:
        return ()
    looks.append(_Look(frame.status.date(), 0, schedule.forecast_finish, ""))
    return tuple(
        DelayWindow(
            start=one.day,
            finish=two.day,
            before=one.expected.date(),
            after=two.expected.date(),
            days=frame.time.days_between(one.expected, two.expected),
            name=two.name,
        )
        for one, two in pairwise(looks)
    )


def slip_steps(frame: Frame, leaves: Leaves, schedule: ScheduleFigures) -> tuple[SlipStep, ...]:
    """Divide the slip of the finish among the leaves on the chain that drives it, the first of them first.

    A leaf adds what it is late beyond the leaf before it, as far as slack behind them does not take it up. What is
    left belongs to no leaf. The days add up to `slip_days`.
    """
    if schedule.slip_days is None:
        return ()
    steps = list(_steps(frame, leaves, schedule.slip_days))
    rest = schedule.slip_days - fsum(step.days for step in steps)
    if abs(rest) >= _GRAIN:
        steps.append(SlipStep(None, rest, UNSTATED if rest > 0 else RECOVERED))
    return tuple(steps)


def by_cause(steps: tuple[SlipStep, ...]) -> dict[str, float]:
    """Add up the steps of each cause, the largest first."""
    found: dict[str, list[float]] = {}
    for step in steps:
        found.setdefault(step.cause, []).append(step.days)
    sums = {cause: fsum(days) for cause, days in found.items()}
    return dict(sorted(sums.items(), key=lambda entry: (-entry[1], entry[0])))


def _looks(frame: Frame) -> Iterator[_Look]:
    today = frame.status.date()
    for baseline in frame.project.baselines.baselines:
        finish = _planned_finish(frame, baseline)
        if baseline.approved is not None and baseline.approved <= today and finish is not None:
            yield _Look(baseline.approved, 1, finish, baseline.name or baseline.id)
    for report in frame.project.reports:
        finish = _reported_finish(frame, report)
        if report.status_date <= today and finish is not None:
            yield _Look(report.status_date, 0, finish, f"{report.number:g}")


def _planned_finish(frame: Frame, baseline: Baseline) -> datetime | None:
    """Return the last finish of the tasks that drive the project's; a task that is gone counted when it was there."""
    passive = {item.task.id for item in frame.leaves if not drives_finish(frame, item.task)}
    ends = (task.finish or task.start for task_id, task in baseline.tasks.items() if task_id not in passive)
    return max((frame.time.finish_of(end) for end in ends if end is not None), default=None)


def _reported_finish(frame: Frame, report: ReportFile) -> datetime | None:
    for name in _REPORTED:
        try:
            return frame.time.finish_of(date.fromisoformat(str(report.figures.get(name, ""))))
        except ValueError:
            continue
    return None


def _steps(frame: Frame, leaves: Leaves, slip: float) -> Iterator[SlipStep]:
    """Walk the chain from its first leaf, each with what reaches the finish of its delay and of those before it."""
    chain = _chain(frame, leaves)
    late = _lateness(frame, leaves, chain)
    # What is early makes the project no earlier than it is: others wait for nobody who is ahead.
    least = min(slip, 0.0)
    behind = max(late[-1] - slip, 0.0) if late else 0.0
    reaching: list[float] = []
    for days, taken in zip(reversed(late), reversed(_slack_taken(frame, leaves, chain)), strict=True):
        reaching.append(max(days - behind, least))
        behind += taken
    before = 0.0
    for index, days in zip(chain, reversed(reaching), strict=True):
        if abs(days - before) >= _GRAIN:
            cause = _cause(frame, index, days - before, joined=leaves.baseline[index].finish is None)
            yield SlipStep(frame.leaves[index].task.id, days - before, cause)
            before = days


def _lateness(frame: Frame, leaves: Leaves, chain: list[int]) -> list[float]:
    """Return how late each leaf of a chain ends; work that has joined the plan since adds all its days."""
    found: list[float] = []
    for place, index in enumerate(chain):
        expected = leaves.forecast.finishes[index]
        slip = slip_of(frame, leaves.baseline[index].finish, expected)
        if slip is None:
            begin = leaves.forecast.finishes[chain[place - 1]] if place else leaves.forecast.starts[index]
            slip = (found[-1] if found else 0.0) + frame.time.days_between(begin, expected)
        found.append(slip)
    return found


def _slack_taken(frame: Frame, leaves: Leaves, chain: list[int]) -> list[float]:
    """Return by how much the wait before each leaf of a chain is shorter than planned; a planned overlap is no wait."""
    days = frame.time.days_between
    taken = []
    planned = built = leaves.forecast.starts[chain[0]] if chain else frame.origin
    for place, index in enumerate(chain):
        start, begun = leaves.baseline[index].start, leaves.forecast.starts[index]
        wait = max(days(built, begun), 0.0)
        taken.append(max(days(planned, start) - wait, 0.0) if start is not None and place else 0.0)
        planned, built = leaves.baseline[index].finish or planned, leaves.forecast.finishes[index]
    return taken


def _chain(frame: Frame, leaves: Leaves) -> list[int]:
    """Find the leaves that drive the finish: from the last one back to the predecessor that ends last, and so on."""
    incoming = _predecessors(frame, leaves)
    every = range(len(frame.leaves))
    driving = [i for i in every if drives_finish(frame, frame.leaves[i].task)] or list(every)
    ends = leaves.forecast.finishes
    followed = set[int]().union(*incoming)
    # Of several that end together the one nobody waits for: what lies before it, such as a buffer, is on the chain too.
    index = max(driving, key=lambda i: (ends[i], i not in followed, -i), default=None)
    chain: list[int] = []
    while index is not None:
        chain.append(index)
        index = max(incoming[index].difference(chain), key=lambda i: (ends[i], -i), default=None)
    return chain[::-1]


def _predecessors(frame: Frame, leaves: Leaves) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in frame.leaves]
    for number, planned in enumerate(leaves.plan.links):
        if number not in leaves.plan.network.dropped:
            for i in planned.link.successors:
                found[i].update(planned.link.predecessors)
    return found


def _cause(frame: Frame, index: int, days: float, *, joined: bool) -> str:
    if days < 0:
        return RECOVERED
    delay = frame.leaves[index].task.delay
    if delay is not None and delay.cause is not None:
        return delay.cause
    return _SCOPE if joined else UNSTATED
