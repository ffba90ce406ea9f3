"""Texts that are longer than any of ours: a page keeps its width, and words stay whole while there is room."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kapm_site.language import messages
from tests.gates.looking import OPEN_ALL, RICH_PAGES, Look, opened
from tests.gates.sites import LONG, build, write_rich
from tests.gates.test_widths import fits
from tests.veiled import write_changed_catalogue

pytestmark = pytest.mark.browser

PROJECT, _, PORTFOLIO, INTERNAL = RICH_PAGES
#: Words of the workspace with every register, each of which becomes one of sixty letters.
WORDS = re.compile(r"\b(?:[A-Z][a-z]+(?:title|task|word|name|text|statement)|Acme|Okafor|Lund|Ortiz|Vogt)\b")
#: Words with a line break in them that no hyphen marks: their letters stand on several lines.
BROKEN = """() => {
  const found = new Set()
  const walker = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement
    if (!element.checkVisibility() || element.closest('svg, .unseen, .long, a[href*=":"], .md table')) continue
    if (getComputedStyle(element).hyphens === 'auto') continue
    for (const {0: word, index} of node.data.matchAll(/[\\p{Script=Latin}\\d]+/gu)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      if (new Set(Array.from(range.getClientRects(), box => box.top)).size > 1) found.add(word)
    }
  }
  return [...found]
}"""


@pytest.fixture(scope="module", params=["en", "zh-CN", "de"])
def long_words(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with every register, where all names and titles are words of sixty letters."""
    folder = tmp_path_factory.mktemp("long")
    write_rich(folder / "work", request.param)
    for file in (folder / "work").rglob("*.yaml"):
        file.write_text(WORDS.sub(LONG, file.read_text("utf-8")), "utf-8")
    build(folder / "work", folder / "site")
    return folder / "site"


@pytest.mark.parametrize("page", [PROJECT, PORTFOLIO, INTERNAL])
def test_a_word_without_end_widens_nothing(long_words: Path, browser: Browser, page: str) -> None:
    """From a phone to a laptop, in cells, titles and names; and only that word is broken where there is room."""
    with opened(browser, (long_words / page).as_uri(), Look("", page, 1280, "light")) as tab:
        tab.evaluate(OPEN_ALL)
        for width in (1280, 1024, 768, 360, 320):
            tab.set_viewport_size({"width": width, "height": 800})
            assert (width, fits(tab)) == (width, [True, []])
            if width > 1000:
                assert tab.evaluate(BROKEN) == []


@pytest.fixture(scope="module")
def long_labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as everyone writes it, in a language whose words are nearly twice as long as those of German."""
    folder = tmp_path_factory.mktemp("labels")
    for name in ("en", "zh_CN", "de"):
        write_changed_catalogue(folder / "words", name, _stretched)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "LOCALES", folder / "words")
        _forget()
        write_rich(folder / "work", "de")
        build(folder / "work", folder / "site")
    _forget()
    return folder / "site"


def _stretched(text: str) -> str:
    return re.sub(r"[^\W\d_]{5,}", lambda word: word[0] + word[0].lower()[: len(word[0]) * 7 // 10], text)


def _forget() -> None:
    messages._catalogue.cache_clear()
    messages.find_text.cache_clear()


@pytest.mark.parametrize("page", RICH_PAGES)
@pytest.mark.parametrize("letters", [16, 32])
def test_long_labels_fit_into_a_phone(long_labels: Path, browser: Browser, page: str, letters: int) -> None:
    """Another language's labels at 320 and 360 px, with letters of twice the size as well."""
    with opened(browser, (long_labels / page).as_uri(), Look("", page, 360, "light")) as tab:
        sizes = {"fontSizes": {"standard": letters, "fixed": letters}}
        tab.context.new_cdp_session(tab).send("Page.setFontSizes", sizes)
        tab.evaluate(OPEN_ALL)
        for width in (360, 320):
            tab.set_viewport_size({"width": width, "height": 800})
            assert (width, fits(tab)) == (width, [True, []])
