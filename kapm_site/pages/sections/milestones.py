"""Section 8: milestones against what was agreed, the next ones and those that moved first."""

from collections.abc import Sequence
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Chart, Column, Row, Section, Tone
from kapm_site.pages.charts.dumbbell import DumbbellRow, draw_dumbbell_head, draw_dumbbells
from kapm_site.pages.fields import needed_digits, part_of, plain, register, sentences
from kapm_site.pages.sections.milestone_weeks import milestone_weeks
from kapm_site.pages.sections.task_details import is_done, is_overdue, slip_column, slip_text, task_details
from kapm_site.pages.setting import Setting

#: The time line inside a row.
_WIDTH, _HEIGHT = 300, 24
#: So many of the coming milestones stand before those that did not move.
_NEXT = 2
#: The most that stand open on the site.
_MOST_OPEN = 12
_LAST = date.max
_TONES: dict[str, Tone] = {"overdue": "bad", "late": "warn", "done": "good"}


def milestones(view: ProjectView, setting: Setting) -> Section | None:
    """Show every milestone: agreed, expected or reached, how far apart these are, and why."""
    known = [task for task in view.tasks if task.milestone]
    if not known:
        return None
    words = setting.words
    known = _ordered(known, view)
    # Paper has the owner in the place of the time line.
    charts, head = _charts(known, view, setting) if setting.medium == "web" else ({}, None)
    baseline = words.text("label.baseline") if view.schedule.has_baseline else words.text("label.planned")
    columns = (
        Column(words.text("label.milestone"), "long"),
        Column(words.text("label.owner")),
        Column(baseline, "date"),
        Column(words.text("label.forecast_or_actual"), "date"),
        slip_column(setting),
        Column(words.text("label.cause")),
        Column(words.text("label.status")),
        Column(words.text("label.trend"), "chart", chart=head),
    )
    digits = needed_digits([task.slip_days for task in known], 1)
    rows = [_row(task, charts.get(task.id), view, setting, digits) for task in known]
    title, lead = words.text("section.milestones"), _open_rows(known)
    table = register(setting, title, columns, rows, lead=lead, printed=6)
    blocks = (table, *milestone_weeks(view, setting))
    return Section("milestones", title, _finding(known, view, setting), blocks=blocks)


def _open_rows(known: Sequence[TaskView]) -> int:
    """Count the rows that stand open on the site: what is still to come, which stands first."""
    return min(max(sum(not is_done(task) for task in known), 4), _MOST_OPEN)


def milestone_status(task: TaskView, status: date) -> str:
    """Say how a milestone stands: done, overdue, late, early or on time."""
    if is_done(task):
        return "done"
    if is_overdue(task, status):
        return "overdue"
    if task.late:
        return "late"
    return "early" if (task.slip_days or 0) < 0 else "on_time"


def _day(task: TaskView) -> date | None:
    """The day a milestone was reached, or is expected."""
    return task.actual_finish or task.forecast_finish or task.finish


def _moved_from(task: TaskView, before: ProjectView | None) -> date | None:
    """The day it was expected at the last report, if that has changed."""
    earlier = before.tasks if before else ()
    day = next((_day(one) for one in earlier if one.id == task.id), None)
    return day if day != _day(task) else None


def _ordered(known: list[TaskView], view: ProjectView) -> list[TaskView]:
    """Put the next ones and the moved ones first, then the other open ones, then those reached, the latest first."""
    coming = sorted((task for task in known if not is_done(task)), key=lambda task: _day(task) or _LAST)
    first = [task for n, task in enumerate(coming) if n < _NEXT or _moved_from(task, view.before)]
    reached = sorted((task for task in known if is_done(task)), key=lambda task: _day(task) or date.min, reverse=True)
    return [*first, *(task for task in coming if task not in first), *reached]


def _charts(known: list[TaskView], view: ProjectView, setting: Setting) -> tuple[dict[str, Chart], Chart | None]:
    """Draw each milestone on one time line; those without a date have none."""
    dated = [(task, day) for task in known if (day := _day(task))]
    marks = [
        DumbbellRow(
            day,
            task.baseline_finish,
            done=is_done(task),
            critical=task.critical,
            late=task.late,
            desc=_told(task, day, setting),
        )
        for task, day in dated
    ]
    # The cells say it in words for those who do not see the charts.
    frame = setting.frame(_WIDTH)
    drawn = draw_dumbbells(marks, frame, setting.tick, status=view.status, height=_HEIGHT, named=False)
    head = draw_dumbbell_head(marks, "", frame, setting.tick, status=view.status)
    return {task.id: chart for (task, _), chart in zip(dated, drawn, strict=True)}, head


def _told(task: TaskView, day: date, setting: Setting) -> str:
    words = setting.words
    slip = task.slip_days or 0
    told = words.text("page.labelled", label=task.name, value=words.date(day))
    if not slip:
        return told
    days = words.days(abs(slip))
    far = words.text("page.late_by", days=days) if slip > 0 else words.text("page.early_by", days=days)
    return words.text("page.joined", first=told, second=far)


def _finding(known: list[TaskView], view: ProjectView, setting: Setting) -> str:
    words = setting.words
    coming = [task for task in known if not is_done(task)]
    ahead = min(((day, n, task.name) for n, task in enumerate(coming) if (day := _day(task))), default=None)
    moved = sum(_moved_from(task, view.before) is not None for task in coming) if view.before else 0
    reached = len(known) - len(coming)
    return sentences(
        words,
        _lateness(coming, view, setting),
        words.plural("finding.milestones_moved", moved, date=words.date(view.before.status))
        if view.before and moved
        else "",
        part_of(words, ("", "finding.milestones_reached", "finding.milestones_all"), reached, len(known))
        if reached
        else "",
        words.text("finding.milestones_next", name=ahead[2], date=words.date(ahead[0])) if ahead else "",
    )


def _lateness(coming: list[TaskView], view: ProjectView, setting: Setting) -> str:
    words = setting.words
    late = [task for task in coming if milestone_status(task, view.status) in ("late", "overdue")]
    critical = sum(task.critical for task in late)
    days = round(max((task.slip_days or 0 for task in late), default=0), 1)
    # Over a weekend the day has passed and no working day has.
    if late and days <= 0:
        return words.plural("finding.milestones_overdue", len(late))
    if critical:
        return words.plural("finding.milestones_late_critical", len(late), critical=words.number(critical))
    if late:
        return words.plural("finding.milestones_late", len(late), days=words.days(days))
    return words.text("finding.milestones_on_time") if coming and view.schedule.has_baseline else ""


def _row(task: TaskView, chart: Chart | None, view: ProjectView, setting: Setting, digits: int) -> Row:
    words, web = setting.words, setting.medium == "web"
    day, before = _day(task), _moved_from(task, view.before)
    status = milestone_status(task, view.status)
    shown = setting.day(day)
    was = words.text("page.was", before=setting.date(before)) if before else ""
    slip, open_ = task.slip_days, status != "done"
    bad = slip is not None and slip > 0 and task.critical and open_
    cells = (
        Cell(words.text("page.tagged", code=task.wbs, title=task.name), tone="strong"),
        plain("" if web else task.owner),
        setting.day(task.baseline_finish or task.finish),
        Cell(shown.text, note=was, sort=shown.sort),
        Cell(slip_text(slip, setting, digits), tone="bad" if bad else ""),
        Cell(words.text(f"cause.{task.delay.cause}") if task.delay else ""),
        Cell(words.text(f"milestone_status.{status}"), tone=_TONES.get(status, "")),
        Cell(_told(task, day, setting), chart=chart) if day and chart else Cell(),
    )
    # The site's table is wide enough; the owner is among the details there.
    owner = ((words.text("label.owner"), Cell(task.owner)),) if web and task.owner else ()
    details = (*owner, *task_details(task, setting, has_baseline=view.schedule.has_baseline))
    return Row(cells, id=f"milestone-{task.id}", details=details)
