"""Pages fit into narrow windows, and large letters fit into pages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.gates.looking import EXAMPLE_PAGES, OPEN_ALL, RICH_PAGES, Look, opened

pytestmark = pytest.mark.browser

#: What sticks out of the window to the right, unless it scrolls by itself.
STICKING_OUT = """() => {
  const room = document.documentElement.clientWidth
  const inside = element => {
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== 'visible') return true
    }
    return false
  }
  const found = [...document.querySelectorAll('body *')].filter(element => !element.firstElementChild
    && element.checkVisibility() && element.getBoundingClientRect().right > room + 1 && !inside(element))
  const first = found.slice(0, 5).map(element => element.outerHTML.slice(0, 90))
  return [document.documentElement.scrollWidth <= room, first]
}"""
#: Text whose lines are less high than its letters, so that lines run into each other.
SQUEEZED = """() => [...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element)
  return element.checkVisibility() && !element.closest('svg')
    && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
    && parseFloat(style.lineHeight) < parseFloat(style.fontSize)
}).map(element => element.outerHTML.slice(0, 90)).slice(0, 5)"""

#: On how many lines the text of each cell stands.
LINES = """cells => cells.map(cell => {
  const range = document.createRange()
  range.selectNodeContents(cell)
  return new Set(Array.from(range.getClientRects(), box => box.top)).size
})"""


def fits(page: Page) -> list[object]:
    """Tell whether the page scrolls sideways, and by what."""
    found: list[object] = page.evaluate(STICKING_OUT)
    return found


@pytest.mark.parametrize("page", RICH_PAGES)
@pytest.mark.parametrize("tag", ["en", "zh-CN", "de"])
def test_a_phone_never_scrolls_sideways(rich: dict[str, Path], browser: Browser, tag: str, page: str) -> None:
    """At 360 and at 320 px, with all details open, a word of sixty letters among the text."""
    with opened(browser, (rich[tag] / page).as_uri(), Look(tag, page, 360, "light")) as tab:
        tab.evaluate(OPEN_ALL)
        assert fits(tab) == [True, []]
        tab.set_viewport_size({"width": 320, "height": 640})
        assert fits(tab) == [True, []]


@pytest.mark.parametrize("page", EXAMPLE_PAGES)
def test_examples_fit_into_every_width(examples: Path, browser: Browser, page: str) -> None:
    """Phones, tablets, laptops, and the widths at which the layout changes."""
    with opened(browser, (examples / page).as_uri(), Look("examples", page, 320, "light")) as tab:
        for width in (320, 360, 599, 600, 768, 859, 860, 1023, 1024, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            assert (width, fits(tab)) == (width, [True, []])


@pytest.mark.parametrize("page", RICH_PAGES)
def test_letters_of_twice_the_size_are_readable(rich: dict[str, Path], browser: Browser, page: str) -> None:
    """A reader whose browser sets letters at 200 % sees every line whole, without scrolling sideways."""
    with opened(browser, (rich["de"] / page).as_uri(), Look("de", page, 1280, "light")) as tab:
        letters = {"fontSizes": {"standard": 32, "fixed": 26}}
        tab.context.new_cdp_session(tab).send("Page.setFontSizes", letters)
        tab.evaluate(OPEN_ALL)
        assert fits(tab) == [True, []]
        assert tab.evaluate(SQUEEZED) == []


def test_dates_of_a_small_table_stay_whole_on_a_phone(examples: Path, browser: Browser) -> None:
    """A table that somebody wrote with up to three columns breaks no date, however long its other words are."""
    page = "clients/rheintal/zaehlertausch/index.html"
    with opened(browser, (examples / page).as_uri(), Look("examples", page, 390, "light")) as tab:
        dates = tab.locator(".md td").get_by_text(re.compile(r"^\d\d\.\d\d\.\d{4}$"))
        assert dates.count() > 2
        assert set(dates.evaluate_all(LINES)) == {1}


def test_the_last_row_on_a_phone_is_ruled_as_the_others_are(examples: Path, browser: Browser) -> None:
    """Its values stand side by side, and no line under single ones of them."""
    page = "clients/rheintal/zaehlertausch/index.html"
    with opened(browser, (examples / page).as_uri(), Look("examples", page, 390, "light")) as tab:
        cells = tab.locator(".reg tbody :is(th, td)")
        assert set(cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).borderBottomWidth)")) == {
            "0px"
        }
