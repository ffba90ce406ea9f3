"""Makes a symbolic link, which git keeps on some systems only."""

from pathlib import Path


def make(root: Path) -> None:
    """Link a register to a file outside of the projects."""
    (root / "asks-of-all.yaml").write_text("asks: []\n", "utf-8")
    (root / "projects/acme/erp/asks.yaml").symlink_to(root / "asks-of-all.yaml")
