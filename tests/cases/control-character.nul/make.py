"""Makes a file of zeros, as a disk that filled up leaves behind."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a register that holds nothing but NUL."""
    (root / "projects/acme/erp/asks.yaml").write_bytes(bytes(1000))
