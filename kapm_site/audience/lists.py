"""The registers as a reader sees them; people by name, other records by title where those are visible."""

from datetime import date

from kapm_site.analysis.working_time import WorkingTime
from kapm_site.audience.copying import copied
from kapm_site.audience.reader import Reader
from kapm_site.audience.registers import (
    ActionView,
    AskView,
    AssumptionView,
    ChangeView,
    DecisionView,
    DependencyView,
    FeedbackView,
    IssueView,
    LessonView,
    MeetingView,
    RiskView,
    TrainingView,
)


def risk_views(reader: Reader, task_names: dict[str, str]) -> tuple[RiskView, ...]:
    """Risks."""
    file = reader.project.risks
    views = []
    for risk in reader.visible(file.risks, file.audience):
        impact = risk.schedule_impact
        known = risk.probability is not None and risk.impact is not None
        views.append(
            copied(
                RiskView,
                risk,
                owner=reader.name(risk.owner),
                affects=tuple(task_names[task] for task in risk.affects if task in task_names),
                schedule_impact=(impact.optimistic, impact.likely, impact.pessimistic) if impact else None,
                score=(risk.probability or 0) * (risk.impact or 0) if known else None,
            )
        )
    return tuple(views)


def issue_views(reader: Reader) -> tuple[IssueView, ...]:
    """Issues."""
    file = reader.project.risks
    return tuple(
        copied(IssueView, issue, owner=reader.name(issue.owner)) for issue in reader.visible(file.issues, file.audience)
    )


def assumption_views(reader: Reader) -> tuple[AssumptionView, ...]:
    """Assumptions."""
    file = reader.project.risks
    return tuple(copied(AssumptionView, record) for record in reader.visible(file.assumptions, file.audience))


def dependency_views(reader: Reader) -> tuple[DependencyView, ...]:
    """Dependencies on others."""
    file = reader.project.risks
    return tuple(
        copied(DependencyView, record, on=reader.name(record.on))
        for record in reader.visible(file.dependencies, file.audience)
    )


def ask_views(reader: Reader, status: date, calendar: WorkingTime) -> tuple[AskView, ...]:
    """Asks."""
    file = reader.project.asks
    views = []
    for ask in reader.visible(file.asks, file.audience):
        is_open = ask.status == "open"
        views.append(
            copied(
                AskView,
                ask,
                owner=reader.name(ask.owner),
                days_left=working_days(calendar, status, ask.due) if is_open and ask.due else None,
                days_waiting=_waited(calendar, status, ask.raised) if is_open and ask.raised else None,
            )
        )
    return tuple(views)


def decision_views(reader: Reader) -> tuple[DecisionView, ...]:
    """Decisions."""
    file = reader.project.decisions
    asks, changes = _titles(reader, "asks"), _titles(reader, "changes")
    return tuple(
        copied(
            DecisionView,
            record,
            by=reader.name(record.by),
            ask=asks.get(record.ask or ""),
            change=changes.get(record.change or ""),
        )
        for record in reader.visible(file.decisions, file.audience)
    )


def action_views(reader: Reader, status: date, calendar: WorkingTime) -> tuple[ActionView, ...]:
    """Actions."""
    file = reader.project.actions
    meetings = _titles(reader, "meetings")
    views = []
    for action in reader.visible(file.actions, file.audience):
        overdue = action.done is None and action.due is not None and action.due < status
        views.append(
            copied(
                ActionView,
                action,
                owner=reader.name(action.owner),
                meeting=meetings.get(action.meeting or ""),
                overdue_days=-working_days(calendar, status, action.due) if overdue and action.due else None,
            )
        )
    return tuple(views)


def change_views(
    reader: Reader, task_names: dict[str, str], status: date, calendar: WorkingTime
) -> tuple[ChangeView, ...]:
    """Change requests."""
    file = reader.project.changes
    views = []
    for change in reader.visible(file.changes, file.audience):
        impact, waits = change.impact, change.status == "proposed"
        views.append(
            copied(
                ChangeView,
                change,
                requested_by=reader.name(change.requested_by),
                by=reader.name(change.by),
                days=impact.days if impact else None,
                cost=impact.cost if impact else None,
                scope=impact.scope if impact else None,
                tasks=tuple(task_names[task] for task in change.tasks if task in task_names),
                waiting_days=_waited(calendar, status, change.date) if waits and change.date else None,
            )
        )
    return tuple(views)


def feedback_views(reader: Reader, task_names: dict[str, str]) -> tuple[FeedbackView, ...]:
    """Feedback."""
    file = reader.project.feedback
    changes = _titles(reader, "changes")
    return tuple(
        copied(
            FeedbackView,
            record,
            from_=reader.name(record.from_),
            owner=reader.name(record.owner),
            tasks=tuple(task_names[task] for task in record.tasks if task in task_names),
            changes=tuple(changes[change] for change in record.changes if change in changes),
        )
        for record in reader.visible(file.feedback, file.audience)
    )


def meeting_views(reader: Reader) -> tuple[MeetingView, ...]:
    """Meetings that were held."""
    file = reader.project.meetings
    decisions, actions = _titles(reader, "decisions"), _titles(reader, "actions")
    return tuple(
        copied(
            MeetingView,
            record,
            attendees=reader.names(record.attendees),
            decisions=tuple(decisions[ref] for ref in record.decisions if ref in decisions),
            actions=tuple(actions[ref] for ref in record.actions if ref in actions),
        )
        for record in reader.visible(file.meetings, file.audience)
    )


def training_views(reader: Reader) -> tuple[TrainingView, ...]:
    """Trainings."""
    file = reader.project.training
    return tuple(
        copied(TrainingView, record, trainer=reader.name(record.trainer), attendees=reader.names(record.attendees))
        for record in reader.visible(file.training, file.audience)
    )


def lesson_views(reader: Reader) -> tuple[LessonView, ...]:
    """Lessons."""
    file = reader.project.lessons
    actions = _titles(reader, "actions")
    return tuple(
        copied(LessonView, record, action=actions.get(record.action or ""))
        for record in reader.visible(file.lessons, file.audience)
    )


def _waited(calendar: WorkingTime, status: date, since: date) -> float:
    return max(-working_days(calendar, status, since), 0.0)


def working_days(calendar: WorkingTime, status: date, due: date) -> float:
    """Count the working days from the end of the status date to the end of another day; negative before it."""
    start, finish = calendar.day_finish(status), calendar.day_finish(due)
    return calendar.days_between(start, finish)


def _titles(reader: Reader, name: str) -> dict[str, str]:
    """Return the titles of the visible records of a register by id."""
    file = getattr(reader.project, name)
    records = reader.visible(getattr(file, name), file.audience)
    return {record.id: getattr(record, "title", None) or record.name for record in records}
