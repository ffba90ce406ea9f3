"""Makes a file in Latin-1, which an editor would save as UTF-8."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a plan in Latin-1."""
    text = "tasks:\n  - id: design\n    name: Größe\n"
    (root / "projects/acme/erp/plan.yaml").write_bytes(text.encode("latin-1"))
