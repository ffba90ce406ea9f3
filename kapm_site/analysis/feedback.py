"""Satisfaction in figures: CSAT as mean and top-two share, NPS with its standard error, always with n."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import sqrt

from kapm_site.analysis.records import Csat, FeedbackFigures, Nps
from kapm_site.model.measures import Feedback
from kapm_site.model.settings import SatisfactionRules

#: Answers from which a CSAT mark counts as satisfied, an NPS mark as promoter, and up to which as detractor.
SATISFIED, PROMOTER, DETRACTOR = 4, 9, 6


def feedback_figures(feedback: Iterable[Feedback], status: date, rules: SatisfactionRules) -> FeedbackFigures:
    """Sum up what was said up to a day.

    Args:
        feedback: The register, or what a reader may see of it.
        status: The status date.
        rules: How many calendar days back an answer still says something of today's health.
    """
    told = [entry for entry in feedback if entry.date <= status]
    since = status - timedelta(days=min(rules.window_days, (status - date.min).days))
    recent = [entry for entry in told if entry.date > since]
    months = sorted({entry.date.replace(day=1) for entry in told})
    by_month = [(month, [entry for entry in told if entry.date.replace(day=1) == month]) for month in months]
    return FeedbackFigures(
        csat=csat_of(told),
        nps=nps_of(told),
        recent_csat=csat_of(recent),
        recent_nps=nps_of(recent),
        csat_by_month=tuple((month, csat.mean) for month, entries in by_month if (csat := csat_of(entries))),
        nps_by_month=tuple((month, nps.score) for month, entries in by_month if (nps := nps_of(entries))),
        n=len(told),
    )


def csat_of(feedback: Sequence[Feedback]) -> Csat | None:
    """Return mean and top-two share of the satisfaction marks, None without any."""
    marks = [entry.csat for entry in feedback if entry.csat is not None]
    if not marks:
        return None
    satisfied = sum(mark >= SATISFIED for mark in marks)
    return Csat(mean=sum(marks) / len(marks), top_two_percent=100 * satisfied / len(marks), n=len(marks))


def nps_of(feedback: Sequence[Feedback]) -> Nps | None:
    """Return the net promoter score, None without any mark.

    Standard error: 100·√((p + d − (p − d)²) / n), p and d being the shares of promoters and detractors.
    """
    marks = [entry.nps for entry in feedback if entry.nps is not None]
    if not marks:
        return None
    promoters = sum(mark >= PROMOTER for mark in marks) / len(marks)
    detractors = sum(mark <= DETRACTOR for mark in marks) / len(marks)
    net = promoters - detractors
    error = sqrt(max(promoters + detractors - net * net, 0.0) / len(marks))
    return Nps(score=100 * net, n=len(marks), standard_error=100 * error)
