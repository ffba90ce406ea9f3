"""Texts put into other letters, so that a Latin word on a page is neither a person's nor the catalogues'.

What people wrote is veiled with Cyrillic letters, what the catalogues say with fullwidth ones.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

import icalendar
from lxml import etree, html
from pydantic import BeforeValidator

from kapm_site.language import messages
from kapm_site.language.compile import compile_catalogues, read_catalogue, write_catalogue
from kapm_site.model.record import Record
from kapm_site.model.scalars import parse_line, parse_slug, parse_text

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CYRILLIC = str.maketrans(LATIN, "".join(chr(0x410 + number) for number in range(len(LATIN))))
FULLWIDTH = str.maketrans(LATIN, "".join(chr(ord(letter) + 0xFEE0) for letter in LATIN))
#: Texts that code reads, whatever their type.
R = TypeVar("R", bound=Record)
_CODES = {"commit", "content", "country", "figures", "made_with", "sha256", "subdivision", "vocabulary"}
_TYPED = (parse_line, parse_text, parse_slug)
#: Attributes that are shown or read out.
_SPOKEN = ("alt", "aria-label", "content", "data-label", "placeholder", "title")
_UNSEEN = ("script", "style")


def veil(text: str) -> str:
    """Put other letters for the Latin ones of what a person wrote."""
    return text.translate(CYRILLIC)


def veiled(record: R) -> R:
    """Veil all that a person wrote in a record; ids and what refers to them alike."""
    changes = {}
    for name, info in type(record).model_fields.items():
        free = _is_free(info.annotation, info.metadata) and name not in _CODES
        changes[name] = _veiled(getattr(record, name), free=free)
    return record.model_copy(update=changes)


def _veiled(value: Any, *, free: bool) -> Any:
    if isinstance(value, Record):
        return veiled(value)
    if isinstance(value, tuple):
        return tuple(_veiled(item, free=free) for item in value)
    if isinstance(value, dict):
        return {key: _veiled(item, free=free) for key, item in value.items()}
    return veil(value) if free and isinstance(value, str) else value


def _is_free(annotation: Any, metadata: Any = ()) -> bool:
    marks = (*metadata, *getattr(annotation, "__metadata__", ()))
    own = any(isinstance(mark, BeforeValidator) and mark.func in _TYPED for mark in marks)
    return own or any(_is_free(part) for part in get_args(annotation))


def write_veiled_catalogue(folder: Path, name: str) -> None:
    """Write a language's catalogue in fullwidth letters, save the patterns of its dates."""
    write_changed_catalogue(folder, name, lambda text: text.translate(FULLWIDTH))


def write_changed_catalogue(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """Write a language's catalogue, changed save for placeholders and the patterns of dates."""
    target = folder / name / "LC_MESSAGES" / f"{messages.DOMAIN}.po"
    target.parent.mkdir(parents=True)
    catalogue = read_catalogue(messages.LOCALES / name / "LC_MESSAGES" / f"{messages.DOMAIN}.po")
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key and not key.startswith("date."):
            forms = message.string
            several = not isinstance(forms, str)
            message.string = tuple(_changed(one, change) for one in forms) if several else _changed(forms, change)
    write_catalogue(target, catalogue)
    compile_catalogues(folder)


def _changed(text: str, change: Callable[[str], str]) -> str:
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(part if part.startswith("{") else change(part) for part in parts)


def latin_words(texts: Iterable[str], apart: re.Pattern[str]) -> set[str]:
    """Find the Latin words in texts, save in what a pattern sets apart."""
    return {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", apart.sub("", text))}


def shown_texts(content: bytes) -> Iterator[str]:
    """Walk all that a page shows or has read out, save what it says to be English."""
    pages = [html.fromstring(content)]
    while pages:
        element = pages.pop()
        if isinstance(element, etree._Comment):
            continue
        if element.get("lang") != "en" and element.tag not in _UNSEEN:
            yield element.text or ""
            seen = element.tag != "meta" or element.get("name") in ("author", "description")
            yield from (element.get(name, "") for name in _SPOKEN if seen)
            pages += list(element)
            yield from (below.tail or "" for below in element)


def spoken_texts(path: str, content: bytes) -> Iterator[str]:
    """Walk what a table, a calendar or a feed says."""
    if path.endswith(".csv"):
        yield from (value for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for value in row)
    elif path.endswith(".ics"):
        for event in icalendar.Calendar.from_ical(content).walk():
            yield from (str(event.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME"))
    else:
        named = ("title", "summary", "name")
        yield from (one.text or "" for one in etree.fromstring(content).iter() if etree.QName(one).localname in named)
