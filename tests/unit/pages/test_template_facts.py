"""What a workspace's template can reach from its page: finished facts, and nothing behind them."""

from collections.abc import Iterator
from inspect import isroutine
from typing import Any

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment
from small_workspace import client, internal, setting

from kapm_site.pages.brief_report import brief_report
from kapm_site.pages.client_home import client_page
from kapm_site.pages.full_report import full_report
from kapm_site.pages.imprint import Imprint
from kapm_site.pages.links import Links
from kapm_site.pages.portfolio import portfolio_page
from kapm_site.pages.project import project_page
from kapm_site.pages.setting import Setting

PLAIN = (str, int, float, bool, type(None))
LINKS = Links(css="a.css")


def pages() -> dict[str, object]:
    """Build each kind of page."""
    view, web = client(), setting()
    project, paper = view.projects[0], Setting(web.words, "print", web.accent, "EUR")
    return {
        "project": project_page(project, web, LINKS, Imprint()),
        "client": client_page(view, web, LINKS, {}, None),
        "portfolio": portfolio_page(internal(), web, LINKS, None),
        "full": full_report(project, paper, Imprint()),
        "brief": brief_report(project, paper, Imprint()),
    }


def reachable(value: Any, sandbox: ImmutableSandboxedEnvironment, seen: set[int]) -> Iterator[Any]:
    """Walk all that the sandbox lets a template get at, attribute by attribute."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield value
    if isinstance(value, PLAIN):
        return
    if isinstance(value, tuple):
        for item in value:
            yield from reachable(item, sandbox, seen)
    for name in dir(value):
        inner = getattr(value, name, None)
        if sandbox.is_safe_attribute(value, name, inner) and not isroutine(inner):
            yield from reachable(inner, sandbox, seen)


@pytest.mark.promise("I3")
@pytest.mark.parametrize("kind", ["project", "client", "portfolio", "full", "brief"])
def test_a_page_is_finished_facts_through_and_through(kind: str) -> None:
    """Plain values, tuples of them, and records of the pages layer; no view, no record, no setting, no function."""
    page = pages()[kind]
    found = list(reachable(page, ImmutableSandboxedEnvironment(), set()))
    assert len(found) > 40
    records = {type(one).__module__ for one in found if type(one) not in (*PLAIN, tuple)}
    assert {module for module in records if not module.startswith("kapm_site.pages.")} == set()
