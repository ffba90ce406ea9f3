"""Makes a plan that nobody reads."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a plan of 3,001 tasks."""
    tasks = "".join(f"  - {{id: t{n}, name: A}}\n" for n in range(3001))
    (root / "projects/acme/erp/plan.yaml").write_text("tasks:\n" + tasks, "utf-8")
