"""Makes a file in which nothing is right."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a plan of 300 numbers."""
    plan = "tasks:\n  [" + "9, " * 299 + "9]\n"
    (root / "projects/acme/erp/plan.yaml").write_text(plan, "utf-8")
