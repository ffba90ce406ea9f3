"""YAML text as nested blocks of lines, without loss: joining the lines gives the text back, byte for byte.

A round trip through a YAML library re-wraps lines, re-aligns comments and hands the comment above one record to
the record before it. Here a key or a list item keeps the lines it was written in, comments above it included.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from kapm_site.source.emit import Typed, block_text
from kapm_site.source.text import LINE_BREAK

Form = Literal["value", "mapping", "sequence"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"[ \t]*#")


@dataclass(slots=True)
class Block:
    """One key of a block mapping or one item of a block sequence, with the lines that belong to it.

    Attributes:
        name: The key; empty for an item.
        indent: Column of the key or the dash.
        lead: Blank and comment lines above it; they travel with it.
        head: Its own lines: all of them for a `value`, else those before the first child. The head of an item
            whose first key stands behind the dash is the part of that line up to the key.
        form: What the block holds: child blocks, or a value that is not looked into.
        children: Keys or items, in the order of the text.
        value: The value as dicts, lists and typed texts, for a `value`.
        span: Row in `head`, first and last column of a value that stands on one line.
        tail: Comment lines below it that are indented deeper than what follows.
    """

    name: str
    indent: int
    lead: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    form: Form = "value"
    children: list["Block"] = field(default_factory=list)
    value: object = None
    span: tuple[int, int, int] | None = None
    tail: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Node:
    """A node with its place: rows and columns counted from 0, the end exclusive."""

    kind: Literal["scalar", "mapping", "sequence"]
    start: tuple[int, int]
    end: tuple[int, int]
    flow: bool = True
    block_scalar: bool = False
    value: object = None
    items: list["_Node"] = field(default_factory=list)


def parse_blocks(text: str) -> Block:
    """Split a document into blocks; the root has no lines of its own.

    The text must be one that `compose` reads without a problem; it ends with a line break. A document written in
    flow style as a whole, `{…}`, is taken as if it were written in block style.
    """
    lines = split_lines(text)
    node = _read(yaml.parse(text, Loader=_LOADER))
    if node is None or (node.kind == "mapping" and node.flow and not node.items):
        return Block("", -1, tail=lines if node is None else [], form="mapping")
    if node.kind == "scalar":
        raise ValueError("a document that is a single scalar cannot be edited")
    if node.flow:
        above, below = lines[: node.start[0]], lines[node.end[0] + 1 :]
        return parse_blocks("".join([*above, block_text(node.value), *below]))
    root = Block("", -1)
    _fill(root, node, lines, 0)
    end = _last_row(node, lines)
    kept = _own_comments(lines[end + 1 :], 0)
    root.children[-1].tail = lines[end + 1 : end + 1 + kept]
    root.tail = lines[end + 1 + kept :]
    return root


def join_blocks(block: Block) -> str:
    """Give the text back."""
    return "".join(block_lines(block))


def block_lines(block: Block) -> list[str]:
    """Return all lines of a block: above, own, below."""
    lines = [line for child in block.children for line in block_lines(child)]
    head = list(block.head)
    if head and block.children and not LINE_BREAK.search(head[-1]):
        column = block.children[0].indent
        if block.children[0].lead or not lines[0].startswith(" " * column):
            head[-1] = head[-1].rstrip() + "\n"
        else:
            head[-1:] = [head[-1] + lines.pop(0)[column:]]
    return [*block.lead, *head, *lines, *block.tail]


def block_value(block: Block) -> object:
    """Return what a block holds as dicts, lists and typed texts."""
    if block.form == "mapping":
        return {child.name: block_value(child) for child in block.children}
    if block.form == "sequence":
        return [block_value(child) for child in block.children]
    return block.value


def split_lines(text: str) -> list[str]:
    """Split at the line breaks that YAML knows, keeping them."""
    lines: list[str] = []
    start = 0
    for match in LINE_BREAK.finditer(text):
        lines.append(text[start : match.end()])
        start = match.end()
    return [*lines, text[start:]] if start < len(text) else lines


def _read(events: Iterator[Any]) -> _Node | None:
    for event in events:
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            return _read_node(event, events)
    return None


def _read_node(event: Any, events: Iterator[Any]) -> _Node:
    start, end = _place_of(event.start_mark), _place_of(event.end_mark)
    if isinstance(event, yaml.ScalarEvent):
        plain = not event.style
        value: object = None if plain and not event.value else Typed(event.value) if plain else event.value
        return _Node("scalar", start, end, block_scalar=event.style in ("|", ">"), value=value)
    items: list[_Node] = []
    for inner in events:
        if isinstance(inner, yaml.CollectionEndEvent):
            end = _place_of(inner.end_mark)
            break
        items.append(_read_node(inner, events))
    if isinstance(event, yaml.MappingStartEvent):
        value = {str(key.value): item.value for key, item in zip(items[::2], items[1::2], strict=True)}
        return _Node("mapping", start, end, bool(event.flow_style), value=value, items=items)
    return _Node("sequence", start, end, bool(event.flow_style), value=[item.value for item in items], items=items)


def _place_of(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def _fill(block: Block, node: _Node, lines: list[str], first_row: int) -> None:
    """Give a block the children of a block mapping or sequence; `first_row` is the row behind the block's head."""
    block.form = "mapping" if node.kind == "mapping" else "sequence"
    row = first_row
    for child, content, start in _children(node, lines):
        if block.children:
            kept = _own_comments(lines[row:start], child.indent)
            block.children[-1].tail = lines[row : row + kept]
            row += kept
        child.lead = lines[row:start]
        _place(child, content, lines, start)
        row = _last_row(content, lines, start) + 1
        block.children.append(child)


def _children(node: _Node, lines: list[str]) -> Iterator[tuple[Block, _Node, int]]:
    """Yield each child block without its lines, the node it holds, and its first row."""
    if node.kind == "mapping":
        for key, value in zip(node.items[::2], node.items[1::2], strict=True):
            yield Block(str(key.value or ""), key.start[1]), value, key.start[0]
        return
    column = node.start[1]
    for item in node.items:
        row = item.start[0]
        while not (lines[row][column : column + 1] == "-" and not lines[row][:column].strip()):
            row -= 1
        yield Block("", column), item, row


def _place(block: Block, content: _Node, lines: list[str], start: int) -> None:
    """Give a block its own lines and, where it holds a block collection, its children."""
    if not block.name and content.kind == "mapping" and not content.flow and content.start[0] == start:
        column = content.start[1]
        block.head = [lines[start][:column]]
        # The first key stands behind the dash; with blanks in its place it is a line like the other keys'.
        lines[start] = " " * column + lines[start][column:]
        _fill(block, content, lines, start)
        return
    nested = content.kind != "scalar" and not content.flow and content.start[0] > start
    if nested and (block.name or content.kind == "mapping"):
        first = next(_children(content, lines))[2]
        above = _lead_rows(lines, start + 1, first)
        block.head = lines[start:above]
        _fill(block, content, lines, above)
        return
    end = _last_row(content, lines, start)
    block.head = lines[start : end + 1]
    block.value = content.value
    if content.start[0] == content.end[0] and not content.block_scalar and (content.kind == "scalar" or content.flow):
        block.span = (content.start[0] - start, content.start[1], content.end[1])


def _lead_rows(lines: list[str], start: int, first: int) -> int:
    """Return the row from which blank and comment lines belong to the child below them."""
    row = first
    while row > start and (not lines[row - 1].strip() or _COMMENT.match(lines[row - 1])):
        row -= 1
    return row


def _last_row(node: _Node, lines: list[str], at_least: int = 0) -> int:
    """Return the last row of a node; the end mark of a block lies behind the blank and comment lines after it."""
    if node.kind != "scalar" and not node.flow:
        return _last_row(node.items[-1], lines, node.items[-1].start[0])
    row = node.end[0]
    if node.block_scalar:
        row -= 1
        keeps_breaks = "+" in lines[node.start[0]][node.start[1] :][:3]
        while row > node.start[0] and not keeps_breaks and not lines[row].strip():
            row -= 1
    return max(row, at_least)


def _own_comments(gap: list[str], indent: int) -> int:
    """Count the lines of a gap that belong above it: up to the last comment deeper than the block below."""
    deeper = [row for row, line in enumerate(gap) if _COMMENT.match(line) and len(line) - len(line.lstrip()) > indent]
    return deeper[-1] + 1 if deeper else 0
