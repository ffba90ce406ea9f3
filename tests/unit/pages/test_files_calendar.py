"""`milestones.ics` moves events from build to build instead of doubling them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar as Document
from small_workspace import client

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
