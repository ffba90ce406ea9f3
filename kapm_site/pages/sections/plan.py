"""Section 9: the plan as a Gantt chart, the weeks ahead, and every task with all that is known of it."""

from dataclasses import replace

from kapm_site.audience.tasks import is_late_item
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Column, Section, Table
from kapm_site.pages.fields import register, sentences
from kapm_site.pages.sections.buffers import buffer_blocks
from kapm_site.pages.sections.lookahead import lookahead_finding, lookahead_table, task_row, task_table
from kapm_site.pages.sections.plan_chart import plan_figure
from kapm_site.pages.sections.task_details import is_done, is_overdue, slip_column
from kapm_site.pages.setting import Setting

#: A critical path of more parts than these is no sentence.
_NAMED = 4


def plan(view: ProjectView, setting: Setting) -> Section | None:
    """Show the plan against what was agreed, what comes next, and the register of all tasks."""
    if not view.tasks:
        return None
    words = setting.words
    finding = _finding(view, setting)
    figure = plan_figure(view, setting, finding)
    if setting.medium == "print":
        # A chart cannot be broken: the table, which can, uses the room that is left before it.
        blocks: list[Block | None] = [task_table(view, setting), figure, *buffer_blocks(view, setting)]
    else:
        blocks = [figure, lookahead_table(view, setting), *buffer_blocks(view, setting), _register(view, setting)]
    return Section("plan", words.text("section.plan"), finding, blocks=tuple(block for block in blocks if block))


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    late = [task for task in view.tasks if is_late_item(task) and not is_done(task)]
    overdue = sum(is_overdue(task, view.status) for task in late)
    expected = len(late) - overdue
    return sentences(
        words,
        _finish(view, setting),
        words.plural("finding.plan_overdue", overdue) if overdue else "",
        words.plural("finding.plan_expected", expected) if expected else "",
        _critical(view, setting),
        lookahead_finding(view, setting),
    )


def _finish(view: ProjectView, setting: Setting) -> str:
    """Compare the forecast with the agreed finish, or with the baseline where none was agreed."""
    words, schedule = setting.words, view.schedule
    agreed = schedule.agreed_finish is not None
    slip = schedule.agreed_slip_days if agreed else schedule.slip_days
    date = schedule.forecast_finish
    if date is None or slip is None or not (agreed or schedule.has_baseline):
        return ""
    days = words.days(abs(slip))
    if slip > 0:
        return words.text("finding.plan_slips", date=words.date(date), days=days)
    if slip < 0:
        return words.text("finding.plan_gains", date=words.date(date), days=days)
    return words.text("finding.plan_holds", date=words.date(date))


def _critical(view: ProjectView, setting: Setting) -> str:
    """Name the open phases on the critical path, or its tasks in a plan without phases."""
    has_phases = any(task.is_parent for task in view.tasks)
    parts = [t for t in view.tasks if t.depth == 0 and t.is_parent] if has_phases else list(view.tasks)
    names = [task.name for task in parts if task.critical and not is_done(task)]
    if not 0 < len(names) <= _NAMED:
        return ""
    return setting.words.text("finding.plan_critical", names=setting.words.list(names))


def _register(view: ProjectView, setting: Setting) -> Table:
    words = setting.words
    columns = (
        Column(words.text("label.task"), "long"),
        Column(words.text("label.owner")),
        Column(words.text("label.start"), "date"),
        Column(words.text("label.finish"), "date"),
        Column(words.text("label.percent_done_unit"), "number"),
        slip_column(setting),
    )
    # The chart shows every task already: the register waits behind "show all".
    rows = [replace(task_row(task, view, setting), depth=task.depth) for task in view.tasks]
    title = words.text("section.all_tasks")
    return register(setting, title, columns, rows, heading=title, lead=0, dense=True, file="tasks")
