"""A workspace with every key, three clients, three languages, PDFs: what is internal or another's is nowhere.

Each text is a word that stands nowhere else, so where it is found, it came from there. The files are taken apart by
other tools than those of the audit.
"""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kapm_site.pipeline.load import load
from kapm_site.publish import Published
from tests.decoded import Said, said_in
from tests.gates.sites import made_once
from tests.vocabulary import known_keys, used_keys
from tests.whole import CLIENTS, MONEY, Leaf, Whole, picture, reworded, whole
from tests.whole_built import build_site

pytestmark = pytest.mark.pdf

REMARK = "qxremarkxq"
SHOWN, HIDDEN = picture((1, 200, 3), f"{REMARK} in a picture"), picture((200, 1, 3))
#: Fields for the client that no page shows, and why.
NOT_SHOWN = {
    ("Contact", "id"): "no page refers to contacts by it",
    ("Contact", "role"): "a client knows its own people",
    ("Contact", "email"): "reports are sent to it; a page needs it not",
    ("Person", "email"): "only of the manager and of whoever is a contact",
    ("HealthOverride", "reason"): "those of the latest update count, and of Aurora and Borealis that one is internal",
    ("Holiday", "name"): "an inner calendar replaces the workspace's",
}


@dataclass
class Built:
    """The workspace with its words and numbers, and what each client's web root says."""

    words: dict[Leaf, str]
    numbers: dict[Leaf, str]
    said: dict[str, dict[str, Said]]
    folder: Path


def _words() -> Callable[[Leaf], str]:
    """Make words of eight letters, each another."""
    letters, count = "bcdfghjklmnprstvwxz", iter(range(10**6))

    def word(_: Leaf) -> str:
        number = next(count)
        digits = [letters[number // len(letters) ** place % len(letters)] for place in range(4)]
        return f"qx{''.join(digits)}xq"

    return word


def _renumbered(made: Whole) -> dict[Leaf, str]:
    """Put a number of its own, of eight digits, in the place of each amount of money."""
    found: dict[Leaf, str] = {}
    for count, leaf in enumerate(leaf for leaf in made.leaves() if leaf.kind == "number" and leaf.field in MONEY):
        found[leaf] = str((10_000_019 if leaf.field == "fixed" else 50_000_017) + 7919 * count)
        made.put(leaf, found[leaf])
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The workspace, built with its reports, once for all processes of this run."""
    folder = made_once(tmp_path_factory, "leaks", _make)
    found: Built = pickle.loads((folder / "built").read_bytes())  # noqa: S301 written above
    return found


def _make(folder: Path) -> None:
    made = whole()
    _add_pictures(made)
    words, numbers = reworded(made, _words()), _renumbered(made)
    root, site = made.write(folder / "workspace", REMARK), folder / "site"
    assert known_keys() - used_keys(load(root).workspace) == set()
    found = build_site(root, site, only="clients")
    assert isinstance(found.published, Published), [str(one) for one in found.problems if one.severity == "error"]
    said = {client: said_in(site / "clients" / client) for client in CLIENTS}
    (folder / "built").write_bytes(pickle.dumps(Built(words, numbers, said, site / "clients")))


def _add_pictures(made: Whole) -> None:
    """Let each update show a picture: the client's one, and an internal one."""
    for path in [path for path in made.files if "/updates/" in path]:
        name, content = ("shown", SHOWN) if "-13" in path else ("hidden", HIDDEN)
        made.files[path]["sections"].append(["Picture", f"![What it shows](attachments/{name}.png)"])
        made.pictures[f"{path.rpartition('/')[0]}/attachments/{name}.png"] = content


def _own(words: dict[Leaf, str], client: str) -> Iterator[tuple[Leaf, str]]:
    return ((leaf, word) for leaf, word in words.items() if leaf.client in (client, None) and leaf.visible)


@pytest.mark.promise("I1")
@pytest.mark.promise("I5")
@pytest.mark.parametrize("client", CLIENTS)
def test_no_word_that_is_internal_or_another_s_is_in_a_client_s_root(built: Built, client: str) -> None:
    """Pages, tables, feeds, calendars, data, reports, pictures, names: none says what its reader may not know."""
    may = {word for _, word in _own(built.words, client)}
    forbidden = {word: leaf for leaf, word in built.words.items() if word not in may}
    assert len(forbidden) > 2 * len(may) > 250
    hits = [
        (path, leaf)
        for path, said in built.said[client].items()
        for word, leaf in (*forbidden.items(), (REMARK, None))
        if word in said.words
    ]
    assert hits == []
    others = [other for other in CLIENTS if other != client]
    assert [path for path, said in built.said[client].items() if any(other in said.words for other in others)] == []


@pytest.mark.promise("I1")
@pytest.mark.parametrize("client", CLIENTS)
def test_no_amount_that_is_internal_or_another_s_is_in_a_client_s_root(built: Built, client: str) -> None:
    """Rates, costs of tasks, values of contracts, and all money where the client is not told of money."""
    never = ("Cost", "Person", "Task", "Contract", "Opportunity")
    may = {number for leaf, number in _own(built.numbers, client) if leaf.record not in never}
    forbidden = set(built.numbers.values()) - may
    assert len(forbidden) > len(may) > 1
    printed = {path: said.numbers for path, said in built.said[client].items()}
    assert {path: found & forbidden for path, found in printed.items() if found & forbidden} == {}
    assert may & frozenset().union(*printed.values())


@pytest.mark.parametrize("client", CLIENTS)
def test_every_word_for_the_client_is_there(built: Built, client: str) -> None:
    """What says `audience: client` is on a page or in a table, but for a few fields, each with its reason."""
    assert _missing(built, client) - set(NOT_SHOWN) == set()


def test_each_exception_is_one(built: Built) -> None:
    """A field that pages show by now has no reason not to be shown."""
    assert set().union(*(_missing(built, client) for client in CLIENTS)) == set(NOT_SHOWN)


def _missing(built: Built, client: str) -> set[tuple[str, str]]:
    words = "\n".join(said.words for said in built.said[client].values())
    return {(leaf.record, leaf.field) for leaf, word in _own(built.words, client) if word not in words}


@pytest.mark.promise("I1")
@pytest.mark.parametrize("client", CLIENTS)
def test_a_picture_of_an_internal_update_is_not_published(built: Built, client: str) -> None:
    """The picture that the client's update shows is there, without its metadata; the other is not."""
    from PIL import Image

    colors = set()
    for path in (built.folder / client / "assets").glob("*.png"):
        with Image.open(path) as image:
            colors.add(image.convert("RGB").getpixel((3, 3)))
    assert (1, 200, 3) in colors
    assert (200, 1, 3) not in colors
