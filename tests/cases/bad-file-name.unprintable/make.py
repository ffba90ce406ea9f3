"""Makes a file whose name cannot be printed."""

from pathlib import Path


def make(root: Path) -> None:
    """Write an attachment whose name holds an escape character."""
    folder = root / "projects/acme/erp/attachments"
    folder.mkdir()
    (folder / "plan\x1b[31m.png").write_bytes(b"")
