"""Looks of many weeks made from the few weeks in which something moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from small_workspace import STATUS

from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import Look

EMPTY = Look(STATUS, "green", (), None, None, None, None, (), (), None, (), None, None, None, None)


def week(number: int, count: int = 60) -> date:
    """Give the day of a look: the last one of `count` is a week before the status date."""
    return STATUS - timedelta(weeks=count - number)


def weekly_looks(count: int = 60, **moves: Mapping[int, object]) -> tuple[Look, ...]:
    """Make a look for each of the last weeks before the status date.

    Args:
        count: Of weeks; the first has the number 0.
        moves: By field of a look: the weeks in which it took another value, which it keeps.
    """
    look, looks = EMPTY, []
    for number in range(count):
        changed = {field: values[number] for field, values in moves.items() if number in values}
        look = replace(look, day=week(number, count), **changed)
        looks.append(look)
    return tuple(looks)


def with_looks(view: ProjectView, count: int = 60, **moves: Mapping[int, object]) -> ProjectView:
    """Give a project these looks."""
    return replace(view, looks=weekly_looks(count, **moves))
