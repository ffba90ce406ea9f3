"""Nodes to records: Pydantic validates; each of its errors becomes a problem with a place and a remedy."""

import difflib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kapm_site.model.record import Record
from kapm_site.model.scalars import shown
from kapm_site.problem import Mark, Problem
from kapm_site.source import MAX_PROBLEMS, Mapping, Node, Scalar, Sequence, child, locate, plain, replaced, without

R = TypeVar("R", bound=Record)
Path = tuple[str | int, ...]

_ROUNDS = 6
#: Characters of an unknown word that are compared with known ones; the time grows with their square.
_LONGEST_WORD = 100
_MOST_WORDS = 200
#: Stands for a missing required value, so that the rest of the record can still be checked: it reads as a text,
#: an id and a date. A record that holds it is never published, as its file has an error.
_PLACEHOLDER = "2000-01-01"

_SHAPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_SHAPE_HINTS = {
    "a list": "begin each item with '- ', or write [a, b]",
    "a mapping": "write lines 'key: value', or {key: value}",
}


def read_record(node: Node, record: type[R]) -> tuple[R | None, list[Problem]]:
    """Read a record from a node.

    Returns:
        The record tied to its node, and the problems. Where there are problems, the record holds what could be
        read, so that checks can look at the rest; None where nothing could.
    """
    problems = [*islice(_empty_unknown_keys(node, record), MAX_PROBLEMS)]
    mender = _Mender(node, record)
    for attempt in range(_ROUNDS):
        try:
            found = record.model_validate(plain(mender.node) or {})
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=True)
        else:
            found = found.with_node(mender.node)
            return found.as_partial() if mender.partial else found, problems
        if not attempt:
            problems += _problems(details, node, record)
        if len(details) > MAX_PROBLEMS:
            break
        mender.mend(details)
    return None, problems


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or nothing."""
    return Guesses(words).hint(word)


class Guesses:
    """Finds the known words that unknown ones resemble, whatever their case: for the first ones, as it takes time."""

    def __init__(self, words: Iterable[str], most: int = 20) -> None:
        self._words = words
        self._left = most
        self._known: dict[str, str] = {}
        self._sorted: list[str] = []

    def hint(self, word: str) -> str:
        """Return a hint that names the nearest known word, or nothing."""
        near = self.nearest(word)
        return f"did you mean '{near}'?" if near else ""

    def nearest(self, word: str) -> str:
        """Return the known word that a word most resembles; nothing where none is near."""
        self._left -= 1
        if self._left < 0:
            return ""
        if not self._sorted:
            self._known = {name.casefold(): name for name in sorted(self._words, reverse=True)}
            self._sorted = sorted(self._known)
        sought = word.casefold()[:_LONGEST_WORD]
        # Of very many only those that begin alike are compared.
        middle = bisect_left(self._sorted, sought)
        around = self._sorted[max(0, middle - _MOST_WORDS) : middle + _MOST_WORDS]
        near = difflib.get_close_matches(sought, sorted(around, reverse=True), n=1, cutoff=0.6)
        return self._known[near[0]] if near else ""


class _Mender:
    """Makes a tree readable: leaves out what cannot be read and fills in what is missing.

    What it puts in says that it is lost, so that no check reports the same fault again.
    """

    def __init__(self, node: Node, record: type[Record]) -> None:
        self.node = node
        self.record = record
        self.partial = False
        self.filled: set[Path] = set()

    def mend(self, details: list[ErrorDetails]) -> None:
        """Mend all that one attempt found, from the end of the file so that indexes stay right."""
        for detail in sorted(details, key=lambda detail: _backwards(detail["loc"]), reverse=True):
            whole = detail["loc"]
            if detail["type"] == "missing" and whole not in self.filled:
                self._fill(whole)
            elif whole in self.filled:
                self._drop(whole[:-1])
            else:
                self._drop(whole)
                self.partial |= detail["type"] in _SHAPES or whole[-1:] == ("[key]",)
            if detail["type"] == "extra_forbidden":
                self._lose(_meant(whole, self.record))

    def _fill(self, path: Path) -> None:
        self.filled.add(path)
        self.partial |= path[-1] == "id"
        where = locate(self.node, path)
        self.node = replaced(self.node, path, Scalar(_PLACEHOLDER, quoted=False, mark=where, lost=True))

    def _drop(self, path: Path) -> None:
        reached = _reach(self.node, path)
        there = _node_at(self.node, reached)
        self.partial |= _holds_ids(there) or reached[-1:] == ("id",)
        if reached and isinstance(_node_at(self.node, reached[:-1]), Sequence):
            self.node = without(self.node, reached)
        elif reached:
            self.node = replaced(self.node, reached, Scalar("", quoted=False, mark=there.mark, lost=True))

    def _lose(self, path: Path) -> None:
        parent = _node_at(self.node, path[:-1])
        if path and isinstance(parent, Mapping) and parent.get(str(path[-1])) is None:
            self.node = replaced(self.node, path, Scalar("", quoted=False, mark=parent.mark, lost=True))


def _meant(path: Path, record: type[Record]) -> Path:
    """Return the path of the known key that an unknown one most resembles; () where there is none."""
    near = Guesses(_record_at(record, path[:-1]).keys()).nearest(str(path[-1]))
    return (*path[:-1], near) if near else ()


def _backwards(path: Path) -> list[tuple[int, int, str]]:
    """Order paths so that higher indexes and deeper values come later."""
    return [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in path]


def _holds_ids(node: Node) -> bool:
    """Tell whether records with ids are among what a node holds."""
    if isinstance(node, Mapping):
        return node.get("id") is not None or any(_holds_ids(value) for _, value in node.entries)
    return isinstance(node, Sequence) and any(_holds_ids(item) for item in node.items)


def _reach(node: Node, path: Path) -> Path:
    """Cut a path where the node tree ends."""
    reached: list[str | int] = []
    for step in path:
        below = child(node, step)
        if below is None:
            break
        node = below
        reached.append(step)
    return tuple(reached)


def _problems(details: list[ErrorDetails], node: Node, record: type[Record]) -> list[Problem]:
    """Turn what is wrong with a file into problems, save what follows from another of them."""
    shown_first = details[:MAX_PROBLEMS]
    misspelt = {_meant(detail["loc"], record) for detail in shown_first if detail["type"] == "extra_forbidden"}
    problems = [_problem(detail, node, record) for detail in shown_first if not _follows(detail, node, misspelt)]
    if len(details) > MAX_PROBLEMS:
        message = f"{len(details)} values cannot be read; the first {MAX_PROBLEMS} are reported"
        problems.append(Problem(Mark(node.mark.path), "too-many-problems", message, hint="mend those first"))
    return problems


def _follows(detail: ErrorDetails, node: Node, misspelt: set[Path]) -> bool:
    """Tell whether a key is missing only because it was misspelt, or its value was refused before."""
    if detail["type"] != "missing":
        return False
    parent, key = _node_at(node, detail["loc"][:-1]), detail["loc"][-1]
    refused = (child(parent, key), child(parent, "<<"))
    return detail["loc"] in misspelt or any(isinstance(value, Scalar) and value.lost for value in refused)


def _problem(detail: ErrorDetails, node: Node, record: type[Record]) -> Problem:
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(detail["loc"], node, record)
        case "missing":
            return _missing_key(detail["loc"], node, record)
        case "literal_error":
            return _bad_choice(detail, node)
        case kind:
            code, message = _fault(kind, detail, _found(node, detail))
            hint = str(detail.get("ctx", {}).get("hint", "")) or _SHAPE_HINTS.get(_SHAPES.get(kind, ""), "")
            return Problem(_place(node, detail["loc"]), code, message, hint=hint)


def _place(node: Node, path: Path) -> Mark:
    """Return where a value stands, or a key where its own text is at fault."""
    if path[-1:] != ("[key]",):
        return locate(node, path)
    parent = _node_at(node, path[:-2])
    mark = parent.key_mark(str(path[-2])) if isinstance(parent, Mapping) else None
    return mark or locate(node, path)


def _found(node: Node, detail: ErrorDetails) -> str:
    """Show a value as it was typed."""
    there = _node_at(node, detail["loc"])
    return shown(there.text if isinstance(there, Scalar) else detail["input"])


def _fault(kind: str, detail: ErrorDetails, found: str) -> tuple[str, str]:
    """Name the code and the message of a value that its field does not take."""
    context = detail.get("ctx", {})
    if kind in _SHAPES:
        return "wrong-shape", f"{found} where {_SHAPES[kind]} was expected"
    if kind in ("too_short", "too_long"):
        most = "at most " if kind == "too_long" else ""
        return "wrong-shape", f"expected a list of {most}{context.get('min_length') or context.get('max_length')} items"
    if kind == "multiple_of":
        return "out-of-range", f"{found} is not a whole number"
    if limits := _limit(context):
        return "out-of-range", f"{found} is out of range: expected {limits}"
    return kind, detail["msg"]


def _limit(context: dict[str, Any]) -> str:
    words = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    return ", ".join(f"{words[key]} {value:g}" for key, value in context.items() if key in words)


def _unknown_key(path: Path, node: Node, record: type[Record]) -> Problem:
    key, owner = str(path[-1]), _record_at(record, path[:-1])
    parent = _node_at(node, path[:-1])
    mark = (parent.key_mark(key) if isinstance(parent, Mapping) else None) or locate(node, path)
    keys = owner.keys()
    hint = did_you_mean(key, keys) or f"known keys: {', '.join(keys)}"
    return Problem(mark, "unknown-key", f"unknown key {shown(key)}", hint=hint)


def _missing_key(path: Path, node: Node, record: type[Record]) -> Problem:
    key, owner = str(path[-1]), _record_at(record, path[:-1])
    field = next((info for name, info in owner.model_fields.items() if (info.alias or name) == key), None)
    if field is None:
        return Problem(locate(node, path), "wrong-shape", "the list is too short")
    parent = _node_at(node, path[:-1])
    mark = (parent.key_mark(key) if isinstance(parent, Mapping) else None) or locate(node, path[:-1])
    return Problem(mark, "missing-key", f"key '{key}' is missing", hint=f"add '{key}': {field.description}")


def _bad_choice(detail: ErrorDetails, node: Node) -> Problem:
    expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
    words = expected.replace(" or ", ", ").split(", ")
    message = f"{shown(detail['input'])} is not one of {', '.join(words)}"
    return Problem(_place(node, detail["loc"]), "bad-choice", message, hint=did_you_mean(str(detail["input"]), words))


def _node_at(node: Node, path: Path) -> Node:
    for step in _reach(node, path):
        below = child(node, step)
        if below is not None:
            node = below
    return node


def _record_at(record: type[Record], path: Path) -> type[Record]:
    """Find the record class that a path of keys and indexes leads to."""
    for step in path:
        field = next((i for name, i in record.model_fields.items() if (i.alias or name) == step), None)
        if field is not None:
            record = _record_in(field.annotation) or record
    return record


def _empty_unknown_keys(node: Node, annotation: Any) -> Iterator[Problem]:
    """Find unknown keys with nothing behind them, which `plain` leaves out: `{note: Licence, three months}`."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Record) and isinstance(node, Mapping):
        yield from _empty_unknown_of(node, annotation)
    elif origin is tuple and isinstance(node, Sequence):
        for item in node.items:
            yield from _empty_unknown_keys(item, arguments[0])
    elif origin is dict and isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _empty_unknown_keys(value, arguments[1])
    elif origin is not dict and origin is not tuple:
        for part in arguments:
            yield from _empty_unknown_keys(node, part)


def _empty_unknown_of(node: Mapping, record: type[Record]) -> Iterator[Problem]:
    known = _annotations(record)
    for key, value in node.entries:
        if key.text in known:
            if not isinstance(value, Scalar) and (below := known[key.text]) is not None:
                yield from _empty_unknown_keys(value, below)
        elif isinstance(value, Scalar) and value.absent and key.text != "<<":  # that one has its own problem
            hint = did_you_mean(key.text, known) or "a text with a comma in it needs quotes inside { }"
            yield Problem(key.mark, "unknown-key", f"unknown key {shown(key.text)}", hint=hint)


@cache
def _annotations(record: type[Record]) -> dict[str, Any]:
    """Give the annotation of each key below which there are records; None for the others."""
    fields = record.model_fields.items()
    return {info.alias or name: info.annotation if _record_in(info.annotation) else None for name, info in fields}


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
