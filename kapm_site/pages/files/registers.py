"""`risks.csv`, `changes.csv` and the rest: each register that has an entry, as a table for a spreadsheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from kapm_site.audience.registers import KpiView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.units import Duration
from kapm_site.pages.files.tasks import Value

#: A column: the label of its head, the field, and for words of the vocabulary the group of their texts.
Column = tuple[str, str] | tuple[str, str, str]

_ID: Column = ("label.id", "id")
_OWNER: Column = ("label.owner", "owner")
_RAISED: Column = ("label.raised", "raised")
_DUE: Column = ("label.due", "due")
_DATE: Column = ("label.date", "date")
_MONEY = frozenset({"label.exposure", "label.impact_cost"})

#: By the name of the file and of the field of the view.
REGISTERS: dict[str, tuple[Column, ...]] = {
    "goals": (
        _ID, ("label.goal", "statement"), _OWNER, _DUE, ("label.metric", "measure"), ("label.unit", "unit"),
        ("label.start_value", "baseline"), ("label.current", "current"), ("label.target", "target"),
        ("label.relevant_to", "relevant_to"), ("label.achievable_because", "achievable_because"),
    ),
    "kpis": (
        _ID, ("label.kpi", "name"), ("label.date", "day"), ("label.value", "value"), ("label.unit", "unit"),
        ("label.target", "target"), ("label.low", "low"), ("label.high", "high"), _OWNER,
        ("label.description", "description"),
    ),
    "risks": (
        _ID, ("label.risk", "title"), ("label.status", "status", "risk_status"),
        ("label.category", "category", "risk_category"), ("label.probability", "probability"),
        ("label.impact", "impact"), ("label.score", "score"), ("label.exposure", "exposure"), ("label.cause", "cause"),
        ("label.event", "event"), ("label.effect", "effect"), ("label.response", "response", "risk_response"),
        ("label.plan", "plan"), _OWNER, _RAISED, _DUE, ("label.proximity", "proximity"), ("label.closed", "closed"),
        ("label.schedule_impact", "schedule_impact"), ("label.affects", "affects"),
    ),
    "issues": (
        _ID, ("label.issue", "title"), ("label.status", "status", "issue_status"), ("label.severity", "severity"),
        _OWNER, _RAISED, _DUE, ("label.resolution", "resolution"),
    ),
    "assumptions": (_ID, ("label.assumption", "text"), ("label.validated", "validated")),
    "dependencies": (
        _ID, ("label.dependency", "text"), ("label.status", "status", "dependency_status"), ("label.on", "on"),
        ("label.needed_by", "needed_by"),
    ),
    "changes": (
        _ID, ("label.change", "title"), ("label.status", "status", "change_status"), _DATE,
        ("label.requested_by", "requested_by"), ("label.reason", "reason"), ("label.impact_days", "days"),
        ("label.impact_cost", "cost"), ("label.scope", "scope"), ("label.decided", "decided"), ("label.by", "by"),
        ("label.tasks", "tasks"),
    ),
    "asks": (
        _ID, ("label.ask", "title"), ("label.status", "status", "ask_status"), ("label.kind", "kind", "ask_kind"),
        _OWNER, _RAISED, _DUE, ("label.effect_if_late", "effect"), ("label.answered", "answered"),
        ("label.outcome", "outcome"),
    ),
    "decisions": (
        _ID, ("label.decision", "title"), _DATE, ("label.by", "by"), ("label.rationale", "rationale"),
        ("label.ask", "ask"), ("label.change", "change"),
    ),
    "actions": (
        _ID, ("label.action", "title"), _OWNER, _RAISED, _DUE, ("label.done_on", "done"), ("label.meeting", "meeting"),
    ),
    "feedback": (
        _ID, _DATE, ("label.from", "from_"), ("label.channel", "channel", "channel"), ("label.csat", "csat"),
        ("label.nps", "nps"), ("label.quote", "quote"), ("label.we_did", "response"),
        ("label.status", "status", "feedback_status"), _OWNER, ("label.tasks", "tasks"), ("label.changes", "changes"),
    ),
    "meetings": (
        _ID, ("label.meeting", "name"), _DATE, ("label.attendees", "attendees"), ("label.notes", "notes"),
        ("label.decisions", "decisions"), ("label.actions", "actions"),
    ),
    "training": (
        _ID, ("label.training", "title"), ("label.status", "status", "training_status"), _DATE,
        ("label.audience_group", "audience_group"), ("label.trainer", "trainer"), ("label.attendees", "attendees"),
        ("label.planned", "planned"), ("label.attended", "attended"), ("label.rating", "rating"),
    ),
    "lessons": (
        _ID, ("label.lesson", "title"), ("label.kind", "kind", "lesson_kind"), _DATE, ("label.what", "what"),
        ("label.action", "action"),
    ),
}  # fmt: skip


def register_rows(view: ProjectView, words: Language) -> Iterator[tuple[str, tuple[tuple[Value, ...], ...]]]:
    """Give each register that has an entry: the name of its file without suffix, its head and its rows.

    Dates are ISO 8601 and numbers have a decimal point in every language, as in the table of tasks, and are not
    rounded; Markdown stays as it was typed. A KPI has a row for each of its values.
    """
    for name, columns in REGISTERS.items():
        rows = [tuple(_cell(record, column, words) for column in columns) for record in getattr(view, name)]
        if name == "kpis":
            rows = [row for kpi, row in zip(view.kpis, rows, strict=True) for row in _values(kpi, row)]
        if rows:
            yield name, (tuple(_head(column[0], view, words) for column in columns), *rows)


def _values(kpi: KpiView, row: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
    """Give a KPI's row once for each of its values."""
    fields = [column[1] for column in REGISTERS["kpis"]]
    for day, value in kpi.series:
        own = {"day": _plain(day), "value": _plain(value)}
        yield tuple(own.get(field, cell) for field, cell in zip(fields, row, strict=True))


def _head(label: str, view: ProjectView, words: Language) -> str:
    text = words.text(label)
    return words.text("page.in_currency", label=text, currency=view.currency) if label in _MONEY else text


def _cell(record: Any, column: Column, words: Language) -> Value:
    value = getattr(record, column[1])
    if value is None:
        return None
    if len(column) == 3:  # noqa: PLR2004 a word of the vocabulary
        return words.text(f"{column[2]}.{value}")
    return _plain(value)


def _plain(value: Any) -> str | float:
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Duration):
        return str(value)
    return value + 0.0 if isinstance(value, float) else str(value)
