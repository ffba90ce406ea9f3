"""Writes docs/page-facts.md: blocks and facts that a theme may use, from the templates and the records of pages.

python tools/facts.py            write the page
python tools/facts.py --check    exit 1 if the page is not what would be written
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kapm_site.pages.blocks import Block, Chart, Section
from kapm_site.pages.brief_report import BriefReport
from kapm_site.pages.client_home import ClientPage
from kapm_site.pages.full_report import FullReport
from kapm_site.pages.portfolio.page import PortfolioPage
from kapm_site.pages.project import ProjectPage

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "page-facts.md"
TEMPLATES = ROOT / "templates"

#: Each template of a page, and what its `page` is; the frames are given the same as the pages they are around.
PAGES: dict[str, type[Any] | None] = {
    "base.html.j2": None,
    "project.html.j2": ProjectPage,
    "client.html.j2": ClientPage,
    "portfolio.html.j2": PortfolioPage,
    "print/base.html.j2": None,
    "print/full.html.j2": FullReport,
    "print/brief.html.j2": BriefReport,
}
HEAD = """# What a theme may use: blocks and facts

Generated from the templates and records by `tools/facts.py`; do not edit. How to use it: [theming](theming.md).

## Blocks

A block of a frame is a block of every page in it. Blocks stand in the order of the page.
"""
FACTS = """## Facts

`page` is the record that stands beside its template above. A section is given to `partials/section.html.j2` as
`section`; one of its blocks to the template that the block names, as `block`. `[…]` is a list; a value that may be
missing is then `none`. Texts are finished, in the reader's language; those that are Markdown say so and are written
by `md()`. A drawing is shown by `{% with chart = … %}{% include chart.template %}{% endwith %}`, a block by
`{% include block.template %}`, with it as `block`; in print by `{% include "print/" ~ block.template %}`.
"""
_BLOCK = re.compile(r"\{% block (\w+)[^%]*%\}\s*(?:\{# (.*?) #\})?", re.DOTALL)
_SIMPLE = {str: "text", bool: "true · false", int: "number", float: "number", Chart: "drawing", Block: "block"}


def main() -> None:
    """Write the page, or compare it."""
    text = "\n".join(_page())
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.exists() and PAGE.read_text("utf-8") == text else f"{PAGE.name} is not up to date: make docs"
        )
    PAGE.write_text(text, "utf-8")


def _page() -> Iterator[str]:
    yield HEAD
    for name, record in PAGES.items():
        given = f", given {_link(record)}" if record else ""
        yield f"### `{name}`{given}\n\n| block | what stands in it |\n|---|---|"
        for block, told in _BLOCK.findall((TEMPLATES / name).read_text("utf-8")):
            if not told:
                sys.exit(f"templates/{name}: the block '{block}' has no comment that says what stands in it")
            yield f"| `{block}` | {told} |"
        yield ""
    yield FACTS
    told: set[type[Any]] = set()
    for record in (*filter(None, PAGES.values()), Section):
        yield from _tables(record, told)


def _tables(record: type[Any], told: set[type[Any]]) -> Iterator[str]:
    """Write the table of a record, then those of the records in it that were not told yet."""
    if record in told:
        return
    told.add(record)
    summary, notes = _docstring(record)
    yield f"### {record.__name__}\n\n{summary}\n\n| fact | value | |\n|---|---|---|"
    hints = get_type_hints(record)
    names = [field.name for field in fields(record)] if is_dataclass(record) else list(record._fields)
    for name in names:
        yield f"| `{name}` | {_kind(hints[name])} | {notes.get(name, '')} |"
    for name, member in vars(record).items():
        if isinstance(member, property):
            yield f"| `{name}` | {_kind(get_type_hints(member.fget)['return'])} | {_first(member.fget)} |"
        elif callable(member) and not name.startswith("_") and not isinstance(member, type):
            yield f"| `{name}(…)` | | {_first(member)} |"
    yield ""
    for name in names:
        for found in _records(hints[name]):
            yield from _tables(found, told)


def _docstring(record: type[Any]) -> tuple[str, dict[str, str]]:
    """Split a docstring into its text and what it says of each attribute."""
    text, _, attributes = (record.__doc__ or "").partition("Attributes:")
    notes: dict[str, str] = {}
    last: list[str] = []
    for line in attributes.splitlines():
        found = re.match(r" {8}(\w[\w, ]*): (.*)", line)
        if found:
            last = re.split(r", ", found[1])
            notes |= dict.fromkeys(last, found[2])
        elif line.strip():
            notes |= {name: f"{notes[name]} {line.strip()}" for name in last}
    return " ".join(text.split()), notes


def _first(function: Any) -> str:
    return (function.__doc__ or "").strip().splitlines()[0]


def _kind(hint: Any) -> str:
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    arguments = [argument for argument in get_args(hint) if argument not in (type(None), Ellipsis)]
    if get_origin(hint) is Literal:
        return " · ".join(f"`{word}`" if word else "nothing" for word in arguments)
    if get_origin(hint) in (Union, UnionType):
        missing = " or `none`" if type(None) in get_args(hint) else ""
        return " · ".join(map(_kind, arguments)) + missing
    if get_origin(hint) is tuple:
        inner = ", ".join(map(_kind, arguments))
        return f"[{inner}]" if Ellipsis in get_args(hint) else f"({inner})"
    return _link(hint)


def _link(record: type[Any]) -> str:
    return f"[{record.__name__}](#{record.__name__.lower()})"


def _records(hint: Any) -> Iterator[type[Any]]:
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        yield hint
    for argument in get_args(hint):
        yield from _records(argument)


if __name__ == "__main__":
    main()
