"""All that the bytes of a published file say, taken apart without anything of our own audit."""

import html
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


@dataclass(frozen=True)
class Said:
    """What a file says, its name too: as letters and digits in lower case, and the numbers in it."""

    words: str
    numbers: frozenset[str]


def said_in(folder: Path) -> dict[str, Said]:
    """Tell what each file of a folder says, by its path in it."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        texts = (name, *texts_of(path.suffix, path.read_bytes()))
        found[name] = Said("\n".join(map(plain, texts)), frozenset().union(*map(_numbers_in, texts)))
    return found


def plain(text: str) -> str:
    """Reduce a text to its letters and digits, so that no markup, line break or grouping of digits matters."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _numbers_in(text: str) -> set[str]:
    """Find the numbers of a text, however they are grouped, without what stands behind their decimal mark."""
    tokens = set(re.findall(r"\d[\d.,'’\u00a0\u202f]{6,}", text))
    whole = {re.sub(r"[.,]\d{0,2}$", "", token) for token in tokens}
    return {re.sub(r"\D", "", token) for token in tokens | whole}


def texts_of(suffix: str, content: bytes) -> Iterator[str]:
    """Walk all readings of a file's bytes: as they are, unescaped, without tags, unfolded, decompressed."""
    if suffix == ".pdf":
        yield from _pdf(content)
    elif suffix in _IMAGES:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            yield repr(image.info) + repr(dict(image.getexif()))
    for text in (content.decode("utf-8", "replace"), content.decode("utf-16-le", "replace")):
        yield text
        unfolded = re.sub(r"\r?\n[ \t]", "", text)
        readings = {unfolded, html.unescape(text), html.unescape(html.unescape(text)), unquote(text)}
        yield from readings
        yield from (re.sub(r"<[^>]*>", "", reading) for reading in readings)


def _pdf(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    for page in reader.pages:
        yield page.extract_text()
    for name, versions in reader.attachments.items():
        for version in versions:
            yield from (name, *texts_of(Path(name).suffix, version))
    for thing in _things(reader.trailer):
        if isinstance(thing, StreamObject) and thing.get("/Subtype") != "/Image":
            data = thing.get_data()
            yield from (data,) if isinstance(data, str) else _both(data)
        elif isinstance(thing, str):
            yield str(thing)
        elif isinstance(thing, bytes):
            yield from _both(thing)


def _things(trailer: Any) -> Iterator[Any]:
    """Walk every object of a document, keys of dictionaries too."""
    seen: set[int] = set()
    waiting: list[Any] = [trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum not in seen:
                seen.add(thing.idnum)
                waiting.append(thing.get_object())
            continue
        yield thing
        if isinstance(thing, DictionaryObject):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, ArrayObject):
            waiting += list(thing)


def _both(data: bytes) -> Iterator[str]:
    return (data.decode(coding, "replace") for coding in ("utf-8", "utf-16-be"))
