"""Makes what a package manager leaves behind."""

from pathlib import Path


def make(root: Path) -> None:
    """Write more files than anybody has."""
    folder = root / "projects/acme/erp/attachments"
    folder.mkdir()
    for number in range(5000):
        (folder / f"{number}.js").touch()
