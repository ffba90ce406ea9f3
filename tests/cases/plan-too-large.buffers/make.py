"""Makes a plan that is nearly all buffers."""

from pathlib import Path


def make(root: Path) -> None:
    """Write a plan of 250 buffers."""
    tasks = "".join(f"  - {{id: t{n:03}, name: A, duration: 1d, buffer: true}}\n" for n in range(250))
    (root / "projects/acme/erp/plan.yaml").write_text("tasks:\n" + tasks, "utf-8")
