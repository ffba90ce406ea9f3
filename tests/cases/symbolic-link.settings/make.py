"""Makes a symbolic link, which git keeps on some systems only."""

from pathlib import Path


def make(root: Path) -> None:
    """Put a link in the place of the settings."""
    (root / "kapm.yaml").rename(root / "other.txt")
    (root / "kapm.yaml").symlink_to("other.txt")
