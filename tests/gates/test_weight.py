"""What a page weighs before compression, for readers on a phone."""

from pathlib import Path

import pytest

from tests.gates.sites import build

MOST_HTML, MOST_STYLE_AND_SCRIPT = 150_000, 60_000


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 58 plan items, 12 risks, 15 answers and 8 measures of a year, built."""
    from benchmarks.portfolio import write_portfolio

    folder = tmp_path_factory.mktemp("sixty")
    write_portfolio(folder / "work", 1)
    build(folder / "work", folder / "site")
    return folder / "site/clients/client-000"


def test_a_project_of_sixty_tasks_is_light(sixty: Path, examples: Path) -> None:
    """At most 150 KB; at most twice that where every register is filled with long texts."""
    plain = sixty / "project-00000/index.html"
    filled = examples / "clients/rheintal/zaehlertausch/index.html"
    assert plain.stat().st_size <= MOST_HTML
    assert filled.stat().st_size <= 2 * MOST_HTML


def test_styles_and_scripts_are_light(examples: Path) -> None:
    """All that a client's page loads besides pictures and fonts: at most 60 KB."""
    assets = [path for path in (examples / "clients/rheintal/assets").iterdir() if path.suffix in {".css", ".js"}]
    assert assets
    assert sum(path.stat().st_size for path in assets) <= MOST_STYLE_AND_SCRIPT
