"""Texts of HTML, SVG and Atom: what is shown, every attribute, comments, titles, the document type."""

import html
import re
from functools import cache
from itertools import chain
from typing import Any

from kapm_site.publish.audit.decode.text import Text, UnreadableError, deepen, hidden_in, unescaped_code, utf8

# The published stubs of lxml know neither the document type nor the line of an element.
Element = Any

# Markup within a sentence: a word that runs across such tags is one word.
_INLINE = (
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr",
)  # fmt: skip
_GEOMETRY = (
    "cx", "cy", "d", "dx", "dy", "fx", "fy", "gradienttransform", "height", "offset", "pathlength", "points", "r",
    "rx", "ry", "stroke-dasharray", "stroke-width", "transform", "viewbox", "width", "x", "x1", "x2", "y", "y1", "y2",
)  # fmt: skip
# Possessive, as a value that doesn't match must not cost exponential time.
_COORDINATES = re.compile(
    r"(?:[A-Za-z]?[\s\d.,%+-]++(?:e-\d+)?)*+[Zz]?"
    r"|(?:(?:translate|rotate|scale|matrix)\([\s\d.,+-]*\)\s*)+"
)
_PAGE_END = re.compile(r"</html\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_END_TAG_WITH_MORE = re.compile(r"</\w+\s+[^\s>]")
_QUOTED = re.compile(r"""=(?:"([^"]+)"|'([^']+)')""")
_PATH_DATA = re.compile(r"[Mm][\s\d.-]")
_LINKING = (
    "a", "area", "audio", "embed", "form", "frame", "iframe", "image", "img", "link", "object", "script", "source",
    "track", "use", "video",
)  # fmt: skip
_LINKS = ("href", "src", "data", "action", "poster", "{http://www.w3.org/1999/xlink}href", "xlink:href")
_CODE_TAGS = ("script", "style")
_SVG_TEXT = frozenset(("text", "tspan", "textpath"))


def html_texts(content: bytes) -> list[Text]:
    """Take an HTML page apart, each text with its line and what holds it.

    Raises:
        UnreadableError: It isn't UTF-8, holds no element, or more than a parser keeps.
    """
    return _texts(_parse_html(content))


def html_strings(content: bytes) -> tuple[list[str], set[str]]:
    """Take an HTML page apart without telling the places, three times as fast.

    Returns:
        Its texts, and the targets of its links, images, scripts and style sheets.

    Raises:
        UnreadableError: As for `html_texts`.
    """
    from lxml import etree

    root = _parse_html(content)
    links = {value for element in root.iter(*_LINKING) for name in _LINKS if (value := element.get(name))}
    attributes = root.xpath("//@*", smart_strings=False)
    # As many as there are in the source: then the parser has dropped none.
    values = set(attributes) if content.count(b'="') == len(attributes) else {*attributes, *_quoted(content)}
    strings = [root.getroottree().docinfo.doctype, *(value for value in values if not _is_path_data(value))]
    outside = chain(root.itersiblings(preceding=True), root.itersiblings())
    remarks = chain(outside, root.iter(etree.Comment, etree.ProcessingInstruction))
    strings.extend(str(remark.text or "") for remark in remarks)
    strings.extend(unescaped_code(code.text or "") for code in root.iter(*_CODE_TAGS))
    strings.extend(_names(root))
    _join_inline(root)
    strings.extend(set(root.itertext()))
    return [*strings, *chain.from_iterable(map(hidden_in, strings))], links


def xml_texts(content: bytes) -> list[Text]:
    """Take an SVG drawing or an Atom feed apart.

    Raises:
        UnreadableError: It isn't UTF-8 or not well-formed XML, or it declares entities.
    """
    from lxml import etree

    if "<!ENTITY" in utf8(content):
        raise UnreadableError("it declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise UnreadableError(f"it is not well-formed XML ({error})") from None
    namespaces = {etree.QName(element).namespace for element in root.iter(etree.Element)}
    return _texts(root, tuple(sorted(filter(None, namespaces))))


def _parse_html(content: bytes) -> Element:
    from lxml import etree

    _refuse_lossy(utf8(content))
    # Without huge_tree libxml2 silently drops what is nested deeper than 256 elements.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise UnreadableError(f"it is not HTML ({error})") from None
    if root is None:
        raise UnreadableError("it is not HTML (no element)")
    return root


def _refuse_lossy(page: str) -> None:
    """Refuse what libxml2 drops without a word, though the file holds it and a browser may even show it."""
    ends = [match.end() for match in _PAGE_END.finditer(page)]
    if len(ends) > 1 or (ends and _COMMENT.sub("", page[ends[0] :]).strip()):
        raise UnreadableError("it goes on after </html>")
    if page.rfind("<") > page.rfind(">"):
        raise UnreadableError("its last tag is cut off")
    if _END_TAG_WITH_MORE.search(page):
        raise UnreadableError("it has an end tag with attributes")


def _join_inline(root: Element, namespaces: tuple[str, ...] = ()) -> None:
    """Merge the texts that a reader sees as one: what remains between two tags is one run of text."""
    from lxml import etree

    names = (f"{{{namespace}}}{name}" for namespace in namespaces for name in _INLINE)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction, *_INLINE, *names)


def _texts(root: Element, namespaces: tuple[str, ...] = ()) -> list[Text]:
    from lxml import etree

    found = _attributes_and_comments(root)
    found += [Text(_local(name), where="a name in the markup") for name in sorted(_names(root))]
    _join_inline(root, namespaces)
    for element in root.iter(etree.Element):
        value = element.text
        if value and not value.isspace():
            name = _local(element.tag)
            value = unescaped_code(value) if name in _CODE_TAGS else value
            found.append(Text(value, element.sourceline or 1, _shown(name), name in _SVG_TEXT))
        value = element.tail
        if value and not value.isspace():
            found.append(Text(value, element.sourceline or 1, "text"))
    return deepen(found)


def _attributes_and_comments(root: Element) -> list[Text]:
    found: list[Text] = []
    doctype = root.getroottree().docinfo.doctype
    if doctype:
        found.append(Text(doctype, where="document type"))
    seen: set[tuple[str, str]] = set()
    outside = chain(root.itersiblings(preceding=True), root.itersiblings())
    for element in chain(outside, root.iter()):
        if not isinstance(element.tag, str):
            found.append(Text(str(element.text or ""), element.sourceline or 1, "comment"))
            continue
        for item in element.items():
            if item in seen:
                continue
            seen.add(item)
            name, value = item
            if not (name.lower() in _GEOMETRY and _COORDINATES.fullmatch(value)):
                found.append(Text(value, element.sourceline or 1, _attribute(name, element.tag)))
    return found


def _names(root: Element) -> set[str]:
    """List the names of elements and attributes."""
    from lxml import etree

    found = {name for element in root.iter(etree.Element) for name in element.keys()}  # noqa: SIM118 no mapping
    return found | {element.tag for element in root.iter(etree.Element)}


def _quoted(content: bytes) -> set[str]:
    """Read attributes without a parser, which keeps but the first of two of one name."""
    return {html.unescape(double or single) for double, single in set(_QUOTED.findall(content.decode()))}


def _is_path_data(value: str) -> bool:
    """Tell the outline of a drawing, the bulk of a page with charts, from what could hold a text."""
    return bool(_PATH_DATA.match(value) and _COORDINATES.fullmatch(value))


# Cached, as a page has two thousand texts and a few dozen names.
@cache
def _shown(name: str) -> str:
    return f"text of <{name}>"


@cache
def _attribute(name: str, tag: str) -> str:
    return f"attribute {_local(name)} of <{_local(tag)}>"


def _local(name: str | bytes | bytearray) -> str:
    text = name if isinstance(name, str) else name.decode()
    return text.rpartition("}")[2]
