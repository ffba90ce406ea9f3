"""Tables as CSV (RFC 4180) that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable

#: Signs that make a spreadsheet take a text for a formula, in their full-width forms too, which East Asian
#: editions of Excel read alike; and the blanks that some programs drop before they look.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")


def csv_bytes(rows: Iterable[Iterable[str | float | None]]) -> bytes:
    """Write rows as UTF-8 CSV with CRLF.

    It starts with a byte order mark: without one Excel takes Chinese and umlauts for the code page of the computer.
    A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
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
    return f"'{value}" if value.lstrip(" \u00a0\u3000")[:1] in _FORMULA and value.strip() else value
