"""Figures of the analysis that a KPI may follow, by the name it uses."""

from collections.abc import Iterable
from datetime import datetime

from kapm_site.analysis.frame import Frame
from kapm_site.analysis.records import (
    EarnedValue,
    FeedbackFigures,
    MoneyFigures,
    ProgressFigures,
    RiskFigures,
    ScheduleFigures,
    TaskFigures,
)
from kapm_site.analysis.schedule import GRAIN, is_past
from kapm_site.model.measures import Computed


def computed_figures(
    frame: Frame,
    schedule: ScheduleFigures,
    earned_value: EarnedValue,
    progress: ProgressFigures,
    *,
    money: MoneyFigures,
    risks: RiskFigures,
    feedback: FeedbackFigures,
) -> dict[Computed, float | None]:
    """Return today's value of each figure, None where the data do not support it."""
    return {
        "schedule.spi": earned_value.spi,
        "schedule.spi_t": earned_value.spi_t,
        "schedule.slip_days": schedule.slip_days,
        "cost.cpi": earned_value.cpi,
        "milestones.on_time_percent": on_time_percent(frame, schedule.tasks.values()),
        "progress.actual_percent": progress.actual_percent,
        "feedback.csat": feedback.csat.mean if feedback.csat else None,
        "feedback.nps": feedback.nps.score if feedback.nps else None,
        "budget.spent_percent": _spent_percent(money),
        "risks.exposure": risks.exposure,
        "risks.open": float(risks.open),
        "asks.open": float(sum(ask.status == "open" for ask in frame.project.asks.asks)),
    }


def on_time_percent(frame: Frame, tasks: Iterable[TaskFigures]) -> float | None:
    """Return the share of milestones due so far that were reached in time; None before the first."""
    due = [task for task in tasks if task.task.milestone and not task.is_parent and was_due(task, frame.status)]
    on_time = [task for task in due if task.finished and (task.slip_days or 0.0) < GRAIN]
    return 100 * len(on_time) / len(due) if due else None


def was_due(task: TaskFigures, status: datetime) -> bool:
    """Tell whether a task had to be done by now: of what is due today only what is done counts already."""
    due = task.baseline_finish
    return due is not None and (is_past(due, status) or (due <= status and task.finished))


def _spent_percent(money: MoneyFigures) -> float | None:
    return 100 * money.spent / money.budget if money.spent is not None and money.budget else None
