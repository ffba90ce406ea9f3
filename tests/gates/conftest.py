"""Sites built once for all gates, and a browser to open them in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kapm_site.language import SHIPPED
from tests.gates.injected import TURNS, Sites, make_sites
from tests.gates.loopback import served
from tests.gates.sites import ROOT, build, made_once, write_rich

# 600,000 rounds for a passphrase take a while on a machine that is busy with other tests.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples of the repository, built."""
    return made_once(tmp_path_factory, "gates-examples", lambda folder: build(ROOT, folder))


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workspace with every register, built in each language."""

    def make(tag: str, folder: Path) -> None:
        source = tmp_path_factory.mktemp("rich")
        write_rich(source, tag)
        build(source, folder)

    return {tag: made_once(tmp_path_factory, f"gates-{tag}", lambda to, tag=tag: make(tag, to)) for tag in SHIPPED}


@pytest.fixture(scope="session", params=range(TURNS))
def sites(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Sites:
    """The sites whose every text is a payload, and their twin."""
    turn = request.param
    made = made_once(tmp_path_factory, f"gates-injected-{turn}", lambda folder: make_sites(folder, turn))
    return Sites(made / "shipped", made / "bare", made / "tame", made / "work")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders, each under an address of its own, with the headers that are shipped with it."""
    with ExitStack() as stack:
        known: dict[Path, str] = {}

        def address(folder: Path) -> str:
            if folder not in known:
                known[folder] = stack.enter_context(served(folder))
            return known[folder]

        yield address


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page 1280 pixels wide that must not say a word to the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []
