"""Small MSPDI plans, written by the tests that read them."""

from collections.abc import Callable
from typing import Any

from kapm_site.importers import IMPORTERS, ImportResult, run_import
from kapm_site.importers.msproject import read_msproject
from kapm_site.importers.records import ImportedProject
from kapm_site.workspace.collect import SourceFiles

NAMESPACE = ' xmlns="http://schemas.microsoft.com/project"'
FOLDER = "projects/acme/erp"


def fields(**values: Any) -> str:
    """Write values as elements; a value that starts with `<` is markup."""
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items() if value is not None)


def task(uid: int, name: str = "", *more: str, level: int = 1, days: float = 1, **values: Any) -> str:
    """Write a task row of a day from Monday 2026-01-05 unless the values say otherwise."""
    usual = {
        "UID": uid,
        "ID": uid,
        "Name": name or f"Task {uid}",
        "OutlineLevel": level,
        "OutlineNumber": uid,
        "Start": "2026-01-05T08:00:00",
        "Finish": "2026-01-05T17:00:00",
        "Duration": f"PT{days * 8:g}H0M0S",
        "DurationFormat": 7,
        "PercentComplete": 0,
    }
    return f"<Task>{fields(**{**usual, **values})}{''.join(more)}</Task>"


def link(uid: int, **values: Any) -> str:
    """Write a predecessor link."""
    return f"<PredecessorLink>{fields(PredecessorUID=uid, **values)}</PredecessorLink>"


def plan(*tasks: str, body: str = "", head: str = "", namespace: str = NAMESPACE) -> bytes:
    """Write a whole file; working time is 8–12 and 13–17 from Monday to Friday, the default."""
    start = "<Title>ERP</Title><StartDate>2026-01-05T08:00:00</StartDate><FinishDate>2026-01-30T17:00:00</FinishDate>"
    calendar = "<CalendarUID>1</CalendarUID>"
    calendars = (
        "" if "<Calendars>" in body else "<Calendars><Calendar><UID>1</UID><Name>Standard</Name></Calendar></Calendars>"
    )
    rows = f"<Tasks>{''.join(tasks)}</Tasks>"
    return (
        f"<?xml version='1.0'?><Project{namespace}>{head or start}{calendar}{calendars}{rows}{body}</Project>".encode()
    )


def read_plan(*tasks: str, **more: Any) -> ImportedProject:
    """Read a plan that has no problem."""
    project, problems = read_msproject(plan(*tasks, **more), "plan.xml")
    assert project is not None
    assert problems == []
    return project


def workspace(**files: str) -> SourceFiles:
    """Make a workspace with a client, and files of its project by name."""
    texts = {"kapm.yaml": b"organization: {name: Vendor}\n", "projects/acme/client.yaml": b"name: Acme\n"}
    texts |= {f"{FOLDER}/{name}.yaml": text.encode() for name, text in files.items()}
    folders = {"projects/acme"} | ({FOLDER} if files else set())
    return SourceFiles(texts, folders=frozenset(folders))


def import_plan(content: bytes, files: SourceFiles | None = None, into: str = "acme/erp") -> ImportResult:
    """Import a plan of Microsoft Project."""
    return run_import(IMPORTERS["msproject"], content, "plan.xml", into, files or workspace())


def imported_then(first: bytes, edit: Callable[[str], str], second: bytes) -> tuple[str, ImportResult]:
    """Import a plan, edit plan.yaml by hand, import another state; return the edited text and the outcome."""
    before = import_plan(first)
    assert before.problems == ()
    texts = {path.removeprefix(f"{FOLDER}/").removesuffix(".yaml"): text for path, text in before.files.items()}
    edited = edit(texts["plan"])
    return edited, import_plan(second, workspace(**{**texts, "plan": edited}))


def shown(result: ImportResult) -> list[str]:
    """Show changes without the folder."""
    return [str(change).removeprefix(f"{FOLDER}/") for change in result.changes]
