"""What is kept: read only if it is whole and where it was put, and never more than allowed."""

import os
import pickle
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.cache import Store, digest, open_store, pack_records
from kapm_site.cache.records import unpack_records
from kapm_site.problem import Mark, Problem

KEY, OTHER = digest("a"), digest("b")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one entry."""
    made = Store(tmp_path / "kept")
    made.put("pages", KEY, b"what acme may read")
    return made


def place(store: Store, key: str = KEY, kind: str = "pages") -> Path:
    """Return where an entry lies."""
    assert store.folder
    return store.folder / kind / key[:2] / key


def test_an_entry_is_what_was_put_there(store: Store) -> None:
    """Under its own kind and key alone; nobody else may read the folder."""
    assert store.get("pages", KEY) == b"what acme may read"
    assert store.get("pages", OTHER) is None
    assert store.get("pdfs", KEY) is None
    assert not place(store).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


@pytest.mark.promise("F4")
@pytest.mark.parametrize("content", [b"", b"what acme may rea", b"what acme may read!", b"what acme may see?"])
def test_a_broken_entry_is_none(store: Store, content: bytes) -> None:
    """Cut short, longer, empty or changed."""
    sealed = place(store).read_bytes()
    place(store).write_bytes(sealed[: -len(b"what acme may read")] + content)
    assert store.get("pages", KEY) is None


@pytest.mark.promise("F4")
def test_an_entry_in_the_place_of_another_is_none(store: Store) -> None:
    """What was made for one client is never taken for another's."""
    place(store, OTHER).parent.mkdir(parents=True, exist_ok=True)
    place(store, OTHER).write_bytes(place(store).read_bytes())
    assert store.get("pages", OTHER) is None


def test_who_does_not_know_the_key_of_a_shared_cache_cannot_make_an_entry(store: Store) -> None:
    """An entry of a job of somebody else is none."""
    assert Store(store.folder, b"a secret of the CI").get("pages", KEY) is None
    Store(store.folder, b"a secret of the CI").put("pages", KEY, b"ours")
    assert Store(store.folder, b"a secret of the CI").get("pages", KEY) == b"ours"
    assert store.get("pages", KEY) is None


def test_what_was_not_used_for_longest_goes_first(store: Store) -> None:
    """Down to the size that is allowed; a draft of a build that was killed goes as well."""
    for number in range(5):
        key = digest(str(number))
        store.put("pages", key, bytes(1000))
        os.utime(place(store, key), (1000 + number, 1000 + number))
    draft = place(store).parent / ".draft-abc"
    draft.write_bytes(b"half")
    assert store.get("pages", digest("0"))  # used now
    Store(store.folder, most=2200).prune()
    left = [number for number in range(5) if store.has("pages", digest(str(number)))]
    assert left == [0, 4]
    assert store.has("pages", KEY)
    assert not draft.exists()


def test_a_folder_that_others_may_write_is_used_with_a_key_alone(tmp_path: Path) -> None:
    """An entry is as good as a page."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o777)
    assert open_store({"KAPM_CACHE": str(folder)}).folder is None
    assert open_store({"KAPM_CACHE": str(folder), "KAPM_CACHE_KEY": "k"}).folder == folder
    assert open_store({"KAPM_CACHE": str(tmp_path / "own")}).folder == tmp_path / "own"
    assert open_store({"HOME": str(tmp_path)}).folder == tmp_path / ".cache/kapm"
    assert open_store({}).folder is None
    assert open_store({"HOME": str(tmp_path), "KAPM_CACHE": ""}).folder is None


def test_a_disk_that_takes_nothing_keeps_nothing(tmp_path: Path) -> None:
    """The build goes on."""
    (tmp_path / "file").write_bytes(b"")
    store = Store(tmp_path / "file")
    store.put("pages", KEY, b"x")
    store.prune()
    assert store.get("pages", KEY) is None


def test_records_come_back_equal() -> None:
    """With all that they hold."""
    problem = Problem(Mark("plan.yaml", 3, 4), "cycle", "a waits for b", hint="drop one")
    value = {"problems": [problem], "day": date(2026, 11, 20), "bytes": b"x"}
    assert unpack_records(pack_records(value)) == value


class _Order:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("false",)


@pytest.mark.parametrize("value", [_Order(), print, os.path.join, Path("x")])
def test_nothing_but_records_is_read(value: object) -> None:
    """A cache that somebody has written to runs nothing."""
    assert unpack_records(pickle.dumps(value)) is None


@given(st.binary())
def test_any_bytes_are_no_records(content: bytes) -> None:
    """Nor do they raise anything."""
    unpack_records(content)


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_parts_have_different_keys(one: list[str], other: list[str]) -> None:
    """Wherever one ends and the next begins."""
    assert (digest(*one) == digest(*other)) == (one == other)
