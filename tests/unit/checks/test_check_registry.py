"""Rules can be listed, read and called alike."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from kapm_site import checks
from kapm_site.checks import ACCOUNT_RULES, PROJECT_RULES, WORKSPACE_RULES

RULES = {**PROJECT_RULES, **ACCOUNT_RULES, **WORKSPACE_RULES}
#: Modules that rules share.
SHARED = {"loops", "markdown", "names"}
MODULES = {found.name for found in pkgutil.iter_modules(checks.__path__)} - SHARED


def test_every_rule_of_a_module_is_registered_under_its_name() -> None:
    """A rule that nobody calls would be worse than none."""
    for name in MODULES:
        module = importlib.import_module(f"kapm_site.checks.{name}")
        for function, registry in (
            ("check", PROJECT_RULES),
            ("check_account", ACCOUNT_RULES),
            ("check_workspace", WORKSPACE_RULES),
        ):
            assert getattr(module, function, None) is registry.get(name)
    assert set(RULES) == MODULES


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_rule_has_a_manual_page(name: str) -> None:
    """Its first line is the rule, what follows says why."""
    page = inspect.getdoc(importlib.import_module(f"kapm_site.checks.{name}"))
    assert page is not None
    first, _, rest = page.partition("\n")
    assert re.fullmatch(r"[A-Z].{10,110}\.", first)
    assert len(rest.strip()) > 60


def test_registries_are_in_the_order_of_the_alphabet() -> None:
    """So that one finds a rule, and two branches that add one rarely collide."""
    for registry in (PROJECT_RULES, ACCOUNT_RULES, WORKSPACE_RULES):
        assert list(registry) == sorted(registry)


def test_rules_know_no_clock_no_files_and_no_figures() -> None:
    """They are pure: records in, problems out."""
    for path in Path(checks.__file__).parent.glob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(
            r"\b(today|now|open|environ)\(|kapm_site\.analysis|import (os|time)\b|\.read_text", text
        ), path
