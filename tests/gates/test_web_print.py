"""Who prints the web page gets all of it on paper, and nothing that only a screen can use."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from tests.gates.looking import Look, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def printed(examples: Path, browser: Browser) -> PdfDocument:
    """The page of a project, printed by the browser on its own paper."""
    look = Look("examples", "clients/rheintal/zaehlertausch/index.html", 1280, "dark")
    with opened(browser, (examples / look.page).as_uri(), look) as tab:
        tab.emulate_media(media="print")
        return PdfDocument(tab.pdf(prefer_css_page_size=True, print_background=True))


def words_of(document: PdfDocument) -> str:
    """Read all pages."""
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_paper_bears_every_row(printed: PdfDocument) -> None:
    """Rows behind "show all" are printed, for there is nothing to click on paper; links of the screen are not."""
    told = words_of(printed)
    assert "2 Fachkonzept und Regulatorik" in told
    assert told.count("Projekt abgeschlossen") > 2
    for screen in ("Zum Bericht springen", "anzeigen", "Einzelheiten"):
        assert screen not in told


def test_paper_cuts_nothing_off(printed: PdfDocument) -> None:
    """Every word stands inside its sheet."""
    out = []
    for page in printed:
        text, (width, height) = page.get_textpage(), page.get_size()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            if left < 0 or bottom < 0 or right > width or top > height:
                out.append(text.get_text_bounded(left, bottom, right, top))
    assert out == []
