"""Who changed what is for us alone: the internal page says it, the client's files do not."""

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from kapm_site.cli import kapm
from tests.repository import git
from tests.small import FILES, write_workspace

PLAN = "projects/acme/erp/plan.yaml"


def build(root: Path) -> dict[str, str]:
    """Build without PDF; returns the text of each file of the site that has one."""
    options = ("-o", str(root / "site"), "--no-pdf", "--status-date", "2026-11-20")
    result = CliRunner().invoke(kapm, ["-C", str(root), "build", *options])
    assert result.exit_code == 0, result.stderr
    site = root / "site"
    return {path.relative_to(site).as_posix(): path.read_text("utf-8", "replace") for path in site.rglob("*.*")}


def commit(root: Path, author: str, day: date) -> str:
    """Commit everything in somebody's name."""
    git(root, "add", "projects", "kapm.yaml")
    git(root, "commit", "--quiet", "--message", "Change", "--author", f"{author} <x@tidewater.example>", day=day)
    return git(root, "rev-parse", "HEAD")


def test_authors_and_commits_reach_the_internal_page_alone(tmp_path: Path) -> None:
    """The internal page names the last change of a task; no client's file names an author or an earlier commit."""
    root = write_workspace(tmp_path / "work")
    git(root, "init", "--quiet")
    first = commit(root, "Quentin Vasilakis", date(2026, 11, 2))
    write_workspace(root, {PLAN: FILES[PLAN].replace("progress: 60", "progress: 70")})
    second = commit(root, "Xiomara Drăgulescu", date(2026, 11, 16))
    write_workspace(root, {PLAN: FILES[PLAN].replace("progress: 60", "progress: 70").replace("Go-live", "Live")})

    written = build(root)
    internal = written["internal/acme/erp/index.html"]
    for said in ("Record history", "Quentin Vasilakis", "Xiomara Drăgulescu", first[:7], second[:7], "not committed"):
        assert said in internal
    clients = {path: text for path, text in written.items() if path.startswith("clients/")}
    assert len(clients) > 5
    for said in ("Record history", "Quentin", "Vasilakis", "Xiomara", "gulescu", first[:7], "not committed yet"):
        assert [path for path, text in clients.items() if said in text] == []
