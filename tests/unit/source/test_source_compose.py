"""YAML becomes nodes with marks; nothing of YAML that hides what a file says is let through."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.checks.sizes import MAX_TASKS
from kapm_site.source import Mapping, Node, Scalar, Sequence, compose, decode, locate, plain
from kapm_site.source.compose import MAX_PROBLEMS

FILE = "projects/acme/erp/plan.yaml"


def composed(text: str) -> Node:
    """Compose a text that has no problem."""
    node, problems = compose(text, FILE)
    assert problems == []
    assert node is not None
    return node


@pytest.mark.parametrize(
    "word",
    [
        *("no", "NO", "yes", "on", "~", "null", "Null", "true", "0123", "0o17", "0x1f", "12:30", "190:20:30", "1e3"),
        *(".inf", "1_000", "=", "2026-11-20", "2026-11-20 10:00:00", "+1", "-0", ".5", "1,000", "NaN"),
    ],
)
def test_a_word_stays_the_text_that_was_typed(word: str) -> None:
    """YAML's guesses at booleans, octals, base 60, dates and null do not happen."""
    assert plain(composed(f"a: {word}\n")) == {"a": word}


def test_quotes_are_gone_and_what_is_empty_is_absent_unless_it_is_quoted() -> None:
    """`a:` says nothing, `a: ""` says nothing on purpose."""
    assert plain(composed("a: \"1\"\nb: '2'\nc:\nd: ''\n")) == {"a": "1", "b": "2", "d": ""}


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("名称: 设计, 评审\n", ("名称",), (1, 5, 6)),
        ("任务: [设计, 评审]\n", ("任务", 1), (1, 10, 2)),
        ("任务: [{名: 设计}]\n", ("任务", 0, "名"), (1, 10, 2)),
        ("a: 'b'\n", ("a",), (1, 4, 3)),
        ("😀: x\n", ("😀",), (1, 4, 1)),
        ("a: b\n  c\nd: e\n", ("a",), (1, 4, 1)),
        ("a: b\n\nd: e # note\n", ("d",), (3, 4, 1)),
    ],
)
def test_marks_count_characters(text: str, path: tuple[str | int, ...], expected: tuple[int, int, int]) -> None:
    """Columns are right behind Chinese text, and a mark is as long as its value where it is on one line."""
    mark = locate(composed(text), path)
    assert (mark.line, mark.column, mark.length) == expected


def test_marks_are_the_same_with_crlf_and_a_byte_order_mark() -> None:
    """Neither line ends nor a byte order mark move a mark."""
    text = "a: 1\r\nb:\r\n  - 名: x\r\n"
    for content in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.replace("\r\n", "\n").encode()):
        decoded, _ = decode(content, FILE)
        assert decoded is not None
        node = composed(decoded)
        assert isinstance(node, Mapping)
        assert node.key_mark("b") is not None
        assert str(node.key_mark("b")) == f"{FILE}:2:1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: *x\n", ["1:4 yaml-alias"]),
        ("a: &x 1\n", ["1:4 yaml-anchor"]),
        ("a: &x [1]\nb: *x\n", ["1:4 yaml-anchor", "2:4 yaml-alias"]),
        ("a: &x {c: 1}\nb:\n  <<: *x\n", ["1:4 yaml-anchor", "3:3 yaml-merge"]),
        ("a: !!int 1\n", ["1:4 yaml-tag"]),
        ("a: !x {}\n", ["1:4 yaml-tag"]),
        ("%YAML 1.1\n---\na: 1\n", ["1:1 yaml-directive"]),
        ("# note\n%TAG ! tag:x,2026:\n---\na: 1\n", ["2:1 yaml-directive"]),
        ("a: 1\n---\nb: 2\n", ["2:1 several-documents"]),
        ("? [a]\n: 1\n", ["1:3 complex-key"]),
        ("a: 1\na: 2\n'a': 3\n", ["2:1 duplicate-key", "3:1 duplicate-key"]),
        ('a: "\\0"\n', ["1:4 control-character"]),
        ('a: "\\u202e"\n', ["1:4 control-character"]),
        ("a: b: c\n", ["1:5 yaml-syntax"]),
        ("a: [b\n", ["2:1 yaml-syntax"]),
        ("a: [", ["1:5 yaml-syntax"]),
        ("a: 1\nb: [ # c", ["2:9 yaml-syntax"]),
        ("\ta: b\n", ["1:1 yaml-syntax"]),
        ("a: @b\n", ["1:4 yaml-syntax"]),
        ("a: 'b\n", ["2:1 yaml-syntax"]),
    ],
)
def test_what_hides_or_breaks_is_refused_at_its_place(text: str, expected: list[str]) -> None:
    """Aliases, anchors, merge keys, tags, directives, second documents and double keys have their own errors."""
    problems = compose(text, FILE)[1]
    assert [f"{problem.mark.line}:{problem.mark.column} {problem.code}" for problem in problems] == expected
    assert all(problem.hint for problem in problems)


def test_a_quoted_merge_key_is_an_ordinary_key() -> None:
    """Only the bare `<<` merges."""
    assert plain(composed("'<<': 1\n")) == {"<<": "1"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_twenty_levels_below_the_root_are_read_and_more_are_not(opening: str) -> None:
    """The limit holds for lists and mappings, in every style."""
    closing = {"[": "]", "{a: ": "}"}.get(opening, "")
    assert compose(opening * 21 + closing * 21, FILE)[1] == []
    problems = compose(opening * 22 + closing * 22, FILE)[1]
    assert [problem.code for problem in problems] == ["nesting-too-deep"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_the_deepest_nesting_a_file_can_hold_is_refused_at_once(opening: str) -> None:
    """Neither recursion nor time grows with the depth."""
    began = time.process_time()
    problems = compose(opening * (1024 * 1024 // len(opening)), FILE)[1]
    assert [problem.code for problem in problems] == ["nesting-too-deep"]
    assert time.process_time() - began < 5


@pytest.mark.promise("H1")
@pytest.mark.parametrize(
    "line",
    [
        "- &a 1\n",
        "- *a\n",
        "- <<: 1\n",
        "- <<: *a\n",
        "- !!int 1\n",
        '- "\\0"\n',
        "- {a: 1, a: 2}\n",
        "- {[a]: 1}\n",
        "- []\n",
        "%TAG !a! x\n",
        "k: 1\n",
        "<<: 1\n",
        "? [a]\n: 1\n",
        "---\n",
        "[[],[]]\n",
    ],
)
def test_a_file_full_of_one_thing_is_refused_at_once(line: str) -> None:
    """The time grows with the size, not with its square, and few problems are told."""
    began = time.process_time()
    problems = compose(line * (1024 * 1024 // len(line)), FILE)[1]
    assert 0 < len(problems) <= MAX_PROBLEMS + 1
    assert time.process_time() - began < 2


@pytest.mark.parametrize(("keys", "codes"), [(11, []), (12, ["too-many-values"])])
def test_a_plan_of_as_many_tasks_as_one_may_have_is_read(keys: int, codes: list[str]) -> None:
    """Each may have eleven keys with plain values; with more there must be fewer tasks."""
    line = f"- {{{', '.join(f'k{number}: 1' for number in range(keys))}}}\n"
    problems = compose("tasks:\n" + line * MAX_TASKS, FILE)[1]
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_document_has_no_node_or_an_absent_one(text: str) -> None:
    """Nothing but comments is nothing."""
    node, problems = compose(text, FILE)
    assert problems == []
    assert node is None or plain(node) is None


def test_a_literal_block_knows_its_indentation() -> None:
    """Lines of a literal block can be found again in the file."""
    node = composed("a:\n  - b: |\n\n      one\n        two\n")
    assert isinstance(node, Mapping)
    items = node.get("a")
    assert isinstance(items, Sequence)
    assert isinstance(items.items[0], Mapping)
    value = items.items[0].get("b")
    assert isinstance(value, Scalar)
    assert (value.text, value.indent) == ("\none\n  two\n", 6)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_raises(text: str) -> None:
    """Whatever was typed, it is composed or refused."""
    decoded, _ = decode(text.encode(), FILE)
    if decoded is not None:
        compose(decoded, FILE)


@given(st.text(alphabet="ab: -[]{}\n'\"|>&*!%#?,<\\@`~0", max_size=60))
def test_no_jumble_of_yaml_signs_raises(text: str) -> None:
    """Signs that mean something to YAML, in any order, are composed or refused, and can be made plain."""
    node, _ = compose(text, FILE)
    if node is not None:
        plain(node)
