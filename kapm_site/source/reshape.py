"""Blocks of lines brought to another shape: values rewritten, keys and items put in and taken out."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from kapm_site.source.blocks import Block, block_value, parse_blocks, split_lines
from kapm_site.source.emit import block_text, fits_on_line, flow_text, texts

Path = tuple[str | int, ...]

#: As `after`: behind the last item.
LAST = "\0last"


def assign(block: Block, value: object) -> None:
    """Make a block hold a value, rewriting only the parts of it that differ."""
    if block_value(block) == texts(value):
        return
    if block.form == "mapping" and isinstance(value, Mapping) and value:
        for name in [child.name for child in block.children if child.name not in value]:
            drop_child(block, name)
        for name, item in value.items():
            child = find(block, name)
            if child is None:
                add_key(block, name, item, tuple(value))
            else:
                assign(child, item)
    elif block.form == "sequence" and isinstance(value, list | tuple) and value:
        _assign_items(block, value)
    else:
        write(block, value)


def write(block: Block, value: object) -> None:
    """Replace the value of a block, in its line where both the old and the new one fit there."""
    fresh = _fresh(block, value)
    if block.form == "value" and block.span and fits_on_line(value):
        row, first, last = block.span
        line = block.head[row]
        text = flow_text(value)
        gap = " " if first == last and text and not line[:first].endswith(" ") else ""
        block.head[row] = line[:first] + gap + text + line[last:]
        block.span = (row, first + len(gap), first + len(gap) + len(text))
        block.value = fresh.value if fresh.form == "value" else block_value(fresh)
        return
    _shift(fresh, block.indent - fresh.indent)
    block.lead += [line for child in block.children for line in _comments(child)]
    block.head, block.form, block.children = fresh.head, fresh.form, fresh.children
    block.value, block.span = fresh.value, fresh.span


def with_value(data: object, path: Path, value: object) -> object:
    """Return plain data with a value set below it."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        index = step if isinstance(step, int) else [id_of(item) for item in data].index(step)
        return [*data[:index], with_value(data[index], rest, value), *data[index + 1 :]]
    known = data if isinstance(data, dict) else {}
    return {**known, str(step): with_value(known.get(str(step)), rest, value)}


def add_key(block: Block, name: str, value: object, order: tuple[str, ...]) -> None:
    """Add a key behind those that precede it in `order`; one that `order` does not name comes last."""
    present = [child.name for child in block.children]
    earlier = order[: order.index(name)] if name in order else ()
    index = len(present)
    if earlier or name in order:
        index = max((present.index(key) + 1 for key in earlier if key in present), default=0)
    fresh = parse_blocks(block_text({name: value})).children[0]
    _shift(fresh, block.children[0].indent if block.children else 0)
    if index == 0 and block.children:
        # What stands above the first key of a file or record is about the whole of it.
        fresh.lead, block.children[0].lead = block.children[0].lead, []
    elif index < len(present) and index:
        previous = block.children[index - 1]
        if not previous.children:
            fresh.tail, previous.tail = previous.tail, []
    block.children.insert(index, fresh)


def drop_child(block: Block, name: str) -> None:
    """Take out a key; its comment lines stay."""
    gone = find(block, name)
    if gone is None:
        raise KeyError(name)
    index = block.children.index(gone)
    block.children.pop(index)
    comments = _comments(gone)
    if index < len(block.children):
        block.children[index].lead = [*comments, *block.children[index].lead]
    elif index:
        block.children[index - 1].tail += comments


def put(target: Block, block: Block, after: str | None) -> None:
    """Put an item into a block list, spaced like its neighbours: behind the id `after`, first (None) or LAST."""
    children = target.children
    dash = children[0].indent if children else target.indent + 2
    _shift(block, dash - block.indent)
    index = len(children)
    if after is None:
        index = 0
    elif after != LAST:
        index = next(row for row, child in enumerate(children) if id_of(block_value(child)) == after) + 1
    spaced = any(not line.strip() for child in children[1:] for line in child.lead)
    while index == 0 and block.lead and not block.lead[0].strip():
        block.lead.pop(0)
    if spaced and index and not block.lead:
        block.lead = ["\n"]
    children.insert(index, block)


def unfold(block: Block) -> None:
    """Write a collection that stands on one line in block style, to reach into it."""
    if not block.value:
        if block.span:
            row, first, last = block.span
            line = block.head[row]
            block.head[row] = line[:first].rstrip() + line[last:]
        block.form, block.children, block.span = "sequence", [], None
        return
    body = "".join(f"  {line}" for line in split_lines(block_text(block.value)))
    head = f"{flow_text(block.name)}:\n" if block.name else ""
    unfolded = parse_blocks(head + body if head else f"- {body[2:]}").children[0]
    _shift(unfolded, block.indent - unfolded.indent)
    block.head, block.form, block.children, block.span = unfolded.head, unfolded.form, unfolded.children, None


def find(block: Block, step: str | int) -> Block | None:
    """Return a child by its key, its index, or the id of the record it holds."""
    if block.form == "mapping":
        return next((child for child in block.children if child.name == step), None)
    if isinstance(step, int):
        return block.children[step] if step < len(block.children) else None
    return next((child for child in block.children if _item_id(child) == step), None)


def id_of(value: object) -> object:
    """Return the id of a record given as data."""
    return value.get("id") if isinstance(value, dict) else None


def _assign_items(block: Block, value: Sequence[object]) -> None:
    before = [repr(block_value(child)) for child in block.children]
    after = [repr(_typed(item)) for item in value]
    children = block.children
    result: list[Block] = []
    for kind, first, last, new_first, new_last in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            result += children[first:last]
        else:
            fresh = [parse_blocks(block_text([item])).children[0] for item in value[new_first:new_last]]
            for item in fresh:
                _shift(item, block.children[0].indent - item.indent)
            comments = [line for child in children[first:last] for line in _comments(child)]
            if fresh:
                fresh[0].lead = comments
            elif last < len(children):
                children[last].lead = [*comments, *children[last].lead]
            elif result:
                result[-1].tail += comments
            result += fresh
    block.children = result


def _typed(value: object) -> object:
    return block_value(parse_blocks(block_text([value])))[0]  # type: ignore[index]


def _fresh(block: Block, value: object) -> Block:
    data = {block.name: value} if block.name else [value]
    return parse_blocks(block_text(data)).children[0]


def _comments(block: Block) -> list[str]:
    """Return the comment lines of a block that is taken out, its children's included; they stay in the file."""
    inner = [line for child in block.children for line in _comments(child)]
    return [*(line for line in block.lead if line.strip()), *inner, *(line for line in block.tail if line.strip())]


def _item_id(block: Block) -> object:
    if block.form == "mapping":
        return next((child.value for child in block.children if child.name == "id"), None)
    return id_of(block.value)


def _shift(block: Block, by: int) -> None:
    """Indent a block with all its lines."""
    if not by:
        return
    block.indent += by
    block.lead = [_shifted(line, by) for line in block.lead]
    block.head = [_shifted(line, by) for line in block.head]
    block.tail = [_shifted(line, by) for line in block.tail]
    if block.span:
        block.span = (block.span[0], block.span[1] + by, block.span[2] + by)
    for child in block.children:
        _shift(child, by)


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    if by > 0:
        return " " * by + line
    blank = len(line) - len(line.lstrip(" "))
    return line[min(-by, blank) :]
