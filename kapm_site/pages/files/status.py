"""The client's `status.json`: what the page shows, for a program of the client.

It has a schema of its own. Every key is named here, so that a figure that is added for internal readers stays out.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kapm_site.analysis.records import Csat, Nps
from kapm_site.audience.charter import HealthView, TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.model.units import Duration

#: Changes when a key changes its meaning or goes; a new key is no new schema.
SCHEMA = 1

_TASK = ("id", "wbs", "name", "start", "finish", "baseline_start", "baseline_finish", "forecast_start",
         "forecast_finish", "actual_start", "actual_finish", "percent_complete", "planned_percent", "slip_days",
         "late", "critical")  # fmt: skip
_MILESTONE = ("id", "name", "baseline_finish", "forecast_finish", "actual_finish", "slip_days", "late", "critical")
_KPI = ("id", "name", "unit", "direction", "target", "low", "high", "amber", "red", "value", "day", "status", "trend")
_BASELINE = ("id", "name", "approved", "by", "change", "counts")
_RISK = ("id", "title", "category", "cause", "event", "effect", "probability", "impact", "score", "response", "plan",
         "owner", "due", "raised", "status", "closed", "exposure", "proximity", "schedule_impact",
         "affects")  # fmt: skip
_ISSUE = ("id", "title", "severity", "owner", "due", "raised", "status", "resolution")
_ASSUMPTION = ("id", "text", "validated")
_DEPENDENCY = ("id", "text", "on", "needed_by", "status")
_ASK = ("id", "title", "kind", "owner", "raised", "due", "effect", "status", "answered", "outcome", "days_left",
        "days_waiting")  # fmt: skip
_DECISION = ("id", "date", "title", "by", "rationale", "ask", "change")
_ACTION = ("id", "title", "owner", "raised", "due", "done", "meeting", "overdue_days")
_CHANGE = ("id", "title", "requested_by", "date", "reason", "days", "cost", "scope", "status", "decided", "by",
           "tasks")  # fmt: skip
_FEEDBACK = ("id", "date", "from_", "channel", "csat", "nps", "quote", "response", "status", "owner", "tasks",
             "changes")  # fmt: skip
_MEETING = ("id", "name", "date", "attendees", "notes", "decisions", "actions")
_TRAINING = ("id", "title", "audience_group", "date", "trainer", "attendees", "planned", "attended", "status",
             "rating")  # fmt: skip
_LESSON = ("id", "date", "title", "kind", "what", "action")


def client_status(view: ProjectView) -> dict[str, Any]:
    """Return the figures and registers of a project as its client may see them.

    Dates are ISO 8601, days are working days, percent are 0–100, money is in `currency`; numbers are not rounded.
    """
    latest = view.reports[-1] if view.reports else None
    return {
        "schema": SCHEMA,
        "client": view.client_id,
        "project": view.id,
        "name": view.name,
        "status_date": view.status.isoformat(),
        "currency": view.currency,
        "report": {"number": latest.number, "status_date": latest.status_date.isoformat()} if latest else None,
        "health": {
            "overall": _health(view.health),
            "dimensions": {name: _health(health) for name, health in view.dimensions},
        },
        "progress": {"planned_percent": view.planned_percent, "actual_percent": view.actual_percent},
        "schedule": _schedule(view),
        "milestones": _records((task for task in view.tasks if task.milestone), _MILESTONE),
        "kpis": _records(view.kpis, _KPI),
        "money": _money(view),
        **_registers(view),
        "feedback": {
            "n": view.feedback_summary.n,
            "csat": _csat(view.feedback_summary.csat),
            "nps": _nps(view.feedback_summary.nps),
            "items": _records(view.feedback, _FEEDBACK),
        },
    }


def _schedule(view: ProjectView) -> dict[str, Any]:
    keys = ("start", "finish", "agreed_finish", "baseline_finish", "forecast_finish", "slip_days", "agreed_slip_days")
    return {**_record(view.schedule, keys), "tasks": [_task(task) for task in view.tasks]}


def _task(task: TaskView) -> dict[str, Any]:
    return {**_record(task, _TASK), "milestone": task.milestone}


def _registers(view: ProjectView) -> dict[str, list[dict[str, Any]]]:
    return {
        "asks": _records(view.asks, _ASK),
        "risks": _records(view.risks, _RISK),
        "issues": _records(view.issues, _ISSUE),
        "assumptions": _records(view.assumptions, _ASSUMPTION),
        "dependencies": _records(view.dependencies, _DEPENDENCY),
        "changes": _records(view.changes, _CHANGE),
        "decisions": _records(view.decisions, _DECISION),
        "actions": _records(view.actions, _ACTION),
        "meetings": _records(view.meetings, _MEETING),
        "training": _records(view.training, _TRAINING),
        "lessons": _records(view.lessons, _LESSON),
        "baselines": _records(view.baselines, _BASELINE),
    }


def _money(view: ProjectView) -> dict[str, Any] | None:
    money = view.money
    if money is None:
        return None
    shown = _record(money, ("budget", "contingency", "tolerance_percent", "spent", "committed", "eac"))
    return {**shown, "by_month": {f"{month:%Y-%m}": amount for month, amount in money.by_month}}


def _health(health: HealthView) -> dict[str, Any]:
    return {"health": health.health, "previous": health.previous}


def _csat(csat: Csat | None) -> dict[str, Any] | None:
    return {"mean": csat.mean, "top_two_percent": csat.top_two_percent, "n": csat.n} if csat else None


def _nps(nps: Nps | None) -> dict[str, Any] | None:
    return {"score": nps.score, "n": nps.n, "standard_error": nps.standard_error} if nps else None


def _records(records: Iterable[object], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_record(record, keys) for record in records]


def _record(record: object, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key.rstrip("_"): _plain(getattr(record, key)) for key in keys}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        raise TypeError("a register has no field that is a mapping")
    return value
