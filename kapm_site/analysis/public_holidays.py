"""Public holidays and make-up working days of a country and year, each looked up once a process."""

from dataclasses import dataclass
from functools import cache
from typing import Any

#: Countries whose government fixes each year's days off anew; a year without its list is a guess.
LISTED_YEARLY = frozenset({"CN", "CHN"})


@dataclass(frozen=True, slots=True)
class PublicDays:
    """Days off, and weekend days that are worked in their stead, as ordinals of the calendar.

    Attributes:
        provisional: The government has not published this year's list yet.
    """

    off: frozenset[int]
    worked: frozenset[int]
    provisional: bool = False


NONE = PublicDays(frozenset(), frozenset())


@cache
def public_days(country: str, subdivision: str | None, year: int) -> PublicDays:
    """Return the public holidays of a year; none where the country or subdivision is unknown."""
    if not is_known(country, subdivision):
        return NONE
    found = _look_up(country, subdivision, year)
    worked = (day for day in getattr(found, "weekend_workdays", ()) if day.year == year)
    listed = getattr(found, "special_public_holidays", {})
    return PublicDays(
        off=frozenset(day.toordinal() for day in found if day.year == year),
        worked=frozenset(day.toordinal() for day in worked),
        provisional=country in LISTED_YEARLY and year not in listed,
    )


@cache
def is_known(country: str, subdivision: str | None) -> bool:
    """Tell whether the public holidays of a country, or of a subdivision of it, are known."""
    try:
        _look_up(country, subdivision, 2000)
    except NotImplementedError:
        return False
    return True


@cache
def supported() -> dict[str, tuple[str, ...]]:
    """Return the countries whose public holidays are known, each with the codes of its subdivisions."""
    from holidays.utils import list_supported_countries

    found = list_supported_countries(include_aliases=True)
    return {code: tuple(sorted(names)) for code, names in sorted(found.items())}


def _look_up(country: str, subdivision: str | None, year: int) -> Any:
    import holidays

    return holidays.country_holidays(country, subdiv=subdivision, years=year)
