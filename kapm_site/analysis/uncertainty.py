"""What is uncertain about a plan: durations with a spread, and risks that delay what they affect; nothing drawn yet.

A leaf varies by its three-point estimate, else by the spread that project.yaml states for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.measure import FULL, Actual
from kapm_site.analysis.plan import PlannedNetwork, drives_finish
from kapm_site.analysis.working_time import WorkingTime, round_the_clock
from kapm_site.model.plan import Estimate
from kapm_site.model.registers import Risk, ScheduleImpact

Shape = Literal["triangular", "pert", "uniform"]


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution of a length of time in seconds; one whose ends meet is a fixed length."""

    low: float
    likely: float
    high: float
    shape: Shape = "triangular"


@dataclass(frozen=True, slots=True)
class UncertainLeaf:
    """A leaf still to be finished, and how long it takes in all.

    Attributes:
        calendar: In which the spread counts.
        index: Of the leaf among all leaves.
    """

    index: int
    calendar: WorkingTime
    spread: Spread


@dataclass(frozen=True, slots=True)
class Threat:
    """An open risk that delays leaves.

    Attributes:
        chance: That it strikes, 0–1.
        leaves: Indexes of the unfinished leaves it delays.
    """

    id: str
    chance: float
    impact: ScheduleImpact
    leaves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """All that may turn out one way or another."""

    leaves: tuple[UncertainLeaf, ...]
    threats: tuple[Threat, ...]


def uncertainty_of(frame: Frame, plan: PlannedNetwork, actuals: Sequence[Actual]) -> Uncertainty:
    """Collect what varies: estimates, risks with a delay, and the stated spread for leaves without an estimate.

    `forecast:` in project.yaml that leaves the spread out has its default only where nothing else varies: how often
    and from which seed to draw says nothing about the durations of a plan that has estimates or risks.
    """
    open_leaves = [index for index in range(len(frame.leaves)) if is_open(frame, actuals, index)]
    estimated = [
        _by_estimate(frame, index, frame.leaves[index], estimate)
        for index in open_leaves
        if (estimate := frame.leaves[index].task.estimate) is not None and not frame.leaves[index].task.milestone
    ]
    threats = tuple(_threats(frame, set(open_leaves)))
    stated = "spread_percent" in frame.project.project.forecast.model_fields_set
    if not stated and not (asks_for_range(frame) and not estimated and not threats):
        return Uncertainty(tuple(estimated), threats)
    known = {leaf.index for leaf in estimated}
    spread = [
        UncertainLeaf(index, plan.activities[index].calendar, _by_percent(frame, plan.activities[index].seconds))
        for index in open_leaves
        if index not in known and plan.activities[index].seconds
    ]
    return Uncertainty((*estimated, *spread), threats)


def asks_for_range(frame: Frame) -> bool:
    """Tell whether project.yaml has a `forecast`, whatever it says."""
    return "forecast" in frame.project.project.model_fields_set


def is_open(frame: Frame, actuals: Sequence[Actual], index: int) -> bool:
    """Tell whether a leaf is work still to be finished: support and buffers are none, they take what time there is."""
    return not actuals[index].finished and drives_finish(frame, frame.leaves[index].task)


def spread_between(low: float, likely: float, high: float, shape: Shape = "triangular") -> Spread:
    """Build a spread of lengths; ends in the wrong order change places, and the peak lies between them."""
    low, high = sorted((max(low, 0.0), max(high, 0.0)))
    return Spread(low, min(max(likely, low), high), high, shape)


def impact_spread(impact: ScheduleImpact, time: WorkingTime) -> Spread:
    """Return the delay of a risk in seconds of a calendar."""
    points = (impact.optimistic, impact.likely, impact.pessimistic)
    low, likely, high = (time.seconds_of(point) for point in points)
    return spread_between(low, likely, high)


def _by_estimate(frame: Frame, index: int, item: Item, estimate: Estimate) -> UncertainLeaf:
    own = frame.time_of(item)
    low, likely, high = (own.seconds_of(d) for d in (estimate.optimistic, estimate.likely, estimate.pessimistic))
    calendar = round_the_clock() if estimate.likely.elapsed else own
    return UncertainLeaf(index, calendar, spread_between(low, likely, high, estimate.distribution))


def _by_percent(frame: Frame, seconds: int) -> Spread:
    less, more = frame.project.project.forecast.spread_percent
    return spread_between(seconds * (1 + less / FULL), seconds, seconds * (1 + more / FULL))


def _threats(frame: Frame, open_leaves: set[int]) -> list[Threat]:
    scale = frame.project.project.forecast.probability_scale
    places = {item.task.id: item for item in frame.items}
    threats = []
    for risk in sorted(frame.project.risks.risks, key=lambda risk: risk.id):
        if risk.status != "open" or risk.schedule_impact is None or risk.probability is None:
            continue
        leaves = _affected(frame, places, risk) & open_leaves
        chance = scale[min(max(int(risk.probability), 1), len(scale)) - 1] / FULL
        if leaves:
            threats.append(Threat(risk.id, chance, risk.schedule_impact, tuple(sorted(leaves))))
    return threats


def _affected(frame: Frame, places: dict[str, Item], risk: Risk) -> set[int]:
    """Return the leaves a risk names; of a parent those with work: its milestones move with them anyway."""
    found: set[int] = set()
    for item in (places[name] for name in risk.affects if name in places):
        found |= {index for index in item.leaves if not (item.is_parent and frame.leaves[index].task.milestone)}
    return found
