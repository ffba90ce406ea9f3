"""What was agreed against what is planned: changes that wait or never reached the plan, a plan above its budget."""

from collections.abc import Iterator
from datetime import date
from math import inf

from kapm_site.analysis.baseline import baseline_at
from kapm_site.analysis.frame import Frame
from kapm_site.analysis.health import waiting_days
from kapm_site.analysis.money import currency_of
from kapm_site.analysis.notice import file_of, place_of, warn, working_days
from kapm_site.analysis.records import ScheduleFigures, TaskFigures
from kapm_site.analysis.schedule import total
from kapm_site.model.plan import Baseline
from kapm_site.model.registers import Change
from kapm_site.problem import Problem

#: Working days in which an approved change is entered into the plan and the new plan recorded: the week in which the
#: next update is written.
ENTRY_DAYS = 5

#: Percent by which a plan may exceed its budget before it is reported: rates and quantities are rounded.
ROUNDING_PERCENT = 0.5


def agreed_findings(frame: Frame, schedule: ScheduleFigures, *, unfinished: bool) -> Iterator[Problem]:
    """Return where changes, plan, baseline and budget say different things; a finished plan is not planned again."""
    yield from _undecided(frame)
    if unfinished:
        yield from _approved(frame, schedule)
    yield from _budget(frame, schedule)


def _undecided(frame: Frame) -> Iterator[Problem]:
    limit = frame.settings.health.scope.amber_undecided_days
    for change in frame.project.changes.changes:
        days = waiting_days(frame, change)
        if days > limit:
            message = f"change '{change.id}' has waited {working_days(days)} for its decision, the limit is {limit:g}"
            mark = place_of(change, "date", fallback=file_of(frame, "changes.yaml"))
            hint = "get it decided; set status: approved or rejected, with decided: and by:"
            yield warn(mark, "change-undecided", message, hint)


def _approved(frame: Frame, schedule: ScheduleFigures) -> Iterator[Problem]:
    today = frame.status.date()
    for change in frame.project.changes.changes:
        day = change.decided or change.date
        if change.status not in ("approved", "implemented") or _age(frame, day) <= ENTRY_DAYS:
            continue
        when = f" on {change.decided}" if change.decided else ""
        mark = place_of(change, "status", fallback=file_of(frame, "changes.yaml"))
        if change.status == "approved" and not change.tasks and _is_work(change):
            message = f"change '{change.id}' was approved{when}, but no task is named that carries it out"
            hint = "enter it into plan.yaml and name its tasks under tasks:, or set status: implemented"
            yield warn(mark, "change-not-in-plan", message, hint)
            continue
        baseline = baseline_at(frame.project, today)
        if baseline is None or day is None or not _is_missing(frame, change, baseline, day):
            continue
        effect = _effect(frame, change)
        record = f"kapm baseline {frame.project.selector} --change {change.id} --name 'After {change.id}'"
        if _is_untouched(change, baseline, schedule):
            tasks = ", ".join(f"'{task}'" for task in change.tasks)
            message = (
                f"change '{change.id}' ({effect}) was approved{when}, but the plan of {tasks} is still that of "
                f"baseline '{baseline.id}'"
            )
            yield warn(mark, "change-not-in-plan", message, f"enter it into plan.yaml, then run {record}")
        else:
            message = (
                f"change '{change.id}' ({effect}) was approved{when}, after baseline '{baseline.id}' of "
                f"{baseline.approved}, and no baseline names it"
            )
            yield warn(mark, "change-not-in-baseline", message, f"run {record}")


def _age(frame: Frame, day: date | None) -> float:
    return frame.time.days_between(frame.time.day_finish(day), frame.status) if day else inf


def _is_work(change: Change) -> bool:
    """Tell whether a change needs a task; one of money alone does not."""
    return change.impact is None or bool(change.impact.days or change.impact.scope)


def _is_missing(frame: Frame, change: Change, baseline: Baseline, day: date) -> bool:
    """Tell whether a change has an effect on dates or money that no approved plan contains."""
    if change.impact is None or not (change.impact.days or change.impact.cost):
        return False
    named = {known.change for known in frame.project.baselines.baselines if known.approved is not None}
    return change.id not in named and baseline.approved is not None and baseline.approved < day


def _is_untouched(change: Change, baseline: Baseline, schedule: ScheduleFigures) -> bool:
    """Tell whether all work that a change names still has the dates and costs of the baseline."""
    wanted = set(change.tasks)
    work = [
        task for task in schedule.tasks.values() if not task.is_parent and wanted.intersection((task.id, *task.path))
    ]
    return bool(work) and all(_stands(task, change, baseline) for task in work)


def _stands(task: TaskFigures, change: Change, baseline: Baseline) -> bool:
    recorded = baseline.tasks.get(task.id)
    if recorded is None or (task.start, task.finish) != (task.baseline_start, task.baseline_finish):
        return False
    if recorded.cost is None or task.task.cost is None:  # dates alone tell nothing of a change that is money alone
        return recorded.cost == task.task.cost and change.impact is not None and bool(change.impact.days)
    return recorded.cost.amount == task.task.cost.amount


def _effect(frame: Frame, change: Change) -> str:
    if change.impact is None:
        return ""
    days = working_days(change.impact.days) if change.impact.days else ""
    cost = f"{change.impact.cost:.0f} {_currency(frame)}" if change.impact.cost else ""
    return ", ".join(filter(None, (days, cost)))


def _budget(frame: Frame, schedule: ScheduleFigures) -> Iterator[Problem]:
    budget = frame.project.project.budget
    planned = total(task.bac for task in schedule.tasks.values() if not task.path)
    if budget is None or not planned:
        return
    allowed = budget.amount * (1 + max(budget.tolerance_percent or 0.0, ROUNDING_PERCENT) / 100)
    if planned > allowed:
        what = f"baseline '{schedule.baseline_id}'" if schedule.has_baseline else "the plan"
        over = f", {100 * (planned / budget.amount - 1):.1f} % above" if budget.amount else ", above"
        message = f"{what} costs {planned:.0f} {_currency(frame)}{over} the budget of {budget.amount:.0f}"
        hint = "get the budget raised and enter its new amount, or take costs out of the plan"
        mark = place_of(frame.project.project, "budget", "amount", fallback=file_of(frame, "project.yaml"))
        yield warn(mark, "plan-above-budget", message, hint)


def _currency(frame: Frame) -> str:
    return currency_of(frame.settings, frame.account, frame.project)
