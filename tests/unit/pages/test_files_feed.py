"""`feed.xml` is an Atom feed with one entry a released report, and its dates come from the reports."""

import re
from dataclasses import replace

import pytest
from lxml import etree
from small_workspace import ERP, FILES, client

from kapm_site.audience.views import ClientView
from kapm_site.language import language_for
from kapm_site.pages.files import client_feed
from kapm_site.render.files import feed_bytes

NS = {"a": "http://www.w3.org/2005/Atom"}
SECOND = {
    f"{ERP}/reports/002.yaml": "number: 2\nstatus_date: 2026-11-20\nhealth: {overall: red}\n",
}


def feed(view: ClientView | None = None, tag: str = "en") -> etree._Element:
    """Write a feed and parse it."""
    return etree.fromstring(feed_bytes(client_feed(view or client(), language_for(tag))))


def texts(found: etree._Element, path: str) -> list[str]:
    """Give the texts at a path."""
    return [str(text).replace("\xa0", " ") for text in found.xpath(path, namespaces=NS)]


def test_each_released_report_is_an_entry_newest_first() -> None:
    """Title, status date, address of the project's page."""
    found = feed(client(SECOND))

    assert texts(found, "a:entry/a:title/text()") == [
        "ERP rollout, report 2: Off track",
        "ERP rollout, report 1: At risk",
    ]
    assert texts(found, "a:entry/a:updated/text()") == ["2026-11-20T00:00:00+00:00", "2026-11-13T00:00:00+00:00"]
    assert texts(found, "a:entry/a:link/@href") == ["https://status.northwind.example/acme/erp/index.html"] * 2
    assert texts(found, "a:link[@rel='self']/@href") == ["https://status.northwind.example/acme/feed.xml"]


@pytest.mark.parametrize("reports", [0, 1])
def test_what_the_standard_demands_is_there(reports: int) -> None:
    """Feed and entries have one id, title and updated; an author; entries have a link. Zero reports are fine."""
    view = client() if reports else client({f"{ERP}/reports/001.yaml": ""})
    found = feed(view)

    assert found.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (found, *found.findall("a:entry", NS)):
        assert [len(element.findall(f"a:{name}", NS)) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert texts(found, "a:author/a:name/text()") == ["Northwind Delivery"]
    assert len(found.findall("a:entry", NS)) == reports
    assert texts(found, "a:updated/text()") == ["2026-11-13T00:00:00+00:00" if reports else "2026-11-20T00:00:00+00:00"]


def test_ids_are_unique_and_outlive_names_and_addresses() -> None:
    """A reader's program must not show a report twice because the project was renamed or moved."""
    found = texts(feed(client(SECOND)), "//a:id/text()")
    project = FILES[f"{ERP}/project.yaml"].replace("ERP rollout", "New name")
    moved = replace(client({**SECOND, f"{ERP}/project.yaml": project}), base_url="https://other.example")

    assert len(set(found)) == len(found) == 3
    assert texts(feed(moved), "//a:id/text()") == found


def test_without_an_address_links_are_relative() -> None:
    """They are resolved against wherever the feed was fetched from."""
    found = feed(replace(client(), base_url=None))

    assert texts(found, "//a:link/@href") == ["index.html", "erp/index.html"]


def test_marks_of_the_format_are_escaped() -> None:
    """A name may hold what XML uses."""
    project = FILES[f"{ERP}/project.yaml"].replace("ERP rollout", "A & B <script>")

    assert texts(feed(client({f"{ERP}/project.yaml": project})), "a:entry/a:title/text()") == [
        "A & B <script>, report 1: At risk"
    ]


def test_the_feed_names_its_language() -> None:
    """`xml:lang`, and words of that language."""
    found = feed(tag="de")

    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert texts(found, "a:title/text()") == ["Berichte für Acme Industrial"]


def test_the_feed_keeps_the_rules_of_the_standard() -> None:
    """RFC 4287, section 4.1: IRIs, RFC 3339 dates, one alternate link each, no entry newer than the feed."""
    found = feed(client(SECOND))
    ids, dates = texts(found, "//a:id/text()"), texts(found, "//a:updated/text() | //a:published/text()")

    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", one) for one in dates)
    assert max(texts(found, "a:entry/a:updated/text()")) <= texts(found, "a:updated/text()")[0]
    for element in (found, *found.findall("a:entry", NS)):
        alternates = [link for link in element.findall("a:link", NS) if link.get("rel", "alternate") == "alternate"]
        assert len(alternates) == 1
    known = {"id", "title", "updated", "author", "generator", "link", "entry", "published", "summary", "name"}
    assert {etree.QName(element).localname for element in found.iterdescendants()} <= known
