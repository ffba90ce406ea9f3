"""What the script adds to the pages: search, links that are copied, paper, the way through the page, the portfolio."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.gates.looking import Look, opened
from tests.gates.test_wcag import OPTIONS

PROJECT = "clients/harbourline/warehouse-rollout/index.html"
PORTFOLIO = "internal/index.html"
TOGETHER = "Search all your projects"

pytestmark = pytest.mark.browser

Serve = Callable[[Path], str]


def open_page(tab: Page, site: Path, path: str, after: str = "") -> None:
    """Open a page from the disk."""
    tab.goto((site / path).as_uri() + after)


# --- search


def test_search_covers_all_projects_of_the_client(tab: Page, examples: Path, serve: Serve) -> None:
    """A project page and the start page find the same, by project and section, and lead to the very record."""
    address = serve(examples / "clients/harbourline")
    tab.goto(f"{address}warehouse-rollout/index.html")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("broker")
    places = tab.locator(".found p")
    expect(places.filter(has_text="Customs declaration portal · ").first).to_be_visible()
    assert {text.lower() for text in tab.locator(".found mark").all_inner_texts()} == {"broker"}
    tab.locator(".found a[href*='#task-']").first.click()
    tab.wait_for_url("**/customs-portal/index.html#task-*")
    expect(tab.locator(":target")).to_be_in_viewport()

    tab.goto(address)
    tab.get_by_role("searchbox", name=TOGETHER).fill("go-live")
    expect(places.filter(has_text="Warehouse management rollout · ").first).to_be_visible()
    assert 0 < tab.locator(".found a").count() <= 20


def test_search_stays_in_the_language_of_the_page(tab: Page, examples: Path, serve: Serve) -> None:
    """Who reads German is led to German pages, of both projects."""
    tab.goto(f"{serve(examples / 'clients/harbourline')}customs-portal/index.de.html")
    tab.get_by_role("searchbox", name="Alle Ihre Projekte durchsuchen").fill("meilenstein")
    tab.wait_for_selector(".found a")
    links = [link.partition("#")[0] for link in hrefs(tab)]
    assert set(links) == {"", "/warehouse-rollout/index.de.html"}


def test_search_knows_no_words_in_chinese(tab: Page, examples: Path, serve: Serve) -> None:
    """Any part of a sentence is found, in both projects."""
    tab.goto(f"{serve(examples / 'clients/qingshan')}mes-rollout/")
    tab.get_by_role("searchbox", name="搜索您的全部项目").fill("验收")
    places = tab.locator(".found p")
    expect(places.filter(has_text="制造执行系统上线").first).to_be_visible()
    expect(places.filter(has_text="设备联网试点").first).to_be_visible()
    assert set(tab.locator(".found mark").all_inner_texts()) == {"验收"}


def test_search_on_a_disk_says_that_it_sees_one_page(tab: Page, examples: Path) -> None:
    """A browser fetches nothing from a disk; that is no error, and nothing is asked for."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    open_page(tab, examples, PROJECT)
    tab.get_by_role("searchbox", name=TOGETHER).fill("saltmere")
    expect(tab.locator(".search [role=status]")).to_contain_text("Only this page was searched")
    assert tab.locator(".found a").count() == 20
    tab.get_by_role("searchbox", name=TOGETHER).fill("no such words")
    expect(tab.locator(".search [role=status]")).to_have_text("Found: 0 · Only this page was searched")
    assert [url for url in asked if url.endswith(".html")] == [tab.url]


def test_internal_pages_search_themselves(tab: Page, examples: Path) -> None:
    """The portfolio searches its own page, without a word of others."""
    open_page(tab, examples, PORTFOLIO)
    tab.get_by_role("searchbox", name="Search this page").fill("margin")
    expect(tab.locator(".search [role=status]")).to_have_text(re.compile(r"^Found: \d+$"))
    assert all(link.startswith("#") for link in hrefs(tab))


def hrefs(tab: Page) -> list[str]:
    """Give where the results lead."""
    return [str(link.get_attribute("href")) for link in tab.locator(".found a").all()]


def test_search_is_worked_by_keyboard(tab: Page, examples: Path) -> None:
    """A slash goes there, arrows walk the results and back, Enter follows, Escape clears."""
    open_page(tab, examples, PROJECT)
    field = tab.get_by_role("searchbox", name=TOGETHER)
    tab.keyboard.press("Control+k")
    expect(field).to_be_focused()
    tab.keyboard.type("trial load/")
    expect(field).to_have_value("trial load/")
    tab.keyboard.press("Backspace")
    tab.wait_for_selector(".found a")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".found a").nth(1)).to_be_focused()
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    tab.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(tab.locator(".found")).to_be_hidden()

    tab.keyboard.type("trial load")
    tab.wait_for_selector(".found a")
    first = hrefs(tab)[0]
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{first}")
    expect(tab.locator(".found")).to_be_hidden()
    expect(tab.locator(":target")).to_be_in_viewport()


# --- links, print, navigation


def test_links_to_sections_are_copied(tab: Page, examples: Path, serve: Serve) -> None:
    """A section, and a part of one; that it happened is announced, and no name of a section has the button in it."""
    address = f"{serve(examples / 'clients/harbourline')}warehouse-rollout/index.html"
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(address)
    for title, anchor in (("Risks, issues and dependencies", "risks"), ("All tasks", "plan-all-tasks")):
        button = tab.get_by_role("button", name=f"Copy link to ‘{title}’")
        button.focus()
        expect(button).to_have_css("opacity", "1")
        tab.keyboard.press("Enter")
        expect(tab.locator(".live")).to_have_text("Link copied")
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied == f"{address}#{anchor}"
        tab.goto(copied)
        expect(tab.get_by_role("heading", name=title).first).to_be_in_viewport()
    expect(tab.get_by_role("region", name="Plan", exact=True)).to_be_visible()


def test_an_address_opens_what_hides_its_record(tab: Page, examples: Path) -> None:
    """On arrival, and when it changes; a filter that hides the record gives way."""
    open_page(tab, examples, PROJECT, "#task-tr-saltmere")
    row = tab.locator("#task-tr-saltmere")
    expect(row).to_be_in_viewport()
    tab.get_by_role("searchbox", name="Filter 81 rows").fill("peak")
    expect(row).to_be_hidden()
    tab.evaluate("location.hash = '#task-wifi'")
    tab.evaluate("location.hash = '#task-tr-saltmere'")
    expect(row).to_be_in_viewport()


def test_paper_has_every_row(tab: Page, examples: Path) -> None:
    """What is folded opens for the printer, and is as it was afterwards; a button prints."""
    tab.add_init_script("window.print = () => { document.title = 'printed'; }")
    open_page(tab, examples, PROJECT)
    folded, open_ones = tab.locator("details.all"), tab.locator("details.all[open]")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert open_ones.count() == folded.count() > 5
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert open_ones.count() == 0
    tab.get_by_role("button", name="Print").click()
    assert tab.title() == "printed"


def test_the_navigation_shows_where_one_reads(examples: Path, browser: Browser) -> None:
    """One section is current, and a phone has it in sight."""
    with opened(browser, (examples / PROJECT).as_uri() + "#training", Look("examples", PROJECT, 360, "light")) as tab:
        current = tab.locator(".nav [aria-current=true]")
        expect(current).to_have_text("Training")
        expect(current).to_be_in_viewport(ratio=1)


# --- the portfolio


def test_the_portfolio_is_filtered_by_manager_client_and_health(tab: Page, examples: Path) -> None:
    """Cards, queue, grid and registers follow, and the address keeps the choice."""
    open_page(tab, examples, PORTFOLIO)
    tab.get_by_role("combobox", name="Health").select_option("At risk")
    status = tab.locator(".choice [role=status]")
    expect(status).to_contain_text("2 of 5 projects are shown")
    assert tab.url.endswith("?health=amber")
    assert tab.locator("#attention .queue > li:visible").count() == 2
    assert tab.locator("#clients .cards > li:visible").count() == 2
    assert tab.locator("#health .health-grid tbody tr:visible").count() == 2
    projects = set(tab.locator("#milestones tbody:visible td:nth-child(2)").all_inner_texts())
    assert projects == {"Warehouse management rollout", "设备联网试点"}

    tab.get_by_role("combobox", name="Client").select_option("Harbourline Logistics plc")
    assert tab.locator("#clients .cards dt a:visible").all_inner_texts() == ["Warehouse management rollout"]
    tab.reload()
    expect(status).to_contain_text("1 of 5 projects")
    expect(tab.get_by_role("combobox", name="Client")).to_have_value("harbourline")

    tab.get_by_role("combobox", name="Health").select_option("Off track")
    expect(status).to_have_text("No project matches this choice.")
    expect(tab.locator("#attention")).to_be_hidden()
    tab.get_by_role("button", name="Show all projects").click()
    expect(status).to_have_text("")
    assert "?" not in tab.url
    assert tab.locator("#attention .queue > li:visible").count() == 5


def test_every_manager_finds_their_projects(tab: Page, examples: Path) -> None:
    """Those they lead, and those of the accounts they look after."""
    open_page(tab, examples, PORTFOLIO, "?manager=nobody")
    expect(tab.locator(".choice [role=status]")).to_have_text("")
    grid = tab.locator("#health .health-grid tbody tr:visible th a")
    for manager in ("Ruth Calder", "Oda Strand"):
        tab.get_by_role("combobox", name="Manager").select_option(manager)
        assert "Warehouse management rollout" in grid.all_inner_texts()


# --- always


@pytest.mark.parametrize(("path", "width"), [("clients/qingshan/iot-pilot/index.html", 360), (PORTFOLIO, 1280)])
def test_what_the_script_adds_meets_wcag(examples: Path, browser: Browser, path: str, width: int) -> None:
    """Sorted, filtered, searched and chosen: axe-core has nothing to say, and nothing scrolls sideways."""
    look = Look("examples", path, width, "light")
    # axe needs to run its own script, which the page's policy would refuse.
    with opened(browser, (examples / path).as_uri() + "?health=amber", look, bypass_csp=True) as tab:
        tab.locator(".bar input").first.fill("e")
        tab.evaluate("turn(registers.find(({ input }) => input), 0)")
        tab.locator(".search input").fill("1")
        tab.wait_for_selector(".found a")
        parts = {"include": [["header"], ["section:has(.bar)"]]}
        found = Axe().run(tab, context=parts, options=OPTIONS).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_all_pages_of_a_root_share_one_script(examples: Path) -> None:
    """A browser loads it once."""
    for root in (*(examples / "clients").iterdir(), examples / "internal"):
        (script,) = root.glob("assets/*.js")
        pages = list(root.rglob("*.html"))
        assert len(pages) > 1
        assert all(f'assets/{script.name}" defer' in page.read_text("utf-8") for page in pages)
