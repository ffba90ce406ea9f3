"""What each reader's page says and how it is built, line by line, in each language.

A page that is meant to change is written anew, and the difference is read like any other change:

    .venv/bin/python -m pytest tests/golden --update-golden && git diff tests/golden
"""

import re
from difflib import unified_diff
from pathlib import Path

import pytest
from small_workspace import FILES

from kapm_site.language import SHIPPED
from tests.gates.sites import build, write_files

HERE = Path(__file__).parent
PAGES = {
    "client-project": "clients/acme/erp/index.html",
    "client-home": "clients/acme/index.html",
    "portfolio": "internal/index.html",
    "internal-project": "internal/acme/erp/index.html",
}
#: Names of assets are made of their content, which other tests look at.
ASSET = re.compile(r"(assets/)[0-9a-f]{12}\.")
#: Where the marks of a chart stand is tested with the charts; here stands what it says.
CHART = re.compile(r'<svg [^>]*class="(chart[^"]*)".*?</svg>', re.DOTALL)
SAID = re.compile(r"<(title|desc|text)[^>]*>([^<]*)")


@pytest.fixture(scope="module", params=SHIPPED)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A language, and a small workspace built in it."""
    tag = request.param
    folder = tmp_path_factory.mktemp(tag)
    write_files(folder / "work", {**FILES, "kapm.yaml": f"{FILES['kapm.yaml']}language: {tag}\n"})
    build(folder / "work", folder / "site")
    return tag, folder / "site"


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_as_they_were_reviewed(site: tuple[str, Path], name: str, request: pytest.FixtureRequest) -> None:
    """No line of a page changes without somebody having seen it."""
    tag, folder = site
    file = HERE / f"{name}.{tag}.html"
    now = readable((folder / PAGES[name]).read_text("utf-8"))
    if request.config.getoption("--update-golden"):
        file.write_text(now, "utf-8")
    before = file.read_text("utf-8") if file.exists() else ""
    changed = "".join(unified_diff(before.splitlines(True), now.splitlines(True), "reviewed", "now", n=2))
    if changed:
        pytest.fail(f"{file.name} is not what was reviewed; --update-golden writes it anew:\n{changed}", pytrace=False)


def test_every_file_here_is_compared() -> None:
    """A page that is built no more leaves no file behind."""
    assert {file.name for file in HERE.glob("*.html")} == {f"{name}.{tag}.html" for name in PAGES for tag in SHIPPED}


def readable(html: str) -> str:
    """Leave out of a page what nobody can review: hashes of assets, and geometry."""
    return CHART.sub(_words, ASSET.sub(r"\1….", html))


def _words(chart: re.Match[str]) -> str:
    said = " · ".join(text for _, text in SAID.findall(chart[0]) if text.strip())
    return f'<svg class="{chart[1]}">{said}</svg>'
