"""Builds small projects in code, for the tests of the figures."""

from datetime import date, datetime
from typing import Any

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.measures import CostsFile, FeedbackFile, KpisFile
from kapm_site.model.plan import BaselinesFile, Plan
from kapm_site.model.registers import ActionsFile, AsksFile, ChangesFile, RisksFile
from kapm_site.model.reports import ReportFile, Update, UpdateMatter
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project
from kapm_site.problem import Mark

#: A Monday; all cases begin here. Hours are 09:00-13:00 and 14:00-18:00, Monday to Friday.
START = "2026-01-05"

Moment = date | datetime


def task(task_id: str, **fields: Any) -> dict[str, Any]:
    """Write a task; `after` stands for its dependencies."""
    if "after" in fields:
        fields["depends_on"] = fields.pop("after")
    return {"id": task_id, "name": task_id.upper(), **fields}


def project(*tasks: dict[str, Any], **parts: Any) -> Project:
    """Build a project of tasks; further keywords are fields of project.yaml, or lists of a register."""
    registers = {
        "baselines": BaselinesFile(baselines=parts.pop("baselines", ())),
        "risks": RisksFile(risks=parts.pop("risks", ()), issues=parts.pop("issues", ())),
        "asks": AsksFile(asks=parts.pop("asks", ())),
        "actions": ActionsFile(actions=parts.pop("actions", ())),
        "changes": ChangesFile(changes=parts.pop("changes", ())),
        "kpis": KpisFile(kpis=parts.pop("kpis", ())),
        "feedback": FeedbackFile(feedback=parts.pop("feedback", ())),
        "costs": CostsFile(entries=parts.pop("costs", ()), commitments=parts.pop("commitments", ())),
        "updates": tuple(parts.pop("updates", ())),
        "reports": tuple(ReportFile(**report) for report in parts.pop("reports", ())),
    }
    charter = Charter(**{"name": "Case", "start": START, **parts})
    return Project("acme", "case", "projects/acme/case", charter, Plan(tasks=tasks), **registers)


def update(day: str, **matter: Any) -> Update:
    """Build an update."""
    return Update(date.fromisoformat(day), UpdateMatter(**matter), (), Mark(f"projects/acme/case/updates/{day}.md"))


def figures(*tasks: dict[str, Any], at: str | Moment = START, settings: Any = None, **parts: Any) -> Analysis:
    """Analyse a project of tasks at a status date."""
    status = moment(at) if isinstance(at, str) else at
    account = Account("acme", "projects/acme", Client(name="Acme"))
    return analyse(Settings(**(settings or {})), account, project(*tasks, **parts), status)


def moment(text: str) -> Moment:
    """Read `2026-01-05` or `2026-01-05T09:00`."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def codes(analysis: Analysis) -> list[str]:
    """Return the codes of the findings, without the note that there is no baseline."""
    return [problem.code for problem in analysis.findings if problem.code != "no-baseline"]
