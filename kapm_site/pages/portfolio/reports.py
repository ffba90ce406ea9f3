"""Which reports are due, and who gets them."""

from datetime import date

from kapm_site.audience.internal import InternalView, PortfolioProject
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Column, Row, Section, Tone
from kapm_site.pages.fields import listed, register
from kapm_site.pages.portfolio.shared import about, all_projects, subject
from kapm_site.pages.setting import Setting


def next_number(view: ProjectView) -> int:
    """Return the number that the next report of a project will bear."""
    return max((report.number for report in view.reports), default=0) + 1


def reports_section(view: InternalView, setting: Setting) -> Section | None:
    """Show the last report and the next of every project, the most urgent first."""
    projects = sorted(all_projects(view), key=lambda project: project.reporting.due or date.max)
    if not projects:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.project")),
        Column(words.text("label.last_report")),
        Column(words.text("label.last_update"), "date"),
        Column(words.text("label.due"), "date"),
        Column(words.text("label.state")),
        Column(words.text("label.goes_to"), "long"),
    )
    title = words.text("portfolio.reports")
    table = register(setting, title, columns, [_row(project, setting) for project in projects])
    overdue = sum(project.reporting.overdue for project in projects)
    told = words.plural("portfolio.reports_overdue", overdue) if overdue else words.text("portfolio.reports_on_time")
    return Section("reports", title, told, blocks=(table,))


def _row(project: PortfolioProject, setting: Setting) -> Row:
    words, view = setting.words, project.view
    due, last = project.reporting.due, view.reports[-1] if view.reports else None
    tone: Tone = "bad" if project.reporting.overdue else ""
    number = (
        words.text("page.previous_report", number=words.number(last.number), date=words.date(last.status_date))
        if last
        else ""
    )
    return Row(
        (
            subject(view),
            Cell(number),
            setting.day(max(project.updates, default=None)),
            Cell(words.date(due), tone=tone, sort=due.isoformat()) if due else Cell(),
            Cell(_state(project, setting), tone=tone),
            listed(words, project.receivers),
        ),
        about=about(view),
    )


def _state(project: PortfolioProject, setting: Setting) -> str:
    words, view = setting.words, project.view
    if project.finished:
        return words.text("portfolio.report_finished")
    if project.reporting.due is None:
        return words.text("portfolio.report_none")
    if project.reporting.overdue:
        return words.text("report_state.overdue")
    told = view.narrative.date if view.narrative else None
    if told and (not view.reports or told > view.reports[-1].status_date):
        return words.text("portfolio.report_writing")
    return words.text("report_state.released") if view.reports else words.text("report_state.due")
