"""Makes a plan in which every task has working hours of its own."""

from pathlib import Path


def make(root: Path) -> None:
    """Write 60 tasks with 60 calendars."""
    calendars = "".join(f"  c{n:02}: {{hours_per_day: {7 + n / 100}}}\n" for n in range(60))
    (root / "kapm.yaml").write_text("calendars:\n" + calendars, "utf-8")
    tasks = "".join(f"  - {{id: t{n:02}, name: A, duration: 1d, calendar: c{n:02}}}\n" for n in range(60))
    (root / "projects/acme/erp/plan.yaml").write_text("tasks:\n" + tasks, "utf-8")
