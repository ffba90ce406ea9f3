"""Health as its reader may know it: the words are of the whole project, the reasons of what the reader sees."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from kapm_site.analysis.records import Analysis, HealthFinding
from kapm_site.audience.charter import HealthView
from kapm_site.audience.reader import Reader

#: A rule whose values are no secret: names of dimensions that stand beside it.
_OPEN_RULE = "overall"
#: Which records nobody keeps is for those who could keep them.
_MISSING = "reason.missing"


@dataclass(frozen=True, slots=True)
class Judged:
    """What health is told from.

    Attributes:
        analysis: Of the whole project.
        seen: Of what the reader may see of it.
        tasks: Ids of the visible tasks.
    """

    reader: Reader
    analysis: Analysis
    seen: Analysis
    tasks: Collection[str]


def overall_view(judged: Judged) -> HealthView:
    """Give the health of the whole; where it is stale, a client is told since when they have heard nothing."""
    reader, analysis = judged.reader, judged.analysis
    found = _view(reader, analysis.health.overall, analysis.health.overall)
    if found.health != "stale":
        return found
    sign, since, today = analysis.reporting.sign, analysis.reporting.last, analysis.status.date()
    if not reader.internal:
        heard = [update.date for update in analysis.project.updates if reader.sees(update.matter.audience)]
        heard += [report.status_date for report in analysis.project.reports]
        known = [day for day in heard if day <= today]
        sign = sign if known else "start"
        since = max(known, default=analysis.reporting.start)
    rule_id = "reason.stale_start" if sign == "start" else "reason.stale"
    return replace(found, rule_id=rule_id, facts={"date": since}, silent_since=since)


def dimension_views(judged: Judged) -> tuple[tuple[str, HealthView], ...]:
    """Give the health of each dimension, with its reason where visible records alone bear it out."""
    found = judged.analysis.health.dimensions
    return tuple((name, _view(judged.reader, one, _reason(judged, name, one))) for name, one in found.items())


def _reason(judged: Judged, dimension: str, found: HealthFinding) -> HealthFinding | None:
    """Return the finding that may be told: the same rule judges what is visible as it judges the whole, or none."""
    if judged.reader.internal or dimension == _OPEN_RULE:
        return found
    if dimension == "quality" and not _sees_deliverables(judged):
        return None
    seen = dict(judged.seen.health.dimensions)[dimension]  # type: ignore[index]
    if (seen.computed, seen.rule_id) != (found.computed, found.rule_id) or seen.rule_id == _MISSING:
        return None
    return seen


def _sees_deliverables(judged: Judged) -> bool:
    """Tell whether every deliverable is visible: the plan of what is seen stays whole, so it counts them all."""
    return all(task.id in judged.tasks for task in judged.analysis.project.tasks() if task.deliverable is not None)


def _view(reader: Reader, found: HealthFinding, told: HealthFinding | None) -> HealthView:
    override = found.override
    known = told if reader.internal or override is None else None
    reason = override.reason if override and reader.sees(override.audience) else None
    return HealthView(
        health=found.health,
        previous=found.previous,
        declared=override is not None,
        reason=reason,
        expires=override.expires if override and (reader.internal or reason) else None,
        computed=found.computed if reader.internal else None,
        rule=found.rule if reader.internal else None,
        rule_id=known.rule_id if known else None,
        facts=known.facts if known else {},
    )
