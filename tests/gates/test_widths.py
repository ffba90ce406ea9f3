"""Pages fit into narrow windows, and large letters fit into pages."""

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
