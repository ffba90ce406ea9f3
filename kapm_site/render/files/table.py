"""Tables as CSV (RFC 4180) that a spreadsheet opens without running anything."""

import csv
import io
import re
from collections.abc import Iterable

#: Where a formula begins: before a sign that makes a spreadsheet take a text for one, in its full-width form too, which
#: East Asian editions of Excel read alike, and before the blanks that some programs drop before they look. Editions
#: that part cells by semicolons or tabs see no quotes around ours: for them a cell begins within it, or with its line.
_FORMULA = re.compile("""(?:^(?=[ \u00a0\u3000]*[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?=[ \u00a0\u3000"]*[=+\\-@＝＋－＠]))""")
#: What any of them needs, which hardly a cell has.
_SUSPECT = re.compile("""^[ \u00a0\u3000"]*[=+\\-@＝＋－＠\t\r\n]|[;\t\r\n]""")


def csv_bytes(rows: Iterable[Iterable[str | float | None]]) -> bytes:
    """Write rows as UTF-8 CSV with CRLF.

    It starts with a byte order mark: without one Excel takes Chinese and umlauts for the code page of the computer.
    What a spreadsheet would run as a formula, in a text or a part of one, gets an apostrophe before it; numbers stay.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"{value:.15g}"
    return _FORMULA.sub("'", value) if _SUSPECT.search(value) and value.strip() else value
