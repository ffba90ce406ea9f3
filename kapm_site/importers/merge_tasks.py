"""The fields of tasks that were imported before: what follows the file and what stays as people edited it.

The rules stand in `ownership`.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from kapm_site.importers.ownership import FIGURES, OWNED, STATE, comparable, fingerprint
from kapm_site.importers.plan_tree import PlanNode
from kapm_site.importers.task_data import TASK_KEYS
from kapm_site.source.edit import Edit, Remove, Set
from kapm_site.source.emit import texts

#: What a task with tasks below it may bear; all else rolls up from them.
_OF_PARENTS = ("name", "owner", "notes", "depends_on", "assigned", "calendar", "constraint", "deadline")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a task: as it stands, as the file has it, and whether it is written."""

    field: str
    before: object
    after: object
    written: bool

    def __str__(self) -> str:
        before, after = shown(self.before), shown(self.after)
        if self.written:
            return f"{self.field} {before} → {after}"
        return f"{self.field} {before} (the file: {after})"


def merge_task(
    node: PlanNode,
    fresh: Mapping[str, object],
    imported: Container[str],
) -> tuple[list[Edit], list[FieldChange]]:
    """Merge the fields of one task.

    Args:
        node: The task as it stands, at its place in the new order.
        fresh: The task as the file has it.
        imported: Ids of all tasks that were imported.

    Returns:
        Edits for the file, and every field in which the two differ.
    """
    current = node.data
    wanted = texts(fresh)
    assert isinstance(wanted, dict)  # noqa: S101 a mapping's texts are a mapping
    new = fingerprint(wanted)
    recorded = _recorded(current)
    mine = fingerprint(current, imported)
    edits: list[Edit] = []
    changes: list[FieldChange] = []
    for field, before, after in _differences(current, wanted, imported, parent=bool(node.children)):
        written = new != recorded and (mine == recorded or _follows(field, after))
        changes.append(FieldChange(field, before, after, written))
        if written and after is None:
            edits.append(Remove((*node.path, field)))
        elif written:
            value = _links(current.get(field), after, imported) if field == "depends_on" else fresh[field]
            edits.append(Set((*node.path, field), value, TASK_KEYS))
    if new != recorded:
        edits.append(Set((*node.path, "source"), {**_source(current), "imported": new}, TASK_KEYS))
    return edits, changes


def shown(value: object) -> str:
    """Write a value for a person, on one line."""
    if value is None:
        return "none"
    if isinstance(value, list):
        return f"[{', '.join(shown(item) for item in value)}]"
    if isinstance(value, dict):
        return " ".join(shown(item) for item in value.values())
    text = " ".join(str(value).split())
    return f"{text[:57]}…" if len(text) > 60 else text or "''"  # noqa: PLR2004 one line of a list


def _differences(
    current: Mapping[str, object],
    wanted: Mapping[str, object],
    imported: Container[str],
    *,
    parent: bool,
) -> Iterator[tuple[str, object, object]]:
    for field in OWNED:
        if parent and field not in _OF_PARENTS and field not in current:
            continue
        before, after = current.get(field), None if parent and field not in _OF_PARENTS else wanted.get(field)
        mine = None if before is None else comparable(field, before, imported)
        if mine in (None, []) and after is None:
            continue
        if after is None or mine != comparable(field, after):
            yield field, before, after


def _follows(field: str, after: object) -> bool:
    """Tell whether a field follows the file although both were changed."""
    return field in STATE or (field in FIGURES and after is not None)


def _links(current: object, wanted: object, imported: Container[str]) -> list[object]:
    """Keep links as they are written where the file still has them, and all to tasks that were not imported."""
    fresh = {repr(comparable("depends_on", [link])): link for link in wanted} if isinstance(wanted, list) else {}
    links: list[object] = []
    for link in current if isinstance(current, list) else []:
        target = link.get("task") if isinstance(link, dict) else link
        known = fresh.pop(repr(comparable("depends_on", [link])), None)
        if known is not None or target not in imported:
            links.append(link)
    return [*links, *fresh.values()]


def _source(current: Mapping[str, object]) -> dict[str, object]:
    source = current.get("source")
    return dict(source) if isinstance(source, dict) else {}


def _recorded(current: Mapping[str, object]) -> str | None:
    recorded = _source(current).get("imported")
    return str(recorded) if recorded else None
