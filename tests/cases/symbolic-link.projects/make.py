"""Makes a symbolic link, which git keeps on some systems only."""

from pathlib import Path


def make(root: Path) -> None:
    """Put a link in the place of the projects."""
    (root / "projects").rename(root / "elsewhere")
    (root / "projects").symlink_to("elsewhere")
