"""The next milestones of all projects, on one time axis and as a register."""

from collections.abc import Callable
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.internal import InternalView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Section
from kapm_site.pages.charts.timeline import Timeline, TimelineMark, TimelineRow, TimelineWords, draw_timeline
from kapm_site.pages.fields import register, sentences
from kapm_site.pages.portfolio.shared import about, all_projects, days_after, open_milestones, project_href
from kapm_site.pages.setting import Setting

#: Calendar days that the chart and the register look ahead.
HORIZON_DAYS = 91

Due = tuple[date, TaskView, ProjectView]


def milestones_section(view: InternalView, setting: Setting) -> Section | None:
    """Show the milestones that are expected within three months, and those that should have been reached."""
    words = setting.words
    until = days_after(view.status, HORIZON_DAYS)
    projects = [project.view for project in all_projects(view)]
    due = [(day, task, one) for one in projects for day, task in open_milestones(one) if day <= until]
    if not due:
        return None
    due.sort(key=lambda found: (found[0], found[2].client_name, found[2].name, natural(found[1].id)))
    title = words.text("portfolio.milestones")
    late = sum(bool(task.slip_days and round(task.slip_days, 1) > 0) for _, task, _ in due)
    told = sentences(
        words,
        words.plural("portfolio.milestones_until", len(due), date=words.date(until)),
        words.plural("portfolio.milestones_late", late) if late else "",
    )
    charts = [_chart(due, projects, view.status, setting, width) for width in setting.widths if width]
    wide, *narrow = [chart for chart in charts if chart is not None]
    figure = Figure((wide,), tuple(narrow), caption=words.text("portfolio.timeline_title", date=words.date(until)))
    return Section("milestones", title, told, blocks=(figure, _table(due, title, setting)))


def _chart(due: list[Due], projects: list[ProjectView], status: date, setting: Setting, width: int) -> Timeline | None:
    words, until = setting.words, days_after(status, HORIZON_DAYS)
    marks: dict[int, list[TimelineMark]] = {}
    for day, task, owner in due:
        marks.setdefault(id(owner), []).append(_mark(day, task, words))
    rows = [TimelineRow(one.name, tuple(marks[id(one)])) for one in projects if id(one) in marks]
    desc = " ".join(_told(row, words) for row in rows)
    title = words.text("portfolio.timeline_title", date=words.date(until))
    labels = TimelineWords(title, desc, words.date(status, "short"), more=_more(words))
    first = min(status, *(day for day, _, _ in due))
    last = max(day for day, _, _ in due)
    # A few days beyond the last mark, so that it does not stand on the edge.
    domain = (first, days_after(last, 4))
    return draw_timeline(rows, labels, setting.frame(width), setting.tick, status=status, domain=domain)


def _mark(day: date, task: TaskView, words: Language) -> TimelineMark:
    label = words.text("portfolio.dated", date=words.date(day, "short"), name=task.name)
    late = bool(task.slip_days and round(task.slip_days, 1) > 0)
    return TimelineMark(day, label, task.baseline_finish if late else None, critical=task.critical, late=late)


def _told(row: TimelineRow, words: Language) -> str:
    marks = words.list([mark.label for mark in row.marks])
    return words.text("portfolio.timeline_desc", project=row.name, marks=marks) + "."


def _more(words: Language) -> Callable[[int], str]:
    return lambda n: words.plural("page.more", n)


def _table(due: list[Due], title: str, setting: Setting) -> Block:
    words = setting.words
    columns = (
        Column(words.text("label.milestone")),
        Column(words.text("label.project")),
        Column(words.text("label.agreed"), "date"),
        Column(words.text("label.forecast"), "date"),
        Column(words.text("label.slip_days"), "number"),
        Column(words.text("label.cause")),
    )
    rows = [_row(task, day, one, setting) for day, task, one in due]
    return register(setting, title, columns, rows, lead=8)


def _row(task: TaskView, day: date, project: ProjectView, setting: Setting) -> Row:
    words = setting.words
    slip = round(task.slip_days, 1) + 0.0 if task.slip_days is not None else None
    shown = words.signed(slip, 1 if slip % 1 else 0) if slip is not None else ""
    return Row(
        (
            Cell(task.name),
            Cell(project.name, href=project_href(project, "milestones")),
            setting.day(task.baseline_finish),
            setting.day(day),
            Cell(shown, tone="bad" if slip and slip > 0 and task.critical else ""),
            Cell(words.text(f"cause.{task.delay.cause}") if task.delay and slip and slip > 0 else ""),
        ),
        about=about(project),
    )
