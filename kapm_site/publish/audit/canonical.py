"""Texts made comparable: what a page, a PDF and a YAML file make of one sentence becomes one string.

A canonical text holds only letters and digits, folded (NFKC, then case): Markdown marks, line breaks,
hyphenation, typographic quotes and markup in the middle of a word are gone.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

MINIMUM_WEIGHT = 6
"""A text counts from six bytes of UTF-8 on: six Latin letters, three Cyrillic ones, a Chinese name of two."""

# A window is long enough to be nobody's phrase by chance and short enough for a truncated cell.
_WINDOW_WEIGHT = 16
# Five ideographs are a date and a family name; eight are a phrase.
_WIDE_WINDOW_WEIGHT = 24

_BATCH = 2000
_OTHERS = re.compile(r"[^\w\0]+|_+")
_LINK_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)[^)]*\)|<((?:https?:|mailto:)[^>\s]*)>")
_LIST_NUMBER = re.compile(r"^\s*\d+[.)]\s+")
_DROPPED_ASCII = bytes(code for code in range(1, 128) if not chr(code).isalnum())


def canonical(text: str) -> str:
    """Reduce one text to what is compared."""
    return next(canonical_all([text]))


def canonical_all(texts: Iterable[str]) -> Iterator[str]:
    """Reduce many texts, in their order; a thousand at once cost little more than one."""
    iterator = iter(texts)
    while batch := list(islice(iterator, _BATCH)):
        joined = "\0".join(batch)
        if joined.count("\0") != len(batch) - 1:
            joined = "\0".join(text.replace("\0", " ") for text in batch)
        yield from _folded(joined).split("\0")


def weight(text: str) -> int:
    """Weigh a canonical text: its bytes in UTF-8, as an ideograph tells more than a letter."""
    return len(text) if text.isascii() else len(text.encode())


def pieces(texts: Iterable[str]) -> Iterator[str]:
    """Yield typed texts as rendering cuts them, not canonical yet: what to search for.

    Markdown is cut at lines, table cells, list numbers and link targets, which are pieces of their own. A
    text with none of these, or so short that its pieces would tell nothing, is searched for as a whole.
    """
    for text in texts:
        if _is_one_piece(text):
            yield text
        else:
            yield from _cut(text)
            if len(text) < 2 * _WINDOW_WEIGHT:
                yield text


def readings(texts: Iterable[str]) -> Iterator[str]:
    """Yield typed texts in every way in which rendering may put them, not canonical yet: what is allowed.

    These are the pieces, the whole without link targets, as soft line breaks join again, and the whole.
    """
    for text in texts:
        if _is_one_piece(text):
            yield text
        else:
            yield from _cut(text)
            yield _LINK_TARGET.sub(" ", html.unescape(text))
            yield text


def windows(text: str) -> list[str]:
    """Cut a canonical text into the parts that are searched for; none when it is too short or has no letter.

    A long text becomes windows of 16 to 31 letters that follow one another without a gap, so that a
    quotation or a truncated cell of some fifty letters contains at least one of them whole.
    """
    total = weight(text)
    if total < MINIMUM_WEIGHT or text.isdigit():
        return []
    count = total // (_WINDOW_WEIGHT if text.isascii() else _WIDE_WINDOW_WEIGHT)
    if count <= 1:
        return [text]
    bounds = [len(text) * number // count for number in range(count + 1)]
    return [text[start:end] for start, end in pairwise(bounds)]


def _is_one_piece(text: str) -> bool:
    # Spelled out, as it runs for every text of a workspace and a pattern costs five times as much.
    return not ("\n" in text or "|" in text or "](" in text or "<" in text or "&" in text or text[:1].isdigit())


def _cut(text: str) -> Iterator[str]:
    apart = _LINK_TARGET.sub(r"\n\1\2\n", html.unescape(text)).replace("|", "\n")
    return (_LIST_NUMBER.sub("", line) for line in apart.splitlines() if line.strip())


def _folded(joined: str) -> str:
    if joined.isascii():
        return joined.lower().encode("ascii").translate(None, _DROPPED_ASCII).decode("ascii")
    return _OTHERS.sub("", unicodedata.normalize("NFKC", joined).casefold())
