"""What is known of a task besides its columns: the same pairs in every register that lists tasks."""

from dataclasses import replace
from datetime import date

from kapm_site.audience.charter import LinkView, TaskView
from kapm_site.audience.tasks import is_late_item
from kapm_site.language import WHOLE_DAYS, Language
from kapm_site.model.units import Duration
from kapm_site.pages.blocks import Cell, Column
from kapm_site.pages.fields import Pair, decimals, filled, identity, listed, plain, spelled, written
from kapm_site.pages.setting import Setting

#: Labels of two dates, of the first alone and of the last alone.
_PLANNED = ("label.planned_dates", "label.planned_start", "label.planned_finish")
_BASELINE = ("label.baseline", "label.baseline_start", "label.baseline_finish")
_ACTUAL = ("label.actual_dates", "label.actual_start", "label.actual_finish")


def is_done(task: TaskView) -> bool:
    """Tell whether nothing of a task is left to do."""
    return task.actual_finish is not None or task.percent_complete >= 100  # noqa: PLR2004 -- per cent


def is_overdue(task: TaskView, status: date) -> bool:
    """Tell whether the agreed day of open work is over; what is due today is not."""
    agreed = task.baseline_finish or task.finish
    return not is_done(task) and agreed is not None and agreed < status


def slip_column(setting: Setting) -> Column:
    """Head slips: with their unit on the site; on paper, which has no room for it there, each slip has its own."""
    web = setting.medium == "web"
    return Column(setting.words.text("label.slip_days" if web else "figure.schedule.slip_days"), "number")


def slip_text(slip: float | None, setting: Setting, digits: int = 1) -> str:
    """Write a slip, with `digits` decimals on the site; none is left empty, so that the late ones are seen."""
    if not slip:
        return ""
    words = setting.words
    if setting.medium == "print":
        return words.days_short(slip, signed=True)
    return words.signed(slip, digits) if abs(slip) < WHOLE_DAYS else words.day_count(slip, signed=True)


def task_details(task: TaskView, setting: Setting, *, has_baseline: bool) -> tuple[Pair, ...]:
    """Give every field of a task that has no column: name, owner, forecast, progress and slip have one.

    A deliverable stands in its own section, and so does the delay of work that is late.
    """
    words = setting.words
    return filled(
        (words.text("label.description"), written(setting, task.description)),
        (words.text("label.kind"), _kind(task, words)),
        (words.text("label.critical"), Cell(words.text("page.yes") if task.critical else "")),
        (words.text("label.assigned"), _assigned(task, words)),
        (words.text("label.labels"), listed(words, task.labels)),
        *_dates(task, setting, has_baseline=has_baseline),
        *_amounts(task, words),
        (words.text("label.depends_on"), listed(words, [_link(link, words) for link in task.depends_on])),
        (words.text("label.constraint"), _constraint(task, words)),
        (words.text("label.estimate"), _estimate(task, words)),
        (words.text("label.steps"), _steps(task, words)),
        *(() if is_late_item(task) else _delay(task, setting)),
        (words.text("label.source"), _source(task, words)),
        identity(words, task.id),
    )


def _kind(task: TaskView, words: Language) -> Cell:
    if task.milestone:
        return Cell(words.text("label.milestone"))
    return Cell(words.text("label.buffer") if task.buffer else "")


def _assigned(task: TaskView, words: Language) -> Cell:
    return listed(words, [words.text("page.share", name=n, percent=words.percent(u)) for n, u in task.assigned])


def _dates(task: TaskView, setting: Setting, *, has_baseline: bool) -> tuple[Pair, ...]:
    """Give the dates: of the plan where the forecast has others, of a baseline where there is one.

    A milestone has one date, its finish.
    """
    words, lasts = setting.words, not task.milestone
    moved = task.start if lasts and task.start != task.forecast_start else None
    later = task.finish if task.finish != task.forecast_finish else None
    agreed = task.baseline_start if lasts else None
    return (
        _span(_PLANNED, moved, later, setting),
        _span(_BASELINE, agreed, task.baseline_finish, setting) if has_baseline else ("", Cell()),
        _span(_ACTUAL, task.actual_start, task.actual_finish, setting),
        (words.text("label.deadline"), setting.day(task.deadline)),
    )


def _span(labels: tuple[str, str, str], start: date | None, finish: date | None, setting: Setting) -> Pair:
    """Give two dates as one span, or the one that there is; `labels` are of both, of the start and of the finish."""
    words, (both, first, last) = setting.words, labels
    if start is None or finish is None:
        return words.text(first if finish is None else last), setting.day(start or finish)
    return words.text(both), setting.day(start) if start == finish else Cell(words.period(start, finish))


def _amounts(task: TaskView, words: Language) -> tuple[Pair, ...]:
    duration = words.days_short(task.duration_days) if task.duration_days and not task.milestone else ""
    method = words.text(f"progress_method.{task.progress_method.replace('/', '_')}") if task.progress_method else ""
    return (
        (words.text("label.duration"), Cell(duration)),
        (words.text("label.work"), _spelled(task.work, words)),
        (words.text("label.actual_work"), _spelled(task.actual_work, words)),
        (words.text("label.remaining"), _spelled(task.remaining, words)),
        (words.text("label.calendar"), plain(task.calendar)),
        (words.text("label.planned_percent"), Cell(_planned_share(task, words))),
        (words.text("label.progress_method"), Cell(method)),
    )


def _planned_share(task: TaskView, words: Language) -> str:
    """Say how much was planned where that is not what is done; of work without a date nothing was."""
    said = task.finish is not None and task.planned_percent != task.percent_complete
    return words.percent(task.planned_percent) if said else ""


def _spelled(duration: Duration | None, words: Language) -> Cell:
    return Cell(spelled(words, duration) if duration else "")


def _link(link: LinkView, words: Language) -> str:
    told = words.text(f"link.{link.type.lower()}", task=link.name)
    if link.lag is None or not link.lag.amount:
        return told
    lag = spelled(words, replace(link.lag, amount=abs(link.lag.amount)))
    if link.lag.unit == "%":
        lag = words.text("link.share", share=lag)
    later = link.lag.amount > 0
    return words.text("link.lag", link=told, lag=lag) if later else words.text("link.lead", link=told, lag=lag)


def _constraint(task: TaskView, words: Language) -> Cell:
    if task.constraint is None:
        return Cell()
    kind, day = task.constraint
    return Cell(words.text(f"constraint.{kind}", date=words.date(day)) if day else words.text(f"constraint.{kind}"))


def _estimate(task: TaskView, words: Language) -> Cell:
    if task.estimate is None:
        return Cell()
    optimistic, likely, pessimistic = (spelled(words, duration) for duration in task.estimate[:3])
    told = words.text("page.three_points", optimistic=optimistic, likely=likely, pessimistic=pessimistic)
    return Cell(told, note=words.text(f"distribution.{task.estimate[3]}"))


def _steps(task: TaskView, words: Language) -> Cell:
    told = []
    for name, weight, done in task.steps:
        shown = decimals(words, weight)
        told.append(
            words.text("page.step_done", name=name, weight=shown)
            if done
            else words.text("page.step", name=name, weight=shown)
        )
    return listed(words, told)


def _delay(task: TaskView, setting: Setting) -> tuple[Pair, ...]:
    if task.delay is None:
        return ()
    words, delay = setting.words, task.delay
    return (
        (words.text("label.cause"), Cell(words.text(f"cause.{delay.cause}"))),
        (words.text("label.note"), written(setting, delay.note)),
        (words.text("label.recovery"), written(setting, delay.recovery)),
        (words.text("label.responsible"), plain(delay.owner)),
        (words.text("label.new_finish"), setting.day(delay.new_finish)),
    )


def _source(task: TaskView, words: Language) -> Cell:
    if task.source is None:
        return Cell()
    system, key, url = task.source
    return Cell(words.text("page.tagged", code=system, title=key), href=url or "")
