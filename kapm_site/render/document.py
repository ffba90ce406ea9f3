"""A report's HTML as WeasyPrint takes it: parsed by the shortest way, with plain defaults of its elements."""

import re
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle

from kapm_site.render.folders import templates_folder

_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_VOID = re.compile(r"<(br|col|hr|img|link|meta|wbr)\b([^<>]*?)/?>")
_SVG = re.compile(r"<svg (?![^>]*xmlns=)")
#: What would mean something else to the one parser than to the other.
_UNLIKE = re.compile(r"<!(?!doctype html>|--)|<base\b|<\?|<(?:script|style|textarea|template|pre)\b", re.IGNORECASE)


class Document(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document to be laid out.

    Args:
        text: HTML.
        base: Address of the document, to which its files are relative.
        files: Serves them.
    """

    def __init__(self, text: str, base: str, files: Any) -> None:
        root = _parse(text)
        if root is None:
            super().__init__(string=text, base_url=base, url_fetcher=files)
            return
        self.base_url, self.url_fetcher, self.media_type = base, files, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002 - its parent's signature
        return [_defaults()]


@cache
def _defaults() -> Any:
    text = (templates_folder() / "assets" / "print-defaults.css").read_text("utf-8")
    return CSS(string=text, counter_style=CounterStyle())


def _parse(text: str) -> Any:
    """Parse HTML that is XML but for its void elements, as ours is: ten times as fast; None for all other."""
    if _UNLIKE.search(text):
        return None
    plain = _SVG.sub('<svg xmlns="http://www.w3.org/2000/svg" ', _VOID.sub(r"<\1\2/>", _DOCTYPE.sub("", text, count=1)))
    try:
        return ET.fromstring(plain.replace("&nbsp;", "\N{NO-BREAK SPACE}"))  # noqa: S314 - it has no entities
    except ET.ParseError:
        return None
