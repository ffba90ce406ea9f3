"""Bytes to text: the guards that stand before any parser."""

import re
from itertools import islice

from kapm_site.problem import Mark, Problem

MAX_FILE_BYTES = 1024 * 1024
MAX_TEXT_BYTES = 20 * 1024

#: Control characters reported for one file; a binary file has thousands.
_MAX_REPORTED = 10

#: Characters that change what a reader sees without being seen: C0 and C1 controls, bidirectional controls
#: (Unicode UAX #9), a byte order mark inside the text, and code points that are no characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]",
)
#: Line breaks of YAML 1.1, which libyaml counts lines by.
LINE_BREAK = re.compile("[\n\x85\u2028\u2029]")


def decode(content: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Decode a source file to text with LF line ends.

    Returns:
        The text, or None where it must not be parsed, and the problems found.
    """
    if len(content) > MAX_FILE_BYTES:
        hint = "split it, or move old records out"
        return None, [Problem(Mark(path), "file-too-large", "the file has more than 1 MiB", hint=hint)]
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(content, path, error)]
    text = text.replace("\r\n", "\n")
    problems = [_lone_return(text, path)] if "\r" in text else []
    problems += [_forbidden(text, path, match) for match in islice(FORBIDDEN.finditer(text), _MAX_REPORTED)]
    return (None if problems else text), problems


def mark_at(text: str, path: str, offset: int) -> Mark:
    """Return the mark of an offset into a text."""
    before = text[:offset]
    start = max((match.end() for match in LINE_BREAK.finditer(before)), default=0)
    return Mark(path, len(LINE_BREAK.findall(before)) + 1, offset - start + 1)


def describe_character(character: str) -> str:
    """Name an unseen character by its code point."""
    return f"U+{ord(character):04X}"


def _not_utf8(content: bytes, path: str, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
    hint = f"the file looks like {guess}; save it as UTF-8" if (guess := _encoding(content)) else "save it as UTF-8"
    message = f"byte 0x{content[error.start]:02x} is not valid UTF-8"
    return Problem(mark_at(before, path, len(before)), "not-utf8", message, hint=hint)


def _encoding(content: bytes) -> str:
    """Guess what else a file is encoded in: what Windows and its editors write besides UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    # Western text decodes as GBK too, but its few letters beyond ASCII make single characters, not words.
    return "GBK" if re.search("[\u4e00-\u9fff]{2}", text) else ""


def _lone_return(text: str, path: str) -> Problem:
    count = text.count("\r")
    message = "a carriage return without a line feed" + (f", and {count - 1} more" if count > 1 else "")
    hint = "save the file with LF or CRLF line ends"
    return Problem(mark_at(text, path, text.index("\r")), "lone-carriage-return", message, hint=hint)


def _forbidden(text: str, path: str, match: re.Match[str]) -> Problem:
    message = f"control character {describe_character(match.group())} in the text"
    return Problem(mark_at(text, path, match.start()), "control-character", message, hint="delete the character")
