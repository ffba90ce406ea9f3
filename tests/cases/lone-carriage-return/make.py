"""Makes a file with the line ends of an old Macintosh, which editors and git would mend on the way."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a register whose lines end with a carriage return."""
    (root / "projects/acme/erp/asks.yaml").write_bytes(b"asks:\r  - id: a1\r    title: Contract\r")
