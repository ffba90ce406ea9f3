"""A build in parts gives the site of a build in one, and parts that do not fit together are refused."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from kapm_site.publish.lock import locked
from tests.repository import commit_all
from tests.small import FILES, write_workspace

DATE = ("--status-date", "2026-11-20")
PASSPHRASE = {"KAPM_PASSPHRASES_ACME": "k7qf-3m2x-9abc-defg-hjkm"}
PLAN = "projects/acme/p1/plan.yaml"
PROJECTS = {
    path.replace("/erp/", f"/p{number}/"): text
    for number in range(3)
    for path, text in FILES.items()
    if "/erp/" in path
} | {path: None for path in FILES if "/erp/" in path}


def run(root: Path, *arguments: str, **more: str) -> Result:
    """Build without a cache of others."""
    environment = {"KAPM_CACHE": "", **more}
    return CliRunner().invoke(kapm, ["-C", str(root), "build", *DATE, *arguments], env=environment)


def files(folder: Path) -> dict[str, bytes]:
    """Read a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def merged(root: Path, *folders: Path, more: tuple[str, ...] = (), **environment: str) -> Result:
    """Put parts together."""
    named = [argument for folder in folders for argument in ("--merge", str(folder))]
    return run(root, "--no-pdf", "-o", str(root.parent / "site"), *named, *more, **environment)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of three projects, committed."""
    folder = write_workspace(tmp_path / "work", PROJECTS)
    commit_all(folder, "First status")
    return folder


@pytest.fixture
def parts(root: Path) -> list[Path]:
    """Two parts of it, without PDF."""
    folders = [root.parent / f"part-{index}" for index in (1, 2)]
    for index, folder in enumerate(folders, 1):
        done = run(root, "--no-pdf", "--shard", f"{index}/2", "-o", str(folder))
        assert done.exit_code == 0, done.output
    return folders


def test_a_site_of_parts_is_the_site_of_one_build(root: Path, tmp_path: Path) -> None:
    """Byte for byte, with its PDFs and its manifest, however the parts are named."""
    folders = [tmp_path / f"part-{index}" for index in (1, 2, 3)]
    told = [run(root, "--shard", f"{index}/3", "-o", str(folder)).output for index, folder in enumerate(folders, 1)]
    assert ["1 project in" in one for one in told] == [True] * 3
    assert sorted(len([*folder.glob("pdfs/*")]) for folder in folders) == [3, 3, 3]
    named = [argument for folder in reversed(folders) for argument in ("--merge", str(folder))]
    done = run(root, "-o", str(tmp_path / "site"), *named)
    assert done.exit_code == 0, done.output
    assert run(root, "-o", str(tmp_path / "whole")).exit_code == 0
    assert files(tmp_path / "site") == files(tmp_path / "whole")


def test_a_folder_that_holds_the_parts_names_them_all(root: Path, parts: list[Path], tmp_path: Path) -> None:
    """So a CI job names one, however many parts there are."""
    (tmp_path / "parts").mkdir()
    for part in parts:
        part.rename(tmp_path / "parts" / part.name)
    done = merged(root, tmp_path / "parts")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "site" / "clients" / "acme" / "p2" / "index.html").is_file()
    done = merged(root, tmp_path)
    assert "it is no part that `kapm build --shard` wrote" in done.stderr


def test_nothing_is_made_again(root: Path, parts: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The last job only puts together what the others have made."""
    monkeypatch.setattr("kapm_site.pipeline.kept.make_project", None)
    done = merged(root, *parts)
    assert done.exit_code == 0, done.output


def damaged(folder: Path) -> None:
    """Change a byte of an entry."""
    place = next(folder.glob("files/*"))
    place.write_bytes(place.read_bytes()[:-1] + b"?")


def shortened(folder: Path) -> None:
    """Lose an entry."""
    next(folder.glob("projects/*")).unlink()


def estranged(folder: Path) -> None:
    """Make it the work of another version."""
    record = json.loads((folder / "part.json").read_text())
    (folder / "part.json").write_text(json.dumps(record | {"program": "0"}))


def vouching(folder: Path) -> None:
    """Bring along what an audit is said to have found."""
    record = json.loads((folder / "part.json").read_text())
    record["entries"]["compared/" + "0" * 64] = "0" * 64
    (folder / "part.json").write_text(json.dumps(record))


def leading_out(folder: Path) -> None:
    """Name a file elsewhere."""
    record = json.loads((folder / "part.json").read_text())
    (folder / "part.json").write_text(json.dumps(record | {"entries": {"../../etc/passwd": "0" * 64}}))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (damaged, "is not what the part was written with"),
        (shortened, "cannot be read: No such file or directory"),
        (estranged, "another kapm, Python or library has made it"),
        (vouching, "it is no part that `kapm build --shard` wrote"),
        (leading_out, "it is no part that `kapm build --shard` wrote"),
        (lambda folder: (folder / "part.json").unlink(), "it is no part that `kapm build --shard` wrote"),
    ],
)
def test_a_part_that_is_not_whole_is_refused(root: Path, parts: list[Path], harm: object, told: str) -> None:
    """With its folder and the reason; nothing is published."""
    harm(parts[1])  # type: ignore[operator]
    done = merged(root, *parts)
    assert done.exit_code == 1
    assert f"{parts[1]}:1:1: error: the part cannot be put together with the others: " in done.stderr
    assert told in done.stderr
    assert "[part-unusable]" in done.stderr
    assert not (root.parent / "site").exists()


def test_parts_that_are_missing_or_there_twice_are_named(root: Path, parts: list[Path], tmp_path: Path) -> None:
    """And one of another division."""
    assert "beside it part 2/2 is needed" in merged(root, parts[0]).stderr
    shutil.copytree(parts[0], tmp_path / "copy")
    assert f"it is part 1/2, as '{parts[0]}' is" in merged(root, parts[0], tmp_path / "copy").stderr
    run(root, "--no-pdf", "--shard", "2/3", "-o", str(tmp_path / "third"))
    assert f"it is part 2/3, and '{parts[0]}' is part 1/2" in merged(root, parts[0], tmp_path / "third").stderr


def test_parts_of_other_sources_are_refused(root: Path, parts: list[Path]) -> None:
    """Other files, another status date, a project more, a project less."""
    changed = "was made from other files, another status date or other options"
    assert changed in merged(root, *parts, more=("--status-date", "2026-11-21")).stderr
    plan = (root / PLAN).read_text()
    (root / PLAN).write_text(plan.replace("progress: 60", "progress: 70"))
    assert f"'acme/p1' {changed}" in merged(root, *parts).stderr
    (root / PLAN).write_text(plan)
    shutil.copytree(root / "projects/acme/p1", root / "projects/acme/p9")
    assert "no part holds 'acme/p9'" in merged(root, *parts).stderr
    shutil.rmtree(root / "projects/acme/p9")
    shutil.rmtree(root / "projects/acme/p2")
    assert "it holds 'acme/p2', which is not in the workspace" in merged(root, *parts).stderr


def test_what_others_have_made_stays_out_of_the_cache(root: Path, parts: list[Path], tmp_path: Path) -> None:
    """A part that was forged spoils the site that is made of it, and no later one."""
    cache = tmp_path / "cache"
    done = merged(root, *parts, KAPM_CACHE=str(cache))
    assert done.exit_code == 0, done.output
    assert [*cache.rglob("*")] == []


def test_a_part_that_somebody_is_writing_is_left_alone(root: Path, tmp_path: Path) -> None:
    """The second job says so, and fails."""
    with locked(tmp_path / "part", 0):
        done = run(root, "--no-pdf", "--shard", "1/1", "-o", str(tmp_path / "part"))
    assert done.exit_code == 1
    assert f"another build is writing it (pid {os.getpid()}" in done.stderr
    assert "no part was written" in done.stderr


def test_a_protected_site_needs_its_passphrase_when_parts_are_put_together(root: Path, tmp_path: Path) -> None:
    """The jobs that make the parts need not know it."""
    client = root / "projects/acme/client.yaml"
    client.write_text(client.read_text().replace("none", "passphrase"))
    part = tmp_path / "part"
    assert run(root, "--no-pdf", "--shard", "1/1", "-o", str(part)).exit_code == 0
    done = merged(root, part, **PASSPHRASE)
    assert done.exit_code == 0, done.output
    assert run(root, "--no-pdf", "-o", str(tmp_path / "whole"), **PASSPHRASE).exit_code == 0
    assert files(tmp_path / "site").keys() == files(tmp_path / "whole").keys()
    assert [*(tmp_path / "site/clients/acme").rglob("*.sealed")]


def test_a_project_with_an_error_keeps_its_part_from_being_written(root: Path, tmp_path: Path) -> None:
    """The job fails, as a build does; a part with the others sound is made by those that have no such project."""
    (root / PLAN).write_text((root / PLAN).read_text().replace("progress: 60", "progress: 160"))
    told = {
        index: run(root, "--no-pdf", "--shard", f"{index}/3", "-o", str(tmp_path / f"{index}")) for index in (1, 2, 3)
    }
    assert [one.exit_code for one in told.values()] == [0, 1, 0]
    assert f"{PLAN}:" in told[2].stderr
    assert "no part was written" in told[2].stderr
    assert not (tmp_path / "2").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--shard", "0/2"), "'0/2' is no share such as 2/4"),
        (("--shard", "3/2"), "'3/2' is no share such as 2/4"),
        (("--shard", "one"), "'one' is no share such as 2/4"),
        (("--shard", "1/2", "--only", "clients"), "parts are of the whole site"),
        (("--shard", "1/2", "acme"), "parts are of the whole site"),
        (("--shard", "1/2", "--merge", "."), "one of them"),
        (("--shard", "1/2", "-o", "{root}/projects/acme"), "holds the sources"),
        (("--shard", "1/2", "-o", "{root}/../other"), "holds something else than a part"),
    ],
)
def test_wrong_usage_is_told(root: Path, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """Before any work is done."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other/notes.txt").write_text("mine")
    done = run(root, *(argument.format(root=root) for argument in arguments))
    assert done.exit_code == 2
    assert told in done.stderr
