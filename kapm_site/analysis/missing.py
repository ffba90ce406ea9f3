"""Why a figure is not there: each None has its reason, by the dotted name the JSON uses."""

from collections.abc import Mapping
from dataclasses import replace

from kapm_site.analysis.earned_value import NO_DATES
from kapm_site.analysis.records import Analysis
from kapm_site.analysis.workload import week_name


def missing_reasons(analysis: Analysis, known: Mapping[str, str]) -> Analysis:
    """Add the reasons to an analysis.

    Args:
        analysis: The figures.
        known: Reasons that were found with the figures themselves.
    """
    missing = dict(known)
    day = analysis.status.date()
    schedule, progress = analysis.schedule, analysis.progress
    if not schedule.tasks:
        names = ("start", "finish", "baseline_finish", "forecast_finish", "slip_days")
        missing |= {f"schedule.{name}": "the plan has no tasks" for name in names}
        missing |= {f"progress.{name}": "the plan has no tasks" for name in ("planned_percent", "actual_percent")}
    elif not schedule.has_baseline and schedule.baseline_finish is None:
        names = ("start", "finish", "baseline_finish", "forecast_finish", "slip_days")
        missing |= {f"schedule.{name}": NO_DATES for name in names if getattr(schedule, name) is None}
        missing["progress.planned_percent"] = NO_DATES
    elif schedule.baseline_finish is None:
        reason = "the baseline has none of the plan's tasks"
        missing |= {f"schedule.{name}": reason for name in ("baseline_finish", "slip_days")}
        missing |= {
            f"progress.{name}": reason
            for name in ("planned_percent", "actual_percent")
            if progress.actual_percent is None
        }
    for dimension, finding in analysis.health.dimensions.items():
        if finding.computed == "unknown":
            missing[f"health.dimensions.{dimension}"] = finding.rule.removeprefix("not enough data: ")
    if analysis.health.overall.computed == "unknown":
        missing["health.overall"] = "no dimension has data"
    for kpi in analysis.project.kpis.kpis:
        if analysis.kpis[kpi.id].value is None:
            reason = f"no value up to {day}"
            missing[f"kpis.{kpi.id}.value"] = f"{kpi.computed} is not known" if kpi.computed else reason
    missing |= {
        f"workload.{load.person}.{week_name(week.monday)}": "there is no time at all in that week"
        for load in analysis.outlook.loads
        for week in load.weeks
        if week.available_hours <= 0
    }
    missing |= _registers(analysis)
    return replace(analysis, missing=dict(sorted(missing.items())))


def _registers(analysis: Analysis) -> dict[str, str]:
    missing = {}
    day = analysis.status.date()
    if analysis.risks.exposure is None:
        missing["risks.exposure"] = "no open risk has both a probability and an exposure"
    if analysis.feedback.csat is None:
        missing["feedback.csat"] = f"no satisfaction mark up to {day}"
    if analysis.feedback.nps is None:
        missing["feedback.nps"] = f"no likelihood to recommend up to {day}"
    return missing
