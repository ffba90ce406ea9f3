"""The examples in a real browser, and their reports under a real checker."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, built with their PDF reports."""
    folder = tmp_path_factory.mktemp("examples") / "site"
    arguments = ["-C", str(ROOT), "build", "-o", str(folder), "--status-date", "2026-11-20", "--jobs", "2"]
    result = CliRunner().invoke(kapm, arguments)
    assert result.exit_code == 0, result.stderr[-3000:]
    return folder


PAGES = (
    "clients/harbourline/index.html",
    "clients/harbourline/warehouse-rollout/index.html",
    "clients/qingshan/mes-rollout/index.html",
    "clients/rheintal/zaehlertausch/index.html",
    "internal/index.html",
    "internal/qingshan/mes-rollout/index.html",
)


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_fit_and_say_nothing_to_the_console(
    site: Path, browser: object, page: str, width: int, scheme: str
) -> None:
    """No horizontal scroll on a phone, nothing that the page's own policy refuses, no request elsewhere."""
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((site / page).as_uri())
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
def test_pages_meet_wcag(site: Path, browser: object, page: str) -> None:
    """axe-core finds no violation of WCAG 2.2 level A and AA."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    # axe needs to run its own script, which the page's policy would refuse.
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    tab = context.new_page()
    tab.goto((site / page).as_uri())
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    found = Axe().run(tab, options=options).response["violations"]
    context.close()
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []


@pytest.mark.pdf
def test_reports_are_accessible_and_short(site: Path) -> None:
    """Every report meets PDF/UA-1; the brief edition has one page, the full one at most fourteen."""
    import page as checker
    import pypdf

    reports = sorted(site.glob("clients/*/*/report-*.pdf"))
    assert len(reports) == 10
    for report in reports:
        pages = len(pypdf.PdfReader(report).pages)
        assert pages == 1 if "brief" in report.name else pages <= 14, report
        result = checker.validate_pdf_bytes(report.read_bytes(), profile="ua1")
        assert [f"{report.name}: {failure.rule_id}" for failure in result.failures] == []
