"""How fields become cells, and lists become registers of a length that the medium allows."""

import pytest
from rich_workspace import printed, web

from kapm_site.language import language_for
from kapm_site.model.units import parse_duration
from kapm_site.pages.blocks import Cell, Column, Row
from kapm_site.pages.fields import identity, needed_digits, register, sentences, spelled, titled, written

COLUMNS = (Column("Name"), Column("Empty"), Column("Mark"))
ROWS = [Row((Cell(str(n)), Cell(), Cell(health="green"))) for n in range(15)]


def test_site_folds_what_print_leaves_out() -> None:
    """Both show the first rows and count the rest in their own words; all rows stay for the site to unfold."""
    site, paper = (register(setting, "c", COLUMNS, ROWS, lead=5, printed=5) for setting in (web(), printed()))
    assert (site.lead, site.more, len(site.rows)) == (5, "Show all 15", 15)
    assert (paper.lead, paper.more) == (5, "10 more on the site")
    assert register(web(), "c", COLUMNS, ROWS[:6]).more == ""


def test_one_or_two_more_rows_are_not_folded() -> None:
    """A click for two rows is a bad bargain; a register that is folded whole stays so."""
    nearly, folded = (register(web(), "c", COLUMNS, ROWS, lead=lead) for lead in (13, 0))
    assert (nearly.lead, nearly.more) == (15, "")
    assert (folded.lead, folded.more) == (0, "Show all 15")


def test_column_that_says_nothing_is_left_out() -> None:
    """A column without a single value goes; a mark without text is a value, and the first column stays."""
    assert [column.label for column in register(web(), "c", COLUMNS, ROWS).columns] == ["Name", "Mark"]
    assert [column.label for column in register(web(), "c", COLUMNS, [Row((Cell(), Cell(), Cell()))]).columns] == [
        "Name"
    ]


def test_print_details_only_the_first_rows() -> None:
    """Print shows details of as many rows as its caps allow, the site of all."""
    rows = [Row((Cell("a"), Cell("b"), Cell("c")), details=(("Why", Cell("so")),)) for _ in range(5)]
    paper = register(printed(), "c", COLUMNS, rows, detailed=2)
    assert [bool(row.lines) for row in paper.rows] == [True, True, False, False, False]
    assert all(row.details for row in register(web(), "c", COLUMNS, rows, detailed=2).rows)
    assert all(row.lines for row in register(printed(), "c", COLUMNS, rows[:2], detailed=1).rows)


def test_printed_details_are_lines_of_facts_and_of_texts() -> None:
    """A Markdown text has a line of its own; what stands before and after it shares one, in its order."""
    said = (("Owner", Cell("Ada")), ("Due", Cell("today")), ("Why", Cell("*So*", markdown=True)), ("Kind", Cell("x")))
    row = register(printed(), "c", COLUMNS, [Row((Cell("a"), Cell(), Cell()), details=said)]).rows[0]
    assert [[label for label, _ in line] for line in row.lines] == [["Owner", "Due"], ["Why"], ["Kind"]]
    assert row.details == ()


def test_print_leaves_out_a_column_that_only_hidden_rows_fill() -> None:
    """The site unfolds those rows, paper does not."""
    rows = [*ROWS[:5], Row((Cell("5"), Cell("said"), Cell(health="green")))]
    assert [len(register(setting, "c", COLUMNS, rows, printed=5).columns) for setting in (web(), printed())] == [3, 2]


def test_short_ids_stand_before_titles() -> None:
    """An id that people quote is part of the title, a long one is a detail; never both."""
    words = language_for("en")
    assert titled(words, "r-01", "Rain") == "r-01 Rain"
    assert identity(words, "r-01")[1].text == ""
    assert titled(words, "rainy-season", "Rain") == "Rain"
    assert identity(words, "rainy-season")[1].text == "rainy-season"


MARKDOWN = [
    pytest.param("short", "short", id="short"),
    pytest.param("a" * 500 + "\n\n" + "b" * 500, "a" * 500 + "\n\nThe rest is on the site.", id="between blocks"),
    pytest.param("word " * 300, ("word " * 180).rstrip() + " …\n\nThe rest is on the site.", id="between words"),
    pytest.param("x" * 1000, "x" * 900 + " …\n\nThe rest is on the site.", id="nowhere to cut"),
]


@pytest.mark.parametrize(("text", "shown"), MARKDOWN)
def test_print_cuts_long_markdown(text: str, shown: str) -> None:
    """A field of many words is cut in print, between blocks where it can be, and says so; the site has all of it."""
    assert written(printed(), text).text == shown
    assert written(web(), text).text == text.strip()


def test_blank_markdown_is_nothing() -> None:
    """White space alone makes no cell."""
    assert written(web(), " \n ") == written(web(), None) == Cell()


@pytest.mark.parametrize(
    ("numbers", "digits"),
    [((1.0, 2.0), 0), ((1.5, 2.0), 1), ((1.25, 2.0), 2), ((1 / 3,), 2), ((None, 3.0), 0), ((), 0), ((99.999,), 0)],
)
def test_numbers_get_the_decimals_they_need(numbers: tuple[float | None, ...], digits: int) -> None:
    """Neighbours share a look: as many decimals as tell them from whole numbers, at most two."""
    assert needed_digits(numbers, 2) == digits


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("90m", "90 min", "90 Min."),
        ("1.5h", "1.5 h", "1,5 Std."),
        ("3d", "3\N{NO-BREAK SPACE}d", "3\N{NO-BREAK SPACE}AT"),
        ("3ed", "3 days", "3 Tage"),
        ("1w", "1 wk", "1 Wo."),
        ("2mo", "2 mo", "2 Mon."),
    ],
)
def test_durations_keep_their_unit(text: str, english: str, german: str) -> None:
    """A duration is shown in the unit its author chose."""
    duration = parse_duration(text)
    assert spelled(language_for("en"), duration) == english
    assert spelled(language_for("de"), duration) == german


def test_sentences_join_as_the_language_does() -> None:
    """A space between sentences, none in Chinese; empty ones leave no trace."""
    assert sentences(language_for("en"), "A.", "", "B.") == "A. B."
    assert sentences(language_for("zh-CN"), "甲。", "乙。") == "甲。乙。"
