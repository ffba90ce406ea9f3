"""Goals, people, responsibilities and the communication plan as a reader sees them."""

from kapm_site.analysis.records import KpiFigures
from kapm_site.audience.charter import (
    ChannelView,
    CommunicationView,
    GoalView,
    PersonView,
    PlannedMeetingView,
    ResponsibilityView,
)
from kapm_site.audience.copying import copied
from kapm_site.audience.reader import Reader
from kapm_site.model.charter import Goal, Person


def goal_views(reader: Reader, kpis: dict[str, KpiFigures]) -> tuple[GoalView, ...]:
    """Goals with the figures of their KPI, where it is visible, or of their metric."""
    charter = reader.project.project
    goals = reader.visible(charter.goals, charter.audience)
    return tuple(_goal(reader, goal, kpis) for goal in goals)


def way_done(goal: GoalView) -> float | None:
    """Compute the share of the way from the start value to the target: 1 is there, below 0 is further off.

    Without a start value only a target that is met exactly is known to be reached, as it may lie up or down.
    """
    if goal.current is None or goal.target is None:
        return None
    if goal.baseline is None or goal.baseline == goal.target:
        return 1.0 if goal.current == goal.target else None
    return (goal.current - goal.baseline) / (goal.target - goal.baseline)


def person_view(reader: Reader, person: Person) -> PersonView:
    """Show a person; a client sees the address of the manager and of whoever is a contact."""
    written = reader.internal or person.contact or person.id == reader.project.project.manager
    return copied(PersonView, person, email=person.email if written else None)


def team_views(reader: Reader) -> tuple[PersonView, ...]:
    """The people who are shown by name."""
    return tuple(person_view(reader, person) for person in reader.project.project.team if reader.sees_person(person))


def manager_view(reader: Reader) -> PersonView | None:
    """The project manager, where the reader sees the person."""
    person = reader.project.person(reader.project.project.manager)
    return person_view(reader, person) if person and reader.sees_person(person) else None


def responsibility_views(reader: Reader) -> tuple[ResponsibilityView, ...]:
    """The RACI table."""
    charter = reader.project.project
    return tuple(
        copied(
            ResponsibilityView,
            row,
            responsible=reader.names(row.responsible),
            accountable=reader.name(row.accountable),
            consulted=reader.names(row.consulted),
            informed=reader.names(row.informed),
        )
        for row in reader.visible(charter.responsibilities, charter.audience)
    )


def communication_view(reader: Reader) -> CommunicationView:
    """The communication plan."""
    charter = reader.project.project
    plan = charter.communication
    return CommunicationView(
        cadence=plan.report.cadence,
        weekday=plan.report.weekday,
        meetings=tuple(
            copied(PlannedMeetingView, meeting, attendees=reader.names(meeting.attendees))
            for meeting in reader.visible(plan.meetings, charter.audience)
        ),
        channels=tuple(copied(ChannelView, channel) for channel in reader.visible(plan.channels, charter.audience)),
    )


def _goal(reader: Reader, goal: Goal, kpis: dict[str, KpiFigures]) -> GoalView:
    records = {kpi.id: kpi for kpi in reader.project.kpis.kpis}
    kpi = records.get(goal.kpi or "")
    figures = kpis.get(goal.kpi or "")
    metric = goal.metric
    measure: str | None
    unit: str | None
    if kpi is not None and figures is not None:
        first = figures.series[0][1] if figures.series else None
        measure, unit, baseline, target, current = kpi.name, kpi.unit, first, kpi.target, figures.value
    elif metric is not None:
        measure, unit = metric.name, metric.unit
        baseline, target, current = metric.baseline, metric.target, metric.current
    else:
        measure, unit, baseline, target, current = None, None, None, None, None
    return copied(
        GoalView,
        goal,
        owner=reader.name(goal.owner),
        measure=measure,
        unit=unit,
        baseline=baseline,
        target=target,
        current=current,
    )
