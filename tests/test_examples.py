"""The living examples: sound, and complete in the vocabulary they use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from kapm_site.model.record import Record
from kapm_site.model.reports import ReportFile, UpdateMatter
from kapm_site.model.schemas import FILES
from kapm_site.model.workspace import PROJECT_FILES
from kapm_site.pipeline.load import Loaded, load

ROOT = Path(__file__).parents[1]

#: Written by a program and not by people.
BY_PROGRAM = {
    ("Origin", "imported"),
    ("ReportFile", "sha256"),
    ("ReportFile", "content"),
    ("ReportFile", "made_with"),
}


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The examples."""
    return load(ROOT)


def test_the_examples_have_no_error(loaded: Loaded) -> None:
    """What a newcomer builds first builds."""
    assert [str(problem) for problem in loaded.problems if problem.severity == "error"] == []


def test_there_are_enough_of_them(loaded: Loaded) -> None:
    """Three clients in three languages, five projects of a realistic size."""
    accounts = loaded.workspace.accounts
    languages = {account.client.language or loaded.workspace.settings.language for account in accounts}
    assert languages == {"en", "de", "zh-CN"}
    sizes = [len(list(project.tasks())) for _, project in loaded.workspace.projects()]
    assert len(sizes) >= 5
    assert all(40 <= size <= 90 for size in sizes)


def test_they_use_every_key_of_the_vocabulary(loaded: Loaded) -> None:
    """Each key that the records know is written somewhere in the examples."""
    used: set[tuple[str, str]] = set()
    for record in _roots(loaded):
        _gather(record, used)
    known = {(cls.__name__, name) for root in FILES.values() for cls in _classes(root) for name in cls.model_fields}
    assert sorted(known - used - BY_PROGRAM) == []


def _roots(loaded: Loaded) -> Iterator[Record]:
    yield loaded.workspace.settings
    for account in loaded.workspace.accounts:
        yield account.client
        for project in account.projects:
            yield from (getattr(project, name) for name in PROJECT_FILES)
            yield from (update.matter for update in project.updates)
            yield from project.reports


def _gather(value: object, used: set[tuple[str, str]]) -> None:
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


def test_the_kinds_of_files_are_all_counted() -> None:
    """Updates and reports are files too."""
    assert {UpdateMatter, ReportFile} <= set(FILES.values())
