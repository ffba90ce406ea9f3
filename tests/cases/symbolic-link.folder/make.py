"""Makes a symbolic link, which git keeps on some systems only."""

from pathlib import Path


def make(root: Path) -> None:
    """Move the client elsewhere and link to it."""
    (root / "projects/acme").rename(root / "acme")
    (root / "projects/acme").symlink_to(root / "acme")
