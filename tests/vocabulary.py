"""The keys that users may write, and which of them a workspace writes."""

from collections.abc import Iterator
from typing import Any, get_args

from kapm_site.model.record import Record
from kapm_site.model.schemas import FILES
from kapm_site.model.workspace import PROJECT_FILES, Workspace

Key = tuple[str, str]


def known_keys() -> set[Key]:
    """List every key of the vocabulary, by the record that has it."""
    return {(cls.__name__, name) for root in FILES.values() for cls in _classes(root) for name in cls.model_fields}


def used_keys(workspace: Workspace) -> set[Key]:
    """List the keys that are written somewhere in a workspace."""
    used: set[Key] = set()
    for record in _roots(workspace):
        _gather(record, used)
    return used


def _roots(workspace: Workspace) -> Iterator[Record]:
    yield workspace.settings
    for account in workspace.accounts:
        yield account.client
        for project in account.projects:
            yield from (getattr(project, name) for name in PROJECT_FILES)
            yield from (update.matter for update in project.updates)
            yield from project.reports


def _gather(value: object, used: set[Key]) -> None:
    if isinstance(value, Record):
        for name in value.model_fields_set:
            used.add((type(value).__name__, name))
            _gather(getattr(value, name), used)
    elif isinstance(value, tuple):
        for item in value:
            _gather(item, used)
    elif isinstance(value, dict):
        for item in value.values():
            _gather(item, used)


def _classes(annotation: Any, seen: set[type] | None = None) -> Iterator[type[Record]]:
    seen = set() if seen is None else seen
    if isinstance(annotation, type) and issubclass(annotation, Record):
        if annotation in seen:
            return
        seen.add(annotation)
        yield annotation
        for info in annotation.model_fields.values():
            yield from _classes(info.annotation, seen)
    for argument in get_args(annotation):
        yield from _classes(argument, seen)
