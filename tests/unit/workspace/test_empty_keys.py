import pytest

from kapm_site.model.measures import CostsFile
from kapm_site.source import compose
from kapm_site.workspace.records import read_record


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("entries:\n  - {date: 2026-11-20, amount: 1, note: Licence, three months}\n", "three months"),
        ("entires:\n", "entires"),
    ],
)
def test_an_unknown_key_without_a_value_is_not_swallowed(text: str, key: str) -> None:
    """A text with a comma inside braces becomes a key with nothing behind it; nothing of it may be lost silently."""
    node, _ = compose(text, "costs.yaml")
    assert node is not None
    _, problems = read_record(node, CostsFile)
    assert [(problem.code, problem.message) for problem in problems] == [("unknown-key", f"unknown key '{key}'")]


def test_a_known_key_without_a_value_is_absent() -> None:
    """`note:` with nothing behind it says nothing and is no mistake."""
    node, _ = compose("entries:\n  - {date: 2026-11-20, amount: 1, note: }\n", "costs.yaml")
    assert node is not None
    _, problems = read_record(node, CostsFile)
    assert problems == []
