"""Late work: how late, why, what is done about it and by whom, and the new date."""

from typing import get_args

from kapm_site.audience.charter import TaskView
from kapm_site.audience.tasks import follows, is_late_item, lacks_answer
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.plan import DelayCause
from kapm_site.pages.blocks import Cell, Column, Row, Section
from kapm_site.pages.fields import Pair, filled, identity, needed_digits, plain, register, sentences, written
from kapm_site.pages.sections.slip_causes import slip_causes
from kapm_site.pages.sections.task_details import is_done, is_overdue, slip_column, slip_text
from kapm_site.pages.setting import Setting

#: Causes that tell something: `other` is also what the reader sees no work of.
_NAMED = frozenset(get_args(DelayCause)) - {"other"}
#: A cause is the main one from this share of all late days.
_MOST = 0.5


def delays(view: ProjectView, setting: Setting) -> Section | None:
    """Show each late item with cause, recovery and new date: open ones first, the worst first."""
    late = [task for task in view.tasks if is_late_item(task)]
    if not late:
        return None
    words = setting.words
    late.sort(key=lambda task: (is_done(task), -_days(task)))
    digits = needed_digits([_days(task) for task in late], 1)
    columns = (
        Column(words.text("label.task"), "long"),
        slip_column(setting),
        Column(words.text("label.cause")),
        Column(words.text("label.recovery"), "long"),
        Column(words.text("label.owner")),
        Column(words.text("label.new_finish"), "date"),
    )
    rows = [_row(task, view, setting, digits) for task in late]
    table = register(setting, words.text("section.delays"), columns, rows)
    # On paper the register, which can be broken, uses the room that is left before the chart.
    causes = slip_causes(view, setting)
    blocks = (*causes, table) if setting.medium == "web" else (table, *causes)
    return Section(
        "delays",
        words.text("section.delays"),
        _finding(late, view, setting),
        blocks=blocks,
        short=words.text("nav.delays"),
    )


def _days(task: TaskView) -> float:
    return max(task.slip_days or 0.0, 0.0)


def _finding(late: list[TaskView], view: ProjectView, setting: Setting) -> str:
    words = setting.words
    missing = sum(task.id in view.unanswered for task in late)
    silent = any(lacks_answer(task, view.status) for task in late)
    asked = [task for task in late if not is_done(task) and not follows(task, view.status)]
    owned = asked and all(task.delay and (task.delay.owner or task.owner) for task in asked)
    answered = words.text("finding.delays_recovery") if owned and not silent else ""
    over = [task for task in late if is_done(task) or is_overdue(task, view.status)]
    return sentences(
        words,
        _lateness(over, words),
        _expected([task for task in late if task not in over], words),
        _main_cause(late, view, setting),
        words.plural("finding.delays_unexplained", missing) if missing else answered,
    )


def _lateness(late: list[TaskView], words: Language) -> str:
    latest = round(max(map(_days, late), default=0.0), 1)
    if latest:
        return words.plural("finding.delays", len(late), days=words.days(latest))
    # Over a weekend the day has passed and no working day has.
    return words.plural("finding.delays_overdue", len(late)) if late else ""


def _expected(late: list[TaskView], words: Language) -> str:
    """Tell of work whose day is still to come that it is expected after it."""
    days = words.days(max(map(_days, late), default=0.0))
    return words.plural("finding.delays_expected", len(late), days=days) if late else ""


def _main_cause(late: list[TaskView], view: ProjectView, setting: Setting) -> str:
    """Name the cause of most days: of those that moved the finish, as the chart beside it has them.

    Where none did, each day counts where it arose and not again by what waits for it.
    """
    words = setting.words
    if view.slip is not None:
        lost = [(one.days, one.cause) for one in view.slip.causes if one.days > 0]
        days, cause = max(lost, default=(0.0, ""))
        if cause not in _NAMED or days <= _MOST * sum(part for part, _ in lost):
            return ""
        return words.text("finding.delays_moved", cause=_word(cause, words), days=words.days(days))
    slips = {task.id: _days(task) for task in view.tasks}
    by_cause: dict[str, float] = {}
    total = 0.0
    for task in late:
        own = _days(task) - max((slips.get(link.task_id, 0.0) for link in task.depends_on), default=0.0)
        total += max(own, 0.0)
        if task.delay and own > 0:
            by_cause[task.delay.cause] = by_cause.get(task.delay.cause, 0.0) + own
    days, cause = max(((days, cause) for cause, days in by_cause.items()), default=(0.0, ""))
    if not total or days <= total * _MOST:
        return ""
    return words.text("finding.delays_cause", cause=_word(cause, words), days=words.days(days))


def _word(cause: str, words: Language) -> str:
    return words.text(f"cause.{cause}")


def _row(task: TaskView, view: ProjectView, setting: Setting, digits: int) -> Row:
    words, delay = setting.words, task.delay
    done = is_done(task)
    recovery = written(setting, delay.recovery if delay else None)
    if not recovery.text and task.id in view.unanswered:
        recovery = Cell("" if done else words.text("page.no_recovery"), tone="warn")
    cells = (
        Cell(words.text("page.tagged", code=task.wbs, title=task.name), tone="strong", note=_state(task, setting)),
        Cell(slip_text(_days(task), setting, digits), tone="bad" if task.critical and not done else ""),
        _cause(task, view, setting),
        recovery,
        plain((delay.owner if delay else None) or task.owner),
        _new_date(task, setting),
    )
    return Row(cells, id=f"delay-{task.id}", details=_details(task, setting))


def _state(task: TaskView, setting: Setting) -> str:
    words = setting.words
    if is_done(task) and task.forecast_finish:
        return words.text("page.done_on", date=words.date(task.forecast_finish))
    return words.text("label.critical") if task.critical else ""


def _cause(task: TaskView, view: ProjectView, setting: Setting) -> Cell:
    words = setting.words
    if task.delay:
        return Cell(words.text(f"cause.{task.delay.cause}"))
    if follows(task, view.status):
        return Cell(words.text("page.late_with_others"), tone="soft")
    return Cell(words.text("cause.none"), tone="warn") if task.id in view.unanswered else Cell()


def _new_date(task: TaskView, setting: Setting) -> Cell:
    """Show the date that was given, or what the plan expects."""
    if task.delay and task.delay.new_finish:
        return setting.day(task.delay.new_finish)
    expected = setting.day(None if is_done(task) else task.forecast_finish)
    note = setting.words.text("chart.forecast") if expected.text else ""
    return Cell(expected.text, note=note, sort=expected.sort)


def _details(task: TaskView, setting: Setting) -> tuple[Pair, ...]:
    words = setting.words
    return filled(
        (words.text("label.note"), written(setting, task.delay.note if task.delay else None)),
        identity(words, task.id) if setting.medium == "web" else (words.text("label.id"), Cell()),
    )
