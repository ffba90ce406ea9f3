"""What was to be reached: KPIs beyond their thresholds, goals whose date has passed."""

from collections.abc import Iterator, Mapping

from kapm_site.analysis.frame import Frame
from kapm_site.analysis.notice import file_of, note, place_of, warn
from kapm_site.analysis.records import KpiFigures
from kapm_site.model.charter import Goal, Metric
from kapm_site.model.measures import Kpi
from kapm_site.problem import Problem


def target_findings(frame: Frame, kpis: Mapping[str, KpiFigures]) -> Iterator[Problem]:
    """Return the KPIs that are not where they should be, and the goals that are past their date."""
    for kpi in frame.project.kpis.kpis:
        yield from _kpi(frame, kpi, kpis[kpi.id])
    for goal in frame.project.project.goals:
        yield from _goal(frame, goal, kpis)


def _kpi(frame: Frame, kpi: Kpi, figures: KpiFigures) -> Iterator[Problem]:
    """Report a KPI by its own thresholds.

    Amber that is getting better is on its way; so is what has a target only, until it is there.
    """
    line = {"red": kpi.red, "amber": kpi.amber}.get(figures.status)
    if figures.value is None or line is None or (figures.status == "amber" and figures.trend == "better"):
        return
    message = f"KPI '{kpi.id}' stands at {figures.value:.4g}"
    if kpi.direction == "range":
        ends = " to ".join(f"{end:g}" for end in (kpi.low, kpi.high) if end is not None)
        message += f", {figures.distance or 0:.4g} outside its range {ends}; {figures.status} is beyond {line:g}"
    else:
        message += f", beyond its {figures.status} threshold {line:g}"
    mark = place_of(kpi, figures.status, fallback=file_of(frame, "kpis.yaml"))
    if figures.status == "red":
        yield warn(mark, "kpi-red", message, "say in the next update what is done about it, and by whom")
    else:
        yield note(mark, "kpi-amber", message, "find out why before it turns red")


def _goal(frame: Frame, goal: Goal, kpis: Mapping[str, KpiFigures]) -> Iterator[Problem]:
    if goal.due is None or goal.due >= frame.status.date() or not (goal.kpi or goal.metric):
        return  # what has no measure is reported as not SMART
    figures = kpis.get(goal.kpi or "")
    distance = figures.distance if figures else _distance(goal.metric)
    if distance is not None and distance <= 0:
        return
    mark = place_of(goal, "due", fallback=file_of(frame, "project.yaml"))
    message = f"goal '{goal.id}' was due on {goal.due}"
    if distance is None:
        message += " and nothing says whether it was reached"
        yield warn(mark, "goal-missed", message, "enter its value and target, or remove the goal")
        return
    told = f"KPI '{goal.kpi}'" if figures else "its metric"
    value = figures.value if figures else goal.metric and goal.metric.current
    message += f"; {told} stands at {value or 0:.4g}, {distance:.4g} short of its target"
    yield warn(mark, "goal-missed", message, "agree with the client on a new due:, or on what is enough")


def _distance(metric: Metric | None) -> float | None:
    """Return what a metric lacks; without a start value the target may lie on either side."""
    if metric is None or metric.current is None or metric.target is None:
        return None
    left = metric.target - metric.current
    way = metric.target - metric.baseline if metric.baseline is not None else 0.0
    return abs(left) if left * way > 0 or not way else 0.0
