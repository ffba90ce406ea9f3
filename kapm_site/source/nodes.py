"""What YAML text becomes: scalars, sequences and mappings that all know their place."""

from collections.abc import Iterable
from dataclasses import dataclass

from kapm_site.problem import Mark


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as it was typed; what it means is decided by the field that reads it."""

    text: str
    quoted: bool
    mark: Mark

    @property
    def absent(self) -> bool:
        """Nothing stands behind the key."""
        return not self.text and not self.quoted


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the text; no key stands twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    mark: Mark

    def get(self, key: str) -> "Node | None":
        """Return the value of a key."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key_mark(self, key: str) -> Mark | None:
        """Return where a key itself stands."""
        return next((name.mark for name, _ in self.entries if name.text == key), None)


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
        below = child(node, step)
        if below is None:
            break
        node = below
    return node.mark


def replaced(node: Node, path: tuple[str | int, ...], value: "Node | None") -> Node:
    """Return the tree with the value at a path replaced, added under a key, or (None) left out."""
    step, rest = path[0], path[1:]
    below = child(node, step)
    if rest and below is not None:
        value = replaced(below, rest, value)
        if below is node:
            return value
    if isinstance(node, Mapping):
        return _with_entry(node, str(step), value)
    if isinstance(node, Sequence) and isinstance(step, int):
        kept = [value if index == step else item for index, item in enumerate(node.items)]
        return Sequence(tuple(item for item in kept if item is not None), node.mark)
    return node


def _with_entry(node: Mapping, key: str, value: "Node | None") -> Mapping:
    entries = [(name, value if name.text == key else item) for name, item in node.entries]
    if node.get(key) is None:
        entries.append((Scalar(key, quoted=False, mark=node.mark), value))
    return Mapping(tuple((name, item) for name, item in entries if item is not None), node.mark)


def plain(node: Node) -> object:
    """Turn a node into text, lists and dicts; keys with nothing behind them are left out."""
    if isinstance(node, Scalar):
        return None if node.absent else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: value for key, item in node.entries if (value := plain(item)) is not None}
