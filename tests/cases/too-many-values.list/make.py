"""Makes a register that no person has written."""

from pathlib import Path


def make(root: Path) -> None:
    """Write 6,000 asks."""
    asks = "".join(f"  - {{id: q{n}, title: Which one?}}\n" for n in range(6000))
    (root / "projects/acme/erp/asks.yaml").write_text("asks:\n" + asks, "utf-8")
