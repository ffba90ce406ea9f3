"""Every message that the program asks for exists, and every message that exists is asked for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from kapm_site.language.messages import list_ids

ROOT = Path(__file__).parents[3]
ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")

# Families whose last part is a value of the data or a choice made in code: `text(f"health.{health}")`.
FAMILIES = (
    "acceptance.",
    "action_status.",
    "ask_kind.",
    "ask_status.",
    "assumption_status.",
    "audience.",
    "because.",
    "buffer_zone.",
    "cadence.",
    "cause.",
    "change_status.",
    "changed.",
    "channel.",
    "constraint.",
    "cost_kind.",
    "date.",
    "dependency_status.",
    "dimension.",
    "direction.",
    "distribution.",
    "edition.",
    "feedback_status.",
    "figure.",
    "goal_status.",
    "health.",
    "health_word.",
    "impact.",
    "issue_status.",
    "kpi_status.",
    "lesson_kind.",
    "link.",
    "meaning.",
    "milestone_status.",
    "missing.",
    "organization.",
    "probability.",
    "progress_method.",
    "raci.",
    "reason.",
    "report_state.",
    "risk_category.",
    "risk_move.",
    "risk_response.",
    "risk_status.",
    "rule.",
    "section.",
    "severity.",
    "task_status.",
    "term.",
    "training_status.",
    "trend.",
    "weekday.",
)

CALLS = {"text", "plural", "has"}
TEMPLATE_CALL = re.compile(r"""\btn?\(\s*(["'])([a-z0-9_.]+)\1\s*(~?)""")
QUOTED = re.compile(r"""(["'])([a-z0-9_.]+)\1""")


def modules() -> Iterator[ast.Module]:
    """Parse the modules of the package."""
    for path in sorted((ROOT / "kapm_site").rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def templates() -> Iterator[str]:
    """Read the templates."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".j2", ".jinja", ".svg", ".xml", ".txt"} and path.is_file():
            yield path.read_text(encoding="utf-8")


def asked_in(tree: ast.AST) -> Iterator[str]:
    """Find ids given to `.text`, `.plural` and `.has`; a family that code completes ends with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            yield from ids_of(node.args[0]) if node.args else ()


def ids_of(node: ast.expr) -> Iterator[str]:
    """Find the ids that an argument can have."""
    if isinstance(node, ast.IfExp):
        yield from ids_of(node.body)
        yield from ids_of(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ID.fullmatch(node.value):
        yield node.value
    elif isinstance(node, ast.JoinedStr) and isinstance(first := node.values[0], ast.Constant):
        text = str(first.value)
        if "." in text and ID.fullmatch(f"{text}x"):
            yield text[: text.rindex(".") + 1]


def asked_in_template(text: str) -> Iterator[str]:
    """Find ids given to the template globals `t` and `tn`."""
    for match in TEMPLATE_CALL.finditer(text):
        yield match[2]


def test_the_search_finds_what_is_asked() -> None:
    """Plain ids, either branch of a choice, families, and nothing that only looks alike."""
    tree = ast.parse(
        'a.text("x.one"); a.plural("x.two" if b else "x.three", n); a.text(f"fam.{v}"); a.text(row); b.text("no")'
    )
    template = """{{ t("x.four") }} {{ tn('x.five', n) }} {{ t("fam." ~ v) }} {{ at("x.six") }}"""

    assert sorted(asked_in(tree)) == ["fam.", "x.one", "x.three", "x.two"]
    assert list(asked_in_template(template)) == ["x.four", "x.five", "fam."]


def test_every_message_asked_for_exists() -> None:
    """A missing text would stop a build: add it with `tools/message.py`."""
    ids = set(list_ids())
    asked = {found for tree in modules() for found in asked_in(tree)}
    asked |= {found for text in templates() for found in asked_in_template(text)}

    assert sorted(found for found in asked if not found.endswith(".") and found not in ids) == []
    assert sorted(found for found in asked if found.endswith(".") and found not in FAMILIES) == []


def test_every_family_has_members() -> None:
    """A family that lost its messages leaves the list."""
    ids = list_ids()

    assert [family for family in FAMILIES if not any(found.startswith(family) for found in ids)] == []


#: Texts of what is not there yet: mail, and sites that a passphrase opens.
WAITING = ("mail.",)


def test_no_message_is_unused() -> None:
    """Translators keep up only what somebody reads: drop the rest with `tools/message.py remove`."""
    named = {
        node.value
        for tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named |= {match[2] for text in templates() for match in QUOTED.finditer(text)}

    unused = [found for found in list_ids() if found not in named and not found.startswith((*FAMILIES, *WAITING))]
    assert unused == []
