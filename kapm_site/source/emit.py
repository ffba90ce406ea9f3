"""Data to new YAML text: block style for records, one line for what fits on one line."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import yaml

_LINE_WIDTH = 110
_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"
_STR = "tag:yaml.org,2002:str"

_RESOLVER = yaml.resolver.Resolver()


class Typed(str):
    """A scalar written as it was typed, without the quotes that would keep another reader from guessing a type."""

    __slots__ = ()


def scalar_text(value: object) -> str:
    """Return what is typed for a scalar: `true`, `2026-11-20`, `2026-11-20T18:00`, `12.5`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat("T", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def texts(data: object) -> object:
    """Turn data into the lists, dicts and typed texts that a reader of its YAML gets back."""
    if isinstance(data, Mapping):
        return {str(key): texts(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [texts(item) for item in data]
    return scalar_text(data)


def fits_on_line(data: object) -> bool:
    """Tell whether a value is short and simple enough for flow style: one line without line breaks."""
    if isinstance(data, Mapping):
        nested = data.values()
        simple = all(not isinstance(value, Mapping) for value in nested) and "id" not in data
    elif isinstance(data, list | tuple):
        simple = all(fits_on_line(item) for item in data)
    else:
        return "\n" not in str(data)
    return simple and len(flow_text(data)) <= _LINE_WIDTH - 20


def flow_text(data: object) -> str:
    """Write a value on one line."""
    node = _node(data, flow=True)
    text = _serialize(node)
    return text.removesuffix("...\n").strip("\n") if isinstance(node, yaml.ScalarNode) else text.rstrip("\n")


def block_text(data: object, *, dash_indent: int = 2) -> str:
    """Write a mapping or a list in block style.

    Args:
        data: Dicts, lists, and scalars of any type that the vocabulary knows.
        dash_indent: How far the dashes of a list stand to the right of its key.

    Returns:
        Lines with their line ends; the outermost keys or dashes are not indented.
    """
    return _serialize(_node(data, flow=False), dash_indent=dash_indent)


class _Dumper(yaml.SafeDumper):
    """An emitter that indents the dashes of a nested list, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 the base class's signature
        super().increase_indent(flow, indentless=False)


def _serialize(node: yaml.Node, *, dash_indent: int = 2) -> str:
    dumper = _Dumper if dash_indent else yaml.SafeDumper
    text = yaml.serialize(node, Dumper=dumper, allow_unicode=True, width=10**6)
    return str(text)


def _node(data: object, *, flow: bool) -> yaml.Node:
    if isinstance(data, Mapping):
        pairs: list[Any] = [(_scalar(str(key)), _child(value, flow=flow)) for key, value in data.items()]
        return yaml.MappingNode(_MAP, pairs, flow_style=flow)
    if isinstance(data, list | tuple):
        items: Sequence[Any] = [_child(item, flow=flow) for item in data]
        return yaml.SequenceNode(_SEQ, list(items), flow_style=flow)
    return _scalar(data)


def _child(data: object, *, flow: bool) -> yaml.Node:
    collection = isinstance(data, Mapping | list | tuple)
    return _node(data, flow=flow or (collection and (not data or fits_on_line(data))))


def _scalar(data: object) -> yaml.ScalarNode:
    text = scalar_text(data)
    if isinstance(data, str) and not isinstance(data, Typed):
        return yaml.ScalarNode(_STR, text, style="|" if "\n" in text else None)
    tag = str(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]
    return yaml.ScalarNode(tag, text)
