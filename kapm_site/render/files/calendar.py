"""Calendars as iCalendar (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kapm_site.pages.files.calendar import Calendar, Event
from kapm_site.pages.files.rhythm import Repeat

if TYPE_CHECKING:
    from icalendar import Event as Component

_PRODUCT = "-//kapm_site//milestones//EN"


def calendar_bytes(calendar: Calendar) -> bytes:
    """Write a calendar of all-day events; its time stamps are the status date, never the clock."""
    from icalendar import Calendar as Document

    document = Document()
    document.add("prodid", _PRODUCT)
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    document.add("method", "PUBLISH")
    document.add("name", calendar.name)
    # What most programs read instead of NAME (RFC 7986).
    document.add("x-wr-calname", calendar.name)
    stamp = datetime.combine(calendar.stamp, time(), UTC)
    for event in calendar.events:
        document.add_component(_component(event, stamp))
    return bytes(document.to_ical())


def _component(event: Event, stamp: datetime) -> "Component":
    from icalendar import Event as Component

    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", stamp)
    component.add("dtstart", event.day)
    if event.day < date.max:
        component.add("dtend", event.day + timedelta(days=1))
    if event.repeats:
        component.add("rrule", _rule(event.repeats, event.until))
    component.add("summary", event.summary)
    if event.description:
        component.add("description", event.description)
    component.add("categories", [event.kind])
    component.add("status", "CONFIRMED" if event.done else "TENTATIVE")
    # A date to know of keeps nobody's day busy.
    component.add("transp", "TRANSPARENT")
    return component


def _rule(repeat: Repeat, until: date | None) -> dict[str, object]:
    rule: dict[str, object] = {"freq": "MONTHLY" if repeat.months else "WEEKLY"}
    rule["interval"] = repeat.months or repeat.weeks
    if repeat.weekday:
        rule["byday"] = repeat.weekday
    return {**rule, "until": until} if until else rule
