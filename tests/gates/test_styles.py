"""The style sheet of the site is one that a browser understands to the last rule."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tinycss2
from playwright.sync_api import Browser

from tests.gates.looking import Look, opened

pytestmark = pytest.mark.browser

#: A browser drops a rule whose selector it cannot read; rules within @media count too.
RULES = """() => {
  const inner = rule => rule instanceof CSSMediaRule ? count(rule.cssRules) : 0
  const count = rules => [...rules].reduce((sum, rule) => sum + 1 + inner(rule), 0)
  return count(document.styleSheets[0].cssRules)
}"""


def rules_in(css: str) -> int:
    """Count the rules of a style sheet as they are written, those within @media too."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    assert [rule.message for rule in rules if rule.type == "error"] == []
    inner = [rule for rule in rules if rule.type == "at-rule" and rule.lower_at_keyword == "media"]
    return len(rules) + sum(rules_in(tinycss2.serialize(rule.content)) for rule in inner)


def test_a_browser_keeps_every_rule(examples: Path, browser: Browser, serve: Callable[[Path], str]) -> None:
    """No rule is lost to a slip of the pen."""
    root = examples / "clients/rheintal"
    (sheet,) = (root / "assets").glob("*.css")
    with opened(browser, serve(root), Look("examples", "", 1280, "light")) as tab:
        assert tab.evaluate(RULES) == rules_in(sheet.read_text("utf-8"))
