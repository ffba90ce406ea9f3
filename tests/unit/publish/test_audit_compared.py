"""What was compared before is not compared again, and nothing is missed for that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapm_site.cache import NO_STORE, Store, digest
from kapm_site.problem import Mark
from kapm_site.publish import Secret
from kapm_site.publish.audit import compared
from kapm_site.publish.audit.compared import Reading, compare
from kapm_site.publish.audit.prepared import sources_of
from kapm_site.publish.audit.search import NOTHING, Hit, Root, examine, readable

TEXTS = ("Lay off everyone", "Quarter of the margin", "Move to Lyon in May", "Sell the plant", "125417.50")
CLIENTS = ("acme", "globex")
some = st.lists(st.sampled_from(TEXTS), max_size=3)
#: What each client may read, what its two pages say, and what two projects hold.
States = tuple[dict[str, list[str]], dict[str, list[str]], list[list[str]]]
states = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(CLIENTS, some)),
    st.fixed_dictionaries({f"{client}/{page}": some for client in CLIENTS for page in ("p", "q")}),
    st.lists(some, min_size=2, max_size=2),
)


def compared_with(store: Store, state: States) -> set[tuple[str, str, str]]:
    """Compare the pages of a state with what its projects hold."""
    allowed, pages, projects = state
    may = {client: readable(texts) for client, texts in allowed.items()}
    parts = {
        digest(path, *texts): Root(
            path.split("/")[0], (examine(path, [f"x {text} y" for text in texts], NOTHING, NOTHING),)
        )
        for path, texts in pages.items()
    }
    sources = [source for texts in projects for source in sources_of([Secret(text, Mark("p"), None) for text in texts])]
    keys = {client: digest(*texts) for client, texts in allowed.items()}
    reading = Reading(lambda root: may[root.client], keys, NOTHING)
    hits: list[Hit] = compare(parts, sources, reading, store, "site", keep=True)
    return {(hit.client, hit.path, hit.pattern) for hit in hits}


@given(st.lists(states, min_size=1, max_size=5))
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
def test_what_is_remembered_hides_nothing(tmp_path_factory: pytest.TempPathFactory, steps: list[States]) -> None:
    """Whatever changes, pages, texts or what may be read, the hits are those of a comparison of everything."""
    store = Store(tmp_path_factory.mktemp("store"))
    for state in steps:
        # Most steps forbid nothing, so that something is remembered.
        allowed, pages, projects = state
        for harmless in (({client: list(TEXTS) for client in CLIENTS}, pages, projects), (allowed, pages, projects)):
            assert compared_with(store, harmless) == compared_with(NO_STORE, harmless)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, int]]]:
    """Note how many parts are searched for how many texts."""
    found: list[tuple[int, int]] = []
    real = compared.find_matches

    def noted(roots: list[Root], common: object, sources: object) -> object:
        known = list(sources)  # type: ignore[call-overload]
        found.append((len(roots), len(known)))
        return real(roots, common, known)  # type: ignore[arg-type]

    monkeypatch.setattr(compared, "find_matches", noted)
    return found


def test_an_edit_costs_what_it_has_changed(tmp_path: Path, searched: list[tuple[int, int]]) -> None:
    """A page is compared with all texts, a text with all pages, and the rest with nothing."""
    store, allowed = Store(tmp_path), {client: ["Sell the plant"] for client in CLIENTS}
    pages = {f"{client}/{page}": ["Sell the plant", page] for client in CLIENTS for page in ("p", "q")}
    first = (allowed, pages, [["Lay off everyone"], ["Sell the plant"]])
    again = (allowed, pages | {"acme/p": ["Sell the plant now"]}, [["Lay off someone"], ["Sell the plant"]])
    assert [compared_with(store, state) for state in (first, again)] == [set(), set()]
    assert searched == [(4, 2), (0, 2), (1, 2), (3, 1)]
