"""`milestones.ics` moves events from build to build instead of doubling them."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar as Document
from small_workspace import ERP, FILES, client

from kapm_site.language import language_for
from kapm_site.pages.files import Calendar, Event, project_calendar
from kapm_site.render.files import calendar_bytes


def content(tag: str = "en") -> bytes:
    """Write the calendar of the one project."""
    return calendar_bytes(project_calendar(client().projects[0], language_for(tag)))


def events() -> dict[str, Any]:
    """Read the calendar back: events by their uid."""
    document = Document.from_ical(content())
    return {str(event["uid"]): event for event in document.walk("VEVENT")}


def test_milestones_asks_meetings_and_trainings_have_their_days() -> None:
    """Only open, visible asks; a cancelled training is no event."""
    assert {uid: event["dtstart"].dt for uid, event in events().items()} == {
        "acme-erp-pilot@kapm": date(2026, 11, 27),
        "acme-erp-golive@kapm": date(2026, 12, 4),
        "acme-erp-ask:a1@kapm": date(2026, 11, 12),
        "acme-erp-meeting:m1@kapm": date(2026, 11, 5),
        "acme-erp-training:t1@kapm": date(2026, 12, 2),
    }


def test_an_event_says_whether_its_date_holds() -> None:
    """Agreed date and slip, in words."""
    golive = events()["acme-erp-golive@kapm"]

    assert str(golive["summary"]) == "ERP rollout: Go-live"
    assert str(golive["description"]).replace("\xa0", " ") == "agreed 13 Nov 2026\n15 working days late"
    assert golive["status"] == "TENTATIVE"
    assert events()["acme-erp-meeting:m1@kapm"]["status"] == "CONFIRMED"


def test_stamps_are_of_the_status_date() -> None:
    """The clock is in no byte of it."""
    assert {event["dtstamp"].dt for event in events().values()} == {datetime(2026, 11, 20, tzinfo=UTC)}
    assert content() == content()


def test_the_document_is_as_the_standard_demands() -> None:
    """CRLF, lines of at most 75 bytes, the required properties; all-day events keep nobody busy."""
    text = content("zh-CN")
    document = Document.from_ical(text)

    assert text.count(b"\n") == text.count(b"\r\n")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    assert (document["version"], bool(document["prodid"])) == ("2.0", True)
    assert all(event["transp"] == "TRANSPARENT" for event in document.walk("VEVENT"))
    assert not document.walk("VEVENT")[0].errors


@pytest.mark.parametrize("text", ["a, b; c", "back\\slash", "two\nlines", "BEGIN:VEVENT", "产" * 200])
def test_any_text_is_read_back(text: str) -> None:
    """Signs of the format are escaped, long lines folded between characters."""
    calendar = Calendar("x", "en", date(2026, 11, 20), (Event("u", date.max, text, text, text, done=True),))
    document = Document.from_ical(calendar_bytes(calendar))

    assert [str(event["summary"]) for event in document.walk("VEVENT")] == [text]


def test_a_project_without_dates_has_an_empty_calendar() -> None:
    """A subscriber's program must still be able to read it."""
    document = Document.from_ical(calendar_bytes(Calendar("x", "en", date(2026, 11, 20), ())))

    assert document.walk("VEVENT") == []


REGULAR = """
communication:
  report: {cadence: weekly, stale_after: 10d}
  meetings: [{id: series, name: Steering, cadence: CADENCE, attendees: [okafor]}]
"""


def regular(cadence: str, *days: str, name: str = "Steering committee") -> Any:
    """Give the event of a regular meeting that was held on some days; None where no rule shows."""
    project = FILES[f"{ERP}/project.yaml"].replace(
        "communication: {report: {cadence: weekly, stale_after: 10d}}", REGULAR.replace("CADENCE", cadence)
    )
    held = "".join(f"  - {{id: m{n}, name: {name}, date: {day}}}\n" for n, day in enumerate(days))
    view = client({f"{ERP}/project.yaml": project, f"{ERP}/meetings.yaml": f"audience: client\nmeetings:\n{held}"})
    found = Document.from_ical(calendar_bytes(project_calendar(view.projects[0], language_for("en"))))
    return next((event for event in found.walk("VEVENT") if "rrule" in event), None)


@pytest.mark.parametrize(
    ("cadence", "days", "expected"),
    [
        ("weekly", ("2026-11-11", "2026-11-18"), ["2026-11-25", "2026-12-02"]),
        ("weekly", ("2026-11-04", "2026-11-11"), ["2026-11-25", "2026-12-02"]),  # the 18th has no minutes yet
        ("weekly", ("2026-11-11", "2026-11-18", "2026-11-25"), ["2026-12-02"]),  # the next one is entered already
        ("biweekly", ("2026-10-28", "2026-11-11"), ["2026-11-25"]),
        ("monthly", ("2026-09-03", "2026-10-01", "2026-11-05"), ["2026-12-03"]),  # first Thursdays
        ("monthly", ("2026-09-25", "2026-10-30"), ["2026-11-27"]),  # last Fridays
        ("monthly", ("2026-10-02", "2026-11-02"), ["2026-12-02"]),  # the second of each month
    ],
)
def test_a_regular_meeting_comes_again_as_it_was_held(cadence: str, days: tuple[str, ...], expected: list[str]) -> None:
    """By one rule with one id, until the plan ends on 4 December; read by a library that calendars share."""
    event = regular(cadence, *days)
    assert (event["uid"], event["status"]) == ("acme-erp-regular:series@kapm", "TENTATIVE")
    start = datetime.combine(event["dtstart"].dt, time())
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start)
    assert [day.date().isoformat() for day in rule] == expected
    assert "Ada Okafor" in event["description"]


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        ("weekly", ("2026-11-18",)),  # once is no rhythm
        ("weekly", ("2026-11-10", "2026-11-18")),  # moved by a day: which of them holds?
        ("weekly", ("2026-10-14", "2026-10-21")),  # not held for weeks
        ("when needed", ("2026-11-11", "2026-11-18")),
        ("daily", ("2026-11-17", "2026-11-18")),
        ("monthly", ("2026-10-05", "2026-11-20")),
        ("monthly", ("2026-10-31", "2026-11-30")),  # November has no 31st
    ],
)
def test_without_a_rule_nothing_is_expected(cadence: str, days: tuple[str, ...]) -> None:
    """A wrong date in somebody's calendar is worse than none."""
    assert regular(cadence, *days) is None


def test_another_meeting_is_no_part_of_a_series() -> None:
    """It is known by its name, as `kapm check` does it."""
    assert regular("weekly", "2026-11-11", "2026-11-18", name="Project call") is None
