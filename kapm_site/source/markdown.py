"""What Markdown text holds that must be known before it is rendered: its prose, and where it leads.

This is no parser: what is not prose is found by its outer marks, links and images by their brackets.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Literal, NamedTuple

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_COMMENT_BLOCK = re.compile(r"^ {0,3}<!--", re.MULTILINE)
_COMMENT = re.compile(r"<!--")
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NOT_BREAK = re.compile(r"[^\n]")

_ADDRESS = r"(?:<(?P<{0}a>[^<>\n]*)>|(?P<{0}b>[^\s<>()]+(?:\([^\s()]*\)[^\s()]*)*))"
_TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
_DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\[\]]+)\]:[ \t]*\n?[ \t]*" + _ADDRESS.format(""), re.MULTILINE)
#: What opens or closes a link or an image; a backslash takes the meaning of the character behind it.
_TOKEN = re.compile(
    r"\\.|(?P<open>!?\[)"
    r"|\](?:\(\s*" + _ADDRESS.format("") + _TITLE + r"\s*\)|\[(?P<label>[^\[\]]*)\])?"
    r"|<(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>"
    r"|<(?P<tag>img|a)\s[^<>]*?\b(?:src|href)\s*=\s*[\"']?(?P<html>[^\"'\s<>]+)",
    re.IGNORECASE | re.DOTALL,
)


class Target(NamedTuple):
    """What a link or an image of a Markdown text leads to: a named tuple, as a text may have thousands.

    Attributes:
        address: The address, without escapes of HTML.
        kind: A link, or an image.
        start: Where the address begins in the text.
        length: How many characters of the text it takes.
        html: It stands in an HTML tag.
    """

    address: str
    kind: Literal["link", "image"]
    start: int
    length: int
    html: bool = False


@lru_cache(maxsize=64)
def targets(text: str) -> tuple[Target, ...]:
    """List the links and images of a Markdown text, in its order; those in code and comments are none.

    Several rules look at each text, one after another.
    """
    text = prose(text)
    found: list[Target] = []
    opened: list[int] = []
    image_labels: set[str] = set()
    for token in _TOKEN.finditer(text):
        if token["open"]:
            opened.append(token.start())
        elif token["auto"]:
            found.append(_target(token, "auto", "link"))
        elif token["tag"]:
            found.append(_target(token, "html", "image" if token["tag"].lower() == "img" else "link"))
        elif token.group().startswith("]") and opened:
            start = opened.pop()
            kind: Literal["link", "image"] = "image" if text[start] == "!" else "link"
            if name := next((name for name in ("a", "b") if token[name]), None):
                found.append(_target(token, name, kind))
            elif kind == "image":
                image_labels.add(_label(token["label"] or text[start + 2 : token.start()]))
    for match in _DEFINITION.finditer(text):
        name = "a" if match["a"] is not None else "b"
        found.append(_target(match, name, "image" if _label(match["label"]) in image_labels else "link"))
    return tuple(sorted(found, key=lambda target: target.start))


def _target(match: re.Match[str], name: str, kind: Literal["link", "image"]) -> Target:
    start, end = match.span(name)
    return Target(unescape(match[name]).strip(), kind, start, end - start, html=name == "html")


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def prose(text: str) -> str:
    """Blank out fenced code, code spans and comments; what is left stands where it stood."""
    text = _blank(text, _fences(text))
    text = _blank(text, _comments(text, _COMMENT_BLOCK))
    text = _blank(text, _spans(text))
    return _blank(text, _comments(text, _COMMENT))


def _blank(text: str, regions: Iterable[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for start, end in regions:
        pieces += [text[position:start], _NOT_BREAK.sub(" ", text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Find fenced code, from the opening fence to the end of the closing one or of the text."""
    opened, start, position = "", 0, 0
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if match and not opened and not (match[1][0] == "`" and "`" in match[2]):
            opened, start = match[1], position
        elif match and opened and match[1].startswith(opened) and not match[2].strip():
            yield start, position + len(line)
            opened = ""
        position += len(line) + 1
    if opened:
        yield start, len(text)


def _comments(text: str, opening: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Find comments; one that begins a line and is never closed hides the rest of the text."""
    end = 0
    for match in opening.finditer(text):
        if match.start() < end:
            continue
        closed = text.find("-->", match.end())
        if closed < 0 and opening is _COMMENT:
            return
        end = len(text) if closed < 0 else closed + 3
        yield match.start(), end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Find code spans: from a run of backticks to the next one as long, within a paragraph."""
    position = 0
    for blank in (*_BLANK_LINE.finditer(text), None):
        end = blank.start() if blank else len(text)
        yield from _spans_between(text, position, end)
        position = end


def _spans_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    runs = [match.span() for match in _TICKS.finditer(text, start, end)]
    nearest: dict[int, int] = {}
    closing: dict[int, int] = {}
    for index, (first, last) in reversed(list(enumerate(runs))):
        if last - first in nearest:
            closing[index] = nearest[last - first]
        nearest[last - first] = index
    index = 0
    while index < len(runs):
        opening = runs[index][0]
        if index in closing and text[opening - 1 : opening] != "\\":
            index = closing[index]
            yield opening, runs[index][1]
        index += 1
