"""Working time as it is written: weekdays, hours, public holidays and exceptions."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from kapm_site.model.record import Record
from kapm_site.model.scalars import WEEKDAYS, Day, Hours, Line, Number, Weekday

#: Stretches of work in one day.
MOST_RANGES = 24


def _every_weekday(value: Any) -> Any:
    """Let one list of hours stand for every day of the week."""
    return dict.fromkeys(WEEKDAYS, value) if isinstance(value, list | tuple) else value


_RANGES = {"type": "array", "items": {"type": "string", "pattern": r"^\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}$"}}

WeekHours = Annotated[
    dict[Weekday, Annotated[tuple[Hours, ...], Field(max_length=MOST_RANGES)]],
    BeforeValidator(_every_weekday),
    WithJsonSchema(
        {
            "anyOf": [
                _RANGES,
                {"type": "object", "propertyNames": {"enum": list(WEEKDAYS)}, "additionalProperties": _RANGES},
            ]
        },
    ),
]


class Holiday(Record):
    """Days on which nobody works; `to` is the last of them."""

    shorthand: ClassVar[str] = "from"

    from_: Day = Field(alias="from", description="first day")
    to: Day | None = Field(None, description="last day; default: the first")
    name: Line | None = Field(None, description="what it is called")


class WorkingDate(Record):
    """A day that is worked although its weekday or a holiday says otherwise."""

    shorthand: ClassVar[str] = "date"

    date: Day = Field(description="the day")
    hours: tuple[Hours, ...] | None = Field(
        None, max_length=MOST_RANGES, description="its hours; default: those of a usual day"
    )


class Calendar(Record):
    """Which days and hours are worked. A calendar replaces the outer one; it never merges."""

    country: Line | None = Field(None, description="ISO 3166 country whose public holidays count")
    subdivision: Line | None = Field(None, description="state or province within the country")
    working_days: tuple[Weekday, ...] = Field(WEEKDAYS[:5], description="days of the week that are worked")
    hours: WeekHours = Field(
        dict.fromkeys(WEEKDAYS, ((540, 780), (840, 1080))),
        description="hours of a working day: a list of ranges HH:MM-HH:MM, or a map from weekdays to lists",
    )
    hours_per_day: Number = Field(8, gt=0, le=24, description="what `d` is worth")
    days_per_week: Number = Field(5, gt=0, le=7, description="what `w` is worth")
    days_per_month: Number = Field(20, gt=0, le=31, description="what `mo` is worth")
    holidays: tuple[Holiday, ...] = Field((), description="further days off: dates, or {from, to, name}")
    working_dates: tuple[WorkingDate, ...] = Field((), description="days worked all the same: dates, or {date, hours}")
