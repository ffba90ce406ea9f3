"""What the figures say needs a look: problems with a place, in the order of the files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kapm_site.analysis.calendar_rules import calendar_problems
from kapm_site.analysis.days import finish_day
from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.health import all_overrides, latest_update, stale_update, waiting_days
from kapm_site.analysis.plan import PlannedNetwork
from kapm_site.analysis.records import DelayFigures, KpiFigures, ScheduleFigures
from kapm_site.model.record import Record
from kapm_site.model.settings import Cadence
from kapm_site.problem import Mark, Problem, Related, Severity, sort_problems

PARENT_KEYS = (
    "start",
    "finish",
    "duration",
    "work",
    "cost",
    "milestone",
    "estimate",
    "constraint",
    "deadline",
    "progress",
    "steps",
    "actual_start",
    "actual_finish",
    "remaining",
    "actual_cost",
    "actual_work",
)

GAPS = {
    "cause": "the cause",
    "recovery": "the recovery",
    "owner": "its owner",
    "new_finish": "the new finish",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What the findings are drawn from."""

    frame: Frame
    plan: PlannedNetwork
    schedule: ScheduleFigures
    delays: DelayFigures
    kpis: dict[str, KpiFigures]


def findings_of(facts: Findings) -> tuple[Problem, ...]:
    """Return all findings of a project."""
    found = [
        *_calendars(facts),
        *_late_work(facts),
        *_network(facts),
        *_parents(facts.frame),
        *_registers(facts),
        *_overrides(facts.frame),
        *_reporting(facts),
    ]
    return tuple(sort_problems(found))


def _at(record: Record, *path: str | int, fallback: Mark) -> Mark:
    """Return the place of a value, or of the file it is in where the record was built in code."""
    mark = record.mark(*path)
    return mark if mark.path else fallback


def _file(frame: Frame, name: str) -> Mark:
    folder = frame.project.folder
    return Mark(f"{folder}/{name}" if folder else name)


def _warn(
    mark: Mark, code: str, message: str, hint: str = "", *related: Related, severity: Severity = "warning"
) -> Problem:
    return Problem(mark, code, message, severity, hint, related)


def _days(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0") + (" working day" if days == 1 else " working days")


def _calendars(facts: Findings) -> Iterator[Problem]:
    frame = facts.frame
    for time in (frame.time, *frame.calendars.values()):
        yield from calendar_problems(time.calendar, _file(frame, "project.yaml"))
    if facts.schedule.provisional_from is not None:
        calendar = frame.time.calendar
        message = (
            f"the plan reaches {facts.schedule.provisional_from.year}, for which {calendar.country} has not published "
            "its days off yet"
        )
        mark = _at(calendar, "country", fallback=_file(frame, "project.yaml"))
        yield _warn(mark, "provisional-calendar", message, severity="info")


def _late_work(facts: Findings) -> Iterator[Problem]:
    for item in facts.delays.items:
        if item.finished or not item.gaps:
            continue
        task = facts.schedule.tasks[item.task_id].task
        lateness = f"is {_days(item.slip_days)} late" if item.slip_days else "is past its finish"
        if "cause" in item.gaps:
            mark = _at(task, "id", fallback=_file(facts.frame, "plan.yaml"))
            hint = "add delay: {cause, recovery, owner, new_finish}"
            yield _warn(mark, "late-without-cause", f"task '{task.id}' {lateness} and gives no cause", hint)
        else:
            mark = _at(task, "delay", fallback=_file(facts.frame, "plan.yaml"))
            lacking = ", ".join(GAPS[gap] for gap in item.gaps)
            hint = f"add {', '.join(item.gaps)} to its delay"
            yield _warn(mark, "late-without-recovery", f"task '{task.id}' {lateness}, without {lacking}", hint)


def _network(facts: Findings) -> Iterator[Problem]:
    frame, network = facts.frame, facts.plan.network
    for broken in network.broken:
        link, item = facts.plan.links[broken.link], frame.leaves[broken.activity]
        if facts.schedule.tasks[item.task.id].finished:
            continue
        end = "start" if link.link.type in ("FS", "SS") else "finish"
        held = network.starts[broken.activity] if end == "start" else network.finishes[broken.activity]
        allowed = _first_day(frame, item, broken.needed, is_start=end == "start")
        message = (
            f"task '{item.task.id}' is agreed to {end} on {held.date()}, but its dependency on "
            f"'{link.dependency.task}' ({link.dependency.type}) allows {allowed} at the earliest"
        )
        mark = _at(link.item.task, "depends_on", link.number, fallback=_file(frame, "plan.yaml"))
        related = Related(_at(item.task, end, fallback=_file(frame, "plan.yaml")), f"the agreed {end}")
        yield _warn(mark, "broken-dependency", message, "", related)
    for index in sorted(network.clamped):
        task = frame.leaves[index].task
        message = f"task '{task.id}' would start before the project's start {frame.origin.date()}"
        mark = _at(task, "depends_on", fallback=_file(frame, "plan.yaml"))
        yield _warn(mark, "clamped-start", message, "shorten the lead, or let the project start earlier")
    yield from _baseline(facts)


def _baseline(facts: Findings) -> Iterator[Problem]:
    frame = facts.frame
    if not facts.schedule.has_baseline and frame.leaves:
        message = "no approved baseline; today's plan stands in for it"
        hint = "run kapm baseline when the plan is agreed"
        yield _warn(_file(frame, "plan.yaml"), "no-baseline", message, hint, severity="info")
    for item in frame.leaves if facts.schedule.has_baseline else ():
        if facts.schedule.tasks[item.task.id].baseline_finish is None:
            message = (
                f"task '{item.task.id}' is not in baseline '{facts.schedule.baseline_id}'; no value is planned for it"
            )
            mark = _at(item.task, "id", fallback=_file(frame, "plan.yaml"))
            yield _warn(
                mark, "not-in-baseline", message, "approve the change and record a new baseline", severity="info"
            )


def _first_day(frame: Frame, item: Item, needed: datetime, *, is_start: bool) -> date:
    """Return the day on which a link lets an item start or finish."""
    return frame.time_of(item).next_start(needed).date() if is_start else finish_day(needed)


def _parents(frame: Frame) -> Iterator[Problem]:
    for item in frame.items:
        if not item.is_parent:
            continue
        own = [key for key in PARENT_KEYS if getattr(item.task, key) not in (None, False, ())]
        if own:
            verb = "is" if len(own) == 1 else "are"
            message = f"task '{item.task.id}' has subtasks; its own {', '.join(own)} {verb} ignored"
            mark = item.task.key_mark(own[0])
            mark = mark if mark.path else _file(frame, "plan.yaml")
            yield _warn(mark, "parent-own-values", message, "remove what rolls up from the subtasks")


def _registers(facts: Findings) -> Iterator[Problem]:
    frame = facts.frame
    project, today = frame.project, frame.status.date()
    for action in project.actions.actions:
        if action.due is not None and action.due < today and (action.done is None or action.done > today):
            mark = _at(action, "due", fallback=_file(frame, "actions.yaml"))
            yield _warn(mark, "overdue-action", f"action '{action.id}' was due on {action.due} and is not done")
    for ask in project.asks.asks:
        if ask.status == "open" and ask.due is not None and ask.due < today:
            mark = _at(ask, "due", fallback=_file(frame, "asks.yaml"))
            yield _warn(mark, "overdue-ask", f"ask '{ask.id}' was to be answered by {ask.due} and is open")
    limit = frame.settings.health.scope.amber_undecided_days
    for change in project.changes.changes:
        days = waiting_days(frame, change)
        if days > limit:
            message = f"change '{change.id}' has waited {_days(days)} for its decision, the limit is {limit:g}"
            yield _warn(_at(change, "date", fallback=_file(frame, "changes.yaml")), "change-undecided", message)
    for kpi in project.kpis.kpis:
        figures = facts.kpis[kpi.id]
        if figures.status == "red" and figures.value is not None:
            line = f"beyond its red threshold {kpi.red:g}"
            message = f"KPI '{kpi.id}' stands at {figures.value:.4g}, {line}"
            yield _warn(_at(kpi, "red", fallback=_file(frame, "kpis.yaml")), "kpi-red", message)


def _overrides(frame: Frame) -> Iterator[Problem]:
    update = latest_update(frame)
    fallback = update.mark if update and update.mark.path else _file(frame, "project.yaml")
    for override in all_overrides(frame):
        if override.expires < frame.status.date():
            message = f"declared health '{override.health}' of {override.dimension} expired on {override.expires}"
            hint = "remove it, or renew its reason and expires"
            yield _warn(_at(override, "expires", fallback=fallback), "override-expired", message, hint)


def _reporting(facts: Findings) -> Iterator[Problem]:
    frame = facts.frame
    charter, today = frame.project.project, frame.status.date()
    cadence = charter.communication.report.cadence or frame.settings.publishing.report_cadence
    unfinished = any(not task.finished for task in facts.schedule.tasks.values())
    stale = stale_update(frame)
    if stale is not None and unfinished:
        limit = charter.communication.report.stale_after
        message = f"the last update is of {stale.date}, older than {limit}: no health is claimed"
        mark = _at(charter, "communication", "report", "stale_after", fallback=_file(frame, "project.yaml"))
        yield _warn(mark, "status-stale", message, "write updates/<date>.md")
    if cadence is None or not unfinished:
        return
    told = [report.status_date for report in frame.project.reports if report.status_date <= today]
    told += [update.date for update in frame.project.updates if update.date <= today]
    last = max(told, default=frame.origin.date())
    due = next_due(last, cadence)
    if due < today:
        message = f"a {cadence} report was due on {due}, the last status is of {last}"
        if not told:
            message = f"a {cadence} report was due on {due}, none has been written yet"
        mark = _at(charter, "communication", "report", "cadence", fallback=_file(frame, "project.yaml"))
        yield _warn(mark, "report-overdue", message, "write updates/<date>.md and release the report")


def next_due(last: date, cadence: Cadence) -> date:
    """Return the day by which the status is to be reported again."""
    if cadence != "monthly":
        return last + timedelta(days=7 if cadence == "weekly" else 14)
    month, year = last.month % 12 + 1, last.year + last.month // 12
    for day in (last.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return last
