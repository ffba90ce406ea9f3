"""`kapm baseline` as its user sees it: what is recorded, what stays, what is refused."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from kapm_site.analysis.analyse import analyse
from kapm_site.cli import kapm
from kapm_site.pipeline.load import load
from tests.small import write_workspace

FOLDER = "projects/acme/erp"
FILE = f"{FOLDER}/baselines.yaml"
EARLIER = """\
audience: client  # agreed with the client

# The first plan.
baselines:
  - id: first
    name: First plan   # by hand
    approved: 2026-11-02
    tasks:
      build: {start: 2026-11-09, finish: 2026-11-18}
"""
CHANGES = """\
changes:
  - {id: cr-1, title: A second site, date: 2026-11-10, status: approved, decided: 2026-11-12, by: Ines Vogel}
  - {id: cr-2, title: A third site, date: 2026-11-10}
"""


def record(root: Path, *arguments: str, name: str = "Agreed plan", day: str = "2026-11-20") -> Result:
    """Run `kapm baseline acme/erp`."""
    command = ("-C", str(root), "baseline", "acme/erp", "--name", name, "--status-date", day, *arguments)
    return CliRunner().invoke(kapm, command)


def test_the_plan_of_today_becomes_the_baseline(tmp_path: Path) -> None:
    """A project without baselines.yaml gets one; what was slipping against nothing is then measured."""
    root = write_workspace(tmp_path)
    result = record(root, "--by", "ana")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "recorded baseline 'agreed-plan', approved on 2026-11-20, in projects/acme/erp/baselines.yaml\n"
        "  3 tasks, finish 2026-11-27\n"
    )
    assert yaml.safe_load((root / FILE).read_text("utf-8"))["baselines"] == [
        {
            "id": "agreed-plan",
            "name": "Agreed plan",
            "approved": date(2026, 11, 20),
            "by": "ana",
            "tasks": {
                "design": {"start": date(2026, 11, 2), "finish": date(2026, 11, 6)},
                "build": {"start": date(2026, 11, 9), "finish": date(2026, 11, 20)},
                "go-live": {"finish": date(2026, 11, 27)},
            },
        }
    ]


def test_a_recorded_plan_has_no_slip(tmp_path: Path) -> None:
    """Read back, the baseline says what the plan says, to the minute."""
    finer = (
        "tasks:\n  - {id: a, name: Move, start: 2026-11-02T10:30, finish: 2026-11-03T11:15, cost: {amount: 900,"
        " fixed: 200, accrual: start}, work: 12h}\n  - {id: b, name: Check, duration: 3h, depends_on: [a]}\n"
    )
    root = write_workspace(tmp_path, {f"{FOLDER}/plan.yaml": finer, f"{FOLDER}/updates/2026-11-13.md": None})
    assert record(root).exit_code == 0
    loaded = load(root)
    account, project = next(loaded.workspace.projects())
    figures = analyse(loaded.workspace.settings, account, project, date(2026, 11, 20)).schedule
    for task in figures.tasks.values():
        assert (task.baseline_start, task.baseline_finish) == (task.start, task.finish)
    assert project.baselines.baselines[0].tasks["a"].cost == project.plan.tasks[0].cost
    assert project.baselines.baselines[0].tasks["a"].work == project.plan.tasks[0].work


def test_every_line_that_is_there_stays(tmp_path: Path) -> None:
    """Comments included; the new record comes last and is the one that counts."""
    root = write_workspace(tmp_path, {FILE: EARLIER})
    result = record(root)
    assert "(the one before: 2026-11-18)" in result.stdout
    text = (root / FILE).read_text("utf-8")
    assert text.startswith(EARLIER)
    loaded = load(root)
    account, project = next(loaded.workspace.projects())
    assert loaded.problems == ()
    figures = analyse(loaded.workspace.settings, account, project, date(2026, 11, 20)).schedule
    assert figures.baseline_id == "agreed-plan"


def test_a_draft_counts_for_nothing(tmp_path: Path) -> None:
    """It has no day of approval."""
    root = write_workspace(tmp_path, {FILE: EARLIER})
    assert "a draft, not approved" in record(root, "--draft").stdout
    loaded = load(root)
    account, project = next(loaded.workspace.projects())
    figures = analyse(loaded.workspace.settings, account, project, date(2026, 11, 20)).schedule
    assert figures.baseline_id == "first"


def test_ids_are_never_taken_twice(tmp_path: Path) -> None:
    """The same name again, and a name without a Latin letter, get ids of their own."""
    root = write_workspace(tmp_path)
    for name in ("Agreed plan", "Agreed plan", "批准的计划"):
        assert record(root, name=name).exit_code == 0
    found = yaml.safe_load((root / FILE).read_text("utf-8"))["baselines"]
    assert [one["id"] for one in found] == ["agreed-plan", "agreed-plan-2", "baseline-1"]
    assert load(root).problems == ()


def test_an_approved_change_leads_to_a_baseline(tmp_path: Path) -> None:
    """The record names the change and who decided it."""
    root = write_workspace(tmp_path, {f"{FOLDER}/changes.yaml": CHANGES})
    assert record(root, "--change", "cr-1").exit_code == 0
    [found] = yaml.safe_load((root / FILE).read_text("utf-8"))["baselines"]
    assert (found["change"], found["by"], found["approved"]) == ("cr-1", "Ines Vogel", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("files", "arguments", "code", "says"),
    [
        ({f"{FOLDER}/changes.yaml": CHANGES}, ("--change", "cr-2"), 1, "change 'cr-2' is proposed"),
        ({f"{FOLDER}/changes.yaml": CHANGES}, ("--change", "cr-9"), 1, "changes of the project: cr-1, cr-2"),
        ({f"{FOLDER}/plan.yaml": "tasks: []\n"}, (), 1, "the plan has no task [nothing-planned]"),
        ({f"{FOLDER}/plan.yaml": "tasks: [{id: a, name: A}]\n"}, (), 1, "names no day"),
        ({f"{FOLDER}/risks.yaml": "risks: [{id: r}]\n"}, (), 1, "risks.yaml:1:9: error: key 'title' is missing"),
        ({}, ("--name", " "), 2, "--name is empty"),
    ],
)
def test_what_is_refused_changes_nothing(
    tmp_path: Path, files: dict[str, str | None], arguments: tuple[str, ...], code: int, says: str
) -> None:
    """And says why."""
    root = write_workspace(tmp_path, files)
    result = record(root, *arguments)
    assert result.exit_code == code
    assert says in result.stderr
    assert not (root / FILE).exists()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says what it would do."""
    root = write_workspace(tmp_path)
    assert record(root, "--dry-run").stdout.startswith("would record baseline 'agreed-plan'")
    assert not (root / FILE).exists()
