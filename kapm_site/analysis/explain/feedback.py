"""Explains satisfaction: CSAT and NPS, each with the answers behind it."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import COUNT, CSAT, NPS
from kapm_site.analysis.explain.typed import first, place, status_date
from kapm_site.analysis.feedback import DETRACTOR, PROMOTER, SATISFIED
from kapm_site.model.measures import Feedback

ADD_CSAT = "Enter feedback with `csat:` (1 to 5) in feedback.yaml."
ADD_NPS = "Enter feedback with `nps:` (0 to 10) in feedback.yaml."


def _told(case: Case) -> list[Feedback]:
    """Return what was said up to the status date, the latest first."""
    day = case.analysis.status.date()
    told = [entry for entry in case.analysis.project.feedback.feedback if entry.date <= day]
    return sorted(told, key=lambda entry: entry.date, reverse=True)


def _csat(case: Case) -> Iterator[Input]:
    marks = [entry for entry in _told(case) if entry.csat is not None]
    found = [Input(f"csat of {e.date}, {e.id}", e.csat, "number", place(e, "csat")) for e in marks]
    yield from first(found, "marks")


def _nps(case: Case) -> Iterator[Input]:
    marks = [entry for entry in _told(case) if entry.nps is not None]
    found = [Input(f"nps of {e.date}, {e.id}", e.nps, "number", place(e, "nps")) for e in marks]
    yield from first(found, "marks")


def _all(case: Case) -> Iterator[Input]:
    yield from first(
        [Input(f"feedback {e.id}", e.date.isoformat(), "date", place(e, "date")) for e in _told(case)], "entries"
    )
    yield from status_date(case)


def _csat_marks(case: Case) -> list[float]:
    return [entry.csat for entry in _told(case) if entry.csat is not None]


def _nps_marks(case: Case) -> list[float]:
    return [entry.nps for entry in _told(case) if entry.nps is not None]


def _mean_numbers(case: Case) -> str:
    marks = _csat_marks(case)
    return f"{sum(marks):g} ÷ {len(marks)} = {sum(marks) / len(marks):.4g}" if marks else ""


def _top_two_numbers(case: Case) -> str:
    marks = _csat_marks(case)
    satisfied = sum(mark >= SATISFIED for mark in marks)
    return f"{satisfied} ÷ {len(marks)} = {100 * satisfied / len(marks):.4g}%" if marks else ""


def _nps_numbers(case: Case) -> str:
    marks, nps = _nps_marks(case), case.analysis.feedback.nps
    if nps is None:
        return ""
    promoters, detractors = sum(m >= PROMOTER for m in marks), sum(m <= DETRACTOR for m in marks)
    return f"(promoters {promoters} − detractors {detractors}) ÷ answers {nps.n} × 100 = {nps.score:.4g}"


def _error_numbers(case: Case) -> str:
    marks, nps = _nps_marks(case), case.analysis.feedback.nps
    if nps is None:
        return ""
    p, d = (sum(m >= PROMOTER for m in marks) / nps.n, sum(m <= DETRACTOR for m in marks) / nps.n)
    return f"100 × √(({p:.4g} + {d:.4g} − ({p:.4g} − {d:.4g})²) ÷ {nps.n}) = {nps.standard_error:.4g}"


FIGURES: dict[str, Figure] = {
    "feedback": Figure(
        "group", "What the client says about the work.", "The figures below it", COUNT, inputs=(_all,), remedy=ADD_CSAT
    ),
    "feedback.csat": Figure(
        "group",
        "How satisfied the people are who were asked, on a scale of 1 to 5.",
        "CSAT: mean of the marks, and share of 4 and 5, with the number of marks n",
        CSAT,
        _mean_numbers,
        inputs=(_csat, status_date),
        remedy=ADD_CSAT,
    ),
    "feedback.csat.mean": Figure(
        "number",
        "The mean of all marks of satisfaction, 1 to 5.",
        "CSAT mean = Σ marks ÷ n",
        CSAT,
        _mean_numbers,
        inputs=(_csat, status_date),
        remedy=ADD_CSAT,
    ),
    "feedback.csat.top_two_percent": Figure(
        "percent",
        "How many of those asked gave a 4 or a 5.",
        "Top-two share = marks of 4 and 5 ÷ n",
        CSAT,
        _top_two_numbers,
        inputs=(_csat, status_date),
        remedy=ADD_CSAT,
    ),
    "feedback.csat.n": Figure(
        "number",
        "How many marks of satisfaction there are; a mean of few says little.",
        "Count of entries with `csat`",
        COUNT,
        inputs=(_csat, status_date),
        remedy=ADD_CSAT,
    ),
    "feedback.nps": Figure(
        "group",
        "How likely people are to recommend us, from −100 to 100.",
        "NPS = share of 9 and 10 − share of 0 to 6, in points, with the number of answers n",
        NPS,
        _nps_numbers,
        inputs=(_nps, status_date),
        remedy=ADD_NPS,
    ),
    "feedback.nps.score": Figure(
        "number",
        "How many more would recommend us than advise against us, from −100 to 100.",
        "NPS = share of 9 and 10 − share of 0 to 6, in points",
        NPS,
        _nps_numbers,
        inputs=(_nps, status_date),
        remedy=ADD_NPS,
    ),
    "feedback.nps.n": Figure(
        "number",
        "How many answers there are; a score of few says little.",
        "Count of entries with `nps`",
        COUNT,
        inputs=(_nps, status_date),
        remedy=ADD_NPS,
    ),
    "feedback.nps.standard_error": Figure(
        "points",
        "By how many points the score may be off for want of answers, two times out of three.",
        "SE = 100 × √((p + d − (p − d)²) ÷ n), p and d being the shares of promoters and detractors",
        NPS,
        _error_numbers,
        inputs=(_nps, status_date),
        remedy=ADD_NPS,
    ),
    "feedback.n": Figure(
        "number",
        "How often somebody has told us something.",
        "Count of entries",
        COUNT,
        inputs=(_all,),
        remedy=ADD_CSAT,
    ),
}
