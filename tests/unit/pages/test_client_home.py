"""The client's start page tells each project's state and what is needed, and links to the rest."""

from dataclasses import replace

import pytest
from small_workspace import ERP, FILES, client, setting

from kapm_site.pages.client_home import ClientPage, client_page
from kapm_site.pages.imprint import Version
from kapm_site.pages.links import Links

PROJECT_LINKS = {
    "erp": Links("", pdf_full="erp/report-001-full.pdf", calendar="erp/milestones.ics", table="erp/tasks.csv")
}


def page(changed: dict[str, str] | None = None, tag: str = "en") -> ClientPage:
    """Build the page."""
    links = Links("assets/x.css", feed="feed.xml")
    return client_page(client(changed), setting(tag, internal_reader=False), links, PROJECT_LINKS, Version("4f1c9ae"))


def test_a_project_shows_health_headline_and_where_it_stands() -> None:
    """Mark and word, what it was, the author's headline, four facts."""
    entry = page().projects[0]

    assert (entry.name, entry.href, entry.health, entry.health_text) == (
        "ERP rollout", "erp/index.html", "red", "Off track",
    )  # fmt: skip
    assert (entry.was, entry.headline) == ("was at risk", "Build is behind.")
    assert [(label, cell.text.replace("\xa0", " "), cell.note.replace("\xa0", " ")) for label, cell in entry.facts] == [
        ("Progress", "63%", "plan 100%"),
        ("Finish", "4 Dec 2026", "5 working days late"),
        ("Next milestone", "=Pilot live", "27 Nov 2026"),
        ("Last report", "Report 1", "13 Nov 2026"),
    ]


def test_the_client_is_told_what_is_needed() -> None:
    """Only asks that the client may see count; the most urgent is named."""
    entry = page().projects[0]

    assert entry.asks == "1 answer of yours is open."
    assert entry.first_ask.replace("\xa0", " ") == "Name key users: due 12 Nov, 6 working days overdue"
    assert entry.first_tone == "bad"


def test_nothing_needed_is_said() -> None:
    """Silence would leave the client guessing."""
    answered = FILES[f"{ERP}/asks.yaml"].replace("kind: input,", "status: answered,")

    assert page({f"{ERP}/asks.yaml": answered}).projects[0].asks == "We need nothing from you at the moment."


def test_links_are_those_that_were_given() -> None:
    """No PDF, no link to it."""
    entry = page().projects[0]

    assert [(link.text, link.href) for link in entry.downloads] == [
        ("PDF, full report", "erp/report-001-full.pdf"),
        ("Calendar", "erp/milestones.ics"),
        ("Table", "erp/tasks.csv"),
    ]
    assert page().head.feed == "feed.xml"


def test_an_internal_project_is_not_there() -> None:
    """`audience: client` is said in project.yaml or the project does not exist for the client."""
    hidden = FILES[f"{ERP}/project.yaml"].replace("name: ERP rollout\naudience: client", "name: ERP rollout")
    found = page({f"{ERP}/project.yaml": hidden})

    assert found.projects == ()
    assert found.none == "No project is shown here yet."


@pytest.mark.parametrize("tag", ["zh-CN", "de"])
def test_every_language_has_all_the_words(tag: str) -> None:
    """A missing message would stop the build."""
    assert page(tag=tag).projects[0].facts


def test_the_worst_project_comes_first_and_finished_ones_last() -> None:
    """Among running projects the client sees first what needs a look."""
    view = client()
    erp = view.projects[0]
    done = replace(erp, id="done", name="Archive", actual_percent=100.0)
    fine = replace(erp, id="fine", name="Portal", health=replace(erp.health, health="green"))
    found = client_page(
        replace(view, projects=(done, fine, erp)), setting(internal_reader=False), Links("x.css"), {}, None
    )

    assert [entry.name for entry in found.projects] == ["ERP rollout", "Portal", "Archive"]
