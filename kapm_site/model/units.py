"""Durations: working time such as `5d`, elapsed time such as `3ed`, or a share of another such as `50%`."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from kapm_site.model.scalars import bad

Unit = Literal["m", "h", "d", "w", "mo", "%"]

_DURATION = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(e?)(mo|m|h|d|w)")
_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*%")

#: Minutes of elapsed time in each unit; an elapsed month has 30 days, as in Microsoft Project.
ELAPSED_MINUTES: dict[Unit, float] = {"m": 1, "h": 60, "d": 1440, "w": 10080, "mo": 43200}

#: A typing error must not cost minutes of scheduling.
_LONGEST = 100 * 366 * 1440
_LARGEST_SHARE = 10_000


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time in the unit it was written in.

    What `d`, `w` and `mo` are worth in working time is a matter of the calendar.
    """

    amount: float
    unit: Unit
    elapsed: bool = False

    def __str__(self) -> str:
        return f"{self.amount:g}{'e' if self.elapsed else ''}{self.unit}"


def parse_duration(value: object) -> Duration:
    """Read a duration that is not negative."""
    duration = _parse(value)
    if duration is not None and _minutes(duration) > _LONGEST:
        raise bad("bad-duration", value, "a duration within range", "durations go up to 100 years")
    if duration is None or duration.amount < 0:
        raise bad(
            "bad-duration",
            value,
            "a duration",
            "write 90m, 16h, 5d, 1.5d, 2w or 1mo; elapsed time 3ed or 8eh",
        )
    return duration


def parse_lag(value: object) -> Duration:
    """Read a lag: a duration that may be negative, or a percentage of the predecessor's duration."""
    if isinstance(value, str) and (match := _PERCENT.fullmatch(value.strip())):
        if abs(float(match[1])) > _LARGEST_SHARE:
            raise bad("bad-duration", value, "a lag within range", f"shares go up to {_LARGEST_SHARE}%")
        return Duration(float(match[1]), "%")
    duration = _parse(value)
    if duration is not None and abs(_minutes(duration)) > _LONGEST:
        raise bad("bad-duration", value, "a lag within range", "lags go up to 100 years")
    if duration is None:
        raise bad("bad-duration", value, "a lag", "write 2d, -1d, 3ed or 50%")
    return duration


def _minutes(duration: Duration) -> float:
    """Return the minutes of a duration on the wall clock; working time is no shorter."""
    return duration.amount * ELAPSED_MINUTES.get(duration.unit, 0)


def _parse(value: object) -> Duration | None:
    if isinstance(value, Duration):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if match := _DURATION.fullmatch(text):
        return Duration(float(match[1]), match[3], elapsed=bool(match[2]))  # type: ignore[arg-type]
    return Duration(0, "d") if text == "0" else None


DurationField = Annotated[
    Duration,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*e?(mo|m|h|d|w)$"}),
]
LagField = Annotated[
    Duration,
    BeforeValidator(parse_lag),
    WithJsonSchema({"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?\s*(e?(mo|m|h|d|w)|%)$"}),
]
