import errno
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kapm_site.problem import Problem
from kapm_site.publish import OutputFile, Published, Secrets, Stamp, check_target, is_ours, publish, swap
from kapm_site.publish.manifest import ManifestEntry

Build = Callable[..., Published | list[Problem]]
Tree = Callable[[Path], dict[str, bytes]]

STAMP = Stamp("0.1.0", "2026-11-20", None)
NO_SECRETS = Secrets((), {"acme": ()})


def _codes(result: Published | list[Problem]) -> list[str]:
    assert isinstance(result, list)
    return [problem.code for problem in result]


def _beside(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.iterdir())


# --- what a build does to the folder ---------------------------------------------------------------------


@pytest.mark.parametrize("state", ["absent", "empty", "deep"])
def test_a_site_is_written_where_nothing_was(tmp_path: Path, build: Build, tree: Tree, state: str) -> None:
    """An absent folder, with absent parents, or an empty one becomes the site, and nothing else is left."""
    target = tmp_path / ("a/b/site" if state == "deep" else "site")
    if state == "empty":
        target.mkdir()
    published = build({"internal/index.html": "<p>x", "clients/acme/index.html": "<p>y"}, target=target)
    assert isinstance(published, Published)
    assert sorted(tree(target)) == ["clients/acme/index.html", "internal/index.html", "manifest.json"]
    assert _beside(target.parent) == ["site"]


def test_stale_files_go(tmp_path: Path, build: Build, tree: Tree) -> None:
    """What the new build does not write is gone, also what somebody put into the folder by hand."""
    build({"internal/old.html": "<p>x", "clients/acme/old/index.html": "<p>y"})
    (tmp_path / "site/clients/acme/note.txt").write_text("by hand")
    build({"internal/new.html": "<p>x"})
    assert sorted(tree(tmp_path / "site")) == ["internal/new.html", "manifest.json"]
    assert _beside(tmp_path) == ["site"]


def test_two_builds_of_the_same_files_give_the_same_bytes(tmp_path: Path, build: Build, tree: Tree) -> None:
    """Neither the folder's name nor the order of the files leaves a trace."""
    files = {"internal/b.html": "<p>b", "internal/a.html": "<p>a"}
    build(files)
    build(dict(reversed(files.items())), target=tmp_path / "other")
    assert tree(tmp_path / "site") == tree(tmp_path / "other")


def test_a_target_named_by_a_dot_is_written(
    tmp_path: Path, build: Build, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-o .` in an empty folder works: the folder beside which the site is staged has a name."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    build({"internal/a.html": "<p>a"}, target=Path())
    assert sorted(tree(tmp_path / "here")) == ["internal/a.html", "manifest.json"]


def test_files_are_taken_one_at_a_time(tmp_path: Path) -> None:
    """A generator sees each file written before the next is asked for, so a large site needs no memory."""

    def files() -> Iterator[OutputFile]:
        for number in range(3):
            yield OutputFile(f"internal/{number}.html", b"<p>", None, "internal")
            assert len(list(tmp_path.glob(".site.tmp-*/internal/*"))) == number + 1

    assert isinstance(publish(files(), tmp_path / "site", STAMP, NO_SECRETS), Published)


# --- what a build never replaces -------------------------------------------------------------------------


@pytest.mark.promise("F3")
@pytest.mark.parametrize("kind", ["files", "file", "link", "dangling", "git", "foreign"])
@pytest.mark.promise("F3")
def test_what_is_not_ours_is_left_alone(tmp_path: Path, build: Build, tree: Tree, kind: str) -> None:
    """A folder with other files, a file, a link, or a git checkout is refused untouched."""
    site = tmp_path / "site"
    if kind in ("link", "git"):
        build({"internal/a.html": "<p>a"})
    if kind == "files":
        site.mkdir()
        (site / "thesis.txt").write_text("three years of work")
    elif kind == "file":
        site.write_text("mine")
    elif kind == "link":
        site.rename(tmp_path / "real")
        site.symlink_to("real")
    elif kind == "dangling":
        site.symlink_to("nowhere")
    elif kind == "git":
        (site / ".git").mkdir()
        (site / ".git/HEAD").write_text("ref: refs/heads/main")
    else:
        site.mkdir()
        (site / "manifest.json").write_text('{"name": "web app"}')
    before = tree(tmp_path)
    assert _codes(build({"internal/b.html": "<p>b"})) == ["not-our-folder"]
    assert [problem.code for problem in check_target(site)] == ["not-our-folder"]
    assert tree(tmp_path) == before
    assert site.is_symlink() is (kind in ("link", "dangling"))


def test_a_good_target_is_told_early(tmp_path: Path, build: Build) -> None:
    """Before any work, an absent, an empty and one of our folders are found good."""
    assert check_target(tmp_path / "site") == []
    (tmp_path / "site").mkdir()
    assert check_target(tmp_path / "site") == []
    build({"internal/a.html": "<p>a"})
    assert check_target(tmp_path / "site") == []


# --- all or nothing --------------------------------------------------------------------------------------


@pytest.mark.promise("A1")
def test_a_leak_keeps_the_previous_site(
    tmp_path: Path, build: Build, tree: Tree, secrets: Callable[..., Secrets]
) -> None:
    """What the audit finds stops the swap: the old site is whole and nothing of ours lies beside it."""
    build({"clients/acme/index.html": "<p>fine"})
    before = tree(tmp_path)
    result = build({"clients/acme/index.html": "<p>Lay off everyone"}, secrets(("Lay off everyone", "acme")))
    assert _codes(result) == ["leak"]
    assert tree(tmp_path) == before


def test_a_path_that_climbs_is_refused(tmp_path: Path, build: Build, tree: Tree) -> None:
    """No output path leaves the folder, and all bad ones are told at once."""
    (tmp_path / "victim").write_text("mine")
    assert _codes(build({"../victim": "x", "internal/A": "x", "internal/a": "x"})) == ["bad-output-path"] * 2
    assert tree(tmp_path) == {"victim": b"mine"}


def test_what_the_generator_raises_comes_through(tmp_path: Path, build: Build, tree: Tree) -> None:
    """A fault while rendering is not taken for one of the disk; the old site stays."""
    build({"internal/a.html": "<p>a"})
    before = tree(tmp_path)

    def files() -> Iterator[OutputFile]:
        yield OutputFile("internal/b.html", b"<p>", None, "internal")
        raise OSError(errno.ENOENT, "no such font")

    with pytest.raises(OSError, match="no such font"):
        publish(files(), tmp_path / "site", STAMP, NO_SECRETS)
    assert tree(tmp_path) == before


def test_an_interrupted_build_leaves_nothing(tmp_path: Path, build: Build, tree: Tree) -> None:
    """Ctrl-C in the middle removes what was staged and lets the lock go."""
    build({"internal/a.html": "<p>a"})
    before = tree(tmp_path)

    def files() -> Iterator[OutputFile]:
        yield OutputFile("internal/b.html", b"<p>", None, "internal")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(files(), tmp_path / "site", STAMP, NO_SECRETS)
    assert tree(tmp_path) == before


LOOP = """
import sys
from pathlib import Path
from kapm_site.publish import OutputFile, Published, Secrets, Stamp, publish
folder, number = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    number += 1
    content = b"<p>%d" % number
    files = [OutputFile(f"internal/{i}.html", content, None, "internal") for i in range(40)]
    assert isinstance(publish(files, folder, Stamp("1", "2026-11-20", None), Secrets((), {})), Published)
"""


@pytest.mark.promise("F1")
def test_a_killed_build_leaves_a_whole_site_and_the_next_cleans_up(tmp_path: Path, build: Build, tree: Tree) -> None:
    """Wherever kill -9 strikes, the folder holds one whole build, and the next build removes the leftovers."""
    site = tmp_path / "site"
    build({f"internal/{number}.html": "<p>0" for number in range(40)})
    moments = random.Random(7)  # noqa: S311 - moments to strike at
    struck = 0
    for _ in range(12):
        with subprocess.Popen([sys.executable, "-c", LOOP, str(site)], stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.05))
            os.kill(process.pid, signal.SIGKILL)
        assert is_ours(site)
        found = tree(site)
        assert len(found) == 41
        assert len({content for path, content in found.items() if path != "manifest.json"}) == 1
        struck += any(name.startswith(".site.tmp-") for name in _beside(tmp_path))
    assert struck
    assert isinstance(build({"internal/last.html": "<p>z"}), Published)
    assert _beside(tmp_path) == ["site"]


# --- a file system without an exchange -------------------------------------------------------------------


def test_two_renames_stand_in_for_an_exchange(
    tmp_path: Path, build: Build, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system cannot exchange two folders, the site is replaced all the same."""
    monkeypatch.setattr(swap, "_exchange", lambda _staged, _target: False)
    build({"internal/a.html": "<p>a"})
    build({"internal/b.html": "<p>b"})
    assert sorted(tree(tmp_path / "site")) == ["internal/b.html", "manifest.json"]
    assert _beside(tmp_path) == ["site"]


def test_a_refused_second_rename_puts_the_old_site_back(
    tmp_path: Path, build: Build, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the new folder cannot take its place, the old one returns to it."""
    monkeypatch.setattr(swap, "_exchange", lambda _staged, _target: False)
    build({"internal/a.html": "<p>a"})
    before = tree(tmp_path)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if ".tmp-" in path.name:
            raise OSError(errno.EIO, "input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert _codes(build({"internal/b.html": "<p>b"})) == ["cannot-write"]
    monkeypatch.undo()
    assert tree(tmp_path) == before


@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_an_interrupt_about_the_two_renames_leaves_a_site(
    tmp_path: Path, build: Build, tree: Tree, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Whichever of them has been done, there is the old site or the new one, and nothing beside it."""
    monkeypatch.setattr(swap, "_exchange", lambda _staged, _target: False)
    build({"internal/a.html": "<p>a"})
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        is_first = path.name == "site"
        if when == "before" and is_first:
            raise KeyboardInterrupt
        done = rename(path, target)
        if (when == "between" and is_first) or (when == "after" and ".tmp-" in path.name):
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build({"internal/b.html": "<p>b"})
    monkeypatch.undo()
    assert min(tree(tmp_path / "site")) == ("internal/b.html" if when == "after" else "internal/a.html")
    build({"internal/c.html": "<p>c"})
    assert _beside(tmp_path) == ["site"]


def test_a_site_killed_between_two_renames_is_put_back(tmp_path: Path, build: Build, tree: Tree) -> None:
    """The next build finds the site set aside, puts it back first, and loses it only to a good new one."""
    build({"internal/a.html": "<p>a"})
    before = tree(tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old-4711")
    (tmp_path / ".site.tmp-4711").mkdir()
    (tmp_path / ".site.tmp-4711/half.html").write_text("<p>")
    assert _codes(build({"../x": ""})) == ["bad-output-path"]
    assert tree(tmp_path / "site") == before
    assert _beside(tmp_path) == ["site"]


@pytest.mark.promise("F3")
def test_only_our_leftovers_are_removed(tmp_path: Path, build: Build) -> None:
    """Names that merely look alike, links, and a folder set aside that is not ours are left."""
    (tmp_path / ".site.tmp-backup").mkdir()
    (tmp_path / ".sites.tmp-1").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("x")
    (tmp_path / ".site.tmp-2").symlink_to("mine")
    (tmp_path / ".site.old-3").mkdir()
    (tmp_path / ".site.old-3/file").write_text("x")
    build({"internal/a.html": "<p>a"})
    assert _beside(tmp_path) == [".site.old-3", ".site.tmp-2", ".site.tmp-backup", ".sites.tmp-1", "mine", "site"]
    assert (tmp_path / "mine/file").exists()


# --- a part of the site ----------------------------------------------------------------------------------


def _keep_globex(entry: ManifestEntry) -> bool:
    return entry.client == "globex"


def test_a_partial_build_carries_over_what_its_caller_keeps(tmp_path: Path, build: Build, tree: Tree) -> None:
    """Files of other clients stay, with their bytes and their place in the manifest; the rest goes."""
    build({"clients/globex/index.html": "<p>g", "clients/acme/index.html": "<p>1", "clients/acme/old.html": "<p>o"})
    published = build({"clients/acme/index.html": "<p>2"}, keep=_keep_globex)
    assert isinstance(published, Published)
    assert published.kept == ("clients/globex/index.html",)
    assert [entry.path for entry in published.manifest.files] == [
        "clients/acme/index.html",
        "clients/globex/index.html",
    ]
    found = tree(tmp_path / "site")
    assert (found["clients/acme/index.html"], found["clients/globex/index.html"]) == (b"<p>2", b"<p>g")
    assert "clients/acme/old.html" not in found


def test_a_new_file_goes_before_a_kept_one(build: Build) -> None:
    """A path that the new build writes is not carried over."""
    build({"clients/globex/index.html": "<p>old"})
    published = build({"clients/globex/index.html": "<p>new"}, keep=_keep_globex)
    assert isinstance(published, Published)
    assert published.kept == ()


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_changed_file_is_not_carried_over(tmp_path: Path, build: Build, tree: Tree, damage: str) -> None:
    """What is no longer what the previous build wrote stops a partial build."""
    build({"clients/globex/index.html": "<p>g"})
    file = tmp_path / "site/clients/globex/index.html"
    file.unlink()
    if damage == "changed":
        file.write_text("<p>h")
    before = tree(tmp_path)
    result = build({"clients/acme/index.html": "<p>2"}, keep=_keep_globex)
    assert _codes(result) == ["changed-file"]
    assert isinstance(result, list)
    assert "cannot be kept" in result[0].message
    assert tree(tmp_path) == before


def test_what_is_kept_is_audited_too(build: Build, secrets: Callable[..., Secrets]) -> None:
    """A text that became internal since the last build does not stay on a page that is carried over."""
    build({"clients/globex/index.html": "<p>Second shift hired"})
    result = build({"clients/acme/index.html": "<p>2"}, secrets(("Second shift hired", "globex")), keep=_keep_globex)
    assert _codes(result) == ["leak"]


# --- what the system refuses -----------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, where this process may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs more rights than this process has")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.promise("F1")
def test_a_full_disk_keeps_the_previous_site(small_disk: Path, build: Build, tree: Tree) -> None:
    """On a disk without room the cause is told, the old site is whole and no temporary file is left."""
    site = small_disk / "site"
    build({"internal/a.html": "<p>a" * 50_000}, target=site)
    before = tree(small_disk)
    result = build({f"internal/{number}.html": "<p>b" * 50_000 for number in range(10)}, target=site)
    assert _codes(result) == ["disk-full"]
    assert isinstance(result, list)
    assert "no space left" in result[0].message
    assert tree(small_disk) == before
    assert _beside(small_disk) == ["site"]


def test_a_read_only_disk_keeps_the_previous_site(small_disk: Path, build: Build, tree: Tree) -> None:
    """On a read-only disk the cause is told and nothing changes."""
    build({"internal/a.html": "<p>a"}, target=small_disk / "site")
    before = tree(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert _codes(build({"internal/b.html": "<p>b"}, target=small_disk / "site")) == ["read-only-target"]
    assert tree(small_disk) == before


LIMITED = """
import resource, signal, sys
from pathlib import Path
from kapm_site.publish import OutputFile, Secrets, Stamp, publish
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
files = [OutputFile("internal/a.html", b"<p>" * 4096, None, "internal")]
print(publish(files, Path(sys.argv[1]), Stamp("1", "2026-11-20", None), Secrets((), {}))[0].code)
"""


@pytest.mark.promise("F1")
@pytest.mark.promise("F5")
def test_a_quota_is_told_like_a_full_disk(tmp_path: Path, build: Build, tree: Tree) -> None:
    """A limit on a process's files, which needs no rights to set, stops a build the same way."""
    assert resource.RLIMIT_FSIZE is not None
    build({"internal/a.html": "<p>a"})
    before = tree(tmp_path)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path / "site")], capture_output=True, check=True)
    assert done.stdout == b"disk-full\n"
    assert tree(tmp_path) == before


def test_a_folder_without_rights_is_told(tmp_path: Path, build: Build) -> None:
    """A folder that the user may not write to is named as the cause."""
    if os.geteuid() == 0:
        pytest.skip("rights do not bind the superuser; the read-only disk above shows the same")
    tmp_path.chmod(0o500)
    assert _codes(build({"internal/a.html": "<p>a"})) == ["read-only-target"]
    tmp_path.chmod(0o700)


def test_a_file_in_place_of_the_parent_is_told(tmp_path: Path, build: Build) -> None:
    """A path through a file cannot become a folder."""
    (tmp_path / "file").write_text("mine")
    assert _codes(build({"internal/a.html": "<p>a"}, target=tmp_path / "file/site")) == ["cannot-write"]
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.promise("F2")
def test_a_running_build_is_named(tmp_path: Path, build: Build) -> None:
    """A second build gives up after its wait and names the first."""

    def files() -> Iterator[OutputFile]:
        result = build({"internal/b.html": "<p>b"}, wait=0.1)
        assert _codes(result) == ["build-running"]
        assert isinstance(result, list)
        assert f"pid {os.getpid()}, since 20" in result[0].message
        yield OutputFile("internal/a.html", b"<p>", None, "internal")

    assert isinstance(publish(files(), tmp_path / "site", STAMP, NO_SECRETS), Published)
