"""Over all projects: the top risks, the changes that await a decision or their place in the plan, satisfaction."""

from kapm_site.audience.internal import InternalView, PortfolioProject
from kapm_site.audience.registers import ChangeView, RiskView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Cell, Column, Row, Section
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline
from kapm_site.pages.fields import plain, register, sentences
from kapm_site.pages.portfolio.shared import about, all_projects, project_href, subject
from kapm_site.pages.sections.feedback import last_mark
from kapm_site.pages.setting import Setting

_TOP = 12
_SPARK_WIDTH, _SPARK_HEIGHT = 96, 20


def risks_section(view: InternalView, setting: Setting) -> Section | None:
    """Show the open risks with the highest score of all projects."""
    words = setting.words
    found = [(project, risk) for project in all_projects(view) for risk in _open_risks(project.view)]
    if not found:
        return None
    found.sort(
        key=lambda pair: (-(pair[1].score or 0), -(pair[1].exposure or 0), pair[0].view.name, natural(pair[1].id))
    )
    above = sum((risk.score or 0) >= _action_line(project) for project, risk in found)
    columns = (
        Column(words.text("label.risk")),
        Column(words.text("label.project")),
        Column(words.text("label.score"), "number"),
        Column(words.text("label.exposure"), "number"),
        Column(words.text("label.response")),
        Column(words.text("label.owner")),
        Column(words.text("label.due"), "date"),
    )
    rows = [_risk(project, risk, setting) for project, risk in found[: max(_TOP, above)]]
    title = words.text("portfolio.risks")
    unscored = sum(risk.score is None for _, risk in found)
    below = words.text("finding.risks_below") if unscored < len(found) else ""
    told = words.plural("portfolio.risks_above", above) if above else below
    told = sentences(words, told, words.plural("finding.risks_unscored", unscored) if unscored else "")
    return Section("risks", title, told, blocks=(register(setting, title, columns, rows, lead=8),))


def changes_section(view: InternalView, setting: Setting) -> Section | None:
    """Show changes that wait for a decision, the longest wait first, then those approved and not carried out."""
    words = setting.words
    found = [
        (project.view, change)
        for project in all_projects(view)
        for change in project.view.changes
        if change.status in ("proposed", "approved")
    ]
    if not found:
        return None
    found.sort(key=lambda pair: (pair[1].status == "approved", -_waited(pair[1]), pair[0].name, natural(pair[1].id)))
    waiting = sum(change.status == "proposed" for _, change in found)
    columns = (
        Column(words.text("label.change")),
        Column(words.text("label.project")),
        Column(words.text("label.state")),
        Column(words.text("label.impact_days"), "number"),
        Column(words.text("label.impact_cost"), "number"),
        Column(words.text("label.waiting_days"), "number"),
        Column(words.text("label.requested_by")),
    )
    title = words.text("portfolio.changes")
    told = words.plural("portfolio.changes_open", waiting) if waiting else words.text("finding.changes_decided")
    rows = [_change(one, change, words) for one, change in found]
    return Section("changes", title, told, blocks=(register(setting, title, columns, rows),))


def satisfaction_section(view: InternalView, setting: Setting) -> Section | None:
    """Show satisfaction of every project, the lowest first."""
    words = setting.words
    projects = [project.view for project in all_projects(view) if project.view.feedback_summary.n]
    if not projects:
        return None
    projects.sort(key=lambda one: (_mean(one), one.client_name, one.name))
    columns = (
        Column(words.text("label.project")),
        Column(words.text("label.csat"), "number"),
        Column(words.text("label.answers"), "number"),
        Column(words.text("label.trend"), "chart"),
        Column(words.text("term.nps"), "number"),
        Column(words.text("portfolio.unanswered"), "number"),
    )
    title = words.text("portfolio.satisfaction")
    rows = [_satisfaction(one, setting) for one in projects]
    unanswered = sum(said.status == "new" for one in projects for said in one.feedback)
    told = words.plural("finding.feedback_open", unanswered) if unanswered else ""
    return Section("satisfaction", title, told, blocks=(register(setting, title, columns, rows),))


def _open_risks(view: ProjectView) -> list[RiskView]:
    by_id = {risk.id: risk for risk in view.risks}
    return [by_id[risk] for risk in view.risk_summary.top if risk in by_id]


def _action_line(project: PortfolioProject) -> float:
    return project.rules.risk.amber_score


def _risk(project: PortfolioProject, risk: RiskView, setting: Setting) -> Row:
    words, view = setting.words, project.view
    above = (risk.score or 0) >= _action_line(project)
    exposure = words.money(risk.exposure, view.currency) if risk.exposure is not None else ""
    due, late = setting.day(risk.due), risk.due is not None and risk.due < view.status
    return Row(
        (
            Cell(risk.title, href=project_href(view, "risks")),
            Cell(view.name),
            Cell(words.number(risk.score) if risk.score is not None else "", tone="strong" if above else ""),
            Cell(exposure),
            Cell(words.text(f"risk_response.{risk.response}") if risk.response else ""),
            plain(risk.owner),
            Cell(due.text, tone="bad" if late else "", sort=due.sort),
        ),
        about=about(view),
    )


def _waited(change: ChangeView) -> float:
    return change.waiting_days or 0.0


def _change(view: ProjectView, change: ChangeView, words: Language) -> Row:
    waited = _waited(change)
    cost = words.money(change.cost, view.currency, signed=True) if change.cost is not None else ""
    return Row(
        (
            Cell(change.title, href=project_href(view, "changes")),
            Cell(view.name),
            Cell(words.text(f"change_status.{change.status}")),
            Cell(words.day_count(change.days, signed=True) if change.days is not None else ""),
            Cell(cost),
            Cell(words.day_count(waited) if waited else ""),
            plain(change.requested_by),
        ),
        about=about(view),
    )


def _mean(view: ProjectView) -> float:
    csat = view.feedback_summary.csat
    return csat.mean if csat else float("inf")


def _last_asked(view: ProjectView, words: Language) -> str:
    """Say when a mark was last given, of marks too old for the present."""
    last = last_mark(view)
    return words.text("page.last_answer", date=words.date(last)) if last else ""


def _satisfaction(view: ProjectView, setting: Setting) -> Row:
    words, summary = setting.words, view.feedback_summary
    months = summary.csat_by_month
    values = words.list([words.number(value, 1) for _, value in months])
    samples = [Sample(month, value) for month, value in months]
    spark = draw_sparkline(samples, "", "", setting.frame(_SPARK_WIDTH), height=_SPARK_HEIGHT)
    new = sum(said.status == "new" for said in view.feedback)
    asked = summary.recent_csat is not None or summary.recent_nps is not None
    return Row(
        (
            subject(view, section="feedback"),
            Cell(
                words.number(summary.csat.mean, 1) if summary.csat else "",
                note="" if asked else _last_asked(view, words),
            ),
            Cell(words.number(summary.n)),
            Cell(values, chart=spark) if len(months) > 1 else Cell(),
            Cell(words.signed(summary.nps.score) if summary.nps else ""),
            Cell(words.number(new) if new else ""),
        ),
        about=about(view),
    )
