"""Who has no mouse reaches everything, sees where they are, and need not walk through what repeats."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.gates.looking import Look, opened

pytestmark = pytest.mark.browser

#: Everything that does something when it is clicked, and every area that scrolls.
EXPECTED = """() => {
  const doing = 'a[href], button, summary, input, select, textarea, [tabindex="0"]'
  const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX)
    && element.scrollWidth > element.clientWidth + 1
  const all = [...document.body.querySelectorAll('*')]
    .filter(element => element.checkVisibility({visibilityProperty: true}))
    .filter(element => element.matches(doing) || scrolls(element))
  // An area whose links can be reached scrolls with them.
  const wanted = all.filter(element => element.matches(doing) || !element.querySelector(doing))
  wanted.forEach((element, number) => { element.dataset.stop = number })
  return wanted.length
}"""
#: Notes each stop: which it is, whether its outline is seen, whether what sticks to the window's top covers it.
WATCH = """() => {
  window.stops = []
  const sticky = [...document.querySelectorAll('body *')]
    .filter(element => /sticky|fixed/.test(getComputedStyle(element).position))
  // By then the browser has brought the stop into sight.
  document.addEventListener('keyup', () => {
    const at = document.activeElement
    if (at === document.body) return
    const style = getComputedStyle(at), box = at.getBoundingClientRect()
    const cover = sticky.filter(element => !element.contains(at)).map(element => element.getBoundingClientRect())
    window.stops.push({
      stop: Number(at.dataset.stop ?? -1),
      html: at.outerHTML.slice(0, 90),
      outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
      shown: box.bottom > 0 && box.top < innerHeight && box.width > 0,
      covered: cover.some(over => over.top <= box.top && over.bottom >= box.bottom),
    })
  })
}"""


def walk(page: Page) -> tuple[int, list[dict[str, Any]]]:
    """Press Tab until the page is left; returns how many stops there should be, and those there were."""
    expected: int = page.evaluate(EXPECTED)
    page.evaluate(WATCH)
    for _ in range(expected + 2):
        page.keyboard.press("Tab")
    stops: list[dict[str, Any]] = page.evaluate("window.stops")
    return expected, stops


@pytest.mark.parametrize(("page", "width"), [
    ("clients/rheintal/zaehlertausch/index.html", 1280),
    ("clients/qingshan/iot-pilot/index.html", 360),
    ("clients/harbourline/index.html", 1280),
    ("internal/index.html", 1280),
    ("internal/qingshan/iot-pilot/index.html", 1280),
])  # fmt: skip
def test_every_control_is_reached_and_seen(examples: Path, browser: Browser, page: str, width: int) -> None:
    """Links, details, buttons and areas that scroll: each has its stop, with an outline, in sight and uncovered."""
    with opened(browser, (examples / page).as_uri(), Look("examples", page, width, "light")) as tab:
        expected, stops = walk(tab)
        missed = set(range(expected)) - {stop["stop"] for stop in stops}
        find = "number => document.querySelector(`[data-stop='${number}']`).outerHTML.slice(0, 90)"
        assert [tab.evaluate(find, number) for number in sorted(missed)[:5]] == []
        assert [stop["html"] for stop in stops if stop["outline"] < 2 or not stop["shown"]] == []
        assert [stop["html"] for stop in stops if stop["covered"]] == []


def test_what_repeats_can_be_skipped(examples: Path, browser: Browser) -> None:
    """The first stop is a link in sight that leads past the head of the page into its main part."""
    look = Look("examples", "clients/rheintal/zaehlertausch/index.html", 1280, "light")
    with opened(browser, (examples / look.page).as_uri(), look) as tab:
        tab.keyboard.press("Tab")
        box = tab.locator(":focus").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_details_open_by_key(examples: Path, browser: Browser) -> None:
    """Enter opens what is folded away, and what was in it can be reached."""
    look = Look("examples", "clients/rheintal/zaehlertausch/index.html", 1280, "light")
    with opened(browser, (examples / look.page).as_uri(), look) as tab:
        summary = tab.locator("#plan details.all > summary")
        summary.focus()
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('#plan details.all[open]').contains(document.activeElement)")
