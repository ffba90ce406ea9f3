"""What YAML text becomes: scalars, sequences and mappings that all know their place."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kapm_site.problem import Mark
from kapm_site.source.text import LINE_BREAK


class Scalar(NamedTuple):
    """A scalar as it was typed; what it means is decided by the field that reads it.

    Attributes:
        indent: Of a literal block (`|`), by how much its lines are indented; 0 for any other style.
        lost: What stood here could not be read and has been reported; `text` is empty, or a stand-in.
    """

    text: str
    quoted: bool
    mark: Mark
    indent: int = 0
    lost: bool = False

    @property
    def absent(self) -> bool:
        """Nothing stands behind the key."""
        return not self.text and not self.quoted


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes.

    Attributes:
        lost: Items of it could not be read, have been reported and left out.
    """

    items: tuple["Node", ...]
    mark: Mark
    lost: bool = False


#: Entries of a mapping that are looked through; more are looked up.
_FEW = 50


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the text; no key stands twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    mark: Mark
    _by_key: dict[str, tuple[Scalar, "Node"]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def get(self, key: str) -> "Node | None":
        """Return the value of a key."""
        found = self._find(key)
        return found[1] if found else None

    def key_mark(self, key: str) -> Mark | None:
        """Return where a key itself stands."""
        found = self._find(key)
        return found[0].mark if found else None

    def _find(self, key: str) -> "tuple[Scalar, Node] | None":
        if len(self.entries) > _FEW and not self._by_key:
            self._by_key.update({entry[0].text: entry for entry in reversed(self.entries)})
        if self._by_key:
            return self._by_key.get(key)
        return next((entry for entry in self.entries if entry[0].text == key), None)


Node = Scalar | Sequence | Mapping


def child(node: Node | None, step: str | int) -> Node | None:
    """Return the value below a node at a key or an index, if there is one."""
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(step, str):
        return None
    if isinstance(node, Sequence):
        return node.items[step] if step < len(node.items) else None
    # A record may stand alone where a list of records is read.
    return node if step == 0 else None


def locate(node: Node, path: Iterable[str | int]) -> Mark:
    """Return the mark of the deepest node that a path of keys and indexes reaches."""
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, str):
            continue  # one list that stands for the values of all keys, such as hours for all weekdays
        below = child(node, step)
        if below is None:
            break
        node = below
    return node.mark


def mark_within(node: Node, offset: int, length: int) -> Mark:
    """Return the mark of a part of a scalar's text, or of the whole where its style folds or escapes."""
    mark = node.mark
    if not isinstance(node, Scalar):
        return mark
    if node.indent:
        breaks = [found.end() for found in LINE_BREAK.finditer(node.text, 0, offset)]
        column = node.indent + 1 + offset - (breaks[-1] if breaks else 0)
        return Mark(mark.path, mark.line + 1 + len(breaks), column, length)
    opening = 1 if node.quoted else 0
    if mark.length == len(node.text) + 2 * opening:
        return mark._replace(column=mark.column + opening + offset, length=length)
    return mark


def replaced(node: Node, path: tuple[str | int, ...], value: Node) -> Node:
    """Return the tree with the value at a path replaced, or added under a key."""
    step, rest = path[0], path[1:]
    below = child(node, step)
    if below is not None and rest:
        value = replaced(below, rest, value)
    if below is node:
        return value
    if isinstance(node, Mapping):
        return _with_entry(node, str(step), value)
    if isinstance(node, Sequence) and isinstance(step, int):
        return replace(node, items=(*node.items[:step], value, *node.items[step + 1 :]))
    return node


def without(node: Node, path: tuple[str | int, ...]) -> Node:
    """Return the tree without the item of a list at a path, which is lost."""
    parent, index = _at(node, path[:-1]), path[-1]
    if not isinstance(parent, Sequence) or not isinstance(index, int):
        return node
    kept = Sequence((*parent.items[:index], *parent.items[index + 1 :]), parent.mark, lost=True)
    return replaced(node, path[:-1], kept) if path[:-1] else kept


def _at(node: Node, path: Iterable[str | int]) -> Node | None:
    below: Node | None = node
    for step in path:
        below = child(below, step)
    return below


def _with_entry(node: Mapping, key: str, value: Node) -> Mapping:
    if node.get(key) is None:
        return Mapping((*node.entries, (Scalar(key, quoted=False, mark=node.mark), value)), node.mark)
    return Mapping(tuple((name, value if name.text == key else item) for name, item in node.entries), node.mark)


def plain(node: Node) -> object:
    """Turn a node into text, lists and dicts; keys with nothing behind them are left out."""
    if isinstance(node, Scalar):
        return None if node.absent else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: value for key, item in node.entries if (value := plain(item)) is not None}
