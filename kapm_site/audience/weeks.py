"""Looks at a project on earlier days, one a week: what trends are drawn from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MilestoneLook:
    """When a milestone was expected; `done` where it had been reached, on that day."""

    id: str
    day: date
    done: bool


@dataclass(frozen=True, slots=True)
class RiskLook:
    """An open risk as it was assessed."""

    id: str
    score: float | None


@dataclass(frozen=True, slots=True)
class BufferLook:
    """How much of a buffer was gone against how much of its chain was done; per cent."""

    id: str
    consumed: float
    complete: float


@dataclass(frozen=True, slots=True)
class Look:
    """A project on an earlier day, as its reader saw it then: the few figures that trends are drawn from.

    Attributes:
        day: The status date of the look.
        health, dimensions: Overall, and by dimension.
        baseline: Id of the baseline in force.
        risks: The open ones.
        answered: Ids of the feedback that had a response, or was dealt with.
        spi, cpi, spi_t, eac: For internal readers, else None.
    """

    day: date
    health: str
    dimensions: tuple[tuple[str, str], ...]
    planned_percent: float | None
    actual_percent: float | None
    forecast_finish: date | None
    baseline: str | None
    milestones: tuple[MilestoneLook, ...]
    risks: tuple[RiskLook, ...]
    exposure: float | None
    answered: tuple[str, ...]
    spi: float | None
    cpi: float | None
    spi_t: float | None
    eac: float | None
    buffers: tuple[BufferLook, ...] = ()
