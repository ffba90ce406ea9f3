"""Markdown of a report becomes safe HTML: parsed as GitHub and GitLab do, then cut down to a short list of tags."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import unescape
from urllib.parse import unquote

import nh3
from markdown import Markdown
from markupsafe import Markup, escape

from kapm_site.render.markdown_habits import Habits, without_remarks

_DEEPEST = 30  # layout of a PDF recurses into every level
_MOST_OPEN = 1000  # the parser looks for the end of each bracket anew
_UNCLOSED = re.compile(r"<[^<>]*(?=<|\Z)")


def _words(text: str) -> set[str]:
    return set(text.split())


_TAGS = _words(
    "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr img li ol p pre strong sub sup table tbody td th thead tr ul"
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
_CLASSES = {"td": {"ac", "ar"}, "th": {"ac", "ar"}}
_SCOPES = {"th": {"scope": {"col", "row"}}}
_SCHEMES = {"http", "https", "mailto", "attachment"}
#: Where a link may lead. Without a host `https:x` leads to a place of the page's own host.
_ADDRESS = re.compile(r"https?://[^\s/\\]|mailto:[^\s]", re.IGNORECASE)
_UNSEEN = re.compile(r"[\t\n\r]")
_WITHOUT_CONTENT = _words(
    "applet embed form frame frameset head iframe math noembed noframes noscript object plaintext script select"
    " style svg template textarea title xmp"
)

_IMAGE = re.compile(r"<img((?: [a-z]+=\"[^\"]*\")*)>")
_LINK = re.compile(r"<a((?: [a-z]+=\"[^\"]*\")*)>(.*?)</a>", re.DOTALL)
_HEADING = re.compile(r"(</?)h([1-6])>")
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_VOID = {"br", "hr", "img"}


def to_html(markdown: str, *, images: Mapping[str, str] | None = None, heading_level: int = 3) -> Markup:
    """Turn one Markdown field into HTML that may stand in a page and in a PDF.

    Raw HTML is kept as far as its tags are on the list; comments never are, since authors hide remarks in
    them. A right or centred column bears the class `ar` or `ac`. A link of another scheme than http, https
    and mailto, and an image that is not known, leave their text.

    Args:
        markdown: The field as it was written.
        images: Address of the published copy by the path that the Markdown names, such as `attachments/x.png`.
        heading_level: Level the highest heading gets; deeper ones follow without a gap, at most level six.
    """
    html = _safe_html(markdown)
    html = _IMAGE.sub(lambda match: _image(match[1], images or {}), html)
    return Markup(_move_headings(html, heading_level))  # noqa: S704 - sanitised above


@lru_cache(maxsize=4096)
def _safe_html(markdown: str) -> str:
    html = nh3.clean(
        _parse(without_remarks(markdown)),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        allowed_classes=_CLASSES,
        tag_attribute_values=_SCOPES,
        url_schemes=_SCHEMES,
        url_relative="deny",
        clean_content_tags=_WITHOUT_CONTENT,
        link_rel="noopener noreferrer",
    ).strip()
    if _depth(html) > _DEEPEST:
        html = f"<p>{nh3.clean(html, tags=set())}</p>"
    return _LINK.sub(_link, html)


def _filtered(_tag: str, name: str, value: str) -> str | None:
    """Write a link as a browser reads it, and drop one that leads nowhere a reader should go."""
    if name != "href":
        return value
    address = _UNSEEN.sub("", value).strip()
    return address if _ADDRESS.match(address) else None


@cache
def _parser() -> Markdown:
    return Markdown(extensions=["tables", "sane_lists", "fenced_code", Habits()], output_format="html")


def _parse(text: str) -> str:
    if text.count("[") > _MOST_OPEN or len(_UNCLOSED.findall(text)) > _MOST_OPEN:
        return f"<p>{escape(text)}</p>"
    try:
        return _parser().reset().convert(text)
    except RecursionError:
        # Whoever called may have left little room; the parser is not fit for use after it.
        _parser.cache_clear()
        return f"<p>{escape(text)}</p>"


def _image(attributes: str, images: Mapping[str, str]) -> str:
    source = _attribute(attributes, "src").removeprefix("attachment:").removeprefix("./")
    alt = _attribute(attributes, "alt")
    if address := images.get(unquote(unescape(source))):
        return f'<img src="{escape(address)}" alt="{alt}">'
    return alt


def _link(match: re.Match[str]) -> str:
    address = _attribute(match[1], "href")
    if not address:
        return match[2]
    return match[0] if match[2].strip() else f"<a{match[1]}>{address}</a>"


def _attribute(attributes: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', attributes)
    return found[1] if found else ""


def _move_headings(html: str, first: int) -> str:
    """Renumber headings so that none is higher than `first` and none skips a level, as PDF/UA demands."""
    above: list[int] = []

    def renumber(match: re.Match[str]) -> str:
        level = int(match[2])
        if match[1] == "<":
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        return f"{match[1]}h{min(first + len(above) - 1, 6)}>"

    return _HEADING.sub(renumber, html)


def _depth(html: str) -> int:
    depth = deepest = 0
    for match in _ELEMENT.finditer(html):
        if match[2] not in _VOID:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest
