"""Makes a file that takes the reader minutes to understand."""

from pathlib import Path


def make(root: Path) -> None:
    """Write 50,000 directives."""
    lines = "".join(f"%TAG !a{n}! x\n" for n in range(50_000))
    (root / "projects/acme/erp/asks.yaml").write_text(f"{lines}---\nasks: []\n", "utf-8")
