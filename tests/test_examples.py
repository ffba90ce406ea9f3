"""The living examples: sound, and complete in the vocabulary they use."""

from pathlib import Path

import pytest

from kapm_site.model.reports import ReportFile, UpdateMatter
from kapm_site.model.schemas import FILES
from kapm_site.pipeline.load import Loaded, load
from tests.vocabulary import known_keys, used_keys

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
    assert sorted(known_keys() - used_keys(loaded.workspace) - BY_PROGRAM) == []


def test_the_kinds_of_files_are_all_counted() -> None:
    """Updates and reports are files too."""
    assert {UpdateMatter, ReportFile} <= set(FILES.values())
