"""ProjectView → Look: what trends keep of an earlier day."""

from kapm_site.audience.registers import FeedbackView
from kapm_site.audience.views import Look, MilestoneLook, ProjectView, RiskLook


def look_of(view: ProjectView) -> Look:
    """Keep the few figures of a view that trends are drawn from; what its reader may not see is not in the view."""
    value = view.money.earned_value if view.money else None
    return Look(
        day=view.status,
        health=view.health.health,
        dimensions=tuple((name, one.health) for name, one in view.dimensions),
        planned_percent=view.planned_percent,
        actual_percent=view.actual_percent,
        forecast_finish=view.schedule.forecast_finish,
        baseline=next((one.id for one in view.baselines if one.counts), None),
        milestones=tuple(_milestones(view)),
        risks=tuple(RiskLook(risk.id, risk.score) for risk in view.risks if risk.status == "open"),
        exposure=view.risk_summary.exposure,
        answered=tuple(one.id for one in view.feedback if _is_answered(one)),
        spi=value.spi if value else None,
        cpi=value.cpi if value else None,
        spi_t=value.spi_t if value else None,
        eac=value.eac if value else None,
    )


def _milestones(view: ProjectView) -> list[MilestoneLook]:
    found = []
    for task in view.tasks:
        day = task.actual_finish or task.forecast_finish or task.finish
        if task.milestone and day is not None:
            found.append(MilestoneLook(task.id, day, task.actual_finish is not None))
    return found


def _is_answered(feedback: FeedbackView) -> bool:
    return feedback.response is not None or feedback.status != "new"
