import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("tool", ["reference", "facts"])
def test_the_reference_is_up_to_date(tool: str) -> None:
    """docs/vocabulary.md says what the records say; docs/page-facts.md what templates and their records have."""
    program = [sys.executable, str(ROOT / f"tools/{tool}.py"), "--check"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_is_in_the_readme() -> None:
    """A command that the README does not name is not found by anybody."""
    from kapm_site.cli import COMMANDS

    text = (ROOT / "README.md").read_text("utf-8")
    assert [command for command in COMMANDS if f"kapm {command}" not in text] == []
