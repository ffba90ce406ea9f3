"""The rules of the house: lint, format, types, layers."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check"),
        ("ruff", "format", "--check"),
        ("mypy",),
        ("lint-imports",),
    ],
    ids=" ".join,
)
def test_the_house_is_in_order(command: tuple[str, ...]) -> None:
    """No lint, no other format, no untyped place, no import against the flow."""
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_functions_and_files_stay_small() -> None:
    """Files end by line 350."""
    long = [p for p in ROOT.glob("kapm_site/**/*.py") if len(p.read_text("utf-8").splitlines()) > 350]
    assert long == []


def test_nothing_names_a_machine() -> None:
    """No path of a home folder stands in the sources."""
    homes = ("/" + "root/", "/" + "home/", "/" + "Users/")
    files = [
        p
        for folder in ("kapm_site", "templates", "docs", "tools")
        for p in (ROOT / folder).rglob("*")
        if p.suffix in {".py", ".md", ".j2", ".sh", ".yml"}
    ]
    assert [path.name for path in files if any(home in path.read_text("utf-8") for home in homes)] == []
