"""What the script adds to the pages, in a real browser under the policy that we ship: nothing is lost without it."""

import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, expect

from kapm_site.cli import kapm
from kapm_site.language import language_for
from kapm_site.publish.headers import SECURITY_HEADERS

ROOT = Path(__file__).parents[1]
PROJECT = "clients/harbourline/warehouse-rollout/index.html"
PORTFOLIO = "internal/index.html"
TOGETHER = "Search all your projects"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, without PDFs."""
    folder = tmp_path_factory.mktemp("examples") / "site"
    arguments = ["-C", str(ROOT), "build", "-o", str(folder), "--status-date", "2026-11-20", "--no-pdf"]
    result = CliRunner().invoke(kapm, arguments)
    assert result.exit_code == 0, result.stderr[-3000:]
    return folder


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page 1280 pixels wide that must not say a word to the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a client's web root with the headers that we ship; gives its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in SECURITY_HEADERS.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def open_page(tab: Page, site: Path, path: str, after: str = "") -> None:
    """Open a page from the disk."""
    tab.goto((site / path).as_uri() + after)


def rows_of(table: Locator, column: str) -> list[str]:
    """Read a column of the rows that are in sight."""
    return [text.strip() for text in table.locator("tbody").locator(column).all_inner_texts()]


def dates(texts: list[str]) -> list[datetime]:
    """Read dates as the English pages write them."""
    return [datetime.strptime(text, "%d %b %Y") for text in texts]  # noqa: DTZ007 days of a calendar


# --- registers


def test_a_register_is_sorted_by_its_headings(tab: Page, site: Path) -> None:
    """By date, upwards, downwards, as it was; the rows behind "show all" are sorted with the others."""
    open_page(tab, site, PROJECT)
    table = tab.get_by_role("table", name="The weeks ahead")
    more = tab.locator("#plan details.all", has_text="Show all 18")
    before = rows_of(table, "th")
    heading = table.get_by_role("columnheader", name="Finish")

    heading.get_by_role("button").click()
    found = dates(rows_of(table, '[data-label="Finish"]'))
    assert (len(before), len(found)) == (8, 18)
    assert found == sorted(found)
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(more).to_be_hidden()

    heading.get_by_role("button").click()
    assert dates(rows_of(table, '[data-label="Finish"]')) == sorted(found, reverse=True)
    expect(heading).to_have_attribute("aria-sort", "descending")

    heading.get_by_role("button").click()
    assert rows_of(table, "th") == before
    assert heading.get_attribute("aria-sort") is None
    expect(more).to_be_visible()


def test_numbers_and_words_are_sorted_as_what_they_are(tab: Page, site: Path) -> None:
    """Work packages by their number, people by name, percents by size; what is empty stays last."""
    open_page(tab, site, PROJECT)
    table = tab.get_by_role("table", name="The weeks ahead")

    table.get_by_role("button", name="Task").click()
    numbers = [[int(n) for n in re.findall(r"\d+", text.split()[0])] for text in rows_of(table, "th")]
    assert numbers == sorted(numbers)
    assert numbers[0] < [4] < [10] < numbers[-1]
    table.get_by_role("button", name="Owner").click()
    owners = rows_of(table, '[data-label="Owner"]')
    assert owners == sorted(owners)
    table.get_by_role("button", name="Done").dblclick()
    done = [text.strip() for text in table.locator("td.k-number").all_inner_texts()]
    filled = [int(text) for text in done if text]
    assert filled == sorted(filled, reverse=True)
    assert len(set(filled)) > 3
    assert done[-1] == ""


@pytest.mark.parametrize(
    ("path", "currency"),
    [
        (PROJECT, "GBP"),
        ("clients/rheintal/zaehlertausch/index.html", "EUR"),
        ("clients/qingshan/iot-pilot/index.html", "CNY"),
    ],
)
def test_numbers_are_read_as_the_page_writes_them(tab: Page, site: Path, path: str, currency: str) -> None:
    """Money, signed days, percents and decimals of our three languages come out as the numbers they were."""
    open_page(tab, site, path)
    words = language_for(tab.evaluate("language"))
    written = {
        words.money(-1234567, currency, signed=True): -1234567,
        words.money(18000, currency, signed=True): 18000,
        words.percent(62.5, 1): 62.5,
        words.number(1234.25, 2): 1234.25,
        words.signed(-7.5, 1): -7.5,
        words.days_short(-3, signed=True): -3,
        words.days_short(12, signed=True): 12,
    }
    assert {text: tab.evaluate("readNumber", text) for text in written} == written


def test_health_is_sorted_by_how_grave_it_is(tab: Page, site: Path) -> None:
    """Not by the letters of its words."""
    open_page(tab, site, PROJECT)
    table = tab.locator("#health table.reg")
    table.get_by_role("button", name="Health", exact=True).click()
    found = [re.search("h-([a-z]+)", text or "") for text in marks(table)]
    order = [("red", "stale", "amber", "unknown", "green").index(match[1]) for match in found if match]
    assert order == sorted(order)
    assert len(set(order)) > 1


def marks(table: Locator) -> list[str]:
    """Give the classes of the healths of a table."""
    return table.locator("td:nth-child(2) .health").evaluate_all("marks => marks.map((mark) => mark.className)")


def test_details_stay_with_their_record(tab: Page, site: Path) -> None:
    """Sorting moves records, not rows."""
    open_page(tab, site, PROJECT)
    tab.locator("#plan summary", has_text="Show all 81").click()
    table = tab.get_by_role("table", name="All tasks")
    text = table.locator("tbody:has(#task-tr-saltmere)").text_content()
    table.get_by_role("button", name="Owner").click()
    assert table.locator("tbody:has(#task-tr-saltmere)").text_content() == text
    assert table.locator("tbody:has(#task-tr-saltmere) tr.facts").count() == 1


def test_a_register_is_filtered_while_one_types(tab: Page, site: Path) -> None:
    """Rows that hold all words stay, those behind "show all" too; how many is announced."""
    open_page(tab, site, PROJECT)
    section = tab.locator("#delays")
    field, count = section.get_by_role("searchbox", name="Filter 24 rows"), section.locator(".bar [role=status]")
    field.fill("saltmere DEPENDENCY")
    shown = [text.lower() for text in section.locator("tbody:visible").all_text_contents()]
    assert 1 < len(shown) < 24
    assert all("saltmere" in text and "dependency" in text for text in shown)
    expect(count).to_have_text(f"{len(shown)} of 24")
    expect(section.locator("details.all")).to_be_hidden()
    field.fill("")
    expect(count).to_have_text("")
    expect(section.locator("details.all")).to_be_visible()


def test_a_filter_asks_for_no_accents(tab: Page, site: Path) -> None:
    """Whoever has no German keyboard finds the meters all the same."""
    open_page(tab, site, "clients/rheintal/zaehlertausch/index.html")
    tab.locator("#plan details.all > summary").last.click()
    tab.get_by_role("searchbox", name="62 Zeilen filtern").fill("zahler")
    shown = tab.get_by_role("table", name="Alle Vorgänge").locator("tbody:visible")
    assert 1 < shown.count() < 62
    assert all("zähler" in text.lower() for text in shown.all_text_contents())


# --- search


def test_search_covers_all_projects_of_the_client(tab: Page, site: Path) -> None:
    """The home page and the project pages find the same, by project and section, and lead to the very record."""
    with served(site / "clients/harbourline") as address:
        tab.goto(f"{address}warehouse-rollout/index.html")
        tab.keyboard.press("/")
        tab.keyboard.type("broker")
        places = tab.locator(".found p")
        expect(places.filter(has_text="Customs declaration portal · ").first).to_be_visible()
        expect(places.filter(has_text="Warehouse management rollout").first).to_have_count(0)
        found = int((tab.locator(".search [role=status]").inner_text()).split()[-1])
        assert tab.locator(".found a").count() == min(found, 20)
        assert {text.lower() for text in tab.locator(".found mark").all_inner_texts()} == {"broker"}

        tab.locator(".found a[href*='#task-']").first.click()
        tab.wait_for_url("**/customs-portal/index.html#task-*")
        expect(tab.locator(":target")).to_be_in_viewport()

        tab.goto(address)
        tab.get_by_role("searchbox", name=TOGETHER).fill("go-live")
        expect(tab.locator(".found p").filter(has_text="Warehouse management rollout · ").first).to_be_visible()


def test_search_knows_no_words_in_chinese(tab: Page, site: Path) -> None:
    """Any part of a sentence is found, in both projects."""
    with served(site / "clients/qingshan") as address:
        tab.goto(f"{address}mes-rollout/")
        tab.get_by_role("searchbox", name="搜索您的全部项目").fill("验收")
        places = tab.locator(".found p")
        expect(places.filter(has_text="制造执行系统上线").first).to_be_visible()
        expect(places.filter(has_text="设备联网试点").first).to_be_visible()
        assert set(tab.locator(".found mark").all_inner_texts()) == {"验收"}


def test_search_on_a_disk_says_that_it_sees_one_page(tab: Page, site: Path) -> None:
    """A browser fetches nothing from a disk; that is no error, and nothing is asked for."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    open_page(tab, site, PROJECT)
    before = list(asked)
    tab.get_by_role("searchbox", name=TOGETHER).fill("saltmere")
    expect(tab.locator(".search [role=status]")).to_contain_text("Only this page was searched.")
    assert tab.locator(".found a").count() == 20
    tab.get_by_role("searchbox", name=TOGETHER).fill("no such words")
    expect(tab.locator(".search [role=status]")).to_have_text("Found: 0 Only this page was searched.")
    assert asked == before


def test_internal_pages_search_themselves(tab: Page, site: Path) -> None:
    """The portfolio searches its own page, without a word of others."""
    open_page(tab, site, PORTFOLIO)
    tab.get_by_role("searchbox", name="Search this page").fill("margin")
    expect(tab.locator(".search [role=status]")).to_have_text(re.compile(r"^Found: \d+$"))
    assert all(link.startswith("#") for link in hrefs(tab))


def hrefs(tab: Page) -> list[str]:
    """Give where the results lead."""
    return [str(link.get_attribute("href")) for link in tab.locator(".found a").all()]


def test_search_is_worked_by_keyboard(tab: Page, site: Path) -> None:
    """A slash goes there, arrows walk the results and back, Enter follows, Escape clears."""
    open_page(tab, site, PROJECT)
    field = tab.get_by_role("searchbox", name=TOGETHER)
    tab.keyboard.press("/")
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


def test_links_to_sections_are_copied(browser: Browser, site: Path) -> None:
    """A section, and a part of one; that it happened is announced."""
    with served(site / "clients/harbourline") as address:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        tab = context.new_page()
        tab.goto(f"{address}warehouse-rollout/index.html")
        for title, anchor in (("Risks, issues and dependencies", "risks"), ("All tasks", "plan-all-tasks")):
            button = tab.get_by_role("button", name=f"Copy link to “{title}”")
            button.focus()
            expect(button).to_have_css("opacity", "1")
            tab.keyboard.press("Enter")
            expect(tab.locator(".live")).to_have_text("Link copied")
            copied = tab.evaluate("navigator.clipboard.readText()")
            assert copied == f"{address}warehouse-rollout/index.html#{anchor}"
            tab.goto(copied)
            expect(tab.get_by_role("heading", name=title).first).to_be_in_viewport()
        expect(tab.get_by_role("region", name="Plan", exact=True)).to_be_visible()
        context.close()


def test_an_address_opens_what_hides_its_record(tab: Page, site: Path) -> None:
    """On arrival, and when it changes; a filter that hides the record gives way."""
    open_page(tab, site, PROJECT, "#task-tr-saltmere")
    row = tab.locator("#task-tr-saltmere")
    expect(row).to_be_in_viewport()
    tab.get_by_role("searchbox", name="Filter 81 rows").fill("peak")
    expect(row).to_be_hidden()
    tab.evaluate("location.hash = '#task-wifi'")
    tab.evaluate("location.hash = '#task-tr-saltmere'")
    expect(row).to_be_in_viewport()


def test_paper_has_every_row(tab: Page, site: Path) -> None:
    """What is folded opens for the printer, and is as it was afterwards; a button prints."""
    tab.add_init_script("window.print = () => { document.title = 'printed'; }")
    open_page(tab, site, PROJECT)
    folded, open_ones = tab.locator("details.all"), tab.locator("details.all[open]")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert open_ones.count() == folded.count() > 5
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert open_ones.count() == 0
    tab.get_by_role("button", name="Print").click()
    assert tab.title() == "printed"


def test_the_navigation_shows_where_one_reads(browser: Browser, site: Path) -> None:
    """One section is current, and a phone has it in sight."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    open_page(tab, site, PROJECT, "#training")
    current = tab.locator(".nav [aria-current=true]")
    expect(current).to_have_text("Training")
    expect(current).to_be_in_viewport(ratio=1)
    context.close()


# --- the portfolio


def test_the_portfolio_is_filtered_by_manager_client_and_health(tab: Page, site: Path) -> None:
    """Cards, queue, grid and registers follow, and the address keeps the choice."""
    open_page(tab, site, PORTFOLIO)
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


def test_every_manager_finds_their_projects(tab: Page, site: Path) -> None:
    """Those they lead, and those of the accounts they look after."""
    open_page(tab, site, PORTFOLIO, "?manager=nobody")
    expect(tab.locator(".choice [role=status]")).to_have_text("")
    grid = tab.locator("#health .health-grid tbody tr:visible th a")
    for manager in ("Ruth Calder", "Oda Strand"):
        tab.get_by_role("combobox", name="Manager").select_option(manager)
        assert "Warehouse management rollout" in grid.all_inner_texts()


# --- always


@pytest.mark.parametrize("path", [PROJECT, PORTFOLIO, "clients/qingshan/index.html"])
def test_nothing_is_lost_without_the_script(browser: Browser, site: Path, path: str) -> None:
    """The same words in the same order, with JavaScript on and off."""
    said = []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled, viewport={"width": 1280, "height": 800})
        tab = context.new_page()
        open_page(tab, site, path)
        said.append(tab.locator("main").inner_text().split())
        context.close()
    assert len(said[0]) > 50
    assert said[0] == said[1]


@pytest.mark.parametrize(("path", "width", "search"), [(PROJECT, 360, TOGETHER), (PORTFOLIO, 1280, "Search this page")])
def test_what_the_script_adds_meets_wcag(browser: Browser, site: Path, path: str, width: int, search: str) -> None:
    """Sorted, filtered, searched and chosen: axe-core has nothing to say, and nothing scrolls sideways."""
    # axe needs to run its own script, which the page's policy would refuse.
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True, reduced_motion="reduce")
    tab = context.new_page()
    open_page(tab, site, path, "?health=amber")
    tab.locator(".bar input").first.fill("e")
    tab.evaluate("turn(registers[2], 0)")
    tab.get_by_role("searchbox", name=search).fill("the")
    tab.wait_for_selector(".found a")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    found = Axe().run(tab, options=options).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_phone_sorts_by_a_list(browser: Browser, site: Path) -> None:
    """Its headings are out of sight, and cannot be reached by keyboard either."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    open_page(tab, site, PROJECT)
    table = tab.locator("#plan table.reg").first
    tab.locator("#plan").get_by_label("Sort by").first.select_option("Finish ↓")
    found = [text.split("\n")[-1] for text in rows_of(table, '[data-label="Finish"]')]
    assert dates(found) == sorted(dates(found), reverse=True)
    expect(table.get_by_role("button", name="Finish")).to_have_count(0)
    context.close()


def test_script_and_styles_stay_light(site: Path) -> None:
    """At most 60 KB in each web root of a client, and one script for all pages."""
    for client in (site / "clients").iterdir():
        assets = [path for path in (client / "assets").iterdir() if path.suffix in (".css", ".js")]
        assert [path.suffix for path in sorted(assets, key=lambda path: path.suffix)] == [".css", ".js"]
        assert sum(path.stat().st_size for path in assets) <= 60_000
        assert f"assets/{assets[0].name}" in (client / "index.html").read_text("utf-8")


def test_ids_are_there_once(site: Path) -> None:
    """A link leads to one place."""
    for page in site.rglob("*.html"):
        ids = re.findall(r' id="([^"]*)"', page.read_text("utf-8"))
        assert len(ids) == len(set(ids)), page
