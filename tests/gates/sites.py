"""The sites that the gates look at: the examples, and a workspace with every register, in each language."""

import fcntl
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich_workspace import FILES as RICH
from small_workspace import FILES as SMALL

from kapm_site.cli import kapm

ROOT = Path(__file__).parents[2]
DATE = "2026-11-20"
LONG = "Zählerfernauslesungsinbetriebnahmeprotokollprüfungsverfahren"
MONTHS = [f"2025-{month:02}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]

#: What a page must bear besides: a word wider than a phone, text that looks like markup, Markdown of every kind.
HARD = {
    "projects/acme/erp/kpis.yaml": "audience: client\nkpis:\n"
    "  - {id: k1, name: Lines picked an hour, unit: lines, direction: up, target: 95, amber: 90, red: 80,"
    " owner: okafor, values: {" + ", ".join(f"{month}: {80 + n}" for n, month in enumerate(MONTHS)) + "}}\n"
    f"  - {{id: k2, name: {LONG}, unit: '%', direction: down, target: 1, values: {{2026-10: 2.5}}}}\n",
    "projects/acme/erp/lessons.yaml": "audience: client\nlessons:\n"
    f"  - {{id: l1, date: 2026-10-30, title: 'Say <b>x & y</b> \"once\"', kind: keep, what: {LONG}, action: ac1}}\n",
    "projects/acme/erp/updates/2026-11-20.md": "---\nheadline: Build is behind, the pilot stands.\n"
    "audience: client\n---\n\n## Done\n\n- Design **accepted**, see [the minutes](https://acme.example/minutes)\n"
    "  - at once\n\n| part | days |\n|---|--:|\n| move | 8 |\n\n> A word of theirs.\n\n```\nmake\n```\n\n"
    "## Next\n\n1. Build\n",
}


def write_rich(root: Path, tag: str) -> None:
    """Write the workspace with every register, for readers of one language."""
    settings = f"{SMALL['kapm.yaml']}language: {tag}\n"
    other = SMALL["projects/borealis/client.yaml"].replace("language: de", f"language: {tag}")
    own = {"kapm.yaml": settings, "projects/borealis/client.yaml": other}
    write_files(root, {**SMALL, **RICH, **HARD, **own})


def write_files(root: Path, texts: Mapping[str, str]) -> None:
    """Write a workspace."""
    for path, text in texts.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def build(root: Path, site: Path) -> None:
    """Build the pages of a workspace."""
    arguments = ["-C", str(root), "build", "-o", str(site), "--status-date", DATE, "--no-pdf"]
    result = CliRunner().invoke(kapm, arguments)
    assert result.exit_code == 0, result.stderr[-3000:]


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Make a folder once for all processes of this run; the others wait for it.

    Args:
        factory: Of the session.
        name: Of the folder.
        make: Makes it; the folder is there when it is whole.
    """
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
    return folder
