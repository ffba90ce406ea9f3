"""Which lines of a file a record takes: from its first to the one before what follows, without what is nested in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kapm_site.model.record import Record
from kapm_site.source import Mapping, Node
from kapm_site.source import Sequence as Items


@dataclass(frozen=True, slots=True)
class Extent:
    """Lines of a file, counted from 0.

    Attributes:
        end: The line after the last.
        holes: First line and the line after the last of what is nested in it and counts for itself.
    """

    start: int
    end: int
    holes: tuple[tuple[int, int], ...] = ()

    def rows(self) -> Iterator[int]:
        """Walk the lines; there is always one."""
        yield self.start
        start = self.start + 1
        for first, after in self.holes:
            yield from range(start, first)
            start = max(start, after)
        yield from range(start, self.end)


def items_of(owner: Record, key: str, end: int, lines: Sequence[str]) -> list[tuple[int, int]]:
    """Give first line and the line after the last of each item of a list.

    Args:
        owner: The record that holds the list behind the key.
        key: As it is called in the file.
        end: The line after the last one of the owner.
        lines: Of the file.
    """
    node = owner.node
    found = node.get(key) if isinstance(node, Mapping) else None
    if found is None:
        return []
    items = found.items if isinstance(found, Items) else (found,)
    ends = [*(_line_before(item, lines) for item in items[1:]), region_of(owner, key, end, lines)[1]]
    return [
        (item.mark.line - 1, _last(item, max(after, item.mark.line), lines))
        for item, after in zip(items, ends, strict=True)
    ]


def region_of(owner: Record, key: str, end: int, lines: Sequence[str]) -> tuple[int, int]:
    """Give the lines of a key with all that stands behind it; none where it is absent."""
    node = owner.node
    entries = node.entries if isinstance(node, Mapping) else ()
    for index, (name, _) in enumerate(entries):
        if name.text == key:
            after = _line_before(entries[index + 1][0], lines) if index + 1 < len(entries) else end
            return name.mark.line - 1, max(after, name.mark.line)
    return 0, 0


def _line_before(following: Node, lines: Sequence[str]) -> int:
    """Return the line after the last of what stands before a node, which may begin on the line that the other ends."""
    mark = following.mark
    shared = lines[mark.line - 1][: mark.column - 1].strip(" \t-")
    return mark.line if shared else mark.line - 1


def _last(item: Node, end: int, lines: Sequence[str]) -> int:
    """Leave out blank lines and comments at the end that stand further to the left: they speak of what follows."""
    first, left = item.mark.line, item.mark.column - 1
    while end > first and _is_aside(lines[end - 1], left):
        end -= 1
    return end


def _is_aside(line: str, left: int) -> bool:
    said = line.lstrip()
    return not said or (said.startswith("#") and len(line) - len(said) < left)
