"""`tasks.csv` opens in a spreadsheet, in the reader's language, and runs nothing."""

import csv
import io
from dataclasses import replace

import pytest
from small_workspace import client

from kapm_site.language import language_for
from kapm_site.pages.files import task_rows
from kapm_site.render.files import csv_bytes


def read_back(content: bytes) -> list[list[str]]:
    """Read a CSV file as a program would."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_every_visible_task_has_a_row() -> None:
    """Dates in ISO form, numbers with a point, no hidden task."""
    rows = read_back(csv_bytes(task_rows(client().projects[0], language_for("en"))))
    build = dict(zip(rows[0], rows[2], strict=False))

    assert [row[2] for row in rows[1:]] == ["Design", "Build", "'=Pilot live", "Go-live"]
    assert (build["Forecast finish"], build["Slip, working days"], build["Done, %"]) == ("2026-12-04", "15", "50")
    assert (build["Cause"], build["New date"]) == ("Client input", "2026-12-04")
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "Margin review" not in str(rows)


@pytest.mark.parametrize(("tag", "head"), [("zh-CN", "任务"), ("de", "Vorgang")])
def test_the_head_speaks_the_readers_language(tag: str, head: str) -> None:
    """Names of columns are labels of the page."""
    assert task_rows(client().projects[0], language_for(tag))[0][2] == head


def test_excel_knows_the_encoding_and_lines_end_as_the_rfc_says() -> None:
    """A byte order mark, CRLF after every row, the last one too."""
    content = csv_bytes([["任务"], ["x"]])

    assert content == b"\xef\xbb\xbf" + "任务\r\nx\r\n".encode()


@pytest.mark.promise("H2")
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_is_never_a_formula(sign: str) -> None:
    """It gets an apostrophe, also where blanks stand before the sign."""
    assert read_back(csv_bytes([[f"{sign}cmd|' /C calc'!A0"]])) == [[f"'{sign}cmd|' /C calc'!A0"]]
    assert read_back(csv_bytes([[f"  {sign}1+1"]])) == [[f"'  {sign}1+1"]]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a\t+1", "a\t'+1"),
        ("a\n=1+1\n\n @x", "a\n'=1+1\n\n' @x"),
        ('a;"=1+1;"', 'a;\'"=1+1;"'),
        ("Done;\n- a", "Done;\n'- a"),
        ("a; b - c\nd", "a; b - c\nd"),
    ],
)
@pytest.mark.promise("H2")
def test_nor_is_a_part_of_it_where_cells_end_at_another_sign(text: str, written: str) -> None:
    """German editions of Excel part cells by semicolons, and know no quotes within a cell."""
    assert read_back(csv_bytes([[text]])) == [[written]]
    otherwise = csv.reader(io.StringIO(csv_bytes([["x", text]]).decode()), delimiter=";")
    assert not [cell for row in otherwise for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("value", "written"), [(-2.5, "-2.5"), (0.0, "0"), (15.0, "15"), (1e6, "1000000"), (None, ""), ("a-b", "a-b")]
)
def test_numbers_and_plain_texts_stay(value: float | str | None, written: str) -> None:
    """A negative slip is a number, not a formula."""
    assert read_back(csv_bytes([["x", value]])) == [["x", written]]


def test_quotes_commas_and_lines_survive() -> None:
    """What was written is read back."""
    texts = ['say "yes"', "a, b", "two\nlines", "分号；"]

    assert read_back(csv_bytes([texts])) == [texts]


def test_a_slip_is_shown_to_a_hundredth() -> None:
    """Fractions of days are real; their last digits are not."""
    view = client().projects[0]
    task = replace(view.tasks[1], slip_days=-0.0001)
    rows = read_back(csv_bytes(task_rows(replace(view, tasks=(task,)), language_for("en"))))

    assert dict(zip(*rows, strict=True))["Slip, working days"] == "0"
