"""Section 9: the plan as a Gantt chart, the weeks ahead, and every task with all that is known of it."""

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Row, Section, Table
from kapm_site.pages.fields import plain, register, sentences
from kapm_site.pages.sections.buffers import buffer_blocks
from kapm_site.pages.sections.lookahead import lookahead_finding, lookahead_table
from kapm_site.pages.sections.plan_chart import plan_figure
from kapm_site.pages.sections.task_details import is_done, task_details
from kapm_site.pages.setting import Setting

#: A critical path of more parts than these is no sentence.
_NAMED = 4
#: The chart shows every task already: the register waits behind "show all", and print shows the beginning of it.
_PRINTED, _DETAILED = 6, 6


def plan(view: ProjectView, setting: Setting) -> Section | None:
    """Show the plan against what was agreed, what comes next, and the register of all tasks."""
    if not view.tasks:
        return None
    words = setting.words
    finding = _finding(view, setting)
    blocks: list[Block | None] = [plan_figure(view, setting, finding), lookahead_table(view, setting)]
    if setting.medium == "print":
        # A chart fills a page and cannot be broken: the short table uses the room that is left before it.
        blocks.reverse()
    blocks += buffer_blocks(view, setting)
    blocks.append(_register(view, setting))
    return Section("plan", words.text("section.plan"), finding, blocks=tuple(block for block in blocks if block))


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    late = sum(task.late and not task.is_parent and not task.buffer and not is_done(task) for task in view.tasks)
    return sentences(
        words,
        _finish(view, setting),
        words.plural("finding.plan_late", late) if late else "",
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
        Column(words.text("label.slip_days"), "number"),
    )
    rows = [_row(task, view, setting) for task in view.tasks]
    title = words.text("section.all_tasks")
    return register(
        setting, title, columns, rows, heading=title, lead=0, printed=_PRINTED, detailed=_DETAILED, dense=True
    )


def _row(task: TaskView, view: ProjectView, setting: Setting) -> Row:
    words = setting.words
    slip = task.slip_days
    bad = slip is not None and slip > 0 and task.critical and not is_done(task)
    cells = (
        Cell(words.text("page.tagged", code=task.wbs, title=task.name), tone="strong" if task.is_parent else ""),
        plain(task.owner),
        setting.day(task.forecast_start or task.start),
        setting.day(task.forecast_finish or task.finish),
        Cell(words.number(task.percent_complete), sort=str(task.percent_complete)),
        Cell(_slip(slip, setting), tone="bad" if bad else "", sort=str(slip or 0)),
    )
    details = task_details(task, setting, has_baseline=view.schedule.has_baseline)
    return Row(cells, id=f"task-{task.id}", depth=task.depth, strong=task.is_parent, details=details)


def _slip(slip: float | None, setting: Setting) -> str:
    """Write the slip of a task; none is left empty, so that the late ones are seen."""
    if not slip:
        return ""
    return setting.words.signed(slip, 0 if float(slip).is_integer() else 1)
