"""Makes a plan that no person has written."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a plan with 15 tasks of 5,000 labels each."""
    tasks = "".join(f"  - {{id: t{n}, name: A, labels: [{'x,' * 5000}]}}\n" for n in range(15))
    (root / "projects/acme/erp/plan.yaml").write_text("tasks:\n" + tasks, "utf-8")
