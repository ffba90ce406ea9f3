"""How one value is read: the field decides the type, never the way the text looks.

Each type is an annotated Python type whose validator takes the text that was typed (or a finished value, for
records built in code) and raises a `PydanticCustomError` whose type is a code of the catalogue.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import available_timezones

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from kapm_site.source import MAX_TEXT_BYTES

SLUG_PATTERN = r"^[a-z0-9]+([._-][a-z0-9]+)*$"

_SLUG = re.compile(SLUG_PATTERN)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?")
_MONTH = re.compile(r"\d{4}-\d{2}")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_RANGE = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)")
#: Without `?`, `%` and `#`: in a link to the address they would begin further recipients, or hide them.
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\?%#]+@[^\s@<>,;:\"()\[\]\\?%#]+\.[^\s@<>,;:\"()\[\]\\?%#.]+")
_URL = re.compile(r"(https?://[^\s<>\"]+|mailto:[^\s<>\"]+)", re.IGNORECASE)
#: Dates that a project can have: a typing error must not cost minutes of scheduling.
_YEARS = range(1900, 2201)
#: Beyond this, sums lose their cents.
_MAX_NUMBER = 1e15
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_EDITION = re.compile(rf"(full|brief)(\.{_LANGUAGE.pattern})?")

D = TypeVar("D", bound=date)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def bad(code: str, value: object, expected: str, hint: str = "") -> PydanticCustomError:
    """Build the error for a value that is not what the field expects."""
    context = {"found": shown(value), "expected": expected, "hint": hint}
    return PydanticCustomError(code, "{found} is not {expected}", context)


def shown(value: object) -> str:
    """Show a value in a message, shortened."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = " ".join(str(value).split())
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"  # noqa: PLR2004 one line of a message


def parse_text(value: object) -> str:
    """Read plain text of at most 20 KB."""
    if not isinstance(value, str):
        raise bad("not-text", value, "a text", "a text that begins with -, [ or { needs quotes")
    size = len(value.encode())
    if size > MAX_TEXT_BYTES:
        context = {"size": size, "limit": MAX_TEXT_BYTES, "hint": "move what only a few readers need to an attachment"}
        raise PydanticCustomError("text-too-long", "a text of {size} bytes, the limit is {limit} (20 KB)", context)
    return value


def parse_line(value: object) -> str:
    """Read plain text, folded to one line."""
    return " ".join(parse_text(value).split())


def parse_slug(value: object) -> str:
    """Read an id."""
    text = parse_text(value)
    if not _SLUG.fullmatch(text):
        hint = f"for example '{slug}'" if (slug := _slug_from(text)) else "for example 'go-live'"
        raise bad("bad-id", value, "an id (lower-case letters, digits, and single . _ - between them)", hint)
    return text


def parse_day(value: object) -> date:
    """Read a date, `YYYY-MM-DD`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = str(value).strip()
    if isinstance(value, str) and _DATE.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise bad("bad-date", value, "a date of the calendar", _last_day_hint(text)) from None
        return _in_range(day, value)
    raise bad("bad-date", value, "a date", "write YYYY-MM-DD, for example 2026-11-20")


def parse_moment(value: object) -> date | datetime:
    """Read a date, or local time to the minute, `YYYY-MM-DDTHH:MM`."""
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if isinstance(value, str) and _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            hint = "write YYYY-MM-DDTHH:MM, for example 2026-11-20T14:30"
            raise bad("bad-date", value, "a time of the calendar", hint) from None
        return _in_range(moment, value)
    return parse_day(value)


def parse_period(value: object) -> date:
    """Read a date, or a month `YYYY-MM`, which stands for its last day."""
    text = str(value).strip()
    if isinstance(value, str) and _MONTH.fullmatch(text):
        year, month = int(text[:4]), int(text[5:])
        if 1 <= month <= 12 and year:  # noqa: PLR2004 the months of a year
            return _in_range(date(year, month, calendar.monthrange(year, month)[1]), value)
        raise bad("bad-date", value, "a month of the calendar")
    return parse_day(value)


def parse_number(value: object) -> float:
    """Read a finite number."""
    typed = isinstance(value, int | float) and not isinstance(value, bool)
    if not typed and not (isinstance(value, str) and _NUMBER.fullmatch(value.strip())):
        raise bad("bad-number", value, "a number", _number_hint(value))
    number = float(value)  # type: ignore[arg-type]
    if not abs(number) <= _MAX_NUMBER:
        raise bad("bad-number", value, "a number within range", f"numbers go up to {_MAX_NUMBER:g}")
    return number


def parse_flag(value: object) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if isinstance(value, str) and word in {"true", "yes", "on"}:
        return True
    if isinstance(value, str) and word in {"false", "no", "off"}:
        return False
    raise bad("bad-flag", value, "true or false", "leave the key out for its default")


def parse_hours(value: object) -> tuple[int, int]:
    """Read a range of the day such as `09:00-13:00` as minutes since midnight; `24:00` is allowed as an end."""
    if isinstance(value, tuple):
        return value
    match = _RANGE.fullmatch(str(value).strip())
    if isinstance(value, str) and match:
        start = int(match[1]) * 60 + int(match[2])
        end = int(match[3]) * 60 + int(match[4])
        if start < end <= 24 * 60:
            return start, end
    raise bad("bad-hours", value, "a range of hours", "write HH:MM-HH:MM with the end behind the start")


def parse_email(value: object) -> str:
    """Read one e-mail address."""
    if isinstance(value, str) and _EMAIL.fullmatch(value.strip()):
        return value.strip()
    raise bad("bad-email", value, "one e-mail address", "for example name@company.example")


def parse_url(value: object) -> str:
    """Read a link with one of the schemes http, https and mailto."""
    if isinstance(value, str) and _URL.fullmatch(value.strip()):
        return value.strip()
    raise bad("bad-url", value, "a link", "links start with https://, http:// or mailto:")


def parse_color(value: object) -> str:
    """Read a colour, `#rrggbb`."""
    if isinstance(value, str) and _COLOR.fullmatch(value.strip()):
        return value.strip().lower()
    raise bad("bad-color", value, "a colour", 'write #rrggbb in quotes, for example "#0f5a8a"')


def parse_currency(value: object) -> str:
    """Read an ISO 4217 currency code."""
    if isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value.strip()):
        return value.strip()
    raise bad("bad-currency", value, "a currency code", "three capital letters of ISO 4217, for example EUR")


def parse_language(value: object) -> str:
    """Read a BCP 47 language tag."""
    if isinstance(value, str) and _LANGUAGE.fullmatch(value.strip()):
        return value.strip()
    raise bad("bad-language", value, "a language tag", "for example en, zh-CN or de")


def parse_edition(value: object) -> str:
    """Read the name of an edition: `full` or `brief`, in a further language with its tag: `full.en`."""
    if isinstance(value, str) and _EDITION.fullmatch(value):
        return value
    raise bad("bad-choice", value, "an edition", "full or brief; in a further language with its tag, as in full.en")


def parse_timezone(value: object) -> str:
    """Read an IANA time zone name."""
    if isinstance(value, str) and value in _timezones():
        return value
    raise bad("bad-timezone", value, "a time zone", "a name of the IANA list, for example Europe/Berlin")


def _in_range(day: D, value: object) -> D:
    if day.year in _YEARS:
        return day
    raise bad("bad-date", value, "a date within range", f"years go from {_YEARS[0]} to {_YEARS[-1]}")


@cache
def _timezones() -> frozenset[str]:
    """Return all names, which takes a walk through a folder."""
    return frozenset(available_timezones())


def _last_day_hint(text: str) -> str:
    year, month = int(text[:4]), int(text[5:7])
    if year and 1 <= month <= 12:  # noqa: PLR2004 the months of a year
        return f"{text[:7]} ends on the {calendar.monthrange(year, month)[1]}"
    return "months go from 01 to 12"


def _number_hint(value: object) -> str:
    if isinstance(value, str) and "," in value:
        return "write 1234.5 without separators of thousands, with a point"
    if isinstance(value, str) and "%" in value:
        return "leave the percent sign out"
    return ""


def _slug_from(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64]


def _schema(parse: Callable[[object], Any], kind: str | list[str] = "string", **more: object) -> tuple[Any, Any]:
    return BeforeValidator(parse), WithJsonSchema({"type": kind, **more})


_TYPED = ["string", "number", "boolean"]
_V, _S = _schema(parse_line, _TYPED)
Line = Annotated[str, _V, _S]
_V, _S = _schema(parse_text, _TYPED)
Text = Annotated[str, _V, _S]
_V, _S = _schema(parse_text, _TYPED, description="Markdown")
Markdown = Annotated[str, _V, _S]
_V, _S = _schema(parse_slug, pattern=SLUG_PATTERN)
Slug = Annotated[str, _V, _S]
_V, _S = _schema(parse_line, _TYPED, description="Id of another record")
Ref = Annotated[str, _V, _S]
_V, _S = _schema(parse_day, format="date")
Day = Annotated[date, _V, _S]
_V, _S = _schema(parse_moment, pattern=r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$")
Moment = Annotated[date | datetime, _V, _S]
_V, _S = _schema(parse_period, pattern=r"^\d{4}-\d{2}(-\d{2})?$")
Period = Annotated[date, _V, _S]
_V, _S = _schema(parse_number, "number")
Number = Annotated[float, _V, _S]
_V, _S = _schema(parse_flag, "boolean")
Flag = Annotated[bool, _V, _S]
_V, _S = _schema(parse_hours, pattern=r"^\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}$")
Hours = Annotated[tuple[int, int], _V, _S]
_V, _S = _schema(parse_email, format="email")
Email = Annotated[str, _V, _S]
_V, _S = _schema(parse_url, format="uri")
Url = Annotated[str, _V, _S]
_V, _S = _schema(parse_color, pattern="^#[0-9a-fA-F]{6}$")
Color = Annotated[str, _V, _S]
_V, _S = _schema(parse_currency, pattern="^[A-Z]{3}$")
Currency = Annotated[str, _V, _S]
_V, _S = _schema(parse_language)
LanguageTag = Annotated[str, _V, _S]
_V, _S = _schema(parse_edition, pattern=f"^{_EDITION.pattern}$")
EditionName = Annotated[str, _V, _S]
_V, _S = _schema(parse_timezone)
Timezone = Annotated[str, _V, _S]
