"""A site that a passphrase protects, opened as its client does: in a browser, from a host that knows nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.gates.sites import build, made_once, write_rich
from tests.gates.test_policy import WATCH

pytestmark = pytest.mark.browser

FIRST, SECOND = "k7qf-3m2x-9abc-defg-hjkm", "vw3z-88tn-qrst-uvwx-yz23"
VARIABLE = "KAPM_PASSPHRASES_ACME"
PAGE = "erp/index.html"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 36"><path fill="#0a5" d="M0 0h80v36H0z"/></svg>'


def build_locked(folder: Path, source: Path, *passphrases: str) -> None:
    """Build the workspace with every register for a client who is given these passphrases."""
    write_rich(source, "en")
    client = source / "projects/acme/client.yaml"
    text = client.read_text("utf-8").replace("protection: none", "protection: passphrase")
    client.write_text(f"{text}\nbrand: {{logo: attachments/logo.svg}}\n", "utf-8")
    (client.parent / "attachments").mkdir()
    (client.parent / "attachments/logo.svg").write_text(LOGO, "utf-8")
    os.environ[VARIABLE] = " ".join(passphrases)
    try:
        build(source, folder)
    finally:
        del os.environ[VARIABLE]


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client's web root, encrypted for two passphrases."""
    site = made_once(
        tmp_path_factory,
        "gates-locked",
        lambda folder: build_locked(folder, tmp_path_factory.mktemp("locked"), FIRST, SECOND),
    )
    return site / "clients/acme"


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A tab that notes what the page's policy refuses, and what it asks of anybody."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def unlock(page: Page, passphrase: str) -> None:
    """Type a passphrase and press Enter."""
    page.get_by_label("Passphrase").fill(passphrase)
    page.keyboard.press("Enter")


def heading(page: Page) -> str:
    """Wait until the page is open and say its title."""
    expect(page.locator("main.locked")).to_have_count(0)
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("passphrase", [FIRST, SECOND, f"  {FIRST} "])
@pytest.mark.promise("S3")
def test_each_passphrase_opens_the_site_with_all_that_is_in_it(
    locked: Path, serve: Callable[[Path], str], visitor: Page, passphrase: str
) -> None:
    """Pages, pictures, the script and further pages; nothing is refused, nothing asked elsewhere, nothing said."""
    said: list[str] = []
    asked: list[str] = []
    visitor.on("console", lambda message: said.append(message.text))
    visitor.on("pageerror", lambda error: said.append(str(error)))
    visitor.on("response", lambda one: None if one.ok or one.status == 304 else said.append(f"{one.status} {one.url}"))
    visitor.on("request", lambda request: asked.append(request.url))
    origin = serve(locked)
    visitor.goto(f"{origin}{PAGE}#risks")
    assert "ERP" not in visitor.content()
    unlock(visitor, passphrase)
    assert "ERP" in heading(visitor)
    expect(visitor.locator("#risks")).to_be_in_viewport()
    pictures = visitor.locator("img")
    assert pictures.count() > 0
    assert all(pictures.nth(n).evaluate("img => img.complete && img.naturalWidth > 0") for n in range(pictures.count()))
    expect(visitor.get_by_role("searchbox").first).to_be_visible()
    visitor.goto(f"{origin}index.html")
    assert heading(visitor)
    assert said == []
    assert visitor.evaluate("window.refused") == []
    assert [url for url in asked if not url.startswith((origin, "blob:"))] == []


def test_search_reads_the_other_pages_too(locked: Path, serve: Callable[[Path], str], visitor: Page) -> None:
    """The start page's search finds what stands in a project, though its page is encrypted."""
    visitor.goto(f"{serve(locked)}index.html")
    unlock(visitor, FIRST)
    heading(visitor)
    visitor.get_by_role("searchbox").first.fill("risk")
    expect(visitor.locator("a[href*='erp/']:visible", has_text="isk").first).to_be_visible()


def test_files_are_given_as_they_were_written(locked: Path, serve: Callable[[Path], str], visitor: Page) -> None:
    """A link to a table or a calendar downloads the file itself under its own name."""
    visitor.goto(f"{serve(locked)}{PAGE}")
    unlock(visitor, FIRST)
    heading(visitor)
    with visitor.expect_download() as download:
        visitor.locator("a[href='milestones.ics']").first.click()
    assert download.value.suggested_filename == "milestones.ics"
    assert Path(download.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.promise("S3")
def test_a_wrong_passphrase_opens_nothing_and_says_so(
    locked: Path, serve: Callable[[Path], str], visitor: Page
) -> None:
    """The message stands in an alert, the field is ready for another try, and the right one still opens."""
    visitor.goto(f"{serve(locked)}{PAGE}")
    unlock(visitor, FIRST.replace("k7qf", "k7qg"))
    expect(visitor.get_by_role("alert")).to_have_text("This passphrase does not open the report.")
    expect(visitor.get_by_label("Passphrase")).to_be_focused()
    assert visitor.evaluate("sessionStorage.length") == 0
    unlock(visitor, FIRST)
    assert "ERP" in heading(visitor)


def test_the_key_lives_in_the_tab_and_can_be_dropped(
    locked: Path, serve: Callable[[Path], str], visitor: Page, browser: Browser
) -> None:
    """A reload asks nothing again, another visitor is asked, and so is this one after locking."""
    address = f"{serve(locked)}{PAGE}"
    visitor.goto(address)
    unlock(visitor, FIRST)
    heading(visitor)
    visitor.reload()
    assert "ERP" in heading(visitor)
    assert visitor.evaluate("localStorage.length") == 0
    visitor.get_by_role("button", name="Lock this report").click()
    expect(visitor.get_by_label("Passphrase")).to_be_visible()
    other = browser.new_context().new_page()
    other.goto(address)
    expect(other.get_by_label("Passphrase")).to_be_visible()
    other.context.close()


@pytest.mark.parametrize("fault", ["swapped", "cut", "changed"])
def test_a_file_in_another_s_place_does_not_open(
    locked: Path, tmp_path: Path, serve: Callable[[Path], str], visitor: Page, fault: str
) -> None:
    """A host that swaps, cuts or changes files can keep the report from being read, not have another one read."""
    root = tmp_path / "acme"
    shutil.copytree(locked, root)
    pages = sorted(root.glob("erp/*.sealed"), key=lambda path: path.stat().st_size)
    content = pages[-1].read_bytes()
    damaged = {"swapped": pages[-2].read_bytes(), "cut": content[:-20], "changed": content[:-1] + b"x"}
    pages[-1].write_bytes(damaged[fault])
    visitor.goto(f"{serve(root)}{PAGE}")
    unlock(visitor, FIRST)
    expect(visitor.get_by_role("alert")).to_contain_text("could not be read")
    expect(visitor.locator("main.locked")).to_have_count(1)


@pytest.mark.promise("S3")
def test_a_passphrase_that_was_taken_away_opens_nothing_new(
    tmp_path: Path, locked: Path, serve: Callable[[Path], str], visitor: Page
) -> None:
    """Taking one away changes the key: who remembers the old one is asked again, who knows the other gets in."""
    build_locked(tmp_path / "site", tmp_path / "work", SECOND)
    root = tmp_path / "acme"
    shutil.copytree(locked, root)
    visitor.goto(f"{serve(root)}{PAGE}")
    unlock(visitor, FIRST)
    heading(visitor)
    shutil.rmtree(root)
    shutil.copytree(tmp_path / "site/clients/acme", root)
    visitor.reload()
    unlock(visitor, FIRST)
    expect(visitor.get_by_role("alert")).to_have_text("This passphrase does not open the report.")
    unlock(visitor, SECOND)
    assert "ERP" in heading(visitor)


def test_a_host_that_does_not_answer_costs_no_key(locked: Path, serve: Callable[[Path], str], visitor: Page) -> None:
    """The tab says that the page could not be read, and opens it by itself once it can be."""
    visitor.goto(f"{serve(locked)}{PAGE}")
    unlock(visitor, FIRST)
    heading(visitor)
    visitor.route("**/*.sealed", lambda route: route.abort())
    visitor.reload()
    expect(visitor.get_by_role("alert")).to_contain_text("could not be read")
    visitor.unroute("**/*.sealed")
    visitor.reload()
    assert "ERP" in heading(visitor)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_the_form_is_accessible_and_fits(
    locked: Path, serve: Callable[[Path], str], browser: Browser, width: int, scheme: str
) -> None:
    """WCAG 2.2 AA, no sideways scroll; also once the page behind it is open."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{serve(locked)}{PAGE}")
    for opened in (False, True):
        if opened:
            unlock(page, FIRST)
            heading(page)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
