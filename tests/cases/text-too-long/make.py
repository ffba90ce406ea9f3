"""Makes a text longer than anybody would type."""

from pathlib import Path


def make(root: Path) -> None:
    """Write an ask with an effect of 30 KB."""
    text = "asks:\n  - id: a1\n    title: Contract\n    effect: " + "blah " * 6000 + "\n"
    (root / "projects/acme/erp/asks.yaml").write_text(text, "utf-8")
