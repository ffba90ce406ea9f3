"""Where git knows less than all: what is missing is said with the command that brings it, and the rest is built."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from tests.repository import commit_all, git
from tests.small import FILES, write_workspace

PROJECT = "projects/acme/erp"
PLAN = f"{PROJECT}/plan.yaml"
DATE = ("--status-date", "2026-11-20")
TREND = ">Milestone trend<"


def run(root: Path, *arguments: str) -> Result:
    """Run kapm in a workspace."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments])


def build(root: Path, *options: str) -> tuple[Result, str]:
    """Build without PDF; returns the client's page as well, empty where there is none."""
    target = root.parent / "site"
    result = run(root, "build", "--no-pdf", "-o", str(target), *DATE, *options)
    page = target / "clients/acme/erp/index.html"
    return result, page.read_text(encoding="utf-8") if page.exists() else ""


def weeks(root: Path, count: int = 5, folder: str = PROJECT) -> None:
    """Commit the workspace once a week before the status date; Go-live moves by a day each week."""
    for week in range(count):
        day = date(2026, 11, 20) - timedelta(weeks=count - week)
        finish = date(2026, 12, 10) + timedelta(days=week)
        text = FILES[PLAN].replace("finish: 2026-11-27, depends", f"finish: {finish}, depends")
        place = root / folder / "plan.yaml"
        place.write_text(text, encoding="utf-8")
        commit_all(root, f"Week {week}", day)


def no_git(root: Path) -> None:
    """Leave the workspace as it is."""


def no_commit(root: Path) -> None:
    """Begin a repository."""
    git(root, "init", "--quiet")


def elsewhere(root: Path) -> None:
    """Commit something in a repository around the workspace, and not the workspace."""
    (root.parent / "README.md").write_text("Hello\n", encoding="utf-8")
    git(root.parent, "init", "--quiet")
    git(root.parent, "add", "README.md")
    git(root.parent, "commit", "--quiet", "-m", "Hello")


def foreign(root: Path) -> None:
    """Let the repository belong to somebody else."""
    commit_all(root, "Status")
    for path in (root, root / ".git"):
        os.chown(path, 12345, 12345)


@pytest.mark.parametrize(
    ("prepare", "said", "command"),
    [
        (no_git, "the workspace is in no git repository", "git init && git add . && git commit -m Status"),
        (no_commit, "the git repository has no commit", "git add . && git commit -m Status"),
        (elsewhere, "the last commit does not hold this workspace", "git add . && git commit -m Status"),
        (foreign, "the git repository belongs to another user", "git config --global --add safe.directory"),
    ],
)
def test_without_history_the_rest_is_built_and_the_command_said(
    tmp_path: Path, prepare: Callable[[Path], None], said: str, command: str
) -> None:
    """By the build, and by doctor in the same words."""
    root = write_workspace(tmp_path / "work")
    if prepare is foreign and os.geteuid() != 0:
        pytest.skip("only the superuser can give a folder away")
    prepare(root)
    result, page = build(root)
    assert (result.exit_code, "ERP rollout" in page) == (0, True), result.stderr
    doctor = run(root, "doctor")
    for told in (result.stderr, doctor.stdout):
        assert said in told
        assert command in told
    assert doctor.exit_code == 1


def test_a_shallow_clone_is_told_and_built(tmp_path: Path) -> None:
    """With the weeks that it has, and the setting for continuous integration."""
    origin = write_workspace(tmp_path / "origin" / "work")
    weeks(origin)
    assert TREND in build(origin)[1]
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{origin}", "shallow")
    result, page = build(tmp_path / "shallow")
    assert (result.exit_code, TREND in page) == (0, False)
    doctor = run(tmp_path / "shallow", "doctor").stdout
    for told in (result.stderr, doctor):
        assert "git fetch --unshallow (in CI: fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab)" in told


@pytest.mark.parametrize("place", ["", "clients/status"])
def test_a_workspace_anywhere_in_a_repository_has_its_past(tmp_path: Path, place: str) -> None:
    """At its root, or some folders below it."""
    root = write_workspace(tmp_path / "repository" / place)
    if place:
        git(tmp_path / "repository", "init", "--quiet")
    weeks(root)
    assert TREND in build(root)[1]


def test_a_work_tree_inside_another_is_read_from_its_own_repository(tmp_path: Path) -> None:
    """The outer one knows nothing of it."""
    outer = tmp_path / "outer"
    outer.mkdir()
    (outer / "README.md").write_text("Hello\n", encoding="utf-8")
    commit_all(outer, "Outer")
    root = write_workspace(outer / "status")
    weeks(root)
    result, page = build(root)
    assert TREND in page
    assert "no-history" not in result.stderr


def test_a_linked_work_tree_has_the_same_past(tmp_path: Path) -> None:
    """As `git worktree add` makes it."""
    root = write_workspace(tmp_path / "work")
    weeks(root)
    git(root, "worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "other")
    assert TREND in build(tmp_path / "linked")[1]


def _own_repository(tmp_path: Path) -> Path:
    """Make a repository that holds a project's files alone."""
    own = write_workspace(tmp_path / "own") / PROJECT
    shutil.rmtree(own / "updates")
    commit_all(own, "The project")
    return own


def test_a_repository_inside_a_project_is_told(tmp_path: Path) -> None:
    """Its files are built, without a past; the command takes them in."""
    root = write_workspace(tmp_path / "work")
    shutil.copytree(_own_repository(tmp_path) / ".git", root / PROJECT / ".git")
    git(root, "init", "--quiet")
    git(root, "add", "kapm.yaml", "projects/acme/client.yaml")
    git(root, "commit", "--quiet", "-m", "Status")
    result, page = build(root)
    assert (result.exit_code, "ERP rollout" in page) == (0, True)
    command = f"rm -rf {PROJECT}/.git && git add {PROJECT}"
    assert f"'{PROJECT}' is a git repository of its own" in result.stderr
    assert command in result.stderr
    shutil.rmtree(root / PROJECT / ".git")
    git(root, "add", PROJECT)
    git(root, "commit", "--quiet", "-m", "With the project")
    assert "repository of its own" not in build(root)[0].stderr


def _with_submodule(tmp_path: Path) -> Path:
    """Make a workspace of two projects, one of which is a submodule."""
    root = write_workspace(tmp_path / "work")
    shutil.copytree(root / PROJECT, root / "projects/acme/crm")
    shutil.rmtree(root / PROJECT)
    git(root, "init", "--quiet")
    git(root, "submodule", "add", "--quiet", str(_own_repository(tmp_path)), PROJECT)
    commit_all(root, "Status")
    return root


def test_a_submodule_is_built_without_its_past(tmp_path: Path) -> None:
    """Its history is in a repository that this one does not hold; the command takes its files in."""
    result, page = build(_with_submodule(tmp_path))
    assert (result.exit_code, "ERP rollout" in page) == (0, True), result.stderr
    assert f"'{PROJECT}' is a submodule, so what has changed and trends are not read for it" in result.stderr
    assert f"git rm --cached {PROJECT} && rm -rf {PROJECT}/.git && git add {PROJECT}" in result.stderr


def test_a_submodule_that_is_not_checked_out_is_told_with_its_command(tmp_path: Path) -> None:
    """The project is broken, the rest is built if so wished; the command is the right one and brings it."""
    root = _with_submodule(tmp_path)
    git(tmp_path, "clone", "--quiet", str(root), "clone")
    clone = tmp_path / "clone"
    result, _ = build(clone, "--keep-going")
    assert f"'{PROJECT}' is a submodule that is not checked out" in result.stderr
    assert f"git submodule update --init {PROJECT}" in result.stderr
    assert (tmp_path / "site/clients/acme/crm/index.html").exists()
    git(clone, "submodule", "--quiet", "update", "--init", PROJECT)
    assert build(clone)[0].exit_code == 0


def test_past_weeks_that_cannot_be_read_are_left_out_and_counted(tmp_path: Path) -> None:
    """States with errors, with keys that are no more, without the file: none is a crash."""
    root = write_workspace(tmp_path / "work")
    states = (None, "audience: client\ntasks: [", "audience: client\nworkpackages: []\n", "", "\0")
    weeks(root, 3)
    good = (root / PLAN).read_text(encoding="utf-8")
    for number, bad in enumerate(states):
        if bad is None:
            (root / PLAN).unlink()
        else:
            (root / PLAN).write_text(bad, encoding="utf-8")
        commit_all(root, "Broken", date(2026, 11, 16) + timedelta(weeks=number))
    (root / PLAN).write_text(good, encoding="utf-8")
    commit_all(root, "Good again", date(2026, 12, 24))
    result, page = build(root, "--status-date", "2026-12-24")
    assert result.exit_code == 0, result.stderr
    assert TREND in page
    assert "5 of 8 past weeks cannot be read by this version, or had errors" in result.stderr


def test_a_merge_counts_as_what_it_brought_on_its_day(tmp_path: Path) -> None:
    """Commits of a side branch are not states of the main line: their finish of a year later is never seen."""
    root = write_workspace(tmp_path / "work")
    weeks(root, 2)
    git(root, "checkout", "--quiet", "-b", "idea")
    plan = (root / PLAN).read_text(encoding="utf-8")
    (root / PLAN).write_text(
        plan.replace("finish: 2026-12-11, depends", "finish: 2027-12-10, depends"), encoding="utf-8"
    )
    commit_all(root, "A wild idea", date(2026, 11, 10))
    (root / PLAN).write_text(
        plan.replace("finish: 2026-12-11, depends", "finish: 2026-12-18, depends"), encoding="utf-8"
    )
    commit_all(root, "A better one", date(2026, 11, 11))
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "-m", "Merge", "idea", day=date(2026, 11, 12))
    _, page = build(root)
    assert "10 Dec 2027" not in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "11 Dec" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "18 Dec" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_projects_of_one_client_have_each_their_own_past(tmp_path: Path) -> None:
    """The other one's states are not taken for it."""
    root = write_workspace(tmp_path / "work")
    shutil.copytree(root / PROJECT, root / "projects/acme/crm")
    weeks(root)
    result, page = build(root)
    assert TREND in page
    assert "cannot be read" not in result.stderr
    other = (
        (tmp_path / "site/clients/acme/crm/index.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "10 Dec" not in other


def test_what_was_worked_out_is_kept_and_gives_the_same_site(tmp_path: Path) -> None:
    """In the git folder; a store that is broken or cannot be written changes nothing."""
    root = write_workspace(tmp_path / "work")
    weeks(root)
    first = build(root)[1]
    kept = sorted((root / ".git" / "kapm").iterdir())
    assert kept
    assert build(root)[1] == first
    for file in kept:
        file.write_bytes(b'{"broken": ')
    assert build(root)[1] == first
    shutil.rmtree(root / ".git" / "kapm")
    (root / ".git" / "kapm").write_text("in the way", encoding="utf-8")
    assert build(root)[1] == first


@pytest.mark.parametrize("missing", ["blob:none", "tree:0"])
def test_a_partial_clone_is_told_and_built(tmp_path: Path, missing: str) -> None:
    """Nothing of what is missing is kept as unreadable: the command brings the past back."""
    origin = write_workspace(tmp_path / "origin" / "work")
    weeks(origin)
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", f"--filter={missing}", f"file://{origin}", "partial")
    clone = tmp_path / "partial"
    result, page = build(clone)
    assert (result.exit_code, "ERP rollout" in page, TREND in page) == (0, True, False), result.output
    assert "run: git fetch --refetch --no-filter" in result.stderr
    for command in (("diff", "HEAD~3", "HEAD"), ("release", "acme/erp", *DATE)):
        refused = run(clone, *command)
        assert (refused.exit_code, "git fetch --refetch --no-filter" in refused.stderr) == (1, True), refused.output
    git(clone, "fetch", "--quiet", "--refetch", "--no-filter")
    assert TREND in build(clone)[1]


def damage_parent(root: Path) -> None:
    """Lose the commit before the last."""
    lost = git(root, "rev-parse", "HEAD~1")
    (root / ".git/objects" / lost[:2] / lost[2:]).unlink()


def damage_file(root: Path) -> None:
    """Lose what a file was before the last commit."""
    lost = git(root, "rev-parse", f"HEAD~1:{PLAN}")
    (root / ".git/objects" / lost[:2] / lost[2:]).unlink()


def damage_index(root: Path) -> None:
    """Break git's list of files."""
    (root / ".git/index").write_bytes(b"no index")


def lose_head(root: Path) -> None:
    """Let the repository be at a commit that is not there."""
    (root / ".git/HEAD").write_text("1" * 40 + "\n", encoding="utf-8")


def put_elsewhere(root: Path) -> None:
    """Let git look for the files in another folder."""
    git(root, "config", "core.worktree", str(root / "projects"))


@pytest.mark.parametrize(
    ("damage", "command"),
    [
        (damage_parent, "git fsck"),
        (damage_file, "git fsck"),
        (damage_index, "git fsck"),
        (lose_head, "git fsck"),
        (put_elsewhere, "git config --unset core.worktree"),
    ],
)
def test_with_a_damaged_repository_the_rest_is_built(
    tmp_path: Path, damage: Callable[[Path], None], command: str
) -> None:
    """Never a fault of ours: the pages are made without what cannot be read."""
    root = write_workspace(tmp_path / "work")
    weeks(root)
    damage(root)
    result, page = build(root)
    assert (result.exit_code, "ERP rollout" in page) == (0, True), result.output
    assert f"run: {command}" in result.stderr


@pytest.mark.parametrize(
    "signed",
    [
        "Ana <ana@example.com> 999999999999 +0000",
        "Ana <ana@example.com> -99999999999 +0000",
        "Jos\xe9 <jose@example.com> 1795780000 +0000\nencoding no-such-encoding",
    ],
)
def test_a_commit_may_say_anything_of_its_author(tmp_path: Path, signed: str) -> None:
    """A day that no calendar has, a name in an encoding that nobody knows."""
    root = write_workspace(tmp_path / "work")
    weeks(root)
    tree, parent = git(root, "rev-parse", "HEAD^{tree}"), git(root, "rev-parse", "HEAD")
    author, _, encoding = signed.partition("\n")
    lines = [f"tree {tree}", f"parent {parent}", f"author {author}", f"committer {author}", encoding]
    raw = root.parent / "commit"
    raw.write_bytes("\n".join([*filter(None, lines), "", "x", ""]).encode("latin-1"))
    git(root, "update-ref", "HEAD", git(root, "hash-object", "-t", "commit", "-w", "--literally", str(raw)))
    result, page = build(root)
    assert (result.exit_code, "ERP rollout" in page) == (0, True), result.output
    assert run(root, "diff", "HEAD~1", "HEAD").exit_code == 0


def test_no_file_of_a_past_state_leads_out_of_its_folder(tmp_path: Path) -> None:
    """A tree that git would not make, but that a clone may bring, can hold a path as a name."""
    root = write_workspace(tmp_path / "work")
    commit_all(root, "Status")
    (tmp_path / "file").write_bytes(b"planted")
    blob = git(root, "hash-object", "-w", str(tmp_path / "file"))
    target = tmp_path / "planted"
    name = f"a/{'../' * 12}{target.relative_to('/')}".encode()
    (tmp_path / "tree").write_bytes(b"100644 " + name + b"\0" + bytes.fromhex(blob))
    inner = git(root, "hash-object", "-t", "tree", "-w", "--literally", str(tmp_path / "tree"))
    modes = {"tree": b"40000", "blob": b"100644"}
    rows = [row.split() for row in git(root, "ls-tree", "HEAD").splitlines()]
    entries = sorted([("attachments", "tree", inner), *((row[3], row[1], row[2]) for row in rows)])
    content = b"".join(modes[kind] + f" {name}\0".encode() + bytes.fromhex(item) for name, kind, item in entries)
    (tmp_path / "tree").write_bytes(content)
    outer = git(root, "hash-object", "-t", "tree", "-w", "--literally", str(tmp_path / "tree"))
    git(root, "update-ref", "HEAD", git(root, "commit-tree", outer, "-p", "HEAD", "-m", "x"))
    run(root, "build", "--at", "HEAD", "--no-pdf", "-o", str(tmp_path / "site"))
    assert not target.exists()


@pytest.mark.promise("F4")
def test_two_workspaces_in_one_repository_do_not_share_what_is_kept(tmp_path: Path) -> None:
    """Their projects may be called alike; each has its own past."""
    one = write_workspace(tmp_path / "repository/one")
    two = write_workspace(tmp_path / "repository/two", {PLAN: FILES[PLAN].replace("Build it", "Make it")})
    commit_all(tmp_path / "repository", "Status")
    for root in (one, two):
        assert build(root)[0].exit_code == 0
        page = (root.parent / "site/internal/acme/erp/index.html").read_text("utf-8")
        assert "not committed yet" not in page


@pytest.mark.promise("F4")
def test_what_is_kept_and_not_whole_is_worked_out_again(tmp_path: Path) -> None:
    """Whatever became of it, sound JSON too."""
    root = write_workspace(tmp_path / "work")
    weeks(root)
    whole = build(root)[1]
    kept = list((root / ".git/kapm").rglob("*.json"))
    assert kept
    for file in kept:
        content = file.read_bytes()
        file.write_bytes(re.sub(rb'"runs":\[\[\d+,\d+\]', b'"runs":[[1,77777]', content).replace(b"2026", b"2025"))
        assert file.read_bytes() != content
    result, page = build(root)
    assert (result.exit_code, page == whole) == (0, True), result.output
