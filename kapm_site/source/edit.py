"""Edits of YAML text: every line that an edit does not name stays byte for byte, comments included.

An edit names its place by a path of keys and, within lists, of ids: `("tasks", "design", "tasks", "review",
"progress")`. Edits are values; `edit_text` carries them out in order, each on the outcome of the one before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kapm_site.source.blocks import Block, block_value, join_blocks, parse_blocks
from kapm_site.source.emit import block_text
from kapm_site.source.reshape import LAST, Path, add_key, assign, drop_child, find, put, unfold, with_value, write

__all__ = ["LAST", "Edit", "Insert", "Move", "Path", "Remove", "Set", "edit_text", "text_value"]


@dataclass(frozen=True, slots=True)
class Set:
    """Give a key a value; a key that is not there yet is put behind those that precede it in `order`."""

    path: Path
    value: object
    order: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Remove:
    """Take out a key, whose comment lines stay, or an item with its comments."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a record into the list at `path`, behind the item with the id `after` (None: first)."""

    path: Path
    value: object
    after: str | None = LAST
    order: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Move:
    """Move an item with its comments into the list at `to`, behind the item with the id `after` (None: first)."""

    path: Path
    to: Path
    after: str | None = LAST
    order: tuple[str, ...] = field(default=(), repr=False)


Edit = Set | Remove | Insert | Move


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """Carry out edits on a document.

    Args:
        text: A file's text, one that `decode` and `compose` accept; CRLF line ends are kept.
        edits: Where a path leads nowhere, that is a fault of the caller (KeyError).

    Returns:
        The new text. It has been read back: it holds exactly the data that the edits ask for.
    """
    plain = text.replace("\r\n", "\n")
    crlf = text.count("\r\n") * 2 > text.count("\n")
    if not plain.endswith("\n") and plain:
        plain += "\n"
    root = parse_blocks(plain)
    for edit in edits:
        _apply(root, edit)
    edited = join_blocks(root)
    if block_value(parse_blocks(edited)) != block_value(root):
        raise RuntimeError("an edit of YAML text did not read back as meant; nothing was written")
    return edited.replace("\n", "\r\n") if crlf else edited


def text_value(text: str) -> object:
    """Read a document as dicts, lists and texts; an empty one is an empty dict."""
    plain = text.replace("\r\n", "\n")
    return block_value(parse_blocks(plain if plain.endswith("\n") or not plain else plain + "\n"))


def _apply(root: Block, edit: Edit) -> None:
    match edit:
        case Set():
            _set(root, edit.path, edit.value, edit.order)
        case Remove():
            _remove(root, edit.path)
        case Insert():
            target = _list_at(root, edit.path, edit.order)
            block = parse_blocks(block_text([edit.value])).children[0]
            put(target, block, edit.after)
        case Move():
            block = _take(root, edit.path)
            put(_list_at(root, edit.to, edit.order), block, edit.after)


def _set(root: Block, path: Path, value: object, order: tuple[str, ...]) -> None:
    block = root
    for depth, step in enumerate(path):
        if block.form == "value" and depth:
            write(block, with_value(block.value, path[depth:], value))
            return
        below = find(block, step)
        if below is None:
            if depth != len(path) - 1 or block.form != "mapping":
                raise KeyError(path)
            add_key(block, str(step), value, order)
            return
        block = below
    assign(block, value)


def _remove(root: Block, path: Path) -> None:
    parent = _walk(root, path[:-1])
    if parent.form == "sequence":
        _take(root, path)
    else:
        drop_child(parent, str(path[-1]))


def _take(root: Block, path: Path) -> Block:
    """Take an item out of its list; a list that is left empty is written `[]`."""
    parent = _walk(root, path[:-1])
    item = find(parent, path[-1])
    if item is None or parent.form != "sequence":
        raise KeyError(path)
    parent.children.remove(item)
    if not parent.children and parent.name:
        line = parent.head[0]
        column = line.index(":", parent.indent + len(parent.name)) + 1
        parent.head[0] = line[:column] + " []" + line[column:]
        parent.form, parent.value, parent.span = "value", [], (0, column + 1, column + 3)
    return item


def _list_at(root: Block, path: Path, order: tuple[str, ...]) -> Block:
    """Return the block list at a path; made where it is absent, unfolded where it is written on one line."""
    parent = _walk(root, path[:-1])
    block = find(parent, path[-1])
    if block is None:
        add_key(parent, str(path[-1]), [], order)
        block = find(parent, path[-1])
    if block is None:
        raise KeyError(path)
    if block.form == "value":
        unfold(block)
    return block


def _walk(root: Block, path: Path) -> Block:
    block = root
    for step in path:
        below = find(block, step)
        if below is None:
            raise KeyError(path)
        if below.form == "value" and isinstance(below.value, dict | list) and below.value:
            unfold(below)
        block = below
    return block
