"""Makes a file beside the settings whose name cannot be printed."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a picture whose name holds an escape character."""
    (root / "plan\x1b[31m.png").write_bytes(b"")
