"""Nodes to records: Pydantic validates; each of its errors becomes a problem with a place and a remedy."""

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kapm_site.model.record import Record
from kapm_site.model.scalars import shown
from kapm_site.problem import Problem
from kapm_site.source import Mapping, Node, Scalar, child, locate, plain, replaced

R = TypeVar("R", bound=Record)
Path = tuple[str | int, ...]

_ROUNDS = 6
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


def read_record(node: Node, record: type[R]) -> tuple[R | None, list[Problem]]:
    """Read a record from a node.

    Returns:
        The record tied to its node, and the problems. Where there are problems, the record holds what could be
        read, so that checks can look at the rest; None where nothing could.
    """
    problems: list[Problem] = []
    placed: set[Path] = set()
    for _ in range(_ROUNDS):
        try:
            return record.model_validate(plain(node) or {}).with_node(node), problems
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=True)
        if not placed:
            problems += [_problem(detail, node, record) for detail in details]
        node = _mend(node, details, placed)
    return None, problems


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def _mend(node: Node, details: list[ErrorDetails], placed: set[Path]) -> Node:
    """Leave out what cannot be read and fill in what is missing."""
    placed.add(())
    for detail in sorted(details, key=lambda detail: [str(step) for step in detail["loc"]], reverse=True):
        path = _reach(node, detail["loc"])
        whole = tuple(detail["loc"])
        if detail["type"] == "missing" and whole not in placed:
            placed.add(whole)
            node = replaced(node, whole, Scalar(_PLACEHOLDER, quoted=False, mark=locate(node, whole)))
        elif whole in placed:
            node = replaced(node, path[:-1], None) if len(path) > 1 else node
        elif path:
            node = replaced(node, path, None)
    return node


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
            hint = str(detail.get("ctx", {}).get("hint", ""))
            return Problem(locate(node, detail["loc"]), code, message, hint=hint)


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
        return "wrong-shape", f"expected a list of {context.get('min_length') or context.get('max_length')} items"
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
    return Problem(mark, "unknown-key", f"unknown key '{key}'", hint=hint)


def _missing_key(path: Path, node: Node, record: type[Record]) -> Problem:
    key, owner = str(path[-1]), _record_at(record, path[:-1])
    field = next((info for name, info in owner.model_fields.items() if (info.alias or name) == key), None)
    if field is None:
        return Problem(locate(node, path), "wrong-shape", "the list is too short")
    parent = _node_at(node, path[:-1])
    mark = (parent.key_mark(key) if isinstance(parent, Mapping) else None) or locate(node, path[:-1])
    return Problem(mark, "missing-key", f"key '{key}' is missing", hint=f"add '{key}': {field.description}")


def _bad_choice(detail: ErrorDetails, node: Node) -> Problem:
    path, mark = detail["loc"], locate(node, detail["loc"])
    if path and path[-1] == "[key]":
        parent = _node_at(node, path[:-2])
        key = str(path[-2])
        mark = (parent.key_mark(key) if isinstance(parent, Mapping) else None) or mark
    expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
    words = expected.replace(" or ", ", ").split(", ")
    message = f"{shown(detail['input'])} is not one of {', '.join(words)}"
    return Problem(mark, "bad-choice", message, hint=did_you_mean(str(detail["input"]), words))


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


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
