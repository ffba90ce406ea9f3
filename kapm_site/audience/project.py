"""Analysis → ProjectView: one project as its reader may see it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kapm_site.analysis.earned_value import is_too_early
from kapm_site.analysis.health import last_report
from kapm_site.analysis.records import Analysis, CurvePoint
from kapm_site.analysis.working_time import working_time
from kapm_site.audience import charters, lists
from kapm_site.audience.closed_days import closed_days, holidays_of
from kapm_site.audience.copying import copied
from kapm_site.audience.health import Judged, dimension_views, overall_view
from kapm_site.audience.reader import Reader
from kapm_site.audience.registers import KpiView
from kapm_site.audience.slip import slip_view
from kapm_site.audience.tasks import day_of, task_views, unanswered
from kapm_site.audience.views import (
    BaselineView,
    BrandView,
    BufferView,
    FeedbackSummary,
    ForecastView,
    MoneyView,
    NarrativeView,
    OrganizationView,
    ProjectView,
    ReceiverView,
    ReportView,
    RiskSummary,
    ScheduleView,
)
from kapm_site.audience.visible import hides_baseline, seen_figures, sees_budget, sees_costs, visible_project
from kapm_site.model.calendars import Calendar
from kapm_site.model.client import Client
from kapm_site.model.reports import ReportFile, Update
from kapm_site.model.settings import Settings


def project_view(analysis: Analysis, *, internal: bool) -> ProjectView:
    """Build the view of a project for one reader.

    Progress, dates and health are those of the whole project; registers, their sums and money are computed again
    from what the reader may see. A baseline that is hidden is, to the reader, as if it were not there.
    """
    reader = Reader(analysis.account, analysis.project, internal)
    seen = visible_project(reader)
    sums = seen_figures(reader, analysis, seen)
    plan = sums if hides_baseline(reader, analysis) else analysis
    status = analysis.status.date()
    calendar = working_time(project_calendar(analysis))
    tasks = task_views(reader, plan.schedule)
    names = {task.id: task.name for task in tasks}
    charter, client, settings = analysis.project.project, analysis.account.client, analysis.settings
    last = last_report(analysis.project.reports, status)
    forecast = _forecast(analysis)
    judged = Judged(reader, analysis, sums, names)
    return ProjectView(
        client_id=analysis.account.id,
        client_name=client.name,
        id=analysis.project.id,
        name=charter.name,
        code=charter.code,
        description=charter.description,
        language=client.language or settings.language,
        currency=sums.money.currency,
        organization=organization_view(settings),
        brand=brand_view(client, analysis.account.folder),
        folder=analysis.project.folder,
        status=status,
        manager=charters.manager_view(reader),
        sponsor=reader.name(charter.sponsor),
        report=_report(last) if last else None,
        reports=_reports(analysis, status),
        narrative=_narrative(reader, status),
        health=overall_view(judged),
        dimensions=dimension_views(judged),
        schedule=_schedule(plan),
        planned_percent=plan.progress.planned_percent,
        actual_percent=plan.progress.actual_percent,
        curve=_curve(reader, plan, sums),
        forecast=forecast,
        buffers=_buffers(plan, names),
        slip=slip_view(plan, names),
        baselines=_baselines(reader, plan),
        tasks=tasks,
        kpis=_kpis(reader, sums),
        money=_money(reader, sums),
        asks=lists.ask_views(reader, status, calendar),
        risks=lists.risk_views(reader, names),
        risk_summary=_risk_summary(sums),
        issues=lists.issue_views(reader),
        assumptions=lists.assumption_views(reader),
        dependencies=lists.dependency_views(reader),
        changes=lists.change_views(reader, names, status, calendar),
        change_summary=sums.changes,
        decisions=lists.decision_views(reader),
        actions=lists.action_views(reader, status, calendar),
        feedback=lists.feedback_views(reader, names),
        feedback_summary=_feedback_summary(sums),
        goals=charters.goal_views(reader, {kpi.id: sums.kpis[kpi.id] for kpi in seen.kpis.kpis if kpi.id in sums.kpis}),
        team=charters.team_views(reader),
        responsibilities=charters.responsibility_views(reader),
        communication=charters.communication_view(reader),
        meetings=lists.meeting_views(reader),
        training=lists.training_views(reader),
        lessons=lists.lesson_views(reader),
        closed_days=closed_days(calendar, tasks, status, forecast),
        holidays_of=holidays_of(calendar.calendar),
        unanswered=unanswered(reader, tasks, status),
        languages=() if internal else analysis.account.languages(settings.language),
        receivers=_receivers(client, client.language or settings.language),
    )


def organization_view(settings: Settings) -> OrganizationView:
    """Who delivers."""
    return copied(OrganizationView, settings.organization)


def _receivers(client: Client, language: str) -> tuple[ReceiverView, ...]:
    there = (contact for contact in client.contacts if contact.receives)
    return tuple(ReceiverView(one.name, one.language or language, one.receives) for one in there)


def brand_view(client: Client, folder: str) -> BrandView:
    """The client's look and words."""
    logo = f"{folder}/{client.brand.logo}" if client.brand.logo else None
    return BrandView(logo, client.brand.color, tuple(sorted(client.brand.vocabulary.items())))


def project_calendar(analysis: Analysis) -> Calendar:
    """The calendar in force: the project's, else the client's, else the workspace's."""
    return analysis.project.project.calendar or analysis.account.client.calendar or analysis.settings.calendar


def _reports(analysis: Analysis, status: date) -> tuple[ReportView, ...]:
    released = [report for report in analysis.project.reports if report.status_date <= status]
    return tuple(map(_report, sorted(released, key=lambda report: (report.status_date, report.number))))


def _report(report: ReportFile) -> ReportView:
    return ReportView(
        number=int(report.number),
        status_date=report.status_date,
        health=report.health.overall,
        p50=_day(report.figures.get("p50")),
        p80=_day(report.figures.get("p80")),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _narrative(reader: Reader, status: date) -> NarrativeView | None:
    updates = [u for u in reader.project.updates if u.date <= status and reader.sees(u.matter.audience)]
    return _told(reader, max(updates, key=lambda update: update.date)) if updates else None


def _told(reader: Reader, update: Update) -> NarrativeView:
    done, coming = update.section("Done"), update.section("Next")
    period = update.matter.period
    return NarrativeView(
        date=update.date,
        headline=update.matter.headline,
        author=reader.name(update.matter.author),
        period=(period.from_, period.to) if period else None,
        done=done.body if done else None,
        next=coming.body if coming else None,
        others=tuple((s.title, s.body) for s in update.sections if s not in (done, coming)),
        folder=f"{reader.project.folder}/updates",
    )


def _schedule(analysis: Analysis) -> ScheduleView:
    dates = analysis.schedule
    return copied(
        ScheduleView,
        dates,
        start=day_of(dates.start),
        finish=day_of(dates.finish),
        agreed_finish=day_of(dates.agreed_finish),
        baseline_finish=day_of(dates.baseline_finish),
        forecast_finish=day_of(dates.forecast_finish),
    )


def _curve(reader: Reader, analysis: Analysis, sums: Analysis) -> tuple[CurvePoint, ...]:
    """Progress of the whole project; money along it only for internal readers."""
    if reader.internal:
        return sums.progress.curve
    return tuple(replace(point, pv=None, ev=None, ac=None) for point in analysis.progress.curve)


def _forecast(analysis: Analysis) -> ForecastView | None:
    found = analysis.outlook.forecast
    if found is None:
        return None
    return ForecastView(found.p50.date(), found.p80.date(), found.p95.date(), found.runs)


def _buffers(analysis: Analysis, names: Mapping[str, str]) -> tuple[BufferView, ...]:
    """Show the buffers whose tasks the reader sees."""
    return tuple(
        copied(BufferView, found, task_id=found.id, name=names[found.id])
        for found in analysis.outlook.buffers.values()
        if found.id in names
    )


def _baselines(reader: Reader, analysis: Analysis) -> tuple[BaselineView, ...]:
    file = reader.project.baselines
    changes = {
        change.id: change.title
        for change in reader.visible(reader.project.changes.changes, reader.project.changes.audience)
    }
    return tuple(
        copied(
            BaselineView,
            record,
            by=reader.name(record.by),
            change=changes.get(record.change or ""),
            counts=record.id == analysis.schedule.baseline_id,
        )
        for record in reader.visible(file.baselines, file.audience)
    )


def _kpis(reader: Reader, sums: Analysis) -> tuple[KpiView, ...]:
    file = reader.project.kpis
    charter = reader.project.project
    goals = {goal.id: goal.statement for goal in reader.visible(charter.goals, charter.audience)}
    views = []
    for kpi in reader.visible(file.kpis, file.audience):
        figures = sums.kpis[kpi.id]
        views.append(
            copied(
                KpiView,
                kpi,
                owner=reader.name(kpi.owner),
                goal=goals.get(kpi.goal or ""),
                value=figures.value,
                day=figures.day,
                status=figures.status,
                trend=figures.trend,
                series=figures.series,
            )
        )
    return tuple(views)


def _money(reader: Reader, sums: Analysis) -> MoneyView | None:
    costs, budget = sees_costs(reader), sees_budget(reader)
    if not costs and not budget:
        return None
    charter, money = reader.project.project, sums.money
    agreed = charter.budget if budget else None
    return MoneyView(
        currency=money.currency,
        budget=agreed.amount if agreed else None,
        contingency=agreed.contingency if agreed else None,
        tolerance_percent=agreed.tolerance_percent if agreed else None,
        spent=money.spent if costs else None,
        committed=money.committed if costs else None,
        eac=sums.earned_value.eac if costs and not is_too_early(sums.earned_value) else None,
        by_month=money.by_month if costs else (),
        earned_value=sums.earned_value if reader.internal else None,
    )


def _risk_summary(sums: Analysis) -> RiskSummary:
    risks = sums.risks
    return RiskSummary(
        open=risks.open,
        exposure=risks.exposure,
        top=tuple(risk.id for risk in risks.top),
        cells=tuple(sorted(risks.cells.items())),
    )


def _feedback_summary(sums: Analysis) -> FeedbackSummary:
    return copied(FeedbackSummary, sums.feedback)
