"""Whatever changes in what a client may not read, the client's web root stays the same, byte for byte.

Random audiences are given to the records of a workspace with every key. Then its hidden parts are changed: words, ids,
figures, whole records of the client's own projects; anything at all of other clients. The root is built before and
after, with what its PDFs are made from.

What may show, as it is the truth of the whole project: colours of health, and the forecast. Hidden figures that
change neither must not show. Dates and effort of hidden tasks move the plan, and are left alone here.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, event, given, settings
from hypothesis import strategies as st

from kapm_site.analysis.analyse import analyse
from kapm_site.pipeline import build as pipeline_build
from kapm_site.pipeline.load import load
from tests.whole import CLIENTS, Data, Leaf, Whole, is_words, reworded, whole
from tests.whole_built import DAY, build_site, unset_pdfs

Draw = Callable[[st.SearchStrategy[Any]], Any]
#: Fields with a scale of their own; other numbers may grow.
SCALES = {"probability": 5, "impact": 5, "severity": 5, "csat": 5, "nps": 10, "rating": 5, "tolerance_percent": 9}
#: What moves the plan or the forecast, as every reader of the plan may see.
PLANNING = ("Task", "Cost", "Step", "Assignment", "Estimate", "Delay", "Deliverable", "ForecastSettings")
#: What a rule wants in order.
ORDERED = ("low", "high", "target", "amber", "red", "from_", "to", "baseline", "number", "start", "finish")
_NEW = count()


@cache
def _base() -> Whole:
    made = whole()
    reworded(made, lambda leaf: f"w{next(_NEW)}of{leaf.field.strip('_').replace('_', '')}")
    return made


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Whole, str], dict[str, bytes] | None]]:
    """Build the web root of one client; none where the workspace has an error."""

    def build_root(made: Whole, client: str) -> dict[str, bytes] | None:
        folder = tmp_path_factory.mktemp("isolation")
        root, target = made.write(folder / "work"), folder / "site"
        found = build_site(root, target, selectors=(client,), only="clients")
        leaks = [str(one) for one in found.problems if one.code in ("leak", "audit-failed", "unaudited-file")]
        assert leaks == []
        if found.published is None:
            event(f"refused: {', '.join(sorted({one.code for one in found.problems if one.severity == 'error'}))}")
            return None
        there = target / "clients" / client
        return {path.relative_to(there).as_posix(): path.read_bytes() for path in there.rglob("*") if path.is_file()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline_build, "render_pdfs", unset_pdfs)
        yield build_root


def _with_audiences(draw: Draw, made: Whole, client: str) -> None:
    records = list(made.stating(client))
    stated = st.sampled_from(("client", "internal", None))
    for record, audience in zip(
        records, draw(st.lists(stated, min_size=len(records), max_size=len(records))), strict=True
    ):
        record.pop("audience", None)
        if audience:
            record["audience"] = audience
    charter = made.files[f"projects/{client}/{client}-erp/project.yaml"]
    charter["audience"] = "client"


def _without_chance(made: Whole, client: str) -> None:
    """Leave out what is uncertain in hidden records: the random numbers of a forecast come from ids."""
    made.files[f"projects/{client}/{client}-erp/project.yaml"]["forecast"]["spread_percent"] = ["0", "0"]
    for leaf in [leaf for leaf in _hidden(made, client) if leaf.record in ("Task", "Risk") and leaf.field == "id"]:
        record = made.record(leaf)
        record.pop("estimate", None)
        record.pop("schedule_impact", None)


def _hidden(made: Whole, client: str) -> list[Leaf]:
    return [leaf for leaf in made.leaves() if leaf.client == client and not leaf.visible]


def _some(draw: Draw, leaves: list[Leaf]) -> list[Leaf]:
    """Choose some of them, or all."""
    if not leaves or draw(st.booleans()):
        return leaves
    return draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=8, unique=True))


def change_words(draw: Draw, made: Whole, client: str) -> None:
    """Say something else in hidden fields and records."""
    words = [leaf for leaf in _hidden(made, client) if is_words(leaf) and leaf.kind != "slug"]
    reworded(made, lambda _: f"x{next(_NEW)}changed", _some(draw, words))


def change_ids(draw: Draw, made: Whole, client: str) -> None:
    """Call hidden records otherwise, before or behind all others by the alphabet."""
    ids = [leaf for leaf in _hidden(made, client) if leaf.kind == "slug"]
    first = draw(st.sampled_from("0m"))
    reworded(made, lambda _: f"{first}{next(_NEW)}z", _some(draw, ids))


def change_figures(draw: Draw, made: Whole, client: str) -> None:
    """Change numbers and days of hidden fields and records, but for those of the plan."""
    figures = [leaf for leaf in _hidden(made, client) if leaf.kind in ("number", "day")]
    hidden = [leaf for leaf in figures if leaf.record not in PLANNING and leaf.field not in ORDERED]
    # Where its client sees costs, it sees the totals of all of them.
    costs = made.files[f"projects/{client}/{client}-erp/costs.yaml"].get("audience")
    locked = [leaf for leaf in figures if leaf.field == "actual_cost" and costs != "client"]
    for leaf in _some(draw, [*hidden, *locked]):
        made.put(leaf, _other(draw, leaf, made.get(leaf)))


def _other(draw: Draw, leaf: Leaf, value: str) -> str:
    if leaf.kind == "day":
        return (date.fromisoformat(value) + timedelta(days=draw(st.integers(-9, 9)))).isoformat()
    most = SCALES.get(leaf.field)
    return str(draw(st.integers(1, most)) if most else float(value) + draw(st.integers(1, 99_999)))


def add_records(draw: Draw, made: Whole, client: str) -> None:
    """Add a hidden record to each register."""
    for records in _registers(made, client):
        more = {**draw(st.sampled_from(records)), "id": f"more-{next(_NEW)}", "audience": "internal"}
        records.insert(draw(st.integers(0, len(records))), more)


def drop_records(draw: Draw, made: Whole, client: str) -> None:
    """Leave hidden records out of the registers, wherever nothing refers to them."""
    used = {made.get(leaf) for leaf in made.leaves() if leaf.client == client and leaf.kind != "slug"}
    hidden = {made.get(leaf) for leaf in _hidden(made, client) if leaf.kind == "slug"} - used
    for records in _registers(made, client):
        records[:] = [one for one in records if one["id"] not in hidden or draw(st.booleans())]


def _registers(made: Whole, client: str) -> Iterator[list[Data]]:
    for path, data in made.files.items():
        if path.startswith(f"projects/{client}/") and not path.endswith(("plan.yaml", "client.yaml", ".md")):
            yield from (value for value in data.values() if isinstance(value, list) and value and "id" in value[0])


def change_others(draw: Draw, made: Whole, client: str) -> None:
    """Change anything of the other clients: words, figures, names of folders; leave one out, add one, break one."""
    other = draw(st.sampled_from([name for name in CLIENTS if name != client]))
    kind = draw(st.sampled_from(("words", "figures", "gone", "renamed", "copied", "broken")))
    event(f"another client: {kind}")
    folder = f"projects/{other}/"
    if kind == "words":
        reworded(made, lambda _: f"y{next(_NEW)}changed", [leaf for leaf in made.leaves() if leaf.client == other])
    elif kind == "figures":
        for leaf in [leaf for leaf in made.leaves() if leaf.client == other and leaf.kind in ("number", "day")]:
            made.put(leaf, _other(draw, leaf, made.get(leaf)))
    elif kind == "broken":
        made.files[f"{folder}{other}-erp/plan.yaml"] = {"tasks": "none of your business"}
    else:
        own = [path for path in (*made.files, *made.pictures) if path.startswith(folder)]
        name = draw(st.sampled_from(("aaaa-first", "zzzz-last")))
        for path in own:
            store: dict[str, Any] = made.files if path in made.files else made.pictures
            content = store[path] if kind == "copied" else store.pop(path)
            if kind != "gone":
                store[path.replace(other, name)] = content


def _told(made: Whole, client: str, folder: Path) -> object:
    """Return what a client knows of the truth of the whole project: colors of health by their rules, and the forecast.

    By which rule, as the reason of a color is told only where what is visible bears it out.
    """
    loaded = load(made.write(folder))
    for account, project in loaded.workspace.projects():
        if account.id == client:
            figures = analyse(loaded.workspace.settings, account, project, DAY)
            health = figures.health
            colors = [(name, one.health, one.computed, one.rule_id) for name, one in health.dimensions.items()]
            return health.overall.health, colors, figures.outlook.forecast
    return None


CHANGES = (change_words, change_ids, change_figures, add_records, drop_records, change_others)
# A build takes half a second; to explain a failure, all would be traced, which takes thrice as long.
_slow = partial(
    settings,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.promise("I2")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@_slow(max_examples=2)
@given(data=st.data())
def test_a_root_does_not_depend_on_what_its_reader_may_not_know(
    roots: Callable[[Whole, str], dict[str, bytes] | None],
    tmp_path_factory: pytest.TempPathFactory,
    change: Callable[[Draw, Whole, str], None],
    data: st.DataObject,
) -> None:
    """Built before and after the change, the root has the same files with the same bytes."""
    client, made = data.draw(st.sampled_from(list(CLIENTS))), _base().copy()
    _with_audiences(data.draw, made, client)
    if change is change_ids:
        _without_chance(made, client)
    before = roots(made, client)
    assert before, "random audiences are no error"
    changed = made.copy()
    change(data.draw, changed, client)
    after = roots(changed, client)
    assume(after is not None)
    if after != before and change not in (change_words, change_ids, change_others):
        folder = tmp_path_factory.mktemp("told")
        assume(_told(made, client, folder / "before") == _told(changed, client, folder / "after"))
    assert sorted(path for path in {*before, *after} if before.get(path) != after.get(path)) == []
