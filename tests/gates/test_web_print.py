"""Who prints the web page gets all of it on paper, and nothing that only a screen can use."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from tests.gates.looking import Look, opened

pytestmark = pytest.mark.browser

#: Width of a sheet of A4 on its side less its margins, in CSS pixels.
SHEET = 1031
#: What is wider than the area that would scroll, apart from words for screen readers.
CUT = """() => [...document.querySelectorAll('body *')].filter(element => element.checkVisibility()
  && getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1
  && !element.closest('.unseen')).map(element => element.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def printed(examples: Path, browser: Browser) -> PdfDocument:
    """The page of a project, printed by the browser on its own paper, no script helping."""
    look = Look("examples", "clients/rheintal/zaehlertausch/index.html", 1280, "dark")
    with opened(browser, (examples / look.page).as_uri(), look, java_script_enabled=False) as tab:
        tab.emulate_media(media="print")
        return PdfDocument(tab.pdf(prefer_css_page_size=True, print_background=True))


def words_of(document: PdfDocument) -> str:
    """Read all pages."""
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_paper_bears_every_row(printed: PdfDocument) -> None:
    """Rows behind "show all" are printed, for there is nothing to click on paper; links of the screen are not."""
    told = words_of(printed)
    assert "Projektorganisation und Berichtswesen aufsetzen Kerstin Vogt 2. Feb. 2026" in told
    for screen in ("Zum Bericht springen", "anzeigen", "Einzelheiten"):
        assert screen not in told


def test_every_word_stands_inside_its_sheet(printed: PdfDocument) -> None:
    """No margin cuts a line."""
    out = []
    for page in printed:
        text, (width, height) = page.get_textpage(), page.get_size()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            if left < 0 or bottom < 0 or right > width or top > height:
                out.append(text.get_text_bounded(left, bottom, right, top))
    assert out == []


def test_nothing_on_paper_has_to_be_scrolled(examples: Path, browser: Browser) -> None:
    """A wide register that scrolls by itself on a screen shows all its columns on the width of a sheet."""
    look = Look("examples", "internal/rheintal/zaehlertausch/index.html", SHEET, "light")
    with opened(browser, (examples / look.page).as_uri(), look) as tab:
        tab.emulate_media(media="print")
        assert tab.locator(".wide").count() > 0
        assert tab.evaluate(CUT) == []
