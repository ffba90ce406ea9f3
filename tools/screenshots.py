"""Makes the pictures of the README from the built site: a client's page and a page of its PDF report.

    make demo && python tools/screenshots.py

Needs what `make test` installs: Chromium is the one of the system.
"""

import shutil
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "site" / "clients" / "harbourline" / "warehouse-rollout"
IMAGES = ROOT / "docs" / "images"
#: Width of both pictures; twice what the README shows them at.
WIDTH = 1280
COLORS = 128
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Make both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    _save(_page_shot(PROJECT / "index.html"), IMAGES / "project-page.png")
    _save(_pdf_shot(next(PROJECT.glob("report-*-full.pdf"))), IMAGES / "report-page.png")


def _page_shot(page_file: Path) -> Image.Image:
    """Open a page as a reader at a desk does, and take its first screen."""
    chromium = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        page.goto(page_file.as_uri())
        content = page.screenshot()
        browser.close()
    return Image.open(BytesIO(content))


def _pdf_shot(pdf_file: Path) -> Image.Image:
    """Draw the first page of a report."""
    page = pypdfium2.PdfDocument(pdf_file)[0]
    return page.render(scale=WIDTH / page.get_width()).to_pil()


def _save(picture: Image.Image, path: Path) -> None:
    picture.convert("RGB").quantize(COLORS).save(path, optimize=True)


if __name__ == "__main__":
    main()
