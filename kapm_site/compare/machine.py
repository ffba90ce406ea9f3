"""A difference as plain values, for JSON."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from kapm_site.compare.difference import Difference
from kapm_site.model.units import Duration


def difference_json(difference: Difference) -> dict[str, Any]:
    """Return all fields by name: days as ISO dates, durations as they are written, what is unknown as None."""
    return {field.name: _plain(getattr(difference, field.name)) for field in fields(difference)}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
