"""The figures of one project as `kapm status --json` and the internal `status.json` give them."""

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from kapm_site.analysis.days import finish_day
from kapm_site.analysis.earned_value import NO_DATES
from kapm_site.analysis.outlook import BufferFigures, ForecastRange, Outlook, WeekLoad
from kapm_site.analysis.records import (
    Analysis,
    DelayFigures,
    EarnedValue,
    FeedbackFigures,
    HealthFigures,
    ScheduleFigures,
    TaskFigures,
)
from kapm_site.analysis.workload import week_name
from kapm_site.problem.formats.machine import problem_data

#: Version of the shape of the JSON.
SCHEMA = 1

#: What the schedule finds of a task.
_FOUND = (
    "start",
    "finish",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_slack_days",
    "free_slack_days",
    "forecast_start",
    "forecast_finish",
)
#: Why a value may be null that is so by its nature, by its key.
REASONS = {
    **dict.fromkeys(_FOUND, NO_DATES),
    "bac": "no planned cost",
    "pv": "no planned cost",
    "ev": "no planned cost",
    "ac": "no cost entered",
    "target": "no target set",
    "trend": "fewer than two values",
    "previous": "no earlier report says",
    "cause": "no cause stated",
    "new_finish": "no new finish stated",
    "baseline_finish": "not in the baseline",
    "consumed_percent": "the buffer has no size or protects nothing",
    "chain_complete_percent": "the buffer protects nothing that takes time",
    "zone": "the buffer has no size or protects nothing",
    "task": "no single task of the chain explains it",
}


def status_of(analysis: Analysis) -> dict[str, Any]:
    """Return all figures of a project in the keys of the contract; what is not known is null, with its reason."""
    found = {
        "client": analysis.account.id,
        "project": analysis.project.id,
        "health": _health(analysis.health),
        "progress": {
            "planned_percent": _number(analysis.progress.planned_percent),
            "actual_percent": _number(analysis.progress.actual_percent),
        },
        "schedule": _schedule(analysis.schedule),
        "earned_value": _earned_value(analysis.earned_value),
        "forecast": _forecast(analysis.outlook.forecast),
        "buffers": {one.id: _buffer(one) for one in analysis.outlook.buffers.values()},
        "workload": {
            load.person: {week_name(week.monday): _percent_of(week) for week in load.weeks}
            for load in analysis.outlook.loads
        },
        "kpis": {
            kpi.id: {
                "value": _number(kpi.value),
                "target": _number(kpi.target),
                "status": kpi.status,
                "trend": kpi.trend,
            }
            for kpi in analysis.kpis.values()
        },
        "risks": {
            "open": analysis.risks.open,
            "exposure": _number(analysis.risks.exposure),
            "top": [risk.id for risk in analysis.risks.top[:5]],
        },
        "feedback": _feedback(analysis.feedback),
        "delays": _delays(analysis.delays, analysis.outlook),
        "changes": {
            "approved_days": _number(analysis.changes.approved_days),
            "approved_cost": _number(analysis.changes.approved_cost),
        },
        "findings": [problem_data(problem) for problem in analysis.findings],
    }
    return {**found, "missing": dict(sorted({**_unsaid(found, analysis.missing), **analysis.missing}.items()))}


def _unsaid(value: object, known: Mapping[str, str], path: str = "") -> dict[str, str]:
    """Return reasons for the nulls that have none yet, by their dotted paths; items of lists are counted from 0."""
    if path in known:
        return {}
    if value is None:
        return {path: REASONS.get(path.rpartition(".")[2], "not known")}
    inside = dict(enumerate(value)) if isinstance(value, list) else value
    if not isinstance(inside, Mapping):
        return {}
    reasons: dict[str, str] = {}
    for key, item in inside.items():
        reasons |= _unsaid(item, known, f"{path}.{key}" if path else str(key))
    return reasons


def _health(health: HealthFigures) -> dict[str, Any]:
    return {
        "overall": health.overall.health,
        "dimensions": {
            name: {
                "health": finding.health,
                "rule": finding.rule,
                "previous": finding.previous,
                "computed": finding.computed,
                "declared": finding.override is not None,
            }
            for name, finding in health.dimensions.items()
        },
    }


def _schedule(schedule: ScheduleFigures) -> dict[str, Any]:
    return {
        "start": _day(schedule.start),
        "finish": _last_day(schedule.finish),
        "baseline_finish": _last_day(schedule.baseline_finish),
        "forecast_finish": _last_day(schedule.forecast_finish),
        "slip_days": _number(schedule.slip_days),
        "critical_path": list(schedule.critical_path),
        "tasks": {task.id: _task(task) for task in schedule.tasks.values()},
    }


def _task(task: TaskFigures) -> dict[str, Any]:
    return {
        "wbs": task.wbs,
        "start": _first_day(task.start, task.finish),
        "finish": _last_day(task.finish),
        "early_start": _minute(task.early_start),
        "early_finish": _minute(task.early_finish),
        "late_start": _minute(task.late_start),
        "late_finish": _minute(task.late_finish),
        "total_slack_days": _number(task.total_slack_days),
        "free_slack_days": _number(task.free_slack_days),
        "critical": task.critical,
        "forecast_start": _first_day(task.forecast_start, task.forecast_finish),
        "forecast_finish": _last_day(task.forecast_finish),
        "percent_complete": _number(task.percent_complete),
        "planned_percent": _number(task.planned_percent),
        "bac": _number(task.bac),
        "pv": _number(task.pv),
        "ev": _number(task.ev),
        "ac": _number(task.ac),
    }


def _earned_value(earned: EarnedValue) -> dict[str, Any]:
    numbers = ("bac", "pv", "ev", "ac", "sv", "cv", "spi", "cpi", "eac")
    times = ("es_days", "at_days", "sv_t_days", "spi_t")
    return {
        **{name: _number(getattr(earned, name)) for name in numbers},
        "eac_by": {name: _number(value) for name, value in earned.eac_by.items()},
        **{name: _number(getattr(earned, name)) for name in ("etc", "vac", "tcpi", *times)},
        "ieac_t": _minute(earned.ieac_t),
        "finish_by": {name: _minute(value) for name, value in earned.finish_by.items()},
    }


def _feedback(feedback: FeedbackFigures) -> dict[str, Any]:
    csat, nps = feedback.csat, feedback.nps
    return {
        "csat": {"mean": csat.mean, "top_two_percent": csat.top_two_percent, "n": csat.n} if csat else None,
        "nps": {"score": nps.score, "n": nps.n, "standard_error": nps.standard_error} if nps else None,
        "n": feedback.n,
    }


def _forecast(forecast: ForecastRange | None) -> dict[str, Any] | None:
    if forecast is None:
        return None
    return {
        **{name: _minute(getattr(forecast, name)) for name in ("p50", "p80", "p90", "p95", "mean")},
        "runs": forecast.runs,
        "seed": forecast.seed,
        "criticality": _numbers(forecast.criticality),
    }


def _buffer(buffer: BufferFigures) -> dict[str, Any]:
    numbers = ("size_days", "consumed_days", "consumed_percent", "chain_complete_percent")
    return {**{name: _number(getattr(buffer, name)) for name in numbers}, "zone": buffer.zone}


def _percent_of(week: WeekLoad) -> float | None:
    """Return a load; of no time at all nothing is a percentage."""
    return _number(week.percent) if week.available_hours > 0 else None


def _delays(delays: DelayFigures, outlook: Outlook) -> dict[str, Any]:
    return {
        "total_days": _number(delays.total_days),
        "by_cause": _numbers(delays.by_cause),
        "items": [
            {
                "task": item.task_id,
                "slip_days": _number(item.slip_days),
                "own_days": _number(item.own_days),
                "cause": item.cause,
                "critical": item.critical,
                "finished": item.finished,
                "new_finish": item.new_finish.isoformat() if item.new_finish else None,
                "gaps": list(item.gaps),
            }
            for item in delays.items
        ],
        "windows": [
            {
                "start": one.start.isoformat(),
                "finish": one.finish.isoformat(),
                "before": one.before.isoformat(),
                "after": one.after.isoformat(),
                "days": _number(one.days),
                "name": one.name,
            }
            for one in outlook.windows
        ],
        "slip_steps": [
            {"task": step.task_id, "days": _number(step.days), "cause": step.cause} for step in outlook.slip_steps
        ],
    }


def _numbers(values: Mapping[str, float]) -> dict[str, float | None]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _day(instant: datetime | None) -> str | None:
    return instant.date().isoformat() if instant is not None else None


def _first_day(start: datetime | None, finish: datetime | None) -> str | None:
    """Return the day something starts; of what takes no time the day it is finished on."""
    return _last_day(finish) if start is not None and start == finish else _day(start)


def _last_day(instant: datetime | None) -> str | None:
    day: date | None = finish_day(instant) if instant is not None else None
    return day.isoformat() if day is not None else None


def _minute(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="minutes") if instant is not None else None
