"""Dates as a reader writes them: patterns come from the catalogue (`date.*`), names of months from Babel."""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

DateStyle = Literal["short", "medium", "long", "weekday", "month", "month_short", "iso"]
NBSP = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)  # a page writes the same few hundred days thousands of times
def format_day(day: dt.date, pattern: str, locale: str) -> str:
    """Write a date by a CLDR pattern, in one piece that no line break divides."""
    from babel.dates import format_date  # Babel loads with the first date, not with the program

    return format_date(day, pattern, locale=babel_locale(locale)).replace(" ", NBSP)


def format_moment(moment: dt.datetime, pattern: str, locale: str) -> str:
    """Write a date and time by a CLDR pattern as the clock on the wall shows it; no time zone is applied."""
    from babel.dates import format_datetime

    return format_datetime(moment, pattern, locale=babel_locale(locale)).replace(" ", NBSP)


def monday_of(day: dt.date) -> dt.date:
    """Find the Monday that begins the week of a day, as ISO 8601 counts weeks."""
    return day - dt.timedelta(days=day.weekday())


@lru_cache(maxsize=32)
def babel_locale(name: str) -> "Locale":
    """Load one of Babel's locales; a region that Babel does not know gets the language's own."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(name.partition("_")[0])
