"""Whose a value is: the rules by which a later import meets what people have edited since the last one.

Every imported task carries a fingerprint of the values it was imported with, in `source.imported`. From it a later
import knows three cases:

* the file says what it said before: nothing is written, edits by hand stay;
* nobody has edited the task: it follows the file, and a value the file no longer has goes;
* both have changed, or the fingerprint is gone: dates, progress and links (`STATE`) follow the file; the other
  figures follow where the file has one; name, owner and notes stay as edited.

A key that an import never writes, such as `description`, `audience`, `delay` or `labels`, is never touched. Links to
tasks that were not imported belong to the person who wrote them.
"""

import hashlib
import json
from collections.abc import Container, Mapping

STATE = (
    "start",
    "finish",
    "duration",
    "milestone",
    "progress",
    "actual_start",
    "actual_finish",
    "remaining",
    "depends_on",
)
FIGURES = ("assigned", "work", "cost", "calendar", "constraint", "deadline", "actual_cost", "actual_work")
WORDS = ("name", "owner", "notes")
OWNED = (*WORDS, *STATE, *FIGURES)

_LETTERS = 6


def fingerprint(task: Mapping[str, object], imported: Container[str] | None = None) -> str:
    """Return six letters that stand for the values an import owns.

    Args:
        task: A task as texts, as `comparable` takes them.
        imported: Ids of imported tasks; links to others do not count. None: all are.
    """
    owned = {key: comparable(key, task[key], imported) for key in OWNED if task.get(key) not in (None, [], "")}
    digest = int.from_bytes(hashlib.sha256(json.dumps(owned, sort_keys=True).encode()).digest()[:8])
    letters = ""
    for _ in range(_LETTERS):
        digest, letter = divmod(digest, 26)
        letters += chr(ord("a") + letter)
    return letters


def comparable(key: str, value: object, imported: Container[str] | None = None) -> object:
    """Bring a value to a form in which two ways of writing the same are equal.

    Args:
        key: The field.
        value: Texts, lists and dicts, as YAML gives them back.
        imported: Ids of imported tasks, see `fingerprint`.
    """
    if key == "depends_on" and isinstance(value, list):
        links = [_link(item) for item in value]
        return sorted(link for link in links if imported is None or link[0] in imported)
    if key == "assigned" and isinstance(value, list):
        return [[item.get("person"), _number(item.get("units", "100"))] for item in value if isinstance(item, dict)]
    if isinstance(value, dict):
        return {name: _number(item) for name, item in value.items()}
    return _number(value)


def _link(item: object) -> list[object]:
    if isinstance(item, dict):
        return [str(item.get("task")), str(item.get("type", "FS")), _number(item.get("lag", "0"))]
    return [str(item), "FS", "0"]


def _number(value: object) -> object:
    """Write numbers in one way; leave all else."""
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)
