"""Makes a plan in which everything waits for everything."""

from pathlib import Path


def make(root: Path) -> None:
    """Let each of 202 tasks depend on all before it."""
    names = [f"t{n:03}" for n in range(202)]
    tasks = "".join(
        f"  - {{id: {name}, name: A, duration: 1d, depends_on: [{', '.join(names[:n])}]}}\n"
        for n, name in enumerate(names)
    )
    (root / "projects/acme/erp/plan.yaml").write_text("tasks:\n" + tasks, "utf-8")
