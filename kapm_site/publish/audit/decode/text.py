"""The unit that every decoder yields: one text with its place in the file."""

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

_DATA_URI = re.compile(r"data:([\w.+/-]*)((?:;[\w=.+-]+)*),([^\s\"')]*)")
_MARKUP = re.compile(r"<[^<>]*>")
_CODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\u\{([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{1,6}) ?")


class UnreadableError(Exception):
    """A file that the audit can't read and therefore doesn't let pass; the message says why."""


class Text(NamedTuple):
    """One text of a file.

    Attributes:
        text: The text as a reader finds it, decoded.
        line: Line of the file, from 1; 1 where the format has no lines.
        where: What holds it, in a word or two: `attribute title of <a>`, `page 3`.
        measures: True where numbers are coordinates or axis labels rather than figures of the report.
    """

    text: str
    line: int = 1
    where: str = "text"
    measures: bool = False


def utf8(content: bytes) -> str:
    """Decode a text file of ours.

    Raises:
        UnreadableError: It isn't UTF-8, or holds a NUL, at which some readers stop.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"it is not UTF-8 (byte {error.start})") from None
    if "\0" in text:
        raise UnreadableError("it holds a NUL character")
    return text


def deepen(texts: Iterable[Text]) -> list[Text]:
    """List texts, each followed by what is hidden in it by a second coding."""
    found: list[Text] = []
    for text in texts:
        found.append(text)
        found.extend(text._replace(text=value) for value in hidden_in(text.text))
    return found


def hidden_in(value: str) -> list[str]:
    """List what a second coding hides in a text: percent signs, escaped markup or code, data URIs; mostly nothing."""
    if "%" in value or "&" in value or "<" in value or "\\" in value or "data:" in value:
        return [found for found in _hidden(value) if found != value]
    return []


def unescaped_code(value: str) -> str:
    r"""Undo the escapes of JavaScript and CSS strings: `\u00e9`, `\xe9`, `\e9 `."""
    return _CODE_ESCAPE.sub(_character, value) if "\\" in value else value


def _hidden(value: str) -> Iterator[str]:
    yield unquote(value)
    yield unescaped_code(value)
    plain = html.unescape(value)
    yield html.unescape(_MARKUP.sub("", plain))
    # What stands inside the escaped tags: attributes of markup in a feed's content.
    yield from map(html.unescape, _MARKUP.findall(plain))
    yield from _data_uris(value)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2] or match[3] or match[4], 16)
    return chr(code) if code <= 0x10FFFF else match[0]  # noqa: PLR2004 - the last code point


def _data_uris(value: str) -> Iterator[str]:
    for media, parameters, payload in _DATA_URI.findall(value):
        if ";base64" not in parameters:
            contents = [unquote(payload)]
        elif media.startswith("font/"):
            continue
        else:
            try:
                decoded = base64.b64decode(unquote(payload))
                contents = [decoded.decode("utf-8", errors="replace"), decoded.decode("latin-1")]
            except (binascii.Error, ValueError):
                continue
        for content in contents:
            yield html.unescape(_MARKUP.sub(" ", content))
            yield from _MARKUP.findall(content)
