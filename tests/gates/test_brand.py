"""A client's colour never takes what charts say from them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from small_workspace import FILES

from tests.gates.looking import SCHEMES, Look, opened
from tests.gates.sites import build, write_files

pytestmark = pytest.mark.browser

PAGE = "clients/acme/erp/index.html"
CLIENT = "projects/acme/client.yaml"
#: The colours of the page: its links, and the charts' forecast, what is done, the baseline.
COLORS = """() => ['accent', 'forecast', 'forecast-soft', 'ink', 'ghost', 'mid', 'red'].map(name => {
  const probe = document.body.appendChild(document.createElement('i'))
  probe.style.color = `var(--${name})`
  return getComputedStyle(probe).color
})"""


@pytest.mark.parametrize(
    ("color", "replaced"), [("#000000", True), ("#ffffff", True), ("#808080", True), ("#006633", False)]
)
def test_charts_keep_their_colours_apart(tmp_path: Path, browser: Browser, color: str, replaced: bool) -> None:
    """Black, white and grey stay with links and headings; charts then draw the forecast in the default blue."""
    write_files(tmp_path / "work", {**FILES, CLIENT: f"{FILES[CLIENT]}brand: {{color: '{color}'}}\n"})
    build(tmp_path / "work", tmp_path / "site")
    for scheme in SCHEMES:
        with opened(browser, (tmp_path / "site" / PAGE).as_uri(), Look("", PAGE, 1280, scheme)) as tab:
            accent, forecast, soft, *others = tab.evaluate(COLORS)
            assert (forecast != accent) == replaced
            assert forecast not in others
            drawn = tab.locator("#plan .only-wide .cs-accent").first
            assert drawn.evaluate("mark => getComputedStyle(mark).stroke") == forecast
            filled = tab.locator("#plan .only-wide .cf-accent-soft").first
            assert filled.evaluate("mark => getComputedStyle(mark).fill") == soft
