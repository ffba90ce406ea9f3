"""Texts of the line-based formats, of JSON, of code, and the readable runs of binary files."""

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from kapm_site.publish.audit.decode.text import Text, UnreadableError, deepen, hidden_in, unescaped_code, utf8

if TYPE_CHECKING:
    import _csv

_ASCII_RUN = re.compile(rb"[\x20-\x7e]{6,}")
# UTF-16 of either byte order: in the other one, the last letter stands without its zero byte.
_WIDE_RUN = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\0){5,}[\x20-\x7e\xa0-\xff]")
_UTF8_RUN = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}")
_LATIN_RUN = re.compile(rb"[\x20-\x7e\xa0-\xff]{6,}")
_PDF_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_PDF_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_PDF_HEX = re.compile(rb"<(FEFF[0-9A-Fa-f]+)>", re.IGNORECASE)
_MARK = b"\xfe\xff"
_CALENDAR_ESCAPE = re.compile(r"\\([nN,;\\])")


def plain_texts(content: bytes) -> list[Text]:
    """Take a plain text file apart into its lines, and the whole: a text may run over the end of a line."""
    text = utf8(content)
    lines = [Text(line, number) for number, line in enumerate(text.splitlines(), 1)]
    return deepen([*lines, Text(text)])


def code_texts(content: bytes) -> list[Text]:
    """Take a style sheet or a script apart into its lines, with the escapes of its strings undone, and the whole."""
    code = utf8(content)
    lines = (Text(unescaped_code(line), number, "code") for number, line in enumerate(code.splitlines(), 1))
    return deepen([*lines, Text(unescaped_code(code), where="code")])


def code_strings(content: bytes) -> list[str]:
    """Take a style sheet or a script as the one text that it is: what every reader may see drops out whole."""
    code = utf8(content)
    plain = unescaped_code(code)
    return [code, *hidden_in(code), *([plain, *hidden_in(plain)] if plain != code else [])]


def csv_texts(content: bytes) -> list[Text]:
    """Take a table apart into its cells."""
    reader = _csv_rows(content)
    found: list[Text] = []
    try:
        for row in reader:
            found.extend(Text(cell, reader.line_num, f"column {number}") for number, cell in enumerate(row, 1) if cell)
    except csv.Error as error:
        raise UnreadableError(f"it is not CSV ({error})") from None
    return deepen(found)


def csv_strings(content: bytes) -> list[str]:
    """Take a table apart without telling the places; what it says twice counts once.

    Raises:
        UnreadableError: As for `csv_texts`.
    """
    try:
        found = dict.fromkeys(chain.from_iterable(_csv_rows(content)))
    except csv.Error as error:
        raise UnreadableError(f"it is not CSV ({error})") from None
    found.pop("", None)
    return [*found, *chain.from_iterable(map(hidden_in, found))]


def _csv_rows(content: bytes) -> "_csv.Reader":
    """Read a table; the byte order mark before it would take the meaning of a quote that begins the first cell."""
    return csv.reader(io.StringIO(utf8(content).removeprefix("\ufeff"), newline=""), strict=True)


def calendar_texts(content: bytes) -> list[Text]:
    """Take a calendar apart into the parameters and values of its content lines, unfolded and unescaped."""
    unfolded = re.sub(r"\r?\n[ \t]", "", utf8(content))
    found: list[Text] = []
    for line in unfolded.splitlines():
        name = re.match(r"[A-Za-z0-9-]+", line)
        rest = line[name.end() :] if name else line
        value = _CALENDAR_ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], rest)
        found.append(Text(value, where=name[0] if name else "line"))
    return deepen(found)


def json_texts(content: bytes) -> list[Text]:
    """Take JSON apart into its keys, strings and numbers.

    Raises:
        UnreadableError: It isn't JSON.
    """
    try:
        return deepen(_json_values(_json_data(content), "value"))
    except RecursionError as error:
        raise UnreadableError(f"it is not JSON ({error})") from None


def json_strings(content: bytes) -> list[str]:
    """Take JSON apart without telling the places; what it says twice counts once.

    Raises:
        UnreadableError: As for `json_texts`.
    """
    found: dict[str, None] = {}
    try:
        _gather(_json_data(content), found)
    except RecursionError as error:
        raise UnreadableError(f"it is not JSON ({error})") from None
    return [*found, *chain.from_iterable(map(hidden_in, found))]


def binary_texts(content: bytes) -> list[Text]:
    """Find the readable runs of a binary file, in ASCII, UTF-8 and UTF-16."""
    runs = chain(
        (run.decode("ascii") for run in _ASCII_RUN.findall(content)),
        (run.decode("utf-8", errors="ignore") for run in _UTF8_RUN.findall(content) if not run.isascii()),
        (run[::2].decode("latin-1") for run in _WIDE_RUN.findall(content)),
    )
    return [Text(run, where="bytes", measures=True) for run in runs]


def stream_texts(content: bytes) -> list[Text]:
    """Find the texts in a stream of a PDF: its readable runs, and its strings in brackets, escapes undone."""
    strings = [_PDF_ESCAPE.sub(_pdf_character, string) for string in _PDF_STRING.findall(content)]
    strings += [bytes.fromhex(digits.decode()) for digits in _PDF_HEX.findall(content) if len(digits) % 2 == 0]
    wide = [text.removeprefix(_MARK).decode("utf-16-be", "replace") for text in strings if text.startswith(_MARK)]
    narrow = [run.decode("latin-1") for run in (*strings, *_LATIN_RUN.findall(content)) if not run.isascii()]
    plain = [string.decode("ascii") for string in strings if string.isascii()]
    found = (Text(text, where="a stream of the document", measures=True) for text in (*wide, *narrow, *plain))
    return [*binary_texts(content), *found]


def _pdf_character(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8) & 0xFF]) if match[1] else match[2]


class _Pairs(list[tuple[str, Any]]):
    """The members of a JSON object, in their order and with those of equal keys."""


def _json_data(content: bytes) -> Any:
    try:
        # Pairs instead of dicts: the first of two equal keys is published too.
        return json.loads(utf8(content), parse_float=str, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"it is not JSON ({error})") from None


def _gather(data: Any, found: dict[str, None]) -> None:
    if isinstance(data, str):
        found[data] = None
    elif isinstance(data, _Pairs):
        for key, value in data:
            found[key] = None
            _gather(value, found)
    elif isinstance(data, list):
        for value in data:
            _gather(value, found)
    elif isinstance(data, int) and not isinstance(data, bool):
        found[str(data)] = None


def _json_values(data: Any, where: str) -> Iterator[Text]:
    if isinstance(data, _Pairs):
        for key, value in data:
            yield Text(key, where="key")
            yield from _json_values(value, f"value of {key}")
    elif isinstance(data, list):
        for value in data:
            yield from _json_values(value, where)
    elif isinstance(data, str):
        yield Text(data, where=where)
    elif isinstance(data, int) and not isinstance(data, bool):
        yield Text(str(data), where=where)
