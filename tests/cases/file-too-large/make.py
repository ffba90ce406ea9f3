"""Makes a file that is larger than the limit."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a register of one byte more than 1 MiB."""
    text = "asks:\n" + "  # a long remark\n" * 60_000
    (root / "projects/acme/erp/asks.yaml").write_text(text[: 1024 * 1024 + 1], "utf-8")
