"""Nodes become records as far as they can be read, and every fault is reported once."""

import time
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.plan import Plan
from kapm_site.model.record import Record
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import PROJECT_FILES
from kapm_site.problem.catalogue import CATALOGUE
from kapm_site.source import compose
from kapm_site.source.compose import MAX_ITEMS
from kapm_site.workspace.records import did_you_mean, read_record

FILE = "file.yaml"


R = TypeVar("R", bound=Record)


def read(text: str, record: type[R]) -> tuple[R, list[str]]:
    """Read a record of a text and return it with the codes of its problems."""
    node, problems = compose(text, FILE)
    assert node is not None
    found, more = read_record(node, record)
    assert found is not None
    return found, [problem.code for problem in [*problems, *more]]


@pytest.mark.parametrize(
    ("word", "words", "expected"),
    [
        ("finsh", ["start", "finish", "forecast"], "did you mean 'finish'?"),
        ("Finish", ["start", "finish"], "did you mean 'finish'?"),
        ("mila", ["Mila", "bo"], "did you mean 'Mila'?"),
        ("x", ["start", "finish"], ""),
        ("", ["start"], ""),
        ("start", [], ""),
        ("b" * 100_000, ["a" * 50, "c"], ""),
    ],
)
def test_the_nearest_known_word_is_proposed(word: str, words: list[str], expected: str) -> None:
    """Capitals do not count; where nothing is near, nothing is said."""
    assert did_you_mean(word, words) == expected


def test_what_can_be_read_is_read_beside_what_cannot() -> None:
    """A task with a bad date keeps its name and its links."""
    plan, codes = read("tasks:\n  - {id: a, name: A, finish: soon, depends_on: [b]}\n  - {id: b, name: B}\n", Plan)
    assert codes == ["bad-date"]
    assert [task.id for task in plan.tasks] == ["a", "b"]
    assert plan.tasks[0].depends_on[0].task == "b"
    assert plan.tasks[0].lost("finish")
    assert not plan.tasks[0].lost("start")
    assert not plan.partial


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("tasks:\n  - {id: A B, name: A}\n", ["bad-id"]),
        ("tasks:\n  - {name: A}\n", ["missing-key"]),
        ("tasks:\n  - a\n  - {id: b, name: B}\n", ["wrong-shape"]),
        ("tasks: {id: a, name: A}\n", ["wrong-shape"]),
        ("task:\n  - {id: a, name: A}\n", ["unknown-key"]),
        ("tasks:\n  - {id: a, name: A, task: [{id: b, name: B}]}\n", ["unknown-key"]),
    ],
)
def test_a_file_of_which_records_or_ids_are_lost_says_so(text: str, codes: list[str]) -> None:
    """Checks then know that what seems to be missing may be among them."""
    plan, found = read(text, Plan)
    assert found == codes
    assert plan.partial


@pytest.mark.parametrize(
    "text",
    [
        "tasks:\n  - {id: a, name: A, owner: [b]}\n",
        "tasks:\n  - {id: a, name: A, colour: red}\n",
        "tasks:\n  - {id: a, name: A, cost: {amount: much}}\n",
        "tasks:\n  - {id: a, nam: A}\n",
    ],
)
def test_a_file_that_lost_mere_values_is_not_partial(text: str) -> None:
    """Its ids are all there, so references to them can be judged."""
    plan, codes = read(text, Plan)
    assert len(codes) == 1
    assert not plan.partial


def test_a_misspelt_key_is_one_mistake_and_the_key_it_meant_is_lost() -> None:
    """A required key that was misspelt is not missing as well."""
    plan, codes = read("tasks:\n  - {id: a, nane: A, onwer: b}\n", Plan)
    assert codes == ["unknown-key", "unknown-key"]
    assert plan.tasks[0].lost("name")
    assert plan.tasks[0].lost("owner")


def test_a_required_record_that_cannot_be_read_takes_its_parent_along() -> None:
    """A budget without an amount is no budget; the rest of the project is there."""
    charter, codes = read("name: A\nbudget: {contingency: 5}\nhealth_override: {reason: x}\n", Charter)
    assert codes == ["missing-key", "missing-key", "missing-key"]
    assert charter.budget is None
    assert charter.health_override == ()
    assert charter.lost("budget")
    assert charter.name == "A"


def test_a_list_may_stand_for_all_weekdays() -> None:
    """A fault in it is reported once, at its place."""
    settings, codes = read('calendar:\n  hours: ["9-5"]\n', Settings)
    assert set(codes) == {"bad-hours"}
    assert settings.calendar.lost("hours")
    node, _ = compose('calendar:\n  hours: ["9-5"]\n', FILE)
    assert node is not None
    assert {str(problem.mark) for problem in read_record(node, Settings)[1]} == {f"{FILE}:2:11"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("tasks:\n  - {id: a, name: A, fnish: 2026-01-01}\n", "did you mean 'finish'?"),
        ("tasks:\n  - {id: a, name: A, depends_on: [{task: b, type: SF2}]}\n", "did you mean 'SF'?"),
        ("tasks:\n  - {id: a, name: A, delay: {cause: ressources}}\n", "did you mean 'resources'?"),
        ("taks: []\n", "did you mean 'tasks'?"),
        ("zzz: 1\n", "known keys: audience, tasks"),
    ],
)
def test_keys_and_words_have_a_hint(text: str, hint: str) -> None:
    """The nearest known one, or all of them."""
    node, _ = compose(text, FILE)
    assert node is not None
    assert hint in {problem.hint for problem in read_record(node, Plan)[1]}


@pytest.mark.parametrize(
    "text",
    [
        "tasks: [" + ("{tasks: [" + "1," * MAX_ITEMS + "]},") * 13 + "]",
        "tasks: [" + ("{tasks: [" + "{id: a}," * MAX_ITEMS + "]},") * 4 + "]",
        "".join(f"key{number}: 1\n" for number in range(MAX_ITEMS)),
        "labels: x\ntasks:\n" + ("- {id: a, name: A, labels: [" + "[]," * MAX_ITEMS + "]}\n") * 13,
    ],
)
def test_a_file_full_of_faults_is_refused_in_little_time(text: str) -> None:
    """The time does not grow with the square of the faults."""
    node, _ = compose(text, FILE)
    assert node is not None
    began = time.process_time()
    problems = read_record(node, Plan)[1]
    assert len(problems) <= 201
    assert problems[-1].code == "too-many-problems"
    assert time.process_time() - began < 10


RECORDS = (Settings, Client, *PROJECT_FILES.values())
KEYS = ["id", "name", "task", "amount", "<<", "x"]
for one in RECORDS:
    KEYS += one.keys()
TREES = st.recursive(
    st.sampled_from(["", "a", "1", "-1", "2026-11-20", "2026", "5d", "client", "[x", "x@y.example", "#123456", "中"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


def flow(tree: object) -> str:
    """Write a tree as YAML in one line."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return f'"{tree}"'


@given(st.dictionaries(st.sampled_from(KEYS), TREES, max_size=5), st.sampled_from(RECORDS))
def test_no_tree_raises_and_every_problem_is_in_the_catalogue(tree: object, record: type[Record]) -> None:
    """Whatever shape a file has, it is read or its faults are named."""
    node, problems = compose(flow(tree), FILE)
    if node is not None:
        problems = [*problems, *read_record(node, record)[1]]
    for problem in problems:
        assert problem.code in CATALOGUE
        assert problem.severity == CATALOGUE[problem.code].severity
        assert "\n" not in problem.message
