"""Makes a baseline of more tasks than a plan can have."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a baseline of 6,000 tasks."""
    tasks = "".join(f"      t{n}: {{}}\n" for n in range(6000))
    (root / "projects/acme/erp/baselines.yaml").write_text("baselines:\n  - id: b\n    tasks:\n" + tasks, "utf-8")
