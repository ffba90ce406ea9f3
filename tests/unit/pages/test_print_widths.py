"""Columns of printed tables: they fill the page exactly and break no short value."""

import pytest
from rich_workspace import printed, project

from kapm_site.language import SHIPPED
from kapm_site.pages.blocks import Beside, Cell, Column, Row, Table
from kapm_site.pages.print_widths import COLUMN, HALF, PAGE, fit_section, fit_table, side_by_side
from kapm_site.pages.sections import SECTIONS

LONG = "Word after word that may well be broken over several lines of the column it stands in"


def table(columns: str, *rows: tuple[str, ...], details: bool = False) -> Table:
    """Make a table; `columns` names the kind of each by its first letter."""
    kinds = {"t": "text", "n": "number", "d": "date", "l": "long"}
    more = ((("More", Cell("x")),),) if details else ()
    return Table(
        "c",
        tuple(Column("Head", kinds[letter]) for letter in columns),  # type: ignore[arg-type]
        tuple(Row(tuple(Cell(text) for text in row), lines=more) for row in rows),
    )


CASES = [
    pytest.param(table("ltdn", (LONG, "Ann Other", "20 Nov 2026", "12")), id="plain"),
    pytest.param(table("tt", ("a", "b")), id="all short"),
    pytest.param(table("lll", (LONG, LONG, LONG)), id="all long"),
    pytest.param(table("lttttttt", (LONG, *["Maximiliane Mustermann"] * 7)), id="crowded"),
    pytest.param(table("l", (LONG,)), id="one column"),
    pytest.param(table("lt"), id="no rows"),
]


@pytest.mark.parametrize("room", [PAGE, COLUMN, HALF])
@pytest.mark.parametrize("made", CASES)
def test_columns_fill_the_room(made: Table, room: int) -> None:
    """Widths are even millimetres that the style sheet has a rule for, and add up to the room."""
    widths = fit_table(made, room).widths
    assert len(widths) == len(made.columns)
    assert all(width % 2 == 0 and 8 <= width <= PAGE for width in widths)
    assert sum(widths) == room


def test_short_values_keep_one_line() -> None:
    """Names and dates get what they need, the long text the rest."""
    widths = fit_table(table("ltd", (LONG, "Ann Other", "20 Nov 2026"))).widths
    assert widths[0] > 120
    assert widths[1:] == (18, 22)


def test_chinese_text_may_break_anywhere() -> None:
    """A long Chinese text claims no width as if it were one word: it shares the page with the other long one."""
    widths = fit_table(table("lt", (LONG * 2, "一二三四五六七八九十" * 8))).widths
    assert sum(widths) == PAGE
    assert 50 < widths[1] < 130


def test_room_goes_where_it_saves_lines() -> None:
    """A column whose words fill five lines gets more of the page than one whose words fill two."""
    widths = fit_table(table("lll", ("One name", LONG * 3, LONG))).widths
    assert widths[0] < widths[2] < widths[1]


@pytest.mark.parametrize("tag", SHIPPED)
def test_registers_fit_in_every_language(tag: str) -> None:
    """No table of the example is wider than its page, nor has a first column that is squeezed."""
    view, setting = project(), printed(tag)
    for build in SECTIONS:
        section = build(view, setting)
        if section is None:
            continue
        for block in fit_section(section).blocks:
            if isinstance(block, Table):
                assert sum(block.widths) == PAGE
                assert block.columns[0].kind != "long" or block.widths[0] >= 36


def test_slim_tables_stand_side_by_side_where_that_saves_room() -> None:
    """Two short tables share a line; a table with details, with many columns or with long texts does not."""
    slim = table("tt", *[("a", "b")] * 4)
    assert isinstance(side_by_side([slim, slim])[0], Beside)
    assert len(side_by_side([slim, slim, slim])) == 2
    for other in (
        table("tt", ("a", "b"), details=True),
        table("ttttt", ("a", *"bcde")),
        table("ll", *[(LONG, LONG)] * 4),
    ):
        assert side_by_side([slim, other]) == [slim, other]
