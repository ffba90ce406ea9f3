"""What nearly all tests call: the one place that knows how a workspace is read and checked."""

import multiprocessing
import os
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from case_folders import Check, check_case
from hypothesis import settings

from kapm_site.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Speed is the benchmark's matter: a busy machine must not fail a property.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
# What one test has made is nothing to another, nor to whoever runs them; those of the cache name one.
os.environ["KAPM_CACHE"] = ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the reviewed files anew: read their difference before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="write the files of reviewed output anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With KAPM_SOAK=20 every property tries twenty times as many examples: `make soak`."""
    times = int(os.environ.get("KAPM_SOAK", "1"))
    # Once each, as a test with parameters is several items.
    tests = {getattr(item, "obj", None) for item in items} if times > 1 else ()
    for test in tests:
        known = getattr(test, "_hypothesis_internal_use_settings", None)  # hypothesis has no other way
        if known is not None:
            test._hypothesis_internal_use_settings = settings(known, max_examples=known.max_examples * times)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the one process that all working processes of a session are copied from, with all that they need.

    The first build of a session would start it with what it needs itself: reports would then load their engine anew.
    """
    is_controller = getattr(session.config.option, "dist", "no") != "no" and not hasattr(session.config, "workerinput")
    if not is_controller and "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["kapm_site.pipeline.preload", "kapm_site.render.preload"])
        process = context.Process(target=int)
        process.start()
        process.join()


@pytest.fixture(scope="session")
def check() -> Check:
    """Read the workspace in a folder and return all problems of reading, the rules, and the figures of a day."""

    def check(root: Path, status: date | None = None) -> list[Problem]:
        return check_case(root, status)[0]

    return check


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found, "tests need Chromium: run `make test`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
