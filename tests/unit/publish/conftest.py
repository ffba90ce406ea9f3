"""Small sites on disk for the tests of publishing."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kapm_site.problem import Mark, Problem
from kapm_site.publish import OutputFile, Published, Secret, Secrets, Stamp, audit_folder, publish
from kapm_site.publish.files import root_client
from kapm_site.publish.manifest import entry_of, manifest_bytes, manifest_of

STAMP = Stamp("0.1.0", "2026-11-20", "4f1c2d3")

Files = Mapping[str, bytes | str]


def output_files(files: Files) -> list[OutputFile]:
    """Make output files whose client and audience follow from their paths."""
    return [
        OutputFile(
            path,
            content if isinstance(content, bytes) else content.encode(),
            root_client(path),
            "client" if root_client(path) else "internal",
        )
        for path, content in files.items()
    ]


def secrets_of(
    *texts: tuple[str, str | None], allowed: Mapping[str, Iterable[str]] | None = None, **more: Iterable[str]
) -> Secrets:
    """Make secrets of `(text, client)` pairs, each typed on a line of its own of `risks.yaml`."""
    typed = [Secret(text, Mark("projects/acme/erp/risks.yaml", line), who) for line, (text, who) in enumerate(texts, 1)]
    return Secrets(typed, {"acme": (), "globex": ()} if allowed is None else allowed, **more)


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Published | list[Problem]]:
    """Publish files into `site` below the test's own folder."""

    def build(files: Files, secrets: Secrets | None = None, **options: Any) -> Published | list[Problem]:
        target = options.pop("target", tmp_path / "site")
        return publish(output_files(files), target, STAMP, secrets or secrets_of(), **options)

    return build


def write_site(folder: Path, files: Files) -> None:
    """Write a site with its manifest, without the audit that publishing makes."""
    outputs = output_files(files)
    for file in outputs:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.content)
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest_of(STAMP, map(entry_of, outputs))))


@pytest.fixture(name="write_site")
def write_site_fixture() -> Callable[[Path, Files], None]:
    """Give the tests `write_site`."""
    return write_site


@pytest.fixture
def audit(tmp_path: Path) -> Callable[..., list[Problem]]:
    """Write files and their manifest into `site`, then audit the folder."""

    def audit(files: Files, secrets: Secrets, **options: Any) -> list[Problem]:
        write_site(tmp_path / "site", files)
        return audit_folder(tmp_path / "site", secrets, **options)

    return audit


def tree(folder: Path) -> dict[str, bytes]:
    """Read a whole folder, hidden files too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(name="tree")
def tree_fixture() -> Callable[[Path], dict[str, bytes]]:
    """Give the tests `tree`."""
    return tree


@pytest.fixture
def secrets() -> Callable[..., Secrets]:
    """Give the tests `secrets_of`."""
    return secrets_of
