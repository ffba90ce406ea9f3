"""What the script adds to registers: they are sorted by their headings, and filtered while one types."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kapm_site.language import language_for
from tests.gates.looking import Look, opened

PROJECT = "clients/harbourline/warehouse-rollout/index.html"
RHEINTAL = "clients/rheintal/zaehlertausch/index.html"

pytestmark = pytest.mark.browser


def open_page(tab: Page, site: Path, path: str) -> None:
    """Open a page from the disk."""
    tab.goto((site / path).as_uri())


def rows_of(table: Locator, column: str) -> list[str]:
    """Read a column of the rows that are in sight."""
    return [text.strip() for text in table.locator("tbody").locator(column).all_inner_texts()]


def dates(texts: list[str]) -> list[datetime]:
    """Read dates as the English pages write them."""
    return [datetime.strptime(text, "%d %b %Y") for text in texts]  # noqa: DTZ007 days of a calendar


def test_a_register_is_sorted_by_its_headings(tab: Page, examples: Path) -> None:
    """By date, upwards, downwards, as it was; the rows behind "show all" are sorted with the others."""
    open_page(tab, examples, PROJECT)
    table = tab.get_by_role("table", name="The weeks ahead")
    more = tab.locator("#plan details.all", has_text="Show all 18")
    before = rows_of(table, "th")
    heading = table.get_by_role("columnheader", name="Finish")

    heading.get_by_role("button").click()
    found = dates(rows_of(table, '[data-label="Finish"]'))
    assert len(before) < len(found) == 18
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


def test_numbers_and_words_are_sorted_as_what_they_are(tab: Page, examples: Path) -> None:
    """Work packages by their number, people by name, percents by size; what is empty stays last."""
    open_page(tab, examples, PROJECT)
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
        (RHEINTAL, "EUR"),
        ("clients/qingshan/iot-pilot/index.html", "CNY"),
    ],
)
def test_numbers_are_read_as_the_page_writes_them(tab: Page, examples: Path, path: str, currency: str) -> None:
    """Money, signed days, percents and decimals of our three languages come out as the numbers they were."""
    open_page(tab, examples, path)
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


def test_health_is_sorted_by_how_grave_it_is(tab: Page, rich: dict[str, Path]) -> None:
    """Off track comes before at risk, whatever their letters."""
    open_page(tab, rich["en"], "clients/acme/erp/index.html")
    table = tab.locator("#health table.reg")
    table.get_by_role("button", name="Health", exact=True).click()
    found = [re.search("h-([a-z]+)", text or "") for text in marks(table)]
    order = [("red", "stale", "amber", "unknown", "green").index(match[1]) for match in found if match]
    assert order == sorted(order)
    assert {0, 2} <= set(order)


def marks(table: Locator) -> list[str]:
    """Give the classes of the healths of a table."""
    return table.locator("td:nth-child(2) .health").evaluate_all("marks => marks.map((mark) => mark.className)")


def test_details_stay_with_their_record(tab: Page, examples: Path) -> None:
    """Sorting moves records, not rows."""
    open_page(tab, examples, PROJECT)
    tab.locator("#plan-all-tasks ~ details.all > summary").last.click()
    table = tab.get_by_role("table", name="All tasks")
    text = table.locator("tbody:has(#task-tr-saltmere)").text_content()
    table.get_by_role("button", name="Owner").click()
    assert table.locator("tbody:has(#task-tr-saltmere)").text_content() == text
    assert table.locator("tbody:has(#task-tr-saltmere) tr.facts").count() == 1


def test_a_register_is_filtered_while_one_types(tab: Page, examples: Path) -> None:
    """Rows that hold all words stay, those behind "show all" too; how many is announced."""
    open_page(tab, examples, PROJECT)
    section = tab.locator("#delays")
    field, count = section.get_by_role("searchbox", name="Filter 24 rows"), section.locator(".bar [role=status]")
    field.fill("saltmere DEPENDENCY")
    shown = [text.lower() for text in section.locator("tbody:visible").all_text_contents()]
    assert 1 < len(shown) < 24
    assert all("saltmere" in text and "dependency" in text for text in shown)
    expect(count).to_have_text(f"{len(shown)} of 24")
    expect(section.locator("details.all", has_text="Show all 24")).to_be_hidden()
    field.fill("")
    expect(count).to_have_text("")
    expect(section.locator("details.all", has_text="Show all 24")).to_be_visible()


def test_a_filter_finds_what_stands_on_the_page(tab: Page, examples: Path) -> None:
    """What is folded away below a row does not count until somebody opens it."""
    open_page(tab, examples, PROJECT)
    section = tab.locator("#delays")
    field = section.get_by_role("searchbox", name="Filter 24 rows")
    folded = section.locator("tbody:has(.facts)").first
    seen = folded.inner_text().lower()
    known = re.findall(r"\w{6,}", " ".join(folded.locator("dd").all_text_contents()).lower())
    word = next(word for word in known if word not in seen)
    field.fill(word)
    expect(folded).to_be_hidden()
    field.fill("")
    folded.locator("summary").click()
    field.fill(word)
    expect(folded).to_be_visible()


def test_a_number_is_found_as_a_whole(tab: Page, examples: Path) -> None:
    """Three is neither thirteen nor thirty, and words may stand in several cells."""
    open_page(tab, examples, PROJECT)
    tab.locator("#plan-all-tasks ~ details.all > summary").last.click()
    rows = tab.get_by_role("table", name="All tasks").locator("tbody:visible")
    tab.locator("#plan").get_by_role("searchbox").last.fill("3 dec")
    shown = [text.lower() for text in rows.all_inner_texts()]
    assert 0 < len(shown) < 24
    assert all("dec" in text and re.search(r"(?<!\d)3(?!\d)", text) for text in shown)


def test_a_filter_asks_for_no_accents(tab: Page, examples: Path) -> None:
    """Whoever has no German keyboard finds the meters all the same."""
    open_page(tab, examples, RHEINTAL)
    tab.locator("#plan details.all > summary").last.click()
    tab.get_by_role("searchbox", name="62 Zeilen filtern").fill("zahler")
    shown = tab.get_by_role("table", name="Alle Vorgänge").locator("tbody:visible")
    assert 1 < shown.count() < 62
    assert all("zähler" in text.lower() for text in shown.all_text_contents())


def test_a_phone_sorts_by_a_list(examples: Path, browser: Browser) -> None:
    """Its headings are out of sight, and cannot be reached by keyboard either."""
    with opened(browser, (examples / PROJECT).as_uri(), Look("examples", PROJECT, 360, "light")) as tab:
        table = tab.locator("#plan table.reg").first
        tab.locator("#plan").get_by_label("Sort by").first.select_option("Finish ↓")
        found = dates([text.split("\n")[-1] for text in rows_of(table, '[data-label="Finish"]')])
        assert found == sorted(found, reverse=True)
        expect(table.get_by_role("button", name="Finish")).to_have_count(0)
