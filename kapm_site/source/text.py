"""Bytes to text: the guards that stand before any parser."""

import re

from kapm_site.problem import Mark, Problem

MAX_FILE_BYTES = 1024 * 1024
MAX_TEXT_BYTES = 20 * 1024

#: Characters that change what a reader sees without being seen: C0 and C1 controls, bidirectional controls
#: (Unicode UAX #9), a byte order mark inside the text, and code points that are no characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]",
)
LINE_BREAK = re.compile("\n|\x85|\u2028|\u2029")


def decode(content: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Decode a source file to text with LF line ends.

    Returns:
        The text, or None where it must not be parsed, and the problems found.
    """
    if len(content) > MAX_FILE_BYTES:
        size = f"{len(content) / MAX_FILE_BYTES:.1f} MiB"
        return None, [Problem(Mark(path), "file-too-large", f"the file has {size}, the limit is 1 MiB")]
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(content, path, error)]
    text = text.replace("\r\n", "\n")
    problems = [_lone_return(text, path, match) for match in re.finditer("\r", text)]
    problems += [_forbidden(text, path, match) for match in FORBIDDEN.finditer(text)]
    return (None if problems else text), problems[:20]


def mark_at(text: str, path: str, offset: int) -> Mark:
    """Return the mark of an offset into a text."""
    before = text[:offset]
    start = max((match.end() for match in LINE_BREAK.finditer(before)), default=0)
    return Mark(path, len(LINE_BREAK.findall(before)) + 1, offset - start + 1)


def describe_character(character: str) -> str:
    """Name an unseen character by its code point."""
    return f"U+{ord(character):04X}"


def _not_utf8(content: bytes, path: str, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start].decode("utf-8")
    try:
        content.decode("gb18030")
        guess = "the file looks like GBK; save it as UTF-8 (in Excel: 'CSV UTF-8', in an editor: encoding UTF-8)"
    except UnicodeDecodeError:
        guess = "save the file as UTF-8"
    byte = content[error.start]
    message = f"byte 0x{byte:02x} is not valid UTF-8"
    return Problem(mark_at(before, path, len(before)), "not-utf8", message, hint=guess)


def _lone_return(text: str, path: str, match: re.Match[str]) -> Problem:
    message = "a carriage return without a line feed"
    return Problem(
        mark_at(text, path, match.start()),
        "lone-carriage-return",
        message,
        hint="save the file with LF or CRLF line ends",
    )


def _forbidden(text: str, path: str, match: re.Match[str]) -> Problem:
    message = f"control character {describe_character(match.group())} in the text"
    return Problem(mark_at(text, path, match.start()), "control-character", message, hint="delete the character")
