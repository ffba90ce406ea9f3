"""Files that have not changed pass to the next site as they are; whatever was done to them, its bytes are right."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kapm_site.cache import NO_STORE, Store
from kapm_site.publish import Published

Build = Callable[..., object]
FIRST = {"internal/index.html": "<p>Portfolio", "clients/acme/index.html": "<p>Home", "clients/acme/feed.xml": "<a/>"}
NEXT = FIRST | {"clients/acme/index.html": "<p>News"}
HOME, FEED = "clients/acme/index.html", "clients/acme/feed.xml"


def touched(place: Path, content: str) -> None:
    """Change a file in its place, and make its size and its time what they were."""
    before = place.stat()
    assert len(content) == before.st_size
    place.write_text(content, "utf-8")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture(params=["kept", "nothing kept"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store that knows the stamps of the files, or none: then their content tells."""
    return Store(tmp_path / "store") if request.param == "kept" else NO_STORE


def test_what_has_not_changed_stays_the_same_file(tmp_path: Path, build: Build, store: Store) -> None:
    """With its time, so that a host sees what is new; what has changed is another one."""
    assert isinstance(build(FIRST, store=store), Published)
    before = {path: (tmp_path / "site" / path).stat() for path in FIRST}
    assert isinstance(build(NEXT, store=store), Published)
    after = {path: (tmp_path / "site" / path).stat() for path in FIRST}
    same = {path for path in FIRST if after[path].st_ino == before[path].st_ino}
    assert same == FIRST.keys() - {HOME}
    assert {path for path in FIRST if after[path].st_mtime_ns == before[path].st_mtime_ns} == same
    assert (tmp_path / "site" / HOME).read_text() == "<p>News"
    assert {found.st_nlink for found in after.values()} == {1}


def test_what_was_changed_by_hand_is_put_right(tmp_path: Path, build: Build, store: Store) -> None:
    """Also where its size and its time say that nothing was."""
    build(FIRST, store=store)
    touched(tmp_path / "site" / FEED, "<b/>")
    assert isinstance(build(NEXT, store=store), Published)
    assert (tmp_path / "site" / FEED).read_text() == "<a/>"


@pytest.mark.parametrize("is_folder", [True, False])
def test_what_was_put_in_the_place_of_a_file_is_put_right(
    tmp_path: Path, build: Build, store: Store, is_folder: bool
) -> None:
    """A folder, or nothing at all."""
    build(FIRST, store=store)
    feed = tmp_path / "site" / FEED
    feed.unlink()
    if is_folder:
        feed.mkdir()
    assert isinstance(build(NEXT, store=store), Published)
    assert feed.read_text() == "<a/>"


def test_a_copy_of_the_site_by_links_stays_what_it_was(tmp_path: Path, build: Build, store: Store) -> None:
    """Whoever keeps old sites that way loses none: no file is ever written over."""
    build(FIRST, store=store)
    shutil.copytree(tmp_path / "site", tmp_path / "old", copy_function=os.link)
    build(NEXT, store=store)
    assert {path: (tmp_path / "old" / path).read_text() for path in FIRST} == FIRST


@pytest.mark.parametrize("number", [errno.EPERM, errno.EMLINK, errno.ENOTSUP])
def test_a_file_system_without_links_gets_the_same_files(
    tmp_path: Path, build: Build, store: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As on FAT, or where a file has as many names as it may have."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    build(FIRST, store=store)
    monkeypatch.setattr(os, "link", refuse)
    assert isinstance(build(NEXT, store=store), Published)
    assert {path: (tmp_path / "site" / path).read_text() for path in NEXT} == NEXT


def test_what_a_build_of_a_part_keeps_stays_the_same_file(tmp_path: Path, build: Build, store: Store) -> None:
    """Files of projects that were not asked for."""
    build(FIRST, store=store)
    before = (tmp_path / "site" / FEED).stat()
    built = build({HOME: "<p>News"}, store=store, keep=lambda entry: entry.path == FEED)
    assert isinstance(built, Published)
    assert built.kept == (FEED,)
    assert (tmp_path / "site" / FEED).stat().st_ino == before.st_ino


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path, build: Build, store: Store) -> None:
    """Nobody writes into it."""
    build(FIRST, store=store)
    (tmp_path / "site" / FEED).unlink()
    os.mkfifo(tmp_path / "site" / FEED)
    assert isinstance(build(NEXT, store=store), Published)
    assert (tmp_path / "site" / FEED).read_text() == "<a/>"
