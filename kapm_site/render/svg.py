"""User SVG, rebuilt from a list of harmless elements and attributes; what else it says is left out or refused."""

import re
from math import isfinite
from typing import Any

from lxml import etree

from kapm_site.problem import Mark, Problem
from kapm_site.render.images import Image

_SVG = "http://www.w3.org/2000/svg"
_NAMESPACES: Any = {None: _SVG}  # the stubs of lxml do not know of a default namespace
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELEMENTS = _words(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan"
    " linearGradient radialGradient stop clipPath mask title desc"
)
_SILENT = _words("metadata")
_GEOMETRY = _words(
    "id x y x1 y1 x2 y2 cx cy r rx ry fx fy d dx dy points width height viewBox preserveAspectRatio transform"
    " offset rotate textLength lengthAdjust pathLength gradientUnits gradientTransform spreadMethod"
    " clipPathUnits maskUnits maskContentUnits version"
)
_PRESENTATION = _words(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin"
    " stroke-miterlimit stroke-dasharray stroke-dashoffset color opacity stop-color stop-opacity clip-path"
    " clip-rule mask mask-type display visibility font-family font-size font-style font-weight letter-spacing"
    " word-spacing text-anchor text-decoration dominant-baseline vector-effect paint-order"
)
_VALUE = re.compile(r"[\w\s.,:#%()+'\"-]*")
_URL = re.compile(r"url\s*\(", re.IGNORECASE)
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([\w.-]+)['\"]?\s*\)")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em|ex)?\s*")

_MOST_NODES = 20_000
_DEEPEST = 40
_MOST_REFERENCES = 200
_LONGEST_CHAIN = 3


class _RefusedError(Exception):
    """What makes an SVG unfit, in words for its author."""


def clean_svg(content: bytes, mark: Mark, name: str) -> tuple[Image | None, list[Problem]]:
    """Rebuild one SVG: shapes, text, gradients, clips and masks with plain attributes, nothing that loads or runs.

    Attributes off the list, comments, foreign namespaces and metadata are left out. An element off the list
    would change the picture, so the file is refused by its name.
    """
    try:
        root = _parse(content)
        clean = _copy(root, 0)
        _check_references(clean)
        width, height = _size(clean)
    except etree.XMLSyntaxError as error:
        message = f"image '{name}' is not well-formed SVG: {error.msg}"
        return None, [Problem(mark, "image-broken", message, hint="export it anew")]
    except _RefusedError as refused:
        message = f"image '{name}' cannot be made safe: it {refused}"
        return None, [Problem(mark, "image-type", message, hint="export it as plain SVG or as PNG")]
    return Image(etree.tostring(clean, encoding="utf-8"), ".svg", round(width), round(height)), []


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(content, parser)
    if root.tag != f"{{{_SVG}}}svg":
        raise _RefusedError("is no SVG document")
    if sum(1 for _ in root.iter()) > _MOST_NODES:
        raise _RefusedError(f"has more than {_MOST_NODES:,} elements")
    return root


def _copy(element: etree._Element, depth: int) -> etree._Element:
    if depth > _DEEPEST:
        raise _RefusedError(f"is nested more than {_DEEPEST} levels deep")
    clean = etree.Element(element.tag, nsmap=_NAMESPACES)
    for key, value in _attributes(element).items():
        clean.set(key, value)
    clean.text = element.text
    for child in element:
        if not isinstance(child.tag, str):
            raise _RefusedError("uses an XML entity")
        qualified = etree.QName(child)
        if qualified.namespace != _SVG or qualified.localname in _SILENT:
            continue
        if qualified.localname not in _ELEMENTS:
            raise _RefusedError(f"uses <{qualified.localname}>")
        copy = _copy(child, depth + 1)
        copy.tail = child.tail
        clean.append(copy)
    return clean


def _attributes(element: etree._Element) -> dict[str, str]:
    found = {str(key): str(value) for key, value in element.attrib.items()}
    kept = {key: value for key, value in found.items() if key in _GEOMETRY or key in _PRESENTATION}
    kept |= _declarations(found.get("style", ""))
    reference = found.get("href", found.get(_XLINK_HREF, ""))
    if reference and not re.fullmatch(r"#[\w.-]+", reference):
        raise _RefusedError(f"refers to '{reference[:60]}'")
    for key, value in kept.items():
        _check_value(key, value)
    return kept | ({"href": reference} if reference else {})


def _declarations(style: str) -> dict[str, str]:
    """Read a `style` attribute as the presentation attributes that it stands for."""
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    named = {name.strip().lower(): value.replace("!important", "").strip() for name, _, value in pairs}
    return {name: value for name, value in named.items() if name in _PRESENTATION}


def _check_value(key: str, value: str) -> None:
    """Refuse escapes, functions that load, and what a style sheet could read another way."""
    if not _VALUE.fullmatch(value) or len(_URL.findall(value)) != len(_LOCAL_URL.findall(value)):
        raise _RefusedError(f"has the attribute {key}='{value[:60]}'")


def _check_references(root: etree._Element) -> None:
    """Refuse chains and crowds of references: each one draws its target again."""
    drawn = _references(root)
    if len(drawn) > _MOST_REFERENCES:
        raise _RefusedError(f"has more than {_MOST_REFERENCES} references")
    further = {one.get("id", ""): set(_references(one)) for one in root.iter() if one.get("id")}
    reached = set(drawn)
    for _ in range(_LONGEST_CHAIN):
        reached = {target for id_ in reached for target in further.get(id_, ())}
    if reached:
        raise _RefusedError(f"has a chain of more than {_LONGEST_CHAIN} references")


def _references(element: etree._Element) -> list[str]:
    found = []
    for one in element.iter():
        found += [match for value in one.attrib.values() for match in _LOCAL_URL.findall(str(value))]
        found += [one.get("href", "").removeprefix("#")] if one.get("href") else []
    return found


def _size(root: etree._Element) -> tuple[float, float]:
    """Find width and height, and write down the box a page needs to scale the picture."""
    box = [float(part) for part in re.findall(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?", root.get("viewBox", ""))]
    sizes = [_length(root.get(key, "")) for key in ("width", "height")]
    if len(box) == 4:  # noqa: PLR2004 - x, y, width, height
        width, height = (size or side for size, side in zip(sizes, box[2:], strict=True))
    else:
        width, height = sizes
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    if not (isfinite(width) and isfinite(height) and width >= 1 and height >= 1):
        raise _RefusedError("states neither its size nor a viewBox")
    return width, height


def _length(text: str) -> float:
    """Read an absolute length as pixels, 0 where it is none."""
    match = _LENGTH.fullmatch(text)
    units = {"pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "ex": 8.0}
    return float(match[1]) * units.get(match[2] or "px", 1.0) if match else 0.0
