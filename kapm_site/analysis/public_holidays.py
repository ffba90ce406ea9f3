"""Public holidays and make-up working days of a country and year, each looked up once a process."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from types import ModuleType
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
def holiday_names(country: str, subdivision: str | None, year: int, language: str) -> Mapping[date, str]:
    """Return what the public holidays of a year are called in a language; none where it has no names for them.

    Args:
        country: ISO 3166.
        subdivision: State or province, None for what holds in all of them.
        year: In the Gregorian calendar.
        language: A BCP 47 tag; its region does not matter.
    """
    if not is_known(country, subdivision):
        return {}
    known = getattr(_look_up(country, subdivision, year), "supported_languages", ())
    wanted = language.partition("-")[0]
    # Of several regions the first is as good as the next; Chinese is written in two ways.
    names = [one for one in sorted(known) if one.partition("_")[0] == wanted and one != "zh_TW"]
    return dict(_look_up(country, subdivision, year, names[0])) if names else {}


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


def _look_up(country: str, subdivision: str | None, year: int, language: str | None = None) -> Any:
    import holidays

    with _one_by_one():
        return holidays.country_holidays(country, subdiv=subdivision, years=year, language=language)


@contextmanager
def _one_by_one() -> Iterator[None]:
    """Let the library load the country that is asked for without the other 250, which take longer than a check.

    Each country is a module, but their package loads them all when it is loaded itself. Here an empty package stands
    in for it as long as a country is looked up.
    """
    name = "holidays.countries"
    place = None if name in sys.modules else find_spec(name)
    if place is None:
        yield
        return
    sys.modules[name] = package = ModuleType(name)
    package.__path__ = place.submodule_search_locations or []
    try:
        yield
    finally:
        if sys.modules.get(name) is package:
            del sys.modules[name]
