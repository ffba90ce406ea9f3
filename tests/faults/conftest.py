"""A workspace under git, and one whose site has been built."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faulty import Place, short_folder
from tests.repository import commit_all
from tests.small import write_workspace


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A small workspace in a repository."""
    root = write_workspace(tmp_path / "work")
    commit_all(root, "Status")
    (tmp_path / "out").mkdir()
    with short_folder() as temp:
        yield Place(root, tmp_path / "out" / "site", temp)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a place whose site was built without PDFs, to be copied."""
    folder = tmp_path_factory.mktemp("model")
    root = write_workspace(folder / "work")
    commit_all(root, "Status")
    (folder / "out").mkdir()
    result = Place(root, folder / "out" / "site", folder).build_here("--no-pdf")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def built(model: Path, tmp_path: Path) -> Iterator[Place]:
    """A small workspace in a repository, and its site without PDFs."""
    for name in ("work", "out"):
        shutil.copytree(model / name, tmp_path / name)
    with short_folder() as temp:
        yield Place(tmp_path / "work", tmp_path / "out" / "site", temp)
