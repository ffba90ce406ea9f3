"""The written pages: one heading of the first level, named tables and marks, nothing that the CSP forbids."""

import re

import pytest
from lxml import html
from small_workspace import client, internal, setting

from kapm_site.pages.client_home import client_page
from kapm_site.pages.imprint import Version
from kapm_site.pages.links import Links
from kapm_site.pages.portfolio import portfolio_page
from kapm_site.render.markdown import to_html
from kapm_site.render.templates import environment, render_page


def portfolio(tag: str = "en", failed: tuple[str, ...] = ("acme/<erp>",)) -> str:
    """Write the portfolio."""
    found = setting(tag)
    page = portfolio_page(internal(failed=failed), found, Links("assets/x.css", script="x.js"), Version("4f1c9ae"))
    return written("portfolio.html.j2", page, tag)


def start_page(tag: str = "en") -> str:
    """Write the client's start page."""
    links = {"erp": Links("", pdf_full="erp/r.pdf", calendar="erp/milestones.ics")}
    found = setting(tag, internal_reader=False)
    page = client_page(
        client(), found, Links("assets/x.css", feed="feed.xml", client_logo="assets/l.png"), links, Version("4f1c9ae")
    )
    return written("client.html.j2", page, tag)


def written(template: str, page: object, tag: str) -> str:
    """Fill a template as a build does."""
    words = setting(tag).words
    context = {"page": page, "md": to_html}
    text, problems = render_page(environment(None), template, context, t=words.text, tn=words.plural)
    assert problems == []
    return text


PAGES = {"portfolio": portfolio, "client": start_page}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("tag", ["en", "zh-CN", "de"])
def test_headings_are_in_order(name: str, tag: str) -> None:
    """One of the first level, and none skips a level."""
    document = html.document_fromstring(PAGES[name](tag))
    levels = [int(element.tag[1]) for element in document.iter("h1", "h2", "h3", "h4")]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    assert document.get("lang") == tag


@pytest.mark.parametrize("name", PAGES)
def test_no_inline_style_or_script(name: str) -> None:
    """The content security policy would drop them."""
    text = PAGES[name]()

    assert not re.search(r"<script(?! src)|<style|\sstyle=|\son[a-z]+=|javascript:", text)


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_links_within_the_page_lead_somewhere(name: str) -> None:
    """The skip link and the links of the queue."""
    document = html.document_fromstring(PAGES[name]())
    ids = [str(found) for found in document.xpath("//@id")]

    assert len(ids) == len(set(ids))
    assert {link[1:] for link in map(str, document.xpath("//@href")) if link.startswith("#")} <= set(ids)


def test_every_table_and_mark_has_its_words() -> None:
    """Captions, scopes, a title for each chart; a mark is hidden from those who hear its word."""
    document = html.document_fromstring(portfolio())

    assert all(table.find("caption") is not None for table in document.iter("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in document.iter("th"))
    for drawing in document.iter("svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.find("title") is not None
    cells = document.xpath("//table[@class='health-grid']//td[.//svg]")
    assert len(cells) == 14
    assert all(cell.text_content().strip() for cell in cells)


def test_what_belongs_to_a_project_says_so() -> None:
    """Items, cards, lines and rows name a project or a client that the filter knows; it is hidden without a script."""
    document = html.document_fromstring(portfolio())
    known = {str(one) for one in document.xpath("//*[@class='choice']//li/@data-about")}
    named = [str(one) for one in document.xpath("//main//@data-about")]

    assert known == {"acme/erp", "borealis/app"}
    assert set(named) == known | {"acme", "borealis"}
    for place in ("ol[@class='queue']/li", "ul[@class='cards']/li", "table[@class='health-grid']/tbody/tr"):
        assert document.xpath(f"//{place}") == document.xpath(f"//{place}[@data-about]")
    assert len(document.xpath("//*[@class='choice'][@hidden]")) == 1


def test_what_people_wrote_is_escaped() -> None:
    """A selector in the banner, like any text."""
    assert "acme/&lt;erp&gt;" in portfolio()
    assert 'class="pf-failed"' not in portfolio(failed=())


def test_the_start_page_links_to_what_there_is() -> None:
    """The project, its files, the feed, the logo."""
    document = html.document_fromstring(start_page())

    assert [str(link) for link in document.xpath("//main//@href")] == [
        "erp/index.html", "erp/r.pdf", "erp/milestones.ics",
    ]  # fmt: skip
    assert document.xpath("//img/@alt") == ["Acme Industrial"]
    assert "feed.xml" in document.xpath("//header//@href")
