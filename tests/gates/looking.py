"""How a reader looks at a page: the window's width, the colours, the page itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]


class Look(NamedTuple):
    """A page of a site, and how it is looked at."""

    site: str
    page: str
    width: int
    scheme: Scheme


WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
#: Every way to look; a page goes through all of them or takes the next in turn.
WAYS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]

OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"

EXAMPLE_PAGES = (
    "clients/rheintal/zaehlertausch/index.html",
    "clients/harbourline/index.html",
    "clients/qingshan/iot-pilot/index.html",
    "clients/harbourline/customs-portal/index.html",
    "internal/index.html",
)
RICH_PAGES = (
    "clients/acme/erp/index.html",
    "clients/acme/index.html",
    "internal/index.html",
    "internal/acme/erp/index.html",
)


def all_looks() -> list[Look]:
    """Look at a project's page in every way, at the other kinds of pages in each width, at each example in one way.

    Languages and schemes take turns.
    """
    tags = cycle(("en", "zh-CN", "de", "de", "en", "zh-CN", "zh-CN", "de", "en"))
    first, *others = RICH_PAGES
    looks = [Look(next(tags), first, *way) for way in WAYS]
    schemes = cycle(SCHEMES)
    looks += [Look(next(tags), page, width, next(schemes)) for page in others for width in WIDTHS]
    return looks + [Look("examples", page, *way) for page, way in zip(EXAMPLE_PAGES, cycle(WAYS), strict=False)]


@contextmanager
def opened(browser: Browser, address: str, look: Look, **options: bool) -> Iterator[Page]:
    """Open a page as it is looked at."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 800},
        color_scheme=look.scheme,
        reduced_motion="reduce",
        **options,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def root_of(folder: Path, page: str) -> tuple[Path, str]:
    """Split a page of a site into the web root that is published by itself and the address in it."""
    parts = page.split("/")
    depth = 2 if parts[0] == "clients" else 1
    return folder.joinpath(*parts[:depth]), "/".join(parts[depth:])
