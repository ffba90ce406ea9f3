"""The page of a project: the first screen, the order of the sections, and the markup that readers depend on."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from rich_workspace import project, web, with_dropped
from small_workspace import ERP

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Column, Prose, Row, Section, Table
from kapm_site.pages.imprint import Imprint, Version
from kapm_site.pages.links import Links
from kapm_site.pages.project import ProjectPage, Strip, project_page
from kapm_site.pipeline.assets import Images, Shelf
from kapm_site.pipeline.sections import SectionWriter, Written
from kapm_site.render.markdown import to_html
from kapm_site.render.templates import environment, render_page

LINKS = Links("assets/x.css", pdf_full="full.pdf", calendar="m.ics", home="../index.html", script="assets/x.js")
TAGS = ("en", "zh-CN", "de")


def page(view: ProjectView | None = None, tag: str = "en", **given: object) -> ProjectPage:
    """Build the page of the rich project."""
    return project_page(view or project(), web(tag), LINKS, Imprint(version=Version("4f1c9ae")), **given)  # type: ignore[arg-type]


def written(built: ProjectPage, tag: str = "en") -> html.HtmlElement:
    """Write a page and read it as a browser does."""
    words = web(tag).words
    images = Images(Shelf(Path()), (), "", frozenset())
    writer = SectionWriter(None, images, words, Written())
    context = {"page": built, "md": to_html, "written": writer.write}
    text, problems = render_page(environment(None), "project.html.j2", context, t=words.text, tn=words.plural)
    assert problems == []
    return html.document_fromstring(text)


def strip(name: str, view: ProjectView | None = None, tag: str = "en") -> Strip:
    """Give one dimension of the headline strip."""
    found = web(tag).words.text(f"dimension.{name}")
    return next(one for one in page(view, tag).strip if one.name == found)


def with_table(**changes: object) -> html.HtmlElement:
    """Write a page whose one section is a register of two rows."""
    rows = (
        Row((Cell("First"), Cell("7")), id="one", details=(("Why", Cell("Because **so**", markdown=True)),)),
        Row((Cell("Second"), Cell(""))),
    )
    table = Table("Things", (Column("Thing"), Column("Days", "number")), rows, **changes)  # type: ignore[arg-type]
    return written(replace(page(), sections=(Section("things", "Things", blocks=(table,)),)))


def test_first_screen_links_only_what_there_is() -> None:
    """A file that was not made is not offered."""
    assert [link.href for link in page().downloads] == ["full.pdf", "m.ics"]


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [("scope", "62%", "done"), ("quality", "1", "serious issue open"), ("satisfaction", "4.0", "of 5")],
)
def test_each_dimension_has_one_figure(name: str, value: str, unit: str) -> None:
    """The figure stands with its unit, and what the reader may compare it with below."""
    one = strip(name, replace(project(), actual_percent=62.0))

    assert (one.value, one.unit) == (value, unit)


def test_cost_without_money_claims_nothing() -> None:
    """A client who may not see money sees the health alone."""
    one = strip("cost")

    assert (one.value, one.unit, one.note, one.chart) == ("", "", "", None)


def test_old_satisfaction_is_no_figure_of_today() -> None:
    """The strip says when somebody last answered instead."""
    files = {f"{ERP}/feedback.yaml": "audience: client\nfeedback: [{id: f1, date: 2026-06-10, csat: 5}]\n"}
    one = strip("satisfaction", project(files))
    assert (one.health, one.value, one.note) == ("unknown", "", "last answer 10\xa0Jun\xa02026")


def test_risk_without_money_gives_the_highest_score() -> None:
    """Where no risk has an amount, the score tells most."""
    view = project()
    bare = replace(view, risk_summary=replace(view.risk_summary, exposure=None))

    assert strip("risk", bare).note == "highest score 20 of 25"


def test_year_of_the_finish_is_said_where_it_is_another() -> None:
    """A finish in the year of the status date needs no year."""
    view = project()
    later = replace(view.schedule, forecast_finish=view.status.replace(year=view.status.year + 1))

    assert strip("schedule", view).unit == ""
    assert strip("schedule", replace(view, schedule=later)).unit == "2027"


@pytest.mark.parametrize("tag", TAGS)
def test_every_dimension_is_told_in_every_language(tag: str) -> None:
    """No language lacks a word of the strip."""
    assert len(page(tag=tag).strip) == 6
    assert strip("quality", tag=tag).unit


def test_register_of_requests_stands_with_decisions() -> None:
    """The first screen has said already what is needed; its register does not follow at once."""
    ids = [section.id for section in page().sections]

    assert ids.index("needs-you") + 1 == ids.index("decisions")
    assert ids[0] == "health"


def test_description_stands_before_the_goals() -> None:
    """What the project is for is read once; what changes comes first."""
    view = replace(project(), description="Replaces **three** systems.")
    sections = page(view).sections
    ids = [section.id for section in sections]

    assert ids.index("about") + 1 == ids.index("goals")
    assert sections[ids.index("about")].blocks[0] == Prose("Replaces **three** systems.")


def test_page_without_goals_keeps_its_description() -> None:
    """It needs no goal beside it."""
    view = replace(project(), description="Text", goals=())
    ids = [section.id for section in page(view).sections]

    assert "about" in ids


def test_section_without_data_vanishes() -> None:
    """A project without risks has no such section and no link to one."""
    view = project({f"{ERP}/risks.yaml": "audience: client\nrisks: []\n"})
    document = written(page(view))

    assert document.xpath("//section[@id='risks']") == []
    assert document.xpath("//a[@href='#risks']") == []


def test_changes_have_a_band_only_where_there_are_any() -> None:
    """Without an earlier report to compare with, nothing is said of changes."""
    assert written(page()).xpath("//section[@aria-labelledby='h-changed']") == []

    few = written(page(with_dropped(project(), "Pilot live")))

    told = "Milestone ‘Pilot live’ was dropped; it was due on 4 Dec 2026."
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in few.xpath("//ul[@class='changed']/li/text()")] == [told]
    assert few.xpath("//section[@aria-labelledby='h-changed']//details") == []

    same = written(page(replace(project(), before=project())))

    assert same.xpath("//section[@aria-labelledby='h-changed']/p/text()") == ["Nothing changed since then."]


def test_many_changes_are_all_there() -> None:
    """Those beyond the first seven open on a click, without a script."""
    band = written(page(with_dropped(project(), *"abcdefghi"))).xpath("//section[@aria-labelledby='h-changed']")[0]

    assert len(band.xpath("./div/ul/li")) == 7
    assert band.xpath(".//details/summary/text()") == ["Show all 9"]
    assert len(band.xpath(".//details/ul/li")) == 2


@pytest.mark.parametrize("tag", TAGS)
def test_headings_are_in_order(tag: str) -> None:
    """One of the first level, and none skips a level."""
    levels = [int(element.tag[1]) for element in written(page(tag=tag), tag).iter("h1", "h2", "h3", "h4")]

    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_navigation_leads_to_every_section() -> None:
    """Each link has its target, and no id stands twice."""
    document = written(page())
    ids = document.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert document.xpath("//nav[@class='nav']//a/@href") == [f"#{section.id}" for section in page().sections]


def test_content_policy_comes_first_and_nothing_is_inline() -> None:
    """The policy rules all that follows it, and the page needs no exception from it."""
    document = written(page())

    assert document.xpath("//head/*[1]/@http-equiv") == ["Content-Security-Policy"]
    assert document.xpath("//style | //@style | //@onclick") == []
    assert [(one.get("src"), one.text) for one in document.xpath("//script[@defer]")] == [("assets/x.js", None)]


def test_a_client_searches_all_projects_and_we_one_page() -> None:
    """The script reads the other pages from the page above; the portfolio is no such page."""
    assert written(page()).xpath("//script/@data-home") == ["../index.html"]
    inside = project_page(project(), replace(web(), internal=True), LINKS, Imprint())
    assert written(inside).xpath("//script/@data-home") == []


def test_dates_say_how_they_are_sorted() -> None:
    """Words and numbers are read as they stand, and cost no byte."""
    document = written(page())
    keys = document.xpath("//td[contains(@class, 'k-date')]/@data-sort")

    assert "2026-10-16" in keys
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", key) for key in keys)
    assert len(keys) == len(document.xpath("//td[contains(@class, 'k-date')][normalize-space()]"))
    assert document.xpath("//td[contains(@class, 'k-number')]/@data-sort") == []


def test_parts_of_a_section_have_links_of_their_own() -> None:
    """By the words of their heading, in every language."""
    assert "plan-all-tasks" in written(page()).xpath("//section[@id='plan']//h3/@id")
    assert "plan-全部任务" in written(page(tag="zh-CN"), "zh-CN").xpath("//section[@id='plan']//h3/@id")


def test_health_is_shape_and_word() -> None:
    """A screen reader hears the word; the shape says nothing to it."""
    for mark in written(page()).xpath("//span[contains(@class, 'health')]"):
        assert mark.xpath("./svg/@aria-hidden") == ["true"]
        assert mark.xpath("string(./span[@class='word'])")


def test_every_table_has_a_caption_and_scoped_heads() -> None:
    """A cell is read with its column and its row."""
    for table in written(page()).xpath("//table[contains(@class, 'reg')]"):
        assert table.xpath("string(./caption)")
        assert set(table.xpath(".//th/@scope")) == {"col", "row"}
        rows = table.xpath("./tbody/tr[not(contains(@class, 'facts'))]")
        assert [row.xpath("count(./th[@scope='row'])") for row in rows] == [1] * len(rows)


def test_details_stand_in_a_row_of_their_own() -> None:
    """Opening them moves no column, and they are no part of the row's name."""
    document = with_table()

    assert document.xpath("string(//tr[@id='one']/th)") == "First"
    assert document.xpath("//tr[@id='one']/following-sibling::tr/td/@colspan") == ["2"]
    assert document.xpath("string(//tr[@id='one']/following-sibling::tr//dd//strong)") == "so"


def test_empty_cell_has_no_label_on_a_phone() -> None:
    """What a row does not have is left out where rows become label and value."""
    assert with_table().xpath("//td[contains(@class, 'k-number')]/@data-label") == ["Days"]


def test_rest_of_a_register_waits_behind_a_click() -> None:
    """The rows beyond the lead stand in a second table with the same heads."""
    document = with_table(lead=1, more="Show all 2")
    rest = document.xpath("//details[@class='all']")[0]

    assert document.xpath("count(//section[@id='things']/table/tbody)") == 1
    assert rest.xpath("string(./summary)") == "Show all 2"
    assert rest.xpath("./table/thead//th/text()") == ["Thing", "Days"]


def test_register_without_lead_is_closed_as_a_whole() -> None:
    """No empty table stands above the click."""
    document = with_table(lead=0, more="Show all 2")

    assert document.xpath("//section[@id='things']/table") == []
    assert document.xpath("count(//details[@class='all']/table/tbody)") == 2


def test_register_of_many_columns_scrolls_by_itself() -> None:
    """It can be reached and scrolled with the keyboard, and the page does not scroll sideways."""
    cells = tuple(Cell(str(n)) for n in range(9))
    table = Table("Things", tuple(Column(str(n)) for n in range(9)), (Row(cells),))
    document = written(replace(page(), sections=(Section("things", "Things", blocks=(table,)),)))

    assert document.xpath("//div[@class='wide'][@tabindex='0']/@aria-label") == ["Things"]
    assert with_table().xpath("//div[@class='wide']") == []


def test_prose_reads_on_beside_its_heading() -> None:
    """A section of text alone stands in the column of findings."""
    section = Section("told", "Told", blocks=(Prose("Some *text*."),))
    document = written(replace(page(), sections=(section,)))

    assert document.xpath("string(//section[@id='told']/div[contains(@class, 'sec-head')]//em)") == "text"
