"""Writes docs/vocabulary.md from the records; `--check` compares instead and ends with 1 where it differs."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic_core import PydanticUndefined

from kapm_site.language import overridable_ids
from kapm_site.model.record import Record, is_locked
from kapm_site.model.schemas import FILES

PAGE = Path(__file__).parents[1] / "docs" / "vocabulary.md"
NAMES = {"update": "updates/<date>.md (front matter)", "report": "reports/<NNN>.yaml", "kapm": "kapm.yaml"}
HEAD = """# The YAML vocabulary

Generated from the records by `tools/reference.py`; do not edit. 🔒 marks what never reaches a client, whatever
audience is stated. Values are read by their field: `no`, `0123` and `12:30` in a text field stay what was typed.
"""


def main() -> None:
    """Write or compare the page."""
    text = "\n".join(_page())
    if "--check" in sys.argv:
        sys.exit(0 if PAGE.read_text("utf-8") == text else "docs/vocabulary.md is not up to date: run make docs")
    PAGE.write_text(text, "utf-8")


def _page() -> Iterator[str]:
    yield HEAD
    told: set[type[Record]] = set()
    for name, record in FILES.items():
        yield f"## {NAMES.get(name, f'{name}.yaml')}\n"
        yield from _tables(record, told)
    yield "## Labels that `brand.vocabulary` may change\n"
    yield ", ".join(f"`{label}`" for label in overridable_ids()) + "\n"


def _tables(record: type[Record], told: set[type[Record]]) -> Iterator[str]:
    """Write the table of a record, then those of the records in its fields that were not told yet."""
    told.add(record)
    summary = (record.__doc__ or "").strip().splitlines()[0]
    yield f"### {record.__name__}\n\n{summary}\n\n| key | value | default | |\n|---|---|---|---|"
    inner = []
    for name, info in record.model_fields.items():
        lock = "🔒 " if is_locked(record, name) else ""
        kind = _kind(info.annotation)
        default = _default(info.default, required=info.is_required())
        yield f"| `{info.alias or name}` | {kind} | {default} | {lock}{info.description} |"
        inner += [found for found in _records(info.annotation) if found not in told]
    yield ""
    for found in dict.fromkeys(inner):
        if found not in told:
            yield from _tables(found, told)


def _kind(annotation: Any) -> str:
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        return f"list of {_kind(arguments[0])}"
    if get_origin(annotation) is dict:
        return f"map to {_kind(arguments[1])}"
    words = [argument for argument in arguments if isinstance(argument, str)]
    if words and len(words) == len(arguments):
        return " · ".join(f"`{word}`" for word in words)
    kept = [argument for argument in arguments if argument is not type(None)]
    if len(kept) >= 1 and len(arguments) > 1:
        return _kind(kept[0])
    names = {"str": "text", "float": "number", "bool": "true · false", "int": "number"}
    name = getattr(annotation, "__name__", str(annotation))
    return names.get(name, name)


def _default(value: Any, *, required: bool) -> str:
    if required:
        return "required"
    if (
        value is None
        or value is PydanticUndefined
        or value in ((), {})
        or isinstance(value, Record | dict)
        or value == ""
    ):
        return ""
    if isinstance(value, tuple):
        return f"`[{', '.join(str(item) for item in value)}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _records(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for argument in get_args(annotation):
        yield from _records(argument)


if __name__ == "__main__":
    main()
