"""Numbers that stay numbers."""

from math import isfinite


def finite(value: float | None) -> float | None:
    """Return a number, or None where a computation ran out of range."""
    return value if value is not None and isfinite(value) else None
