"""Sixty weeks of a project in git: what is told of each, to whom; a report made again twenty weeks later."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from kapm_site.language import language_for
from kapm_site.pages.changed import told
from kapm_site.pipeline.diff import WorkspaceDiff, diff, revision_side
from kapm_site.pipeline.past.sources import find_past
from tests.repository import commit_all, git
from tests.weekly import PROJECT, WEEKS, commit_week, day_of
from tests.weekly_told import TOLD

REPORTED = 39
#: What only internal readers may know of in this workspace.
SECRETS = ("Margin", "margin", "r9")


def run(root: Path, *arguments: str) -> Result:
    """Run kapm in a workspace."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments])


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Sixty weekly commits, with a report released in one of them; and the commit of each week."""
    root = tmp_path_factory.mktemp("weeks")
    commits = []
    for week in range(WEEKS):
        commits.append(commit_week(root, week))
        if week == REPORTED:
            released = run(root, "release", "acme/erp", "--status-date", str(day_of(week)), "-o", str(root / "outbox"))
            assert released.exit_code == 0, released.stderr
            (root / ".gitignore").write_text("outbox/\nsite/\n", encoding="utf-8")
    return root, commits


def between(root: Path, before: str, after: str, week: int) -> WorkspaceDiff:
    """Compare two commits as of the day of a week."""
    sides = (find_past(root, name) for name in (before, after))
    return diff(*(revision_side(*side, "REV") for side in sides if isinstance(side, tuple)), day_of(week))


@pytest.mark.parametrize("tag", ["en", "zh-CN"])
@pytest.mark.parametrize("reader", ["client", "internal"])
def test_each_move_is_told_once_in_its_week_with_its_numbers(
    weeks: tuple[Path, list[str]], reader: str, tag: str
) -> None:
    """What moved in a week is told of that week and of no other; weeks in which nothing moved tell nothing."""
    root, commits = weeks
    found = {}
    for week in range(1, WEEKS):
        for one in between(root, commits[week - 1], commits[week], week).projects:
            differences = getattr(one, reader).differences
            sentences = list(told(differences, language_for(tag), "EUR"))
            found[week, reader] = [text.replace("\N{NO-BREAK SPACE}", " ") for text in sentences]
    told_then = {key: texts for key, texts in found.items() if texts}
    assert told_then == {key: texts[tag] for key, texts in TOLD.items() if key[1] == reader}


def test_what_moved_internally_is_never_told_to_the_client(weeks: tuple[Path, list[str]]) -> None:
    """Over any span of weeks, and in the page and files that are built at its end."""
    root, commits = weeks
    for week in range(1, WEEKS):
        found = run(root, "diff", commits[0], commits[week], "--audience", "client", "--format", "json")
        assert found.exit_code == 0
        assert [secret for secret in SECRETS if secret in found.stdout] == []
    assert "Margin below plan" in run(root, "diff", commits[0], commits[-1]).stdout


def test_the_page_says_what_changed_since_the_last_report(weeks: tuple[Path, list[str]], tmp_path: Path) -> None:
    """Both readers compare the last week with the report, each with what they see; the client's trends are drawn."""
    root, _ = weeks
    built = run(root, "build", "-o", str(tmp_path), "--no-pdf", "--status-date", str(day_of(WEEKS - 1)))
    assert built.exit_code == 0, built.stderr
    client, internal = (
        (tmp_path / path).read_text(encoding="utf-8")
        for path in ("clients/acme/erp/index.html", "internal/acme/erp/index.html")
    )
    for page in (client, internal):
        assert "It was decided on 17 Jul 2026: ‘Pilot in the first plant’." in page.replace("\N{NO-BREAK SPACE}", " ")
    assert [secret for secret in SECRETS if secret in client] == []


def test_a_report_is_made_again_after_twenty_commits(weeks: tuple[Path, list[str]], tmp_path: Path) -> None:
    """Byte for byte: by --verify, by a build of its commit, and by every build since; what is kept is not needed."""
    root, commits = weeks
    sent = {path.name: path.read_bytes() for path in (root / "outbox").iterdir()}
    assert len(commits) - 1 - REPORTED == 20
    for folder in ("kept", "anew"):
        verified = run(root, "release", "acme/erp", "--verify")
        assert verified.stdout == "report 1 full: same bytes\nreport 1 brief: same bytes\n"
        for name, options in (("today", ()), ("then", ("--at", commits[REPORTED]))):
            target = tmp_path / folder / name
            built = run(root, "build", "-o", str(target), "--only", "clients", *options)
            assert built.exit_code == 0, built.stderr
            made = {path.name: path.read_bytes() for path in (target / "clients/acme/erp").glob("*.pdf")}
            assert made == sent
        shutil.rmtree(root / ".git" / "kapm")


def test_a_renamed_folder_keeps_its_past(weeks: tuple[Path, list[str]], tmp_path: Path) -> None:
    """The report can be made again, the diff knows the project, and its page still compares."""
    root = tmp_path / "copy"
    shutil.copytree(weeks[0], root)
    git(root, "mv", PROJECT, "projects/acme/finance")
    commit_all(root, "Call the project finance", day_of(WEEKS))

    assert "same bytes" in run(root, "release", "acme/finance", "--verify").stdout
    found = run(root, "diff", "HEAD~1", "HEAD")
    assert "renamed from acme/erp" in found.stdout
    assert "new project" not in found.stdout
    built = run(root, "build", "-o", str(tmp_path / "site"), "--no-pdf", "--status-date", str(day_of(WEEKS)))
    assert built.exit_code == 0, built.stderr
    page = (tmp_path / "site/clients/acme/finance/index.html").read_text(encoding="utf-8")
    assert re.search(r"It was decided on 17\sJul\s2026", page)
