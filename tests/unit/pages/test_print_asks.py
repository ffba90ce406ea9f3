"""What is needed of the client in the full edition: the first on its first page, the others in a section."""

from dataclasses import replace

from rich_workspace import printed, project

from kapm_site.pages.blocks import Table
from kapm_site.pages.full_report import FullReport, full_report
from kapm_site.pages.imprint import Imprint


def report(count: int) -> FullReport:
    """Make the full edition of a project with so many open requests."""
    view = project()
    asks = tuple(replace(view.asks[0], id=f"q{n:02}", title=f"Title {n}") for n in range(count))
    return full_report(replace(view, asks=asks), printed(), Imprint())


def named(made: FullReport) -> tuple[list[str], list[str], str]:
    """Give the requests on the first page, those in the section, and what is said of the rest."""
    blocks = [block for one in made.sections if one.anchor == "needs-you" for block in one.section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(blocks) == len(tables) <= 1
    rows = [row.cells[0].text for table in tables for row in table.rows[: table.lead]]
    return [ask.title for ask in made.opening.asks], rows, "".join(table.more for table in tables)


def test_every_request_is_named_once() -> None:
    """Nine requests: five on the first page, four in the first section, and the note there says so."""
    made = report(9)
    first, others, more = named(made)
    assert [*first, *others] == [f"q{n:02} Title {n}" for n in range(9)]
    assert (len(first), more) == (5, "")
    assert made.opening.asks_note == "The first 5 of 9"
    assert made.sections[0].section.finding == "The first 5 of 9 are on the first page."


def test_requests_that_the_first_page_holds_need_no_section() -> None:
    """Five or fewer are all there."""
    assert [len(part) for part in named(report(5))] == [5, 0, 0]


def test_a_great_many_requests_are_counted() -> None:
    """A report is no register: beyond ten more the site has them."""
    first, others, more = named(report(25))
    assert (len(first), len(others), more) == (5, 10, "10 more on the site")
