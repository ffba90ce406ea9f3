"""Names and titles in a right-to-left script stand in their own order, and leave the order of all else alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from rich_workspace import FILES as RICH
from small_workspace import ERP
from small_workspace import FILES as SMALL

from tests.gates.looking import Look, opened
from tests.gates.sites import build, write_files

pytestmark = pytest.mark.browser

PAGE = "clients/acme/erp/index.html"
NAME, TITLE = "عمر", "تأخير المورد!"
#: Where the first letters of some texts stand within an element, from its left.
PLACES = """(element, texts) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const nodes = []
  while (walker.nextNode()) nodes.push(walker.currentNode)
  return texts.map(text => {
    const node = nodes.find(one => one.data.includes(text))
    const range = document.createRange()
    range.setStart(node, node.data.indexOf(text))
    range.setEnd(node, node.data.indexOf(text) + text.length)
    return range.getBoundingClientRect().left
  })
}"""


@pytest.fixture
def page(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """The page of a project whose client writes Arabic."""
    files = {
        **SMALL,
        **RICH,
        "projects/acme/client.yaml": SMALL["projects/acme/client.yaml"].replace("Kim Vogt", NAME),
        f"{ERP}/risks.yaml": RICH[f"{ERP}/risks.yaml"].replace("Risktitle", f'"{TITLE}"'),
        f"{ERP}/feedback.yaml": "audience: client\nfeedback:\n"
        "  - {id: f1, date: 2026-10-23, from: vogt, channel: survey, csat: 5, quote: 'عمل رائع!'}\n",
    }
    write_files(tmp_path / "work", files)
    build(tmp_path / "work", tmp_path / "site")
    with opened(browser, (tmp_path / "site" / PAGE).as_uri(), Look("", PAGE, 1280, "light")) as tab:
        yield tab


def test_a_line_keeps_its_order_around_a_name(page: Page) -> None:
    """Who said it, then when, then how."""
    source = page.locator(".quotes .sub", has_text=NAME).first
    places = source.evaluate(PLACES, [NAME, "23", "Oct", "Survey"])
    assert places == sorted(places)


def test_a_title_has_its_mark_at_its_end(page: Page) -> None:
    """The end of an Arabic title is on its left, and so is that of a text that stands by itself."""
    row = page.locator("#risks table.reg th .strong", has_text="المورد").first
    for text, word in ((row, "المورد"), (page.locator("blockquote").first, "رائع")):
        mark, last = text.evaluate(PLACES, ["!", word])
        assert mark < last


def test_a_sentence_goes_on_behind_a_title(page: Page) -> None:
    """The numbers of the sentence that names it stay on its right."""
    told = page.locator("#health td", has_text="المورد").first
    title, score, most = told.evaluate(PLACES, ["تأخير", "20", "25"])
    assert title < score < most
