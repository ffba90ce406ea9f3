"""The head of a report: how it stands, what is needed, what has changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich_workspace import printed, project, set_for, with_dropped

from kapm_site.audience.charter import HealthView
from kapm_site.audience.views import NarrativeView, ProjectView
from kapm_site.language import language_for
from kapm_site.pages.excerpts import first_sentence
from kapm_site.pages.imprint import Imprint, Version, print_head, running
from kapm_site.pages.opening import Changes, Opening, headline, opening
from kapm_site.pages.setting import Medium

NB = "\N{NO-BREAK SPACE}"
IMPRINT = Imprint(number=7, version=Version("4f2a9c1"), address="https://status.example/acme/erp/")


def opened(view: ProjectView, *, most: int = 4, medium: Medium = "print") -> Opening:
    """Open a report."""
    return opening(view, set_for(medium), IMPRINT, most_asks=most, most_changes=most)


def changes(view: ProjectView, medium: Medium = "print") -> Changes:
    """Give what has changed."""
    found = opened(view, medium=medium).changes
    assert found is not None
    return found


SENTENCES = [
    ("One. Two.", "One."),
    ("No end", "No end"),
    ("First item\n\nsecond paragraph", "First item"),
    ("1. Count first. Then go.\n2. Second", "Count first."),
    ("- Item one\n- Item two", "Item one"),
    ("## Title here\nmore", "Title here more"),
    ("Wir tun es z. B. heute. Und morgen.", "Wir tun es z. B. heute."),
    ("Gezahlt am 27. Oktober. Danach Ruhe.", "Gezahlt am 27. Oktober."),
    ("第一句。第二句。", "第一句。"),
    ("At 3.5 per cent we stop! Then?", "At 3.5 per cent we stop!"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "first"), SENTENCES)
def test_first_sentence(text: str, first: str) -> None:
    """The one-page edition shows the first sentence of a long text, without the mark of its list."""
    assert first_sentence(text) == first


def health(word: str, previous: str | None = None, *, reason: str | None = None) -> HealthView:
    """Make a health."""
    return HealthView(word, previous, reason is not None, reason, None, None, None, None, {})


HEADLINES = [
    ("green", 0.0, f"Everything is on track; we finish on 4{NB}December{NB}2026 as agreed."),
    ("green", -3.0, f"We expect to finish on 4{NB}December{NB}2026, 3{NB}working days earlier than agreed."),
    ("amber", 5.0, f"At risk: Schedule. We expect to finish on 4{NB}December{NB}2026."),
    ("red", 5.0, f"Off track: Overall. We expect to finish on 4{NB}December{NB}2026."),
    ("unknown", None, "There is not enough data yet to say how the project stands."),
]


@pytest.mark.parametrize(("word", "slip", "told"), HEADLINES)
def test_headline_is_computed_where_nobody_wrote_one(word: str, slip: float | None, told: str) -> None:
    """Health and the forecast finish make a sentence."""
    view = project()
    dates = replace(view.schedule, forecast_finish=date(2026, 12, 4), agreed_slip_days=slip)
    dimensions = (("schedule", health("amber")), ("cost", health("green")))
    shown = replace(view, narrative=None, schedule=dates, health=health(word), dimensions=dimensions)
    assert headline(shown, printed()) == told


def test_a_finished_project_expects_nothing() -> None:
    """Where all work is done the headline looks back."""
    view = project()
    dates = replace(view.schedule, forecast_finish=date(2026, 10, 30), agreed_slip_days=0.0)
    shown = replace(view, narrative=None, schedule=dates, health=health("green"), actual_percent=100.0)
    assert headline(shown, printed()) == f"The project was finished on 30{NB}October{NB}2026."


def test_authors_headline_goes_first() -> None:
    """What the author wrote is not replaced."""
    told = NarrativeView(date(2026, 11, 13), "All is well.", None, None, None, None, (), "")
    assert headline(replace(project(), narrative=told), printed()) == "All is well."


def test_asks_are_open_ones_by_date() -> None:
    """Overdue asks come first and in red; what is not shown is counted."""
    view = project()
    first = view.asks[0]
    asks = (
        replace(first, id="a", title="Later", due=view.status + timedelta(9), days_left=6.0),
        replace(
            first, id="b", title="Late", due=view.status - timedelta(7), days_left=-5.0, effect="Go-live +5 d. More."
        ),
        replace(first, id="c", title="Answered", status="answered"),
        replace(first, id="d", title="Today", due=view.status, days_left=0.0),
        replace(first, id="e", title="Some day", due=None, days_left=None),
    )
    start = opened(replace(view, asks=asks), most=3)
    assert [(ask.title, ask.tone) for ask in start.asks] == [("b Late", "bad"), ("d Today", "warn"), ("a Later", "")]
    assert start.asks[0].due == f"due 13{NB}Nov, 5{NB}working days overdue"
    assert start.asks_note == "The first 3 of 4"
    assert start.dates_beside
    wordy = replace(asks[0], title="Title " * 12)
    assert not opened(replace(view, asks=(wordy,))).dates_beside


def test_full_report_says_all_of_an_ask_and_the_brief_one_what_decides() -> None:
    """No section of the full report says it again; the one-page edition and the site have the first sentence."""
    view = project()
    ask = replace(view.asks[0], effect="Go-live +5 d. Then more.", kind="input", days_waiting=9)
    asked = replace(view, asks=(ask,))
    full, site = opened(asked).asks[0], opened(asked, medium="web").asks[0]
    brief = opening(asked, printed(), IMPRINT, most_asks=4, most_changes=4, compact=True).asks[0]
    assert (full.title, full.effect) == ("q1 Asktitle", "otherwise: Go-live +5 d. Then more")
    assert full.facts == ("Input", "Waiting: 9\xa0working days")
    assert (brief.title, brief.effect, brief.facts) == ("Asktitle", "otherwise: Go-live +5 d", ())
    assert brief == site


def dropped(names: str) -> tuple[str, ...]:
    """Say that milestones were dropped."""
    return tuple(f"Milestone ‘{name}’ was dropped; it was due on 4{NB}Dec{NB}2026." for name in names)


def test_changes_in_print_beyond_the_cap_are_counted() -> None:
    """The last line counts what is not shown, together with the report it compares with."""
    shown = changes(with_dropped(project(), *"abcde"))
    assert shown.lines == (*dropped("abc"), "2 more on the site")
    assert (shown.rest, shown.more) == ((), "")
    assert (shown.title, shown.note) == ("What changed", f"Report 1, 13{NB}Nov{NB}2026")
    assert changes(with_dropped(project(), *"abcd")).lines == dropped("abcd")


@pytest.mark.parametrize("compact", [True, False])
def test_long_changes_take_the_room_of_several(compact: bool) -> None:
    """The page has room for some lines, not for some sentences; the first one is always told."""
    view = with_dropped(project(), "first " * 40, "b", "c", "d")
    found = opening(view, printed(), IMPRINT, most_asks=4, most_changes=4, compact=compact).changes
    assert found is not None
    assert [line[:21] for line in found.lines] == ["Milestone ‘first firs", "3 more on the site"]
    assert changes(view, "web").lines[1:] == dropped("bcd")


def test_brief_edition_tells_changes_without_reasons() -> None:
    """Which rule decided stands on the site and in the full edition."""
    view = project()
    rule = HealthView("amber", None, False, None, None, None, None, "reason.schedule_slip", {"days": 8.0})
    turned = replace(view, health=rule, before=replace(view, health=health("green")))
    told = "Project health fell from ‘on track’ to ‘at risk’."
    brief = opening(turned, printed(), IMPRINT, most_asks=4, most_changes=4, compact=True).changes
    assert brief is not None
    assert brief.lines == (told,)
    assert changes(turned).lines == (f"{told} The forecast finish is 8{NB}working days after the agreed one.",)


def test_changes_on_the_site_beyond_the_cap_are_a_click_away() -> None:
    """All of them can be read."""
    shown = changes(with_dropped(project(), *"abcdef"), "web")
    assert (shown.lines, shown.rest, shown.more) == (dropped("abcd"), dropped("ef"), "Show all 6")


def test_a_new_request_that_stands_above_is_told_last() -> None:
    """Whoever has just read what is needed of them reads on with what they do not know yet."""
    view = project()
    shown = changes(replace(view, before=replace(view, asks=(), risks=())), "web")
    assert [line.split()[0] for line in shown.lines[:2]] == ["Risk", "Request"]


def test_site_and_print_count_the_same_changes() -> None:
    """Three finished tasks are one entry of the site's list, and one that print leaves to the site."""
    view = with_dropped(project(), *"abcd")
    assert view.before
    work = next(task for task in view.tasks if task.id == "build")
    finished = [replace(work, id=f"t{n}", actual_finish=view.status, percent_complete=100.0) for n in range(3)]
    open_then = [replace(task, actual_finish=None, percent_complete=0.0) for task in finished]
    before = replace(view.before, tasks=(*view.before.tasks, *open_then))
    turned = replace(view, tasks=(*view.tasks, *finished), before=before)
    assert changes(turned, "web").more == "Show all 5"
    assert changes(turned).lines == (*dropped("abc"), "2 more on the site")


def test_nothing_changed_is_said_and_no_comparison_is_not() -> None:
    """Without a known earlier state there is no word on changes."""
    assert opened(project()).changes is None
    same = changes(replace(project(), before=project()))
    assert (same.lines, same.none) == ((), "Nothing changed since then.")


def test_strip_tells_what_moved() -> None:
    """A dimension that stands as before is quiet about it."""
    dimensions = (("schedule", health("amber", "green")), ("cost", health("green", "green")))
    strip = opened(replace(project(), dimensions=dimensions)).strip
    assert [(one.name, one.text, one.was) for one in strip] == [
        ("Schedule", "At risk", "was on track"),
        ("Cost", "On track", ""),
    ]


def test_declared_health_gives_its_reason() -> None:
    """A reason that the reader may know stands below the headline."""
    assert opened(replace(project(), health=health("green", reason="It holds."))).reason == "Declared: It holds."
    assert opened(replace(project(), health=health("green"))).reason == ""


@pytest.mark.parametrize(
    ("tag", "parts"),
    [("en", ("Page ", " of ", "")), ("de", ("Seite ", " von ", "")), ("zh-CN", ("第 ", " 页，共 ", " 页"))],
)
def test_page_numbers_are_worded_in_each_language(tag: str, parts: tuple[str, str, str]) -> None:
    """The words around the counters come from the catalogue."""
    lines = running(project(), printed(tag), IMPRINT)
    assert (lines.before, lines.between, lines.after) == parts


def test_file_says_what_it_is() -> None:
    """Title, author and date of the file come from the report, never from a clock."""
    head = print_head(project(), printed(), Imprint(), "Full report")
    assert head.title == f"ERP rollout · Draft report · Full report · 20{NB}November{NB}2026"
    assert (head.author, head.created, head.language) == ("Northwind Delivery", "2026-11-20", language_for("en").tag)
    assert IMPRINT.shown_address == "status.example/acme/erp"
