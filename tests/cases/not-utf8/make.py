"""Makes a file in GBK, which an editor would save as UTF-8."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a register in GBK."""
    text = "asks:\n  - id: a1\n    title: 请确认项目范围\n"
    (root / "projects/acme/erp/asks.yaml").write_bytes(text.encode("gbk"))
