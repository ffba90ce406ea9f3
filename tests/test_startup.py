"""Each command loads what it works with and nothing else, as loading is most of what a short command takes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import commit_all
from tests.small import write_workspace

#: What takes more than a hundredth of a second to load.
SLOW = (
    "PIL",
    "ahocorasick_rs",
    "babel",
    "cryptography",
    "distributed",
    "fontTools",
    "holidays",
    "icalendar",
    "importlib.metadata",
    "jinja2",
    "lxml",
    "markdown",
    "multiprocessing",
    "nh3",
    "numpy",
    "pikepdf",
    "pydantic",
    "pygit2",
    "rich",
    "weasyprint",
    "yaml",
)
READING = {"importlib.metadata", "pydantic", "yaml"}
CHECKING = READING | {"holidays"}
SHOWING = CHECKING | {"babel", "jinja2", "markdown", "nh3", "pygit2"}
BUILDING = SHOWING | {"ahocorasick_rs", "icalendar", "lxml", "multiprocessing"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in a repository, where public holidays count."""
    root = tmp_path_factory.mktemp("workspace")
    write_workspace(root, {"kapm.yaml": "organization: {name: Tidewater Delivery}\ncalendar: {country: DE}\n"})
    commit_all(root, "First plan")
    return root


def loaded(root: Path, *arguments: str, cache: str = "") -> set[str]:
    """Run a command in a process of its own; return the names of all modules that it has loaded."""
    program = (
        f"import sys\nsys.argv = ['kapm', '-C', {str(root)!r}, *{arguments!r}]\nfrom kapm_site.cli import main\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert not ended.code, ended.code\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    environment = os.environ | {"KAPM_CACHE": cache}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--help", set()),
        ("--version", set()),
        ("schema", READING),
        ("explain late-without-cause", READING),
        ("check --status-date 2026-11-20", CHECKING),
        ("check --status-date 2026-11-20 --format json", CHECKING),
        ("status --status-date 2026-11-20 --json", CHECKING),
        ("status --status-date 2026-11-20", CHECKING | {"rich"}),
        ("build --status-date 2026-11-20 --no-pdf", BUILDING),
    ],
)
def test_a_command_loads_no_more_than_it_needs(workspace: Path, arguments: str, expected: set[str]) -> None:
    """What a later stage needs is loaded by that stage."""
    assert loaded(workspace, *arguments.split()) & set(SLOW) == expected


def test_a_build_of_what_has_not_changed_loads_next_to_nothing(workspace: Path, tmp_path: Path) -> None:
    """It compares what lies there, and reads no file."""
    arguments = ["build", "--status-date", "2026-11-20", "--no-pdf", "-o", str(tmp_path / "site")]
    cache = str(tmp_path / "cache")
    first, second = loaded(workspace, *arguments, cache=cache), loaded(workspace, *arguments, cache=cache)
    assert second & set(SLOW) == set()
    assert len(second) < len(first) / 4


def test_public_holidays_are_loaded_of_one_country(workspace: Path) -> None:
    """The library has 250, and its package would load them all."""
    modules = loaded(workspace, "check", "--status-date", "2026-11-20")
    assert {name for name in modules if name.startswith("holidays.countries")} == {"holidays.countries.germany"}


def test_who_asks_for_all_countries_afterwards_gets_them() -> None:
    """Nothing stays of what stood in for the library's package."""
    program = (
        "from kapm_site.analysis.public_holidays import public_days\nassert public_days('DE', 'BY', 2026).off\n"
        "from holidays.countries import China, Germany\nprint(len(Germany(years=2026)), len(China(years=2026)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "9 22\n"
