"""Runs the future of a project many times and counts how often it has come to what. Imports numpy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from kapm_site.analysis.clock import Clock, from_clock
from kapm_site.analysis.graph import order_graph
from kapm_site.analysis.outlook import ForecastRange
from kapm_site.analysis.plan import drives_finish
from kapm_site.analysis.sampled_leaves import Future, sampled_leaves
from kapm_site.analysis.sampled_network import driving, sampled_dates
from kapm_site.analysis.sampling import Seconds
from kapm_site.analysis.uncertainty import is_open
from kapm_site.analysis.working_time import DAY

#: Runs that are held in memory at once; part of the result, since each batch is stratified by itself.
BATCH = 2_500

#: Days of the cumulative curve at most.
DAYS = 400


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Finishes of the runs, and in how many of them each leaf was critical."""

    finishes: Seconds
    critical: dict[int, int]


def simulate(future: Future, runs: int, seed: int) -> ForecastRange:
    """Simulate a project that is not finished yet."""
    outcome = _outcome(future, runs, seed)
    finishes = np.sort(outcome.finishes)
    clock = future.clocks.of(future.frame.time)
    return ForecastRange(
        p50=_percentile(finishes, 50),
        p80=_percentile(finishes, 80),
        p90=_percentile(finishes, 90),
        p95=_percentile(finishes, 95),
        mean=_mean(finishes, clock),
        runs=runs,
        seed=seed,
        criticality={
            future.frame.leaves[index].task.id: count / runs for index, count in sorted(outcome.critical.items())
        },
        finishes=tuple(_cumulative(finishes)),
    )


def _outcome(future: Future, runs: int, seed: int) -> _Outcome:
    leaves = range(len(future.frame.leaves))
    links = [link.link for link in future.plan.links]
    graph = order_graph(len(leaves), links)
    ends = [index for index in leaves if drives_finish(future.frame, future.frame.leaves[index].task)]
    critical = {index: 0 for index in leaves if is_open(future.frame, future.actuals, index)}
    clock = future.clocks.of(future.frame.time)
    finishes = []
    for batch, size in enumerate(_batches(runs)):
        drawn = sampled_leaves(future, seed, batch, size)
        dates = sampled_dates(drawn, links, graph, future.clocks)
        finish = np.maximum.reduce([np.broadcast_to(dates.finishes[index], size) for index in ends])
        finishes.append(finish)
        shares = driving(dates, links, graph, ends, clock)
        for index in critical:
            critical[index] += int(np.broadcast_to(shares[index], size).sum())
    return _Outcome(np.concatenate(finishes), critical)


def _batches(runs: int) -> Iterable[int]:
    return [BATCH] * (runs // BATCH) + ([runs % BATCH] if runs % BATCH else [])


def _percentile(finishes: Seconds, percent: int) -> datetime:
    """Return the first instant by which a share of the runs has finished; never one between two outcomes."""
    rank = -(-percent * len(finishes) // 100)
    return from_clock(finishes[rank - 1])


def _mean(finishes: Seconds, clock: Clock) -> datetime:
    """Return the mean in working time; never outside the outcomes, where nothing is worked around them."""
    mean = np.rint(clock.position(finishes).mean()).astype(np.int64)
    return from_clock(int(np.clip(clock.finish_at(np.array([mean]))[0], finishes[0], finishes[-1])))


def _cumulative(finishes: Seconds) -> Iterable[tuple[date, float]]:
    """Return the share that has finished by the end of each day, thinned where there are too many days."""
    first, last = int(finishes[0] // DAY), int(finishes[-1] // DAY)
    step = -(-(last - first) // DAYS) or 1
    for day in sorted({*range(first, last, step), last}):
        done = np.searchsorted(finishes, (day + 1) * DAY, "left")
        yield from_clock(day * DAY).date(), float(done / len(finishes))
