"""Random lengths of time: numbers that depend on the seed and the name of what they are for, and their distributions.

Everything is drawn by inverse distribution functions: one uniform number a run decides, so that a wider spread or a
further task moves no other draw. Imports numpy: only what simulates may import this module.
"""

from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from kapm_site.analysis.uncertainty import Spread

Floats = NDArray[np.float64]
Seconds = NDArray[np.int64]

#: Weight of the likely value in a PERT distribution.
LAMBDA = 4.0

_GRID = 1024


def uniforms(seed: int, name: str, runs: int) -> Floats:
    """Draw a number in [0, 1) for each run, one from each of as many equal strata (Latin hypercube sampling).

    Every share of the runs is thereby met as exactly as the number of runs allows: a risk of 30 % strikes in 300 of
    1,000 runs. Other names give independent numbers, whatever order they are asked in.
    """
    entropy = int.from_bytes(sha256(f"{seed}:{name}".encode()).digest())
    random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))
    drawn: Floats = (random.permutation(runs) + random.random(runs)) / runs
    return np.minimum(drawn, np.nextafter(1.0, 0.0))


def lengths(spread: Spread, drawn: Floats) -> Floats:
    """Return the lengths in seconds that uniform numbers stand for: the inverse distribution function."""
    low, likely, high = spread.low, spread.likely, spread.high
    width = high - low
    if width <= 0:
        return np.full_like(drawn, low)
    if spread.shape == "uniform":
        return low + width * drawn
    if spread.shape == "pert":
        shares, values = _beta_table((likely - low) / width)
        return low + width * np.interp(drawn, shares, values)
    rising = low + np.sqrt(drawn * width * (likely - low))
    falling = high - np.sqrt((1 - drawn) * width * (high - likely))
    return np.where(drawn * width < likely - low, rising, falling)


def lengths_above(spread: Spread, past: float, drawn: Floats) -> Floats | None:
    """Return lengths on condition that each is more than `past` seconds; None where none can be."""
    below = share_below(spread, past)
    return lengths(spread, below + (1 - below) * drawn) if below < 1 else None


def share_below(spread: Spread, length: float) -> float:
    """Return the distribution function: the share of lengths up to one, 0–1."""
    low, likely, high = spread.low, spread.likely, spread.high
    width = high - low
    if length >= high:
        return 1.0
    if length <= low:
        return 0.0
    if spread.shape == "uniform":
        return (length - low) / width
    if spread.shape == "pert":
        shares, values = _beta_table((likely - low) / width)
        return float(np.interp((length - low) / width, values, shares))
    if length < likely:
        return (length - low) ** 2 / (width * (likely - low))
    return 1 - (high - length) ** 2 / (width * (high - likely))


@lru_cache(maxsize=1024)
def _beta_table(peak: float) -> tuple[Floats, Floats]:
    """Tabulate the beta distribution behind PERT, with its peak at a share of the width: shares and values.

    With x = sin² t the density is smooth at both ends too; what the table gets wrong is some millionths of the width.
    """
    alpha, beta = 1 + LAMBDA * peak, 1 + LAMBDA * (1 - peak)
    angles = np.linspace(0, np.pi / 2, _GRID + 1)
    density = np.sin(angles) ** (2 * alpha - 1) * np.abs(np.cos(angles)) ** (2 * beta - 1)
    shares = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    return shares / shares[-1], np.sin(angles) ** 2
