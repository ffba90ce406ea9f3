"""The leaves of the plan as many runs of its future see them: how long each takes in each run.

What is not uncertain is an array of one element, which numpy spreads over all runs. Imports numpy: only what simulates
may import this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from kapm_site.analysis.clock import Clock
from kapm_site.analysis.forecast import waiting_leaf
from kapm_site.analysis.frame import Frame
from kapm_site.analysis.measure import Actual
from kapm_site.analysis.passes import Dates
from kapm_site.analysis.plan import PlannedNetwork, is_level_of_effort
from kapm_site.analysis.sampling import Floats, Seconds, lengths, lengths_above, uniforms
from kapm_site.analysis.uncertainty import Threat, UncertainLeaf, Uncertainty, impact_spread
from kapm_site.analysis.working_time import WorkingTime, clock_of, round_the_clock
from kapm_site.model.plan import Task


@dataclass(frozen=True, slots=True)
class Moves:
    """Delays of a leaf in one calendar, in seconds by run."""

    clock: Clock
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class SampledLeaf:
    """A leaf in all runs.

    Attributes:
        start: Where it has begun, else None; then `finish` holds too, and no link moves it.
        seconds: Its duration in `clock`, where it has not begun.
        earliest, earliest_finish: Instants before which it does not start and, None where free, finish.
        moves: Delays on top, in other calendars, or of what has begun.
    """

    clock: Clock
    seconds: Seconds
    start: Seconds | None
    finish: Seconds | None
    earliest: int
    earliest_finish: int | None
    moves: tuple[Moves, ...]


class Clocks:
    """The clock of each calendar, made once."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._known: dict[int, Clock] = {}

    def of(self, time: WorkingTime) -> Clock:
        """Return the clock of a calendar."""
        if id(time) not in self._known:
            self._known[id(time)] = Clock(time, self._year)
        return self._known[id(time)]


@dataclass(frozen=True, slots=True)
class Future:
    """What the runs are drawn from.

    Attributes:
        expected: The forecast without uncertainty.
    """

    frame: Frame
    plan: PlannedNetwork
    actuals: Sequence[Actual]
    expected: Dates
    uncertainty: Uncertainty
    clocks: Clocks


def sampled_leaves(future: Future, seed: int, batch: int, runs: int) -> list[SampledLeaf]:
    """Draw the leaves of one batch of runs."""
    uncertain = {leaf.index: leaf for leaf in future.uncertainty.leaves}
    drawn = {index: uniforms(seed, f"task:{future.frame.leaves[index].task.id}:{batch}", runs) for index in uncertain}
    delays = _delays(future, seed, batch, runs)
    return [
        _begun(future, index, uncertain.get(index), drawn.get(index), delays.get(index, ()))
        if _has_begun(future, index)
        else _waiting(future, index, uncertain.get(index), drawn.get(index), delays.get(index, ()))
        for index in range(len(future.frame.leaves))
    ]


def _has_begun(future: Future, index: int) -> bool:
    """Tell whether the forecast holds a leaf's dates: it has begun, is done, or is support beside the work."""
    actual = future.actuals[index]
    return actual.finished or actual.started or is_level_of_effort(future.frame, future.frame.leaves[index].task)


def _waiting(
    future: Future, index: int, uncertain: UncertainLeaf | None, drawn: Floats | None, delays: Sequence[Moves]
) -> SampledLeaf:
    """Draw the duration of a leaf that has not begun; a delay in its own calendar makes it longer."""
    expected = waiting_leaf(future.frame, future.plan, index, future.frame.leaves[index])
    activity = expected.activity
    clock, seconds = future.clocks.of(activity.calendar), _fixed(activity.seconds)
    if uncertain is not None and drawn is not None:
        clock, seconds = future.clocks.of(uncertain.calendar), _whole(lengths(uncertain.spread, drawn))
    for move in delays:
        if move.clock is clock:
            seconds = seconds + move.seconds
    floors = [clock_of(max(future.frame.origin, future.frame.status))]
    floors += [clock_of(expected.floor)] if expected.floor is not None else []
    limit = clock_of(activity.limit) if activity.limit is not None else None
    if limit is not None and activity.constraint == "start_no_earlier_than":
        floors.append(limit)
    return SampledLeaf(
        clock=clock,
        seconds=seconds,
        start=None,
        finish=None,
        earliest=max(floors),
        earliest_finish=limit if activity.constraint == "finish_no_earlier_than" else None,
        moves=tuple(move for move in delays if move.clock is not clock),
    )


def _begun(
    future: Future, index: int, uncertain: UncertainLeaf | None, drawn: Floats | None, delays: Sequence[Moves]
) -> SampledLeaf:
    """Draw what is left of a leaf under way; what is done stays where it is."""
    start, finish = _start(future, index), _fixed(clock_of(future.expected.finishes[index]))
    task = future.frame.leaves[index].task
    calendar = future.plan.activities[index].calendar
    is_fixed = uncertain is None or uncertain.spread.low == uncertain.spread.high
    if uncertain is not None and drawn is not None and not is_fixed and task.actual_finish is None:
        calendar = uncertain.calendar
        total = _total_above_elapsed(future, index, uncertain, drawn) if _is_only_begun(task) else None
        if total is not None:
            finish = future.clocks.of(calendar).shift(_fixed(clock_of(start)), total)
        else:
            finish = _finish_by_what_is_left(future, index, uncertain, drawn)
        finish = np.maximum(finish, clock_of(future.frame.status))
    return SampledLeaf(
        clock=future.clocks.of(calendar),
        seconds=_fixed(0),
        start=_fixed(clock_of(start)),
        finish=finish,
        earliest=clock_of(start),
        earliest_finish=None,
        moves=tuple(delays),
    )


def _start(future: Future, index: int) -> datetime:
    """Return when a leaf begins; of a buffer the forecast shows only what is left, but links see the whole."""
    if future.actuals[index].started or not future.frame.leaves[index].task.buffer:
        return future.expected.starts[index]
    return min(future.plan.network.starts[index], future.expected.finishes[index])


def _is_only_begun(task: Task) -> bool:
    """Tell whether nobody has said how far a leaf is, or when it will be done."""
    promised = task.delay is not None and task.delay.new_finish is not None
    return task.remaining is None and task.progress is None and not task.steps and not promised


def _total_above_elapsed(future: Future, index: int, uncertain: UncertainLeaf, drawn: Floats) -> Seconds | None:
    """Draw a total duration on condition that it is longer than what has gone by; None where none can be."""
    position = uncertain.calendar.position
    elapsed = position(future.frame.status) - position(future.expected.starts[index])
    total = lengths_above(uncertain.spread, elapsed, drawn)
    return _whole(total) if total is not None else None


def _finish_by_what_is_left(future: Future, index: int, uncertain: UncertainLeaf, drawn: Floats) -> Seconds:
    """Give what the forecast says is left the spread that the whole has, in proportion."""
    task, status = future.frame.leaves[index].task, future.frame.status
    elapsed = task.remaining.elapsed if task.remaining is not None else uncertain.calendar is round_the_clock()
    time = round_the_clock() if elapsed else future.frame.time_of(future.frame.leaves[index])
    left = time.position(future.expected.finishes[index]) - time.position(status)
    likely = uncertain.spread.likely
    share = left / likely if likely else 1 - future.actuals[index].percent / 100
    return future.clocks.of(time).shift(_fixed(clock_of(status)), _whole(lengths(uncertain.spread, drawn) * share))


def _delays(future: Future, seed: int, batch: int, runs: int) -> dict[int, list[Moves]]:
    """Let the risks strike: by leaf what they add to it, the same draw for all leaves that a risk affects."""
    delays: dict[int, list[Moves]] = {}
    for threat in future.uncertainty.threats:
        strikes = uniforms(seed, f"risk:{threat.id}:{batch}", runs) >= 1 - threat.chance
        drawn = uniforms(seed, f"delay:{threat.id}:{batch}", runs)
        for index in threat.leaves:
            delays.setdefault(index, []).append(_delay(future, threat, index, strikes * 1, drawn))
    return delays


def _delay(future: Future, threat: Threat, index: int, strikes: Seconds, drawn: Floats) -> Moves:
    own = future.frame.time_of(future.frame.leaves[index])
    time = round_the_clock() if threat.impact.likely.elapsed else own
    return Moves(future.clocks.of(time), _whole(lengths(impact_spread(threat.impact, own), drawn)) * strikes)


def _fixed(seconds: int) -> Seconds:
    return np.array([seconds], dtype=np.int64)


def _whole(seconds: Floats) -> Seconds:
    return np.rint(seconds).astype(np.int64)
