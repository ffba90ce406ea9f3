"""Every MSPDI sample against what MPXJ, the reference reader of Microsoft Project files, says of it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kapm_site.importers import IMPORTERS, run_import
from kapm_site.importers.msproject import read_msproject
from kapm_site.importers.records import ImportedDuration, ImportedProject, ImportedTask
from kapm_site.importers.text import clean_name
from kapm_site.model.plan import Task
from kapm_site.workspace.collect import SourceFiles
from kapm_site.workspace.read import read

ROOT = Path(__file__).parents[3] / ".." / "shared"
SAMPLES = ROOT / "samples" / "msproject"
FILES = sorted([*SAMPLES.rglob("*.xml"), *(ROOT / "truth" / "msproject" / "mspdi").glob("*.xml")])
ELAPSED = {"em": 1, "eh": 60, "ed": 1440, "ew": 10080, "emo": 43200}

pytestmark = pytest.mark.skipif(not FILES, reason="the shared sample files are not here")


def truth_of(path: Path) -> dict[str, Any]:
    """Return MPXJ's reading of a file: beside it, among the samples, or beside the .mpp it was made from."""
    for name in (f"{path.name}.mpxj.json", path.name.replace(".from-mpxj.xml", ".mpp.mpxj.json")):
        for folder in (path.parent, SAMPLES):
            if name.endswith(".json") and (folder / name).is_file():
                found: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
                return found
    pytest.skip("MPXJ's reading of this file is not here")


def imported(path: Path) -> ImportedProject:
    """Read a file that must be readable."""
    project, problems = read_msproject(path.read_bytes(), path.name)
    assert project is not None, problems
    return project


def minutes_of(text: str, project: ImportedProject) -> float:
    """Read a duration as MPXJ prints it, such as `2.5w` or `1.0ed`."""
    match = re.fullmatch(r"(-?[\d.]+)(\w+|%)", text)
    assert match, text
    day = project.minutes_per_day
    units = {
        "m": 1,
        "h": 60,
        "d": day,
        "w": project.minutes_per_week,
        "mo": day * project.days_per_month,
        **ELAPSED,
    }
    return float(match[1]) * units[match[2]]


def iso(moment: Any) -> str | None:
    """Write a moment as MPXJ's reading does."""
    return moment.isoformat("T", "minutes") if moment else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_reads_without_an_error(path: Path) -> None:
    """Every MSPDI file is read, with every row kept or dropped for a reason."""
    project = imported(path)
    rows = dict(project.rows)
    assert rows["task"] == len(project.tasks) + sum(item.kind == "task" for item in project.dropped)
    assert rows["link"] == sum(len(task.links) for task in project.tasks) + sum(
        item.kind == "link" for item in project.dropped
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_project_fields_agree(path: Path) -> None:
    """Start, finish, length of a day and status date are those MPXJ reads."""
    truth, project = truth_of(path), imported(path)
    assert iso(project.start) == truth["start"]
    assert iso(project.finish) == truth["finish"]
    assert project.minutes_per_day == int(truth["minutes_per_day"])
    assert iso(project.status_date) == truth["status_date"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_task_fields_agree(path: Path) -> None:
    """Every field of every task is the one MPXJ reads."""
    truth, project = truth_of(path), imported(path)
    rows = {
        row["uid"]: row for row in truth["tasks"] if row["uid"] != "0" and not row["null"] and row["active"] == "True"
    }
    assert [task.key for task in project.tasks] == list(rows)
    names = {resource.key: resource.name for resource in project.resources}
    kinds = {resource.name: resource.kind for resource in project.resources}
    for task in project.tasks:
        assert _facts(task, project, names) == _expected(rows[task.key], project, kinds), task.name


def files_of(path: Path, before: SourceFiles) -> SourceFiles:
    """Import a file and return the workspace with what was written."""
    result = run_import(IMPORTERS["msproject"], path.read_bytes(), path.name, "acme/plan", before)
    assert [str(problem) for problem in result.problems if problem.severity == "error"] == []
    texts = {**before.texts, **{name: text.encode() for name, text in result.files.items()}}
    return SourceFiles(texts, folders=frozenset({"projects/acme", "projects/acme/plan"}))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_files_written_load_and_a_second_import_changes_nothing(path: Path) -> None:
    """What is written reads without an error; the same plan again leaves every byte as it is."""
    before = SourceFiles({"kapm.yaml": b"currency: EUR\n", "projects/acme/client.yaml": b"name: Acme\n"})
    after = files_of(path, before)
    assert [str(problem) for problem in read(after).problems if problem.severity == "error"] == []
    assert files_of(path, after) == after


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_tasks_written_are_those_of_mpxj(path: Path) -> None:
    """Names, places in the outline, dates, progress, milestones and links arrive in the records of the project."""
    truth = truth_of(path)
    before = SourceFiles({"kapm.yaml": b"currency: EUR\n", "projects/acme/client.yaml": b"name: Acme\n"})
    ((_, project),) = read(files_of(path, before)).workspace.projects()
    keys = {task.id: task.source.key for task in project.tasks() if task.source}
    rows = {row["uid"]: row for row in truth["tasks"]}
    numbers = dict(_numbered(project.plan.tasks))
    for task in project.tasks():
        row = rows[keys[task.id]]
        assert (task.name, numbers[task.id]) == (clean_name(row["name"] or ""), row["outline"])
        assert sorted((keys[link.task], link.type) for link in task.depends_on) == sorted(
            (link["uid"], link["type"]) for link in row["preds"]
        )
        if not task.tasks:
            assert (task.milestone, task.progress) == (row["milestone"], float(row["pct"]))
            assert str(task.finish)[:10] == row["finish"][:10]
            assert task.milestone or str(task.start)[:10] == row["start"][:10]


def _numbered(tasks: tuple[Task, ...], above: str = "") -> Iterator[tuple[str, str]]:
    for number, task in enumerate(tasks, 1):
        yield task.id, f"{above}{number}"
        yield from _numbered(task.tasks, f"{above}{number}.")


def _facts(task: ImportedTask, project: ImportedProject, names: dict[str, str]) -> dict[str, Any]:
    parents = {item.key: item.parent for item in project.tasks}
    level, parent = 1, task.parent
    while parent:
        level, parent = level + 1, parents[parent]
    current = next((item for item in project.baselines if item.number == 0), None)
    saved = next((item for item in current.tasks if item.task == task.key), None) if current else None
    return {
        "id": task.row,
        "name": task.name,
        "level": level,
        "outline": task.outline,
        "wbs": task.wbs,
        "start": iso(task.start),
        "finish": iso(task.finish),
        "duration": _minutes(task.duration),
        "percent": task.percent,
        "milestone": task.milestone,
        "summary": task.summary,
        "actual": (iso(task.actual_start), iso(task.actual_finish)),
        "baseline": (iso(saved.start) if saved else None, iso(saved.finish) if saved else None),
        "work": _minutes(task.work),
        "cost": round(task.cost or 0, 2),
        "links": sorted((link.predecessor, link.type, _lag(link.lag, link.lag_percent)) for link in task.links),
        "people": Counter(names[item.resource] for item in task.assignments),
        "notes": task.notes,
    }


def _expected(row: dict[str, Any], project: ImportedProject, kinds: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": clean_name(row["name"] or ""),
        "level": int(row["level"]),
        "outline": row["outline"],
        "wbs": row["wbs"],
        "start": row["start"],
        "finish": row["finish"],
        "duration": round(minutes_of(row["duration"], project), 1),
        "percent": float(row["pct"]),
        "milestone": row["milestone"],
        "summary": row["summary"],
        "actual": (row["actual_start"], row["actual_finish"]),
        "baseline": (row["baseline_start"], row["baseline_finish"]),
        "work": round(minutes_of(row["work"], project), 1),
        "cost": round(float(row["cost"]), 2),
        "links": sorted((link["uid"], link["type"], _lag_of(link["lag"], project)) for link in row["preds"]),
        "people": Counter(name for name in row["resources"] if name and kinds[name] == "work"),
        "notes": row["notes"],
    }


def _minutes(duration: ImportedDuration | None) -> float:
    return round(duration.minutes, 1) if duration else 0


def _lag(lag: ImportedDuration | None, percent: float | None) -> str:
    return f"{percent:g}%" if percent is not None else f"{round(lag.minutes if lag else 0, 1):g}"


def _lag_of(text: str, project: ImportedProject) -> str:
    if text.endswith("%"):
        return f"{float(text[:-1]):g}%"
    return f"{round(minutes_of(text, project), 1):g}"
