"""Foreign text made fit for the vocabulary: no unseen characters, names on one line, ids from names."""

import re
import unicodedata
from collections.abc import Container

from kapm_site.source import MAX_TEXT_BYTES
from kapm_site.source.text import FORBIDDEN

MAX_SLUG = 48

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_LETTERS_ASCII_LACKS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i"},
)


def clean_text(text: str) -> str:
    """Bring a text of several lines to NFC without control, format and bidirectional characters."""
    text = _SPACES.sub(" ", _BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    text = "".join(filter(_is_seen, FORBIDDEN.sub("", text.replace("\t", "    "))))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def clean_name(text: str) -> str:
    """Bring a name to one line."""
    return " ".join(clean_text(text).split())


def cut_text(text: str, limit: int = MAX_TEXT_BYTES) -> str:
    """Cut a text to a number of bytes of UTF-8, between two characters."""
    return text.encode()[:limit].decode(errors="ignore").rstrip()


def slug_of(name: str) -> str:
    """Make an id from a name, or return an empty text where letters would be lost, as those of Chinese."""
    folded = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS_ASCII_LACKS))
    letters = [char for char in folded if not unicodedata.combining(char)]
    if any(char.isalnum() and not char.isascii() for char in letters):
        return ""
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(letters)).strip("-")
    return slug if len(slug) <= MAX_SLUG else slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]


def id_for(name: str, key: str, prefix: str, taken: Container[str]) -> str:
    """Choose an id: the name's slug, else the prefix and the key; always one that is not taken.

    A slug without a letter would read as a number or a date to other tools and is not used.
    """
    slug = slug_of(name)
    plain = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or "x"
    fallback = f"{prefix}{plain}"
    candidates = [slug, f"{slug}-{plain}"] if any(char.isalpha() for char in slug) else []
    candidates += [fallback, *(f"{fallback}-{count}" for count in range(2, 10_000))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _is_seen(char: str) -> bool:
    # U+200C and U+200D join and part letters (Persian, emoji); all other format characters only hide.
    return unicodedata.category(char) != "Cf" or char in "\u200c\u200d"
