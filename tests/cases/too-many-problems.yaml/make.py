"""Makes a file that is no YAML as it is read here."""

from pathlib import Path


def make(root: Path) -> None:
    """Write 300 anchors."""
    (root / "projects/acme/erp/asks.yaml").write_text("asks:\n" + "  - &a 1\n" * 300, "utf-8")
