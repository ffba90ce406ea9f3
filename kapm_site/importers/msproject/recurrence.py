"""Exceptions that recur: the days they fall on.

`Type` of an MSPDI exception: 1 every day of the period, 2 and 3 yearly, 4 and 5 monthly, 6 weekly, 7 every n
days; the even ones of 2–5 by day of the month, the odd ones by position ("second Tuesday").
"""

from datetime import date, datetime, time
from itertools import islice
from typing import Any

from kapm_site.importers.msproject.xml import Element

MAX_DAYS = 10_000

_EVERY_DAY, _YEARLY, _YEARLY_POSITION, _MONTHLY, _MONTHLY_POSITION, _WEEKLY, _EVERY_N_DAYS = range(1, 8)


def days_of(element: Element, first: date, last: date) -> tuple[date, ...] | None:
    """Return the days of an exception within its period; None where they are unknown or too many."""
    from dateutil.rrule import DAILY, MONTHLY, SU, WEEKLY, YEARLY, rrule

    kind = element.integer("Type", _EVERY_DAY)
    interval = max(1, element.integer("Period", 1))
    if kind == _EVERY_DAY or not 1 <= kind <= _EVERY_N_DAYS:
        interval = 1
    month = element.integer("Month", 0) + 1
    day = element.integer("MonthDay", 1)
    position = _position(element)
    rules: dict[int, tuple[Any, dict[str, Any]]] = {
        _EVERY_DAY: (DAILY, {}),
        _YEARLY: (YEARLY, {"bymonth": month, "bymonthday": day}),
        _YEARLY_POSITION: (YEARLY, {"bymonth": month, **position}),
        _MONTHLY: (MONTHLY, {"bymonthday": day}),
        _MONTHLY_POSITION: (MONTHLY, position),
        _WEEKLY: (WEEKLY, {"byweekday": _weekdays(element.integer("DaysOfWeek", 0)) or [first.weekday()]}),
        _EVERY_N_DAYS: (DAILY, {}),
    }
    if kind not in rules and element.raw("Type"):
        return None
    frequency, by = rules.get(kind, (DAILY, {}))
    try:
        dates = rrule(
            frequency,
            dtstart=datetime.combine(first, time()),
            until=datetime.combine(last, time()),
            interval=1 if frequency == YEARLY else interval,
            # Weeks are counted from Sunday, whatever day the project's week starts on.
            wkst=SU,
            **by,
        )
    except ValueError:
        return None
    days = tuple(moment.date() for moment in islice(dates, MAX_DAYS + 1))
    return None if len(days) > MAX_DAYS else days


def _weekdays(mask: int) -> list[int]:
    """Return the weekdays of a bit mask that starts at Sunday, as dateutil counts them: from Monday, 0."""
    return [(bit + 6) % 7 for bit in range(7) if mask & (1 << bit)]


def _position(element: Element) -> dict[str, Any]:
    """Return the rule for "first weekday", "last Friday" and so on: MonthItem counts days, MonthPosition 4 is last."""
    item = element.integer("MonthItem", 0)
    number = element.integer("MonthPosition", 0)
    weekdays = {0: range(7), 1: range(5), 2: (5, 6)}.get(item, ((item - 4) % 7,))
    return {"byweekday": list(weekdays), "bysetpos": -1 if number == 4 else number + 1}  # noqa: PLR2004 the fifth means the last
