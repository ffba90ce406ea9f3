"""What nearly all tests call: the one place that knows how a workspace is read and checked."""

from pathlib import Path

import pytest
from case_folders import Check
from hypothesis import settings

from kapm_site.checks import check_workspace
from kapm_site.problem import Problem, sort_problems
from kapm_site.workspace import collect, read

# Speed is the benchmark's matter: a busy machine must not fail a property.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def check() -> Check:
    """Read the workspace in a folder and return all problems of reading and of the rules."""

    def check(root: Path) -> list[Problem]:
        reading = read(collect(root))
        return sort_problems([*reading.problems, *check_workspace(reading.workspace)])

    return check
