"""What the file system refuses: full, out of names, read-only; and what lies about it in caches and clocks."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import click
import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm, main
from kapm_site.commands.files import write_whole
from tests.faulty import STATUS, Place, fill, kill_all, outliving, say, short_folder, small_disk, tree, use_up_inodes
from tests.repository import commit_all


@click.command()
def _main() -> None:
    """Run what the program runs."""
    main()


@pytest.mark.promise("F1")
@pytest.mark.promise("F5")
@pytest.mark.parametrize(
    ("options", "exhaust"),
    [
        ("size=8m", lambda disk: fill(disk, spare=30_000)),
        ("size=8m", lambda disk: fill(disk, spare=0)),
        ("size=8m,nr_inodes=120", lambda disk: use_up_inodes(disk, spare=10)),
    ],
    ids=["nearly full", "full", "no inodes"],
)
def test_a_disk_that_is_full_keeps_the_previous_site(
    place: Place, tmp_path: Path, options: str, exhaust: Callable[[Path], None]
) -> None:
    """The message says what is missing and what to do; with room again, the next build succeeds."""
    with small_disk(tmp_path / "disk", options) as disk:
        site = disk / "site"
        assert place.build_here("--no-pdf", site=site).exit_code == 0
        before, others = tree(site), {path.name for path in disk.iterdir()}
        exhaust(disk)
        say(place, "Build is half done.")
        result = place.build_here("--no-pdf", site=site)
        assert result.exit_code == 1
        assert f"cannot write the site '{site}': no space left on device [disk-full]" in result.stderr
        assert "hint: free some space" in result.stderr
        assert "the previous site is as it was" in result.stderr
        assert tree(site) == before
        for path in disk.iterdir():
            if path.name.startswith(("ballast", "name-")):
                path.unlink()
        assert {path.name for path in disk.iterdir()} == others
        assert place.build_here("--no-pdf", site=site).exit_code == 0
        assert tree(site) != before


@pytest.mark.promise("F1")
def test_a_disk_that_is_read_only_keeps_the_previous_site(place: Place, tmp_path: Path) -> None:
    """A folder that cannot be written is told before any work, with what to do."""
    with small_disk(tmp_path / "disk", "size=8m") as disk:
        assert place.build_here("--no-pdf", site=disk / "site").exit_code == 0
        before = tree(disk)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for site in (disk / "site", disk / "new" / "site"):
            result = place.build_here("--no-pdf", site=site)
            assert result.exit_code == 1
            assert f"cannot write the site '{site}': read-only file system [read-only-target]" in result.stderr
            assert "hint: name a folder you may write to with -o" in result.stderr
        assert tree(disk) == before


@pytest.mark.promise("F5")
def test_a_full_disk_of_temporary_files_is_told(built: Place) -> None:
    """No report is blamed for being long: the message names the cause and the folder's variable."""
    before = tree(built.site)
    with short_folder() as folder, small_disk(folder, "size=1m") as disk:
        fill(disk, spare=50_000)
        other = Place(built.root, built.site, disk)
        done = other.build()
        assert done.returncode == 1, done.stderr
        assert "no space left on device" in done.stderr.lower()
        assert "TMPDIR" in done.stderr
        assert "shorten the longest texts" not in done.stderr
        assert [path.name for path in disk.iterdir()] == ["ballast"]
    assert tree(built.site) == before


@pytest.mark.promise("F5")
def test_no_folder_for_temporary_files_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose disks are all read-only; what needs none works."""

    def refuse() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr("kapm_site.cli.heed_stops", lambda: None)  # signals and garbage are those of the test's process
    monkeypatch.setattr("kapm_site.cli.gc", Mock())
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile._get_default_tempdir", refuse)
    for arguments, code in ((["build", "-o", str(place.site)], 1), (["check"], 0)):
        monkeypatch.setattr("sys.argv", ["kapm", "-C", str(place.root), *arguments])
        result = CliRunner().invoke(_main)
        assert result.exit_code == code, result.output
        assert ("set TMPDIR" in result.stderr) is bool(code)
    assert not place.site.exists()


@pytest.mark.promise("F2")
def test_two_builds_at_once_do_not_meet(built: Place) -> None:
    """The second waits, then names the first; the first, let go on, publishes."""
    before = tree(built.site)
    say(built, "Build is half done.")
    first = built.start("build", "-o", built.site, *STATUS)
    try:
        while not list(built.site.parent.glob(".site.tmp-*")) and first.poll() is None:
            time.sleep(0.005)
        os.killpg(first.pid, signal.SIGSTOP)
        second = built.build("--no-pdf")
        assert second.returncode == 1
        assert f"another build is writing '{built.site}' (pid {first.pid}, since 20" in second.stderr
        assert "[build-running]" in second.stderr
        assert "hint: wait for it to end, or end that process" in second.stderr
        assert tree(built.site) == before
        os.killpg(first.pid, signal.SIGCONT)
        _, told = first.communicate(timeout=120)
        assert first.returncode == 0, told
        assert outliving(first.pid) == []
    finally:
        kill_all(first.pid)
    assert tree(built.site) != before
    assert built.leftovers() == []


@pytest.mark.promise("F1")
@pytest.mark.parametrize("year", [1980, 2106])
def test_a_clock_that_was_wrong_changes_nothing(built: Place, year: int) -> None:
    """Times of files, in sources, site, git folder and among leftovers, decide nothing."""
    before = tree(built.site)
    staged = built.site.parent / ".site.tmp-999999"
    staged.mkdir()
    (staged / "index.html").write_text("half")
    then = (year - 1970) * 31_556_952
    for folder in (built.root, built.site.parent):
        for path in [folder, *folder.rglob("*")]:
            os.utime(path, (then, then))
    assert built.build_here("--no-pdf").exit_code == 0
    assert tree(built.site) == before
    assert built.leftovers() == []
    say(built, "Build is half done.")
    os.utime(built.root / "projects/acme/erp/updates/2026-11-13.md", (then, then))
    assert built.build_here("--no-pdf").exit_code == 0
    assert tree(built.site) != before


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _garble(file: Path) -> None:
    file.write_bytes(os.urandom(file.stat().st_size))


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _shut(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.promise("F4")
def test_what_is_kept_and_broken_is_made_again(place: Place) -> None:
    """Whatever is the matter with it: the site is the same, and nobody is bothered."""
    released = CliRunner().invoke(kapm, ["-C", str(place.root), "release", "acme/erp", *STATUS])
    assert released.exit_code == 0, released.output
    commit_all(place.root, "Report 1")
    assert place.build_here().exit_code == 0
    before, cache = tree(place.site), place.root / ".git" / "kapm"
    kept = sorted(path for path in cache.rglob("*") if path.is_file())
    assert {path.suffix for path in kept} == {".json", ".pdf"}
    damages = (_truncate, _garble, _empty, _shut)
    for first in range(4 if "KAPM_SOAK" in os.environ else 1):
        for number, file in enumerate(kept):
            if file.is_dir():  # of the round before
                file.rmdir()
                file.write_bytes(b"anything")
            damages[(number + first) % 4](file)
        (cache / ".draft-abandoned").write_bytes(b"half")
        result = place.build_here()
        assert result.exit_code == 0, result.output
        assert tree(place.site) == before
        assert place.leftovers() == []


@pytest.mark.promise("F4")
def test_a_folder_of_the_cache_that_cannot_be_written_is_done_without(built: Place) -> None:
    """Everything is worked out anew each time."""
    before, cache = tree(built.site), built.root / ".git" / "kapm"
    for path in sorted(cache.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    cache.rmdir()
    cache.write_text("in the way")
    assert built.build_here("--no-pdf").exit_code == 0
    assert tree(built.site) == before
    assert cache.read_text() == "in the way"


@pytest.mark.promise("F5")
def test_a_pdf_that_cannot_be_written_leaves_the_previous_one(place: Place, tmp_path: Path) -> None:
    """`kapm pdf -o` and `kapm release -o` write a file whole or not at all."""
    with small_disk(tmp_path / "disk", "size=1m") as disk:
        (disk / "status.pdf").write_bytes(b"%PDF of last week")
        fill(disk, spare=8_000)
        arguments = ["-C", str(place.root), "pdf", "acme/erp", "-o", str(disk / "status.pdf"), *STATUS]
        result = CliRunner().invoke(kapm, arguments)
        assert result.exit_code == 1
        assert "No space left on device" in result.stderr
        assert (disk / "status.pdf").read_bytes() == b"%PDF of last week"
        assert {path.name for path in disk.iterdir()} == {"ballast", "status.pdf"}


def test_a_file_is_written_where_a_link_leads_and_into_what_is_none(tmp_path: Path) -> None:
    """As programs do that write in place: the link stays a link, the rights stay, a device gets the content."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there/real.pdf").write_bytes(b"old")
    (tmp_path / "there/real.pdf").chmod(0o600)
    (tmp_path / "link.pdf").symlink_to("there/real.pdf")
    write_whole(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "there/real.pdf").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "there/real.pdf").read_bytes() == b"new"
    assert (tmp_path / "link.pdf").is_symlink()
    write_whole(Path(os.devnull), b"new")
    assert not Path(os.devnull).is_file()
