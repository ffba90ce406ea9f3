"""Nodes can be found, replaced and taken out by path, and know where a part of their text stands."""

import pytest

from kapm_site.problem import Mark
from kapm_site.source import Node, Scalar, compose, locate, mark_within, plain, replaced, without

FILE = "plan.yaml"


def composed(text: str) -> Node:
    """Compose a text that has no problem."""
    node, problems = compose(text, FILE)
    assert problems == []
    assert node is not None
    return node


NODE = composed("a:\n  - b: 1\n    c: [x, y]\n  - b: 2\n")
NEW = Scalar("new", quoted=False, mark=Mark(FILE))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("a", 0, "b"), {"a": [{"b": "new", "c": ["x", "y"]}, {"b": "2"}]}),
        (("a", 0, "c", 1), {"a": [{"b": "1", "c": ["x", "new"]}, {"b": "2"}]}),
        (("a", 1, "d"), {"a": [{"b": "1", "c": ["x", "y"]}, {"b": "2", "d": "new"}]}),
        (("a",), {"a": "new"}),
        (("e",), {"a": [{"b": "1", "c": ["x", "y"]}, {"b": "2"}], "e": "new"}),
    ],
)
def test_a_value_is_replaced_or_added(path: tuple[str | int, ...], expected: object) -> None:
    """The tree is new, the old one as it was."""
    before = plain(NODE)
    assert plain(replaced(NODE, path, NEW)) == expected
    assert plain(NODE) == before


def test_a_record_that_stands_alone_is_the_first_item_of_its_list() -> None:
    """Where a list of records is read, one mapping may stand alone; paths through index 0 reach it."""
    node = composed("a: {b: 1}\n")
    assert plain(replaced(node, ("a", 0, "b"), NEW)) == {"a": {"b": "new"}}
    assert plain(replaced(node, ("a", 0), NEW)) == {"a": "new"}
    assert locate(node, ("a", 0, "b")) == Mark(FILE, 1, 8, 1)


def test_an_item_is_taken_out_and_its_list_says_so() -> None:
    """What is left of a list is known to be incomplete."""
    node = without(NODE, ("a", 0))
    assert plain(node) == {"a": [{"b": "2"}]}
    assert node.get("a").lost  # type: ignore[union-attr]
    assert plain(without(NODE, ("a", 0, "b"))) == plain(NODE)
    assert plain(without(composed("- a\n- b\n"), (1,))) == ["a"]


def test_a_path_that_leads_nowhere_ends_at_the_deepest_node() -> None:
    """A missing key is reported at the mapping that lacks it."""
    assert locate(NODE, ("a", 1, "x", "y")) == locate(NODE, ("a", 1)) == Mark(FILE, 4, 5, 1)
    assert locate(NODE, ("a", 7)) == locate(NODE, ("a",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: see ![x](y)\n", (1, 13, 1)),
        ("a: 'see ![x](y)'\n", (1, 14, 1)),
        ("设: 见 ![x](y)\n", (1, 11, 1)),
        ("a: |\n  see\n  ![x](y)\n", (3, 8, 1)),
        ("b:\n  a: |\n\n      见 ![x](y)\n", (4, 14, 1)),
        ("a: >\n  see\n  ![x](y)\n", (1, 4, 1)),
        ('a: "see \\u0021[x](y)"\n', (1, 4, 18)),
        ("a: see\n  ![x](y)\n", (1, 4, 1)),
    ],
)
def test_a_part_of_a_text_is_found_in_the_file(text: str, expected: tuple[int, int, int]) -> None:
    """Plain, quoted and literal texts lead to the very place; folded and escaped ones to the whole value."""
    node: Node | None = composed(text)
    while node is not None and not isinstance(node, Scalar):
        node = node.entries[0][1]  # type: ignore[union-attr]
    assert node is not None
    mark = mark_within(node, node.text.index("y"), 1)
    assert (mark.line, mark.column) == expected[:2]
