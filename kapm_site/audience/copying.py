"""Copies fields by name: a view's own field list is the list of what may leave."""

from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

V = TypeVar("V")


def copied(view: type[V], record: object, **shown: Any) -> V:
    """Build a view from a record.

    Args:
        view: A dataclass; what it does not name stays out.
        record: Where the fields are read that are not given.
        shown: Fields that are shown otherwise than they are written, such as a name instead of an id.
    """
    values = {name: shown[name] if name in shown else getattr(record, name) for name in _names(view)}  # type: ignore[arg-type]  # mypy takes no class for hashable
    return view(**values)


@cache
def _names(view: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(view))
