"""SECURITY.md promises nothing that no test shows, and no test claims to show what is not promised."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = re.findall(r"^- \*\*([A-Z]\d+)\*\* ", TEXT, re.MULTILINE)


def claims(tree: ast.AST) -> list[str]:
    """List the marks that tests of a module bear: `@pytest.mark.promise("I1")`, on a test or a whole module."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    marks = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "promise")
    return [str(argument.value) for mark in marks for argument in mark.args if isinstance(argument, ast.Constant)]


def shown() -> dict[str, list[str]]:
    """Say which modules show each promise."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text("utf-8")
        for mark in claims(ast.parse(text)) if "mark.promise(" in text else ():
            found[mark].append(path.name)
    return found


def test_every_promise_is_shown_by_a_test() -> None:
    """Each mark of the document has a test that bears it, and the other way round."""
    assert len(PROMISES) == len(set(PROMISES)) > 20
    found = shown()
    assert [mark for mark in PROMISES if mark not in found] == []
    assert sorted(set(found) - set(PROMISES)) == []


def test_every_part_says_what_remains() -> None:
    """A promise without its limits is an advertisement."""
    parts = re.split(r"^## ", TEXT, flags=re.MULTILINE)[2:]
    assert [part.splitlines()[0] for part in parts if "*What remains:*" not in part] == []
