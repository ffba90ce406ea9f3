"""Which reports are due, and who gets them."""

from datetime import date

from kapm_site.analysis.findings import next_due
from kapm_site.audience.internal import InternalView, PortfolioProject
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Column, Row, Section, Tone
from kapm_site.pages.fields import listed, register
from kapm_site.pages.portfolio.shared import all_projects, subject
from kapm_site.pages.setting import Setting


def due_report(project: PortfolioProject) -> date | None:
    """Return the day the next report is due, as the check counts it; None without a cadence or with all work done."""
    if project.cadence is None or project.finished:
        return None
    view = project.view
    told = (*(report.status_date for report in view.reports), *project.updates)
    return next_due(max(told, default=view.schedule.start or view.status), project.cadence)


def overdue_report(project: PortfolioProject) -> date | None:
    """Return the day a report was due that has not come."""
    due = due_report(project)
    return due if due is not None and due < project.view.status else None


def next_number(view: ProjectView) -> int:
    """Return the number that the next report of a project will bear."""
    return max((report.number for report in view.reports), default=0) + 1


def reports_section(view: InternalView, setting: Setting) -> Section | None:
    """Show the last report and the next of every project, the most urgent first."""
    projects = sorted(all_projects(view), key=lambda project: due_report(project) or date.max)
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
    overdue = sum(1 for project in projects if overdue_report(project))
    told = words.plural("portfolio.reports_overdue", overdue) if overdue else words.text("portfolio.reports_on_time")
    return Section("reports", title, told, blocks=(table,))


def _row(project: PortfolioProject, setting: Setting) -> Row:
    words, view = setting.words, project.view
    due, last = due_report(project), view.reports[-1] if view.reports else None
    tone: Tone = "bad" if overdue_report(project) else ""
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
        )
    )


def _state(project: PortfolioProject, setting: Setting) -> str:
    words, view = setting.words, project.view
    if project.finished:
        return words.text("portfolio.report_finished")
    if due_report(project) is None:
        return words.text("portfolio.report_none")
    if overdue_report(project):
        return words.text("report_state.overdue")
    told = view.narrative.date if view.narrative else None
    if told and (not view.reports or told > view.reports[-1].status_date):
        return words.text("portfolio.report_writing")
    return words.text("report_state.released") if view.reports else words.text("report_state.due")
