"""Closes what WeasyPrint 70 leaves open for PDF/UA-1 (ISO 14289-1), on the objects just before they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

_POINTS = 0.75  # a CSS pixel in PDF units

_UA_CLAIM = b"""\
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def finish(pdf: pydyf.PDF, *, archive: bool, attempt: int = 0) -> None:
    """Make a tagged PDF accessible.

    Args:
        pdf: What WeasyPrint made, as it hands it to its `finisher`.
        archive: Whether it is a PDF/A, whose metadata has still to say that it follows PDF/UA-1 too.
        attempt: Another number gives other bytes with the same meaning; see `has_doubtful_end`.
    """
    tree = _read_tree(pdf)
    _scope_headers(tree)
    _join_links(pdf, tree)
    _complete_lists(pdf, tree)
    _complete_tables(pdf, tree)
    _place_figures(pdf, tree)
    _drop_decoration(tree)
    _mark_artifacts(pdf, tree)
    _print_annotations(pdf)
    _open_metadata(pdf, claim_ua=archive)
    if archive:
        _settle_streams(pdf)
    if attempt:
        whole = tree.elements[next(tree.kids(tree.root))]
        whole["T"] = pydyf.String("report" + " " * attempt)


def has_doubtful_end(content: bytes) -> bool:
    """Tell whether a stream seems one byte short: its data end in a carriage return, and a line feed follows.

    PDF/A wants the stated length to match. Streams that exist before writing are settled; the two that are
    made in writing, one file in a hundred, are not.
    """
    return re.search(rb"[^\r]\r\nendstream", content) is not None


@dataclass(frozen=True, slots=True)
class _Tree:
    """The structure tree: its root, its elements and its references to annotations, by object number."""

    root: pydyf.Dictionary
    elements: dict[int, Any]
    annotations: dict[int, Any]

    def kids(self, element: Any) -> Iterator[int]:
        """Yield the object numbers of what an element holds; a bare number is a piece of page content."""
        return (number for kid in element["K"] if (number := _number(kid)))


def _read_tree(pdf: pydyf.PDF) -> _Tree:
    elements = {one.number: one for one in _typed(pdf, "/StructElem")}
    annotations = {one.number: pdf.objects[_number(one["Obj"])] for one in _typed(pdf, "/OBJR")}
    return _Tree(pdf.objects[_number(pdf.catalog["StructTreeRoot"])], elements, annotations)


def _typed(pdf: pydyf.PDF, name: str) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == name)


def _number(reference: object) -> int:
    """Read the object number of a reference; 0, which no object of ours has, where it is none."""
    return int(reference.split()[0]) if isinstance(reference, bytes) else 0


def _scope_headers(tree: _Tree) -> None:
    """Say of each header cell whether it heads a column or a row (WeasyPrint issue 2508)."""
    for cell in tree.elements.values():
        if cell["S"] == "/TH":
            row = tree.elements[_number(cell["P"])]
            group = tree.elements.get(_number(row["P"]))
            cell["A"]["Scope"] = "/Column" if group and group["S"] == "/THead" else "/Row"


def _join_links(pdf: pydyf.PDF, tree: _Tree) -> None:
    """Hand annotations to the link around them: WeasyPrint makes one for each element inside a link as well."""
    numbers = pdf.objects[_number(tree.root["ParentTree"])]["Nums"]
    places = {key: index + 1 for index, key in enumerate(numbers) if index % 2 == 0}
    for element in tree.elements.values():
        inner = [kid for kid in element["K"] if _number(kid) in tree.annotations]
        link = _link_around(tree, element)
        for kid in inner if link else ():
            element["K"].remove(kid)
            link["K"].append(kid)
            numbers[places[tree.annotations[_number(kid)]["StructParent"]]] = link.reference


def _link_around(tree: _Tree, element: Any) -> Any:
    """Find the link that an element lies in, unless it is a link or a form field itself."""
    around = element
    while around and element["S"] not in ("/Link", "/Form") and around["S"] != "/Link":
        around = tree.elements.get(_number(around["P"]))
    return None if around is element else around


def _complete_lists(pdf: pydyf.PDF, tree: _Tree) -> None:
    """Leave nothing but items in a list, and nothing but a label and a body in an item."""
    for element in list(tree.elements.values()):
        kids = [tree.elements[kid] for kid in tree.kids(element) if kid in tree.elements]
        if element["S"] == "/L":  # a Span here is the white space between items that stand in a line
            element["K"][:] = [kid.reference for kid in kids if kid["S"] != "/Span"]
        elif element["S"] == "/LI":
            bodies = [kid for kid in kids if kid["S"] == "/LBody"]
            others = [kid for kid in kids if kid["S"] not in ("/Lbl", "/LBody")]
            if others:
                _move(others, element, bodies[0] if bodies else _append(pdf, tree, "/LBody", element))


def _complete_tables(pdf: pydyf.PDF, tree: _Tree) -> None:
    """Give short rows the empty cells that they lack; rows that cells reach into from above are left alone."""
    rows_of: dict[int, list[Any]] = {}
    for row in tree.elements.values():
        if row["S"] == "/TR":
            above = tree.elements[_number(row["P"])]
            table = above.number if above["S"] == "/Table" else _number(above["P"])
            rows_of.setdefault(table, []).append(row)
    for rows in rows_of.values():
        cells = [[tree.elements[kid].get("A", {}) for kid in tree.kids(row)] for row in rows]
        if any("RowSpan" in cell for row_cells in cells for cell in row_cells):
            continue
        widths = [sum(cell.get("ColSpan", 1) for cell in row_cells) for row_cells in cells]
        for row, width in zip(rows, widths, strict=True):
            for _ in range(max(widths) - width):
                _append(pdf, tree, "/TD", row)


def _append(pdf: pydyf.PDF, tree: _Tree, tag: str, parent: Any) -> Any:
    element = pydyf.Dictionary(
        {"Type": "/StructElem", "S": tag, "K": pydyf.Array(), "Pg": parent["Pg"], "P": parent.reference}
    )
    pdf.add_object(element)
    tree.elements[element.number] = element
    parent["K"].append(element.reference)
    return element


def _move(elements: list[Any], parent: Any, target: Any) -> None:
    for element in elements:
        parent["K"].remove(element.reference)
        target["K"].append(element.reference)
        element["P"] = target.reference


def _place_figures(pdf: pydyf.PDF, tree: _Tree) -> None:
    """Give the bounds of figures in units of the page, from its lower left corner."""
    for figure in tree.elements.values():
        if figure["S"] == "/Figure" and "A" in figure:
            height = pdf.objects[_number(figure["Pg"])]["MediaBox"][3]
            left, top, right, bottom = (side * _POINTS for side in figure["A"]["BBox"])
            figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _drop_decoration(tree: _Tree) -> None:
    """Take figures without a description out of the tree; their content then counts as decoration."""
    for figure in tree.elements.values():
        if figure["S"] == "/Figure" and "Alt" not in figure:
            kids = tree.elements[_number(figure["P"])]["K"]
            kids[:] = [kid for kid in kids if _number(kid) != figure.number]


def _mark_artifacts(pdf: pydyf.PDF, tree: _Tree) -> None:
    """Mark page content that the tree does not reach, such as running headers (WeasyPrint issue 1836)."""
    reached = _reached(tree)
    numbers = pdf.objects[_number(tree.root["ParentTree"])]["Nums"]
    parents_of = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in _typed(pdf, "/Page"):
        parents = parents_of[page["StructParents"]]
        loose = {mcid for mcid, parent in enumerate(parents) if _number(parent) not in reached}
        _rename_marks(pdf.objects[_number(page["Contents"])].stream, loose)
        for mcid in loose:
            parents[mcid] = "null"


def _reached(tree: _Tree) -> set[int]:
    reached: set[int] = set()
    waiting = list(tree.kids(tree.root))
    while waiting:
        number = waiting.pop()
        if number in tree.elements and number not in reached:
            reached.add(number)
            waiting.extend(tree.kids(tree.elements[number]))
    return reached


def _rename_marks(operators: list[Any], loose: set[int]) -> None:
    for index, operator in enumerate(operators):
        if operator == b"BDC" and operators[index - 1].get("MCID") in loose:
            operators[index - 2] = "/Artifact"
            operators[index - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _print_annotations(pdf: pydyf.PDF) -> None:
    for annotation in _typed(pdf, "/Annot"):
        annotation["F"] = 4  # the flag Print; a link that does not print fails PDF/A


def _open_metadata(pdf: pydyf.PDF, *, claim_ua: bool) -> None:
    """Leave the metadata uncompressed, so that any program finds it, with the claims that hold."""
    stream = pdf.objects[_number(pdf.catalog["Metadata"])]
    stream.compress = False
    if claim_ua:
        stream.stream = [part.replace(b"</rdf:RDF>", _UA_CLAIM + b"</rdf:RDF>") for part in stream.stream]


def _settle_streams(pdf: pydyf.PDF) -> None:
    """Fix what PDF/A asks of streams: no interpolated images, and an end that cannot be misread."""
    for number, stream in enumerate(pdf.objects):
        if isinstance(stream, pydyf.Stream):
            if "Interpolate" in stream.extra:
                stream.extra["Interpolate"] = "false"
            if stream.data.endswith(b"\r\nendstream"):
                pdf.objects[number] = _Written(stream)


class _Written(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """A stream whose data is set apart from its end by a whole line break."""

    compressible = False

    def __init__(self, stream: pydyf.Stream) -> None:
        super().__init__()
        self.number, self.generation = stream.number, stream.generation
        self.written: bytes = stream.data.removesuffix(b"\nendstream") + b"\r\nendstream"

    @property
    def data(self) -> bytes:
        return self.written
