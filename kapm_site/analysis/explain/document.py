"""All figures of a project by their dotted names: those of the JSON, and those that pages show besides."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from kapm_site.analysis.days import finish_day
from kapm_site.analysis.records import Analysis, TaskFigures
from kapm_site.analysis.status_json import status_of


def document_of(analysis: Analysis) -> dict[str, Any]:
    """Return the figures as nested mappings; those of the JSON win over those that are added to them."""
    return _merged(_besides(analysis), status_of(analysis))


def look_up(document: Any, keys: tuple[str, ...]) -> Any:
    """Return what stands at a path, None where nothing does; items of lists are counted from 0."""
    for key in keys:
        below = inside(document)
        if key not in below:
            return None
        document = below[key]
    return document


def find_keys(document: Any, name: str) -> tuple[str, ...] | None:
    """Return the path that a dotted name stands for, None where there is none; ids may have points themselves."""
    below = inside(document)
    if name in below:
        return (name,)
    for key in sorted(below, key=len, reverse=True):
        if name.startswith(f"{key}."):
            rest = find_keys(below[key], name[len(key) + 1 :])
            if rest is not None:
                return (key, *rest)
    return None


def inside(value: Any) -> Mapping[str, Any]:
    """Return the figures below one by their keys; items of a list of mappings are counted from 0."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
        return {str(number): item for number, item in enumerate(value)}
    return {}


def walk_figures(document: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Walk the paths of all figures; a list of words is one figure, one of mappings holds further ones."""
    for key, value in inside(document).items():
        yield (*keys, key)
        yield from walk_figures(value, (*keys, key))


def _besides(analysis: Analysis) -> dict[str, Any]:
    schedule, money, changes = analysis.schedule, analysis.money, analysis.changes
    return {
        "progress": {"weight": analysis.progress.weight},
        "schedule": {
            "agreed_finish": _last_day(schedule.agreed_finish),
            "agreed_slip_days": schedule.agreed_slip_days,
            "baseline": schedule.baseline_id,
            "tasks": {task.id: _of_task(task) for task in schedule.tasks.values()},
        },
        "money": {
            "currency": money.currency,
            "budget": money.budget,
            "contingency": money.contingency,
            "spent": money.spent,
            "spent_percent": analysis.computed.get("budget.spent_percent"),
            "committed": money.committed,
            "by_kind": dict(money.by_kind),
        },
        "kpis": {kpi.id: {"distance": kpi.distance} for kpi in analysis.kpis.values()},
        "risks": {"scores": dict(analysis.risks.scores)},
        "changes": {
            "proposed": changes.proposed,
            "proposed_days": changes.proposed_days,
            "proposed_cost": changes.proposed_cost,
        },
        "milestones": {"on_time_percent": analysis.computed.get("milestones.on_time_percent")},
        "asks": {"open": analysis.computed.get("asks.open")},
    }


def _of_task(task: TaskFigures) -> dict[str, Any]:
    return {
        "baseline_start": task.baseline_start.date().isoformat() if task.baseline_start else None,
        "baseline_finish": _last_day(task.baseline_finish),
        "slip_days": task.slip_days,
        "duration_days": task.duration_days,
        "late": task.late,
    }


def _last_day(instant: datetime | None) -> str | None:
    day: date | None = finish_day(instant) if instant is not None else None
    return day.isoformat() if day is not None else None


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Put two nested mappings together, the keys of the second one first."""
    found = dict(over)
    for key, value in under.items():
        above = over.get(key)
        if key not in over:
            found[key] = value
        elif isinstance(above, Mapping) and isinstance(value, Mapping):
            found[key] = _merged(value, above)
    return found
