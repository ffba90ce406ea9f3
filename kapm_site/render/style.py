"""Style sheets of a workspace: no comment is published, and nothing but the workspace's own files is named."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from kapm_site.problem import Mark, Problem

#: Functions besides `url()` that name a file, by a text that need not look like one.
_NAMING = frozenset({"src", "image", "image-set", "-webkit-image-set"})
#: Stands on both sides of a file's name: CSS itself cannot hold it.
_SIGN = "\0"


@dataclass(frozen=True, slots=True)
class Style:
    """A style sheet that was read; the files it names get their addresses later (`addressed`)."""

    text: str
    files: tuple[tuple[str, Mark], ...] = ()
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=16)
def read_style(content: bytes, path: str) -> Style:
    """Read a style sheet.

    Args:
        content: The file.
        path: Of the file, for problems: what is no CSS, and what names something else than a file beside it.
    """
    try:
        css = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Style("", problems=(_problem(Mark(path), f"it is not UTF-8: {error.reason}", "save it as UTF-8"),))
    import tinycss2  # a workspace without a theme does without

    nodes = tinycss2.parse_component_value_list(css, skip_comments=True)
    files: list[tuple[str, Mark]] = []
    problems: list[Problem] = []
    for node in _walk(nodes):
        mark = Mark(path, node.source_line, node.source_column)
        fault = _fault(node)
        if fault:
            problems.append(_problem(mark, *fault))
        elif (address := _address(node)) and not address.startswith("#"):
            name = unquote(address)
            files.append((name, mark))
            _rename(node, name)
    return Style(tinycss2.serialize(nodes), tuple(files), tuple(problems))


def addressed(style: Style, address: Callable[[str], str]) -> str:
    """Write a style sheet with the addresses of the files it names."""
    return re.sub(f"{_SIGN}([^{_SIGN}]*){_SIGN}", lambda match: address(match[1]), style.text)


def _walk(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        yield from _walk(getattr(node, "content", None) or getattr(node, "arguments", None) or [])


def _fault(node: Any) -> tuple[str, str] | None:
    """Say what is wrong with a token, and the remedy."""
    if node.type == "error":
        return f"it is not CSS: {node.message}", "close what is open here"
    if node.type == "at-keyword" and node.lower_value == "import":
        return "it imports another style sheet", "put the rules themselves here"
    if node.type == "function" and node.lower_name in _NAMING:
        return f"it names a file by {node.lower_name}()", "name it by url()"
    address = _address(node)
    if address is None or address.startswith("#"):
        return None
    if re.match(r"[\w+.-]*:|/|\\|\?", address) or ".." in address.split("/"):
        return f"it names {address!r}, which is no file of the theme", "put the file into templates/assets/"
    return None


def _address(node: Any) -> str | None:
    """Return what a `url()` names; None for all else."""
    if node.type == "url":
        return str(node.value)
    if node.type == "function" and node.lower_name == "url":
        return "".join(str(inner.value) for inner in node.arguments if inner.type == "string")
    return None


def _rename(node: Any, name: str) -> None:
    from tinycss2.ast import LiteralToken

    if node.type == "url":
        node.representation = f"url({_SIGN}{name}{_SIGN})"
    else:
        node.arguments = [LiteralToken(node.source_line, node.source_column, f"{_SIGN}{name}{_SIGN}")]


def _problem(mark: Mark, reason: str, hint: str) -> Problem:
    return Problem(mark, "style-error", f"the style sheet cannot be used: {reason}", hint=hint)
