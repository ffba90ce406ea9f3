"""Every kind of page meets WCAG 2.2, level A and AA, as axe-core finds it in a real browser."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.gates.looking import OPEN_ALL, Look, all_looks, opened

pytestmark = pytest.mark.browser

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    # Off by default in axe-core for its age; AA of WCAG 2.2.
    "rules": {"target-size": {"enabled": True}},
}


@pytest.mark.parametrize("look", all_looks(), ids=lambda look: "-".join(map(str, look)))
def test_pages_meet_wcag(examples: Path, rich: dict[str, Path], browser: Browser, look: Look) -> None:
    """No violation, with all details open where the page is small enough to look at each."""
    folder = examples if look.site == "examples" else rich[look.site]
    # axe has to run a script of its own, which the page's policy would refuse.
    with opened(browser, (folder / look.page).as_uri(), look, bypass_csp=True) as page:
        if look.site != "examples":
            page.evaluate(OPEN_ALL)
        found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], node["target"], node["html"][:120]) for one in found for node in one["nodes"][:5]] == []
