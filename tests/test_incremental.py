"""A build that takes what an earlier one has made gives the same bytes as one that takes nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kapm_site.audience import ClientView
from kapm_site.cli import kapm
from kapm_site.pipeline.pages import Root, client_home_files
from tests.repository import commit_all
from tests.small import FILES, write_workspace

DAYS = ("2026-11-20", "2026-11-21")
PLAN, CLIENT = "projects/acme/erp/plan.yaml", "projects/acme/client.yaml"
SECOND = {
    path.replace("acme", "globex"): text.replace("Acme Industrial", "Globex Works") for path, text in FILES.items()
} | {path.replace("/erp/", "/crm/"): text for path, text in FILES.items() if "/erp/" in path}
SHOWN = "## Done\n\n![Plan](attachments/plan.svg)\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="{0}" height="9"/></svg>'


def build(root: Path, target: Path, cache: Path | None, *more: str) -> Result:
    """Build without PDFs, with a cache or without."""
    arguments = ["-C", str(root), "build", "--no-pdf", "-o", str(target), *more]
    return CliRunner().invoke(kapm, arguments, env={"KAPM_CACHE": str(cache or "")})


def files(folder: Path) -> dict[str, bytes]:
    """Read a folder; nothing where there is none."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Change a text of a file, if it is there."""

    def edit(root: Path) -> None:
        if (root / path).exists():
            (root / path).write_text((root / path).read_text().replace(old, new, 1))

    return edit


def written(path: str, text: str) -> Callable[[Path], None]:
    """Write a file."""

    def edit(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return edit


def removed(path: str) -> Callable[[Path], None]:
    """Remove a file or folder."""

    def edit(root: Path) -> None:
        shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink(missing_ok=True)

    return edit


#: What people do to a workspace, there and back.
EDITS: dict[str, Callable[[Path], None]] = {
    "a task gets on": replaced(PLAN, "progress: 60", "progress: 70"),
    "a task falls back": replaced(PLAN, "progress: 70", "progress: 60"),
    "a task is renamed": replaced(PLAN, "Build it", "Build it all"),
    "an error": replaced(PLAN, "depends_on: [build]", "depends_on: [biuld]"),
    "the error is mended": replaced(PLAN, "depends_on: [biuld]", "depends_on: [build]"),
    "a colour": replaced(CLIENT, "protection: none", "protection: none\nbrand: {color: '#884400'}"),
    "a language": replaced(CLIENT, "protection: none", "protection: none\nlanguages: [en, de]"),
    "another currency": replaced("kapm.yaml", "EUR", "USD"),
    "a picture": written("projects/acme/erp/attachments/plan.svg", PICTURE.format(3)),
    "another picture": written("projects/acme/erp/attachments/plan.svg", PICTURE.format(4)),
    "no picture": removed("projects/acme/erp/attachments"),
    "the picture is shown": written("projects/acme/erp/updates/2026-11-19.md", SHOWN),
    "it is not shown": removed("projects/acme/erp/updates/2026-11-19.md"),
    "a theme": written("templates/assets/theme.css", "body {letter-spacing: 1px}"),
    "another theme": written("templates/assets/theme.css", "body {letter-spacing: 2px}"),
    "no theme": removed("templates"),
    "a project less": removed("projects/acme/crm"),
    "a client less": removed("projects/globex"),
    "a commit": lambda root: commit_all(root, "so far"),
}  # fmt: skip


@given(st.lists(st.tuples(st.lists(st.sampled_from(sorted(EDITS)), max_size=3), st.sampled_from(DAYS)), max_size=4))
@settings(max_examples=3, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
def test_after_any_edits_a_site_is_the_one_that_is_built_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[str], str]]
) -> None:
    """Byte for byte, and so is what is said of it."""
    folder = tmp_path_factory.mktemp("edits")
    root = write_workspace(folder / "work", SECOND)
    for edits, day in [([], DAYS[0]), *steps]:
        for name in edits:
            EDITS[name](root)
        kept = build(root, folder / "site", folder / "cache", "--status-date", day)
        shutil.rmtree(folder / "anew", ignore_errors=True)
        anew = build(root, folder / "anew", None, "--status-date", day)
        assert kept.exit_code == anew.exit_code, kept.output
        assert told(kept, folder / "site") == told(anew, folder / "anew")
        if anew.exit_code == 0:
            assert files(folder / "site") == files(folder / "anew")


def test_a_start_page_is_made_again_when_one_of_its_own_projects_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of one client's project leaves the start pages of the others as they are."""
    made: list[str] = []

    def home_files(root: Root, view: ClientView, **more: bool) -> None:
        made.append(view.client_id)
        client_home_files(root, view, **more)

    monkeypatch.setattr("kapm_site.pipeline.home.client_home_files", home_files)
    root = write_workspace(tmp_path / "work", SECOND)
    for name in ("nothing", "a task gets on", "a project less", "a client less"):
        EDITS.get(name, lambda _root: None)(root)
        assert build(root, tmp_path / "site", tmp_path / "cache", "--status-date", DAYS[0]).exit_code == 0
    assert made == ["acme", "globex", "acme", "acme"]


def told(result: Result, target: Path) -> list[str]:
    """What a build has said, save for where, and that nothing was to be done."""
    text = result.output.replace(str(target), "site").replace(": nothing has changed", "")
    return [line for line in text.splitlines() if not line.startswith(("Making", "Auditing"))]
