"""What has a beginning and an end does not end before it begins.

A finish before its start is an error: no schedule, bar or period can be made of it. It holds for the project, tasks
(agreed, actual and baseline dates), contracts, holidays and the period of an update. A parent task's own dates are
not looked at, since they are ignored. Where a date is finer than a day, the time of day counts too.

What follows something else does not come before it: an answer before its question, a decision before the request, a
due date before the thing was raised. That is a warning, as such dates are shown but never computed with.
"""

from datetime import date, datetime

from kapm_site.checks.names import name_of
from kapm_site.model.calendars import Calendar
from kapm_site.model.record import Record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report what ends before it begins, and what precedes what it follows, in a project."""
    charter = project.project
    problems = [*_span(charter, "start", "finish", "the project"), *_holidays(charter.calendar)]
    for task in project.tasks():
        if not task.tasks:
            problems += _span(task, "start", "finish", task)
            problems += _span(task, "actual_start", "actual_finish", task)
        if task.deliverable:
            problems += _order(task.deliverable, "submitted", "decided", "the deliverable of", task)
    for baseline in project.baselines.baselines:
        for task_id, recorded in baseline.tasks.items():
            problems += _span(recorded, "start", "finish", "task", task_id, "in", baseline)
    for update in project.updates:
        if update.matter.period:
            problems += _span(update.matter.period, "from_", "to", "the period")
    return problems + _registers(project)


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report what ends before it begins in a client's data."""
    data = account.client.account
    contract = _span(data.contract, "start", "end", "the contract") if data and data.contract else []
    return [*contract, *_holidays(account.client.calendar)]


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Report holidays that end before they begin in the workspace's calendars."""
    calendars = (workspace.settings.calendar, *workspace.settings.calendars.values())
    return [problem for calendar in calendars for problem in _holidays(calendar)]


def _registers(project: Project) -> list[Problem]:
    problems = []
    for ask in project.asks.asks:
        problems += [*_order(ask, "raised", "due", ask), *_order(ask, "raised", "answered", ask)]
    for action in project.actions.actions:
        problems += [*_order(action, "raised", "due", action), *_order(action, "raised", "done", action)]
    for risk in project.risks.risks:
        problems += [*_order(risk, "raised", "due", risk), *_order(risk, "raised", "closed", risk)]
    for issue in project.risks.issues:
        problems += _order(issue, "raised", "due", issue)
    for change in project.changes.changes:
        problems += _order(change, "date", "decided", change)
    return problems


def _holidays(calendar: Calendar | None) -> list[Problem]:
    holidays = calendar.holidays if calendar else ()
    return [problem for holiday in holidays for problem in _span(holiday, "from_", "to", "the holiday")]


def _span(record: Record, start: str, finish: str, *subject: Record | str) -> list[Problem]:
    """Check a beginning and an end; the parts of the subject are joined only where a message needs them."""
    if not _reversed(record, start, finish):
        return []
    first, last = getattr(record, start), getattr(record, finish)
    message = f"{_joined(subject)} ends on {_shown(last)} ('{finish}') but begins on {_shown(first)} ('{_key(start)}')"
    return [Problem(record.mark(finish), "finish-before-start", message, hint=f"mend '{_key(start)}' or '{finish}'")]


def _order(record: Record, earlier: str, later: str, *subject: Record | str) -> list[Problem]:
    if not _reversed(record, earlier, later):
        return []
    first, last = getattr(record, earlier), getattr(record, later)
    message = f"{_joined(subject)} has '{later}' {_shown(last)} before '{earlier}' {_shown(first)}"
    hint = f"mend '{earlier}' or '{later}'"
    return [Problem(record.mark(later), "dates-out-of-order", message, "warning", hint=hint)]


def _reversed(record: Record, earlier: str, later: str) -> bool:
    first, last = getattr(record, earlier), getattr(record, later)
    if first is None or last is None:
        return False
    if not (isinstance(first, datetime) and isinstance(last, datetime)):
        first, last = _day(first), _day(last)
    return bool(last < first) and not record.lost(_key(earlier)) and not record.lost(later)


def _joined(subject: tuple[Record | str, ...]) -> str:
    return " ".join(name_of(part) if isinstance(part, Record) else part for part in subject)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _shown(moment: date) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"


def _key(field: str) -> str:
    return field.removesuffix("_")
