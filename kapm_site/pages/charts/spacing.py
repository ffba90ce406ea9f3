"""Where labels go so that none touches another."""

from collections.abc import Sequence
from dataclasses import dataclass, field


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions at least `gap` apart, in the order of the wanted ones and as near to them as that allows.

    Neighbours that collide form a block around the mean of their wishes. If all together exceed the room from
    `low` to `high`, the gap shrinks.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    if len(order) > 1:
        gap = min(gap, (high - low) / (len(order) - 1))
    blocks: list[tuple[float, int]] = []  # (sum of wishes, each less its place in the block; count)
    for index in order:
        total, count = wanted[index], 1
        while blocks and _begin(blocks[-1], gap, low, high) + blocks[-1][1] * gap > _begin(
            (total, count), gap, low, high
        ):
            before, more = blocks.pop()
            total, count = before + total - gap * more * count, more + count
        blocks.append((total, count))
    places = [_begin(block, gap, low, high) + gap * step for block in blocks for step in range(block[1])]
    result = [0.0] * len(wanted)
    for index, place in zip(order, places, strict=True):
        result[index] = place
    return result


@dataclass(slots=True)
class Lanes:
    """Free stretches on a few parallel lines of text, filled from the first."""

    count: int
    gap: float = 8.0
    _taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def take(self, left: float, right: float) -> int | None:
        """The first lane on which the stretch is free, now taken; None if there is none."""
        for lane in range(self.count):
            if lane == len(self._taken):
                self._taken.append([])
            if self.free(lane, left, right):
                self._taken[lane].append((left, right))
                return lane
        return None

    def free(self, lane: int, left: float, right: float) -> bool:
        """Whether nothing on a lane comes nearer than the gap."""
        stretches = self._taken[lane] if lane < len(self._taken) else []
        return all(right + self.gap <= a or b + self.gap <= left for a, b in stretches)

    def block(self, lane: int, left: float, right: float) -> None:
        """Keep a stretch of a lane free of text."""
        while len(self._taken) <= lane:
            self._taken.append([])
        self._taken[lane].append((left, right))


def _begin(block: tuple[float, int], gap: float, low: float, high: float) -> float:
    total, count = block
    return min(max(total / count, low), high - gap * (count - 1))
