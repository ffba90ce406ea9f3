"""Pages keep to themselves: the shipped policy refuses nothing, nothing is asked elsewhere, no script is needed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.gates.looking import EXAMPLE_PAGES, OPEN_ALL, RICH_PAGES, Look, opened, root_of

pytestmark = pytest.mark.browser

ALL = [*(("examples", page) for page in EXAMPLE_PAGES), *(("zh-CN", page) for page in RICH_PAGES)]
#: What the page's own policy refused, noted from before its first byte.
WATCH = """window.refused = []; document.addEventListener('securitypolicyviolation',
  event => window.refused.push(`${event.violatedDirective}: ${event.blockedURI}`))"""
#: The visible words of the page, without those of controls that a script may add.
WORDS = """() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  const words = []
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement
    // A head of a column that sorts is a button that says what the head said.
    const control = holder.closest('button:not(th button), label, select, output, [role=status], [role=search]')
    if (holder.checkVisibility() && !control) {
      words.push(...walker.currentNode.data.split(/\\s+/).filter(Boolean))
    }
  }
  return words.join(' ')
}"""


@pytest.fixture
def address(examples: Path, rich: dict[str, Path], serve: Callable[[Path], str], request: pytest.FixtureRequest) -> str:
    """Serve the web root of a page as it is published, and give the page's address."""
    site, page = request.param
    root, rest = root_of(examples if site == "examples" else rich[site], page)
    return serve(root) + rest


@pytest.mark.parametrize("address", ALL, indirect=True, ids="-".join)
@pytest.mark.promise("P1")
def test_nothing_is_refused_and_nothing_asked_elsewhere(browser: Browser, address: str) -> None:
    """Served with the shipped headers: no console message, no violation, every request answered by this origin."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: said.append(f"{response.status} {response.url}") if not response.ok else None)
    origin = address.split("/", 3)[:3]
    response = page.goto(address, wait_until="networkidle")
    assert response is not None
    page.evaluate(OPEN_ALL)
    page.mouse.wheel(0, 20000)
    assert said == []
    assert page.evaluate("window.refused") == []
    assert [url for url in asked if not url.startswith("data:") and url.split("/", 3)[:3] != origin] == []
    sent = response.headers.get("content-security-policy", "")
    assert sent.startswith("default-src 'none'") or "/internal/" in address or "_headers" not in page.content()
    context.close()


@pytest.mark.parametrize("page", [page for page in EXAMPLE_PAGES if page.count("/") > 1])
def test_scripts_add_nothing_to_read(examples: Path, browser: Browser, serve: Callable[[Path], str], page: str) -> None:
    """The first paint waits for no script, and without any the page tells the same words."""
    root, rest = root_of(examples, page)
    told = []
    for allowed in (True, False):
        look = Look("examples", page, 1280, "light")
        with opened(browser, serve(root) + rest, look, java_script_enabled=allowed) as tab:
            blocking = tab.evaluate("document.querySelectorAll('script:not([src][defer], [src][type=module])').length")
            assert blocking == 0
            tab.evaluate(OPEN_ALL)
            told.append(tab.evaluate(WORDS))
    assert len(told[1]) > 300
    assert told[0] == told[1]
