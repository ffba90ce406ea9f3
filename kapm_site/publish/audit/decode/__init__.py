"""What a reader of a file could find in it: each format taken apart into its texts.

A format that nobody here can read is refused, so that nothing is published unread.
"""

from collections.abc import Callable

from kapm_site.publish.audit.decode.image import image_metadata, image_texts
from kapm_site.publish.audit.decode.markup import html_strings, html_texts, xml_texts
from kapm_site.publish.audit.decode.pdf import pdf_texts
from kapm_site.publish.audit.decode.plain import (
    binary_texts,
    calendar_texts,
    code_strings,
    code_texts,
    csv_strings,
    csv_texts,
    json_strings,
    json_texts,
    plain_texts,
)
from kapm_site.publish.audit.decode.text import Text, UnreadableError

DECODERS: dict[str, Callable[[bytes], list[Text]]] = {
    "": plain_texts,
    ".css": code_texts,
    ".csv": csv_texts,
    ".gif": image_texts,
    ".html": html_texts,
    ".ics": calendar_texts,
    ".jpeg": image_texts,
    ".jpg": image_texts,
    ".js": code_texts,
    ".json": json_texts,
    ".pdf": pdf_texts,
    ".png": image_texts,
    ".svg": xml_texts,
    ".ttf": binary_texts,
    ".txt": plain_texts,
    ".webp": image_texts,
    ".woff2": binary_texts,
    ".xml": xml_texts,
}

#: The same without the places, where that is much faster.
_STRINGS: dict[str, Callable[[bytes], list[str]]] = {
    ".css": code_strings,
    ".csv": csv_strings,
    ".js": code_strings,
    ".json": json_strings,
}

BINARY = frozenset({".gif", ".jpeg", ".jpg", ".png", ".ttf", ".webp", ".woff2"})

__all__ = ["BINARY", "DECODERS", "Text", "UnreadableError", "decode", "image_metadata", "strings_and_links"]


def decode(suffix: str, content: bytes) -> list[Text]:
    """Take a file apart into its texts, by the suffix of its name: `.html`.

    Raises:
        UnreadableError: The format isn't known, or the content isn't of it.
    """
    if suffix not in DECODERS:
        raise UnreadableError(f"the audit cannot read files of type {suffix!r}")
    return DECODERS[suffix](content)


def strings_and_links(suffix: str, content: bytes) -> tuple[list[str], set[str]]:
    """Take a file apart like `decode`, without the places, and list its links where it is a page.

    Raises:
        UnreadableError: As for `decode`.
    """
    if suffix == ".html":
        return html_strings(content)
    if suffix in _STRINGS:
        return _STRINGS[suffix](content), set()
    return list(dict.fromkeys(text.text for text in decode(suffix, content))), set()
