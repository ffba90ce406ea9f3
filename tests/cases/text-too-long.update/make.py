"""Makes a text longer than anybody would type."""

from pathlib import Path


def make(root: Path) -> None:
    """Write an update whose body has 30 KB."""
    folder = root / "projects/acme/erp/updates"
    folder.mkdir()
    (folder / "2026-11-20.md").write_text("---\nheadline: On track\n---\n" + "blah " * 6000, "utf-8")
