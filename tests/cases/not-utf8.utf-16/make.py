"""Makes a file in UTF-16, which an editor would save as UTF-8."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a register in UTF-16."""
    (root / "projects/acme/erp/asks.yaml").write_bytes("asks: []\n".encode("utf-16"))
