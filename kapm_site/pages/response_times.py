"""How long answers took, in calendar days: those of the client to what we asked, and ours to feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from kapm_site.audience.looks import is_answered
from kapm_site.audience.registers import FeedbackView
from kapm_site.audience.views import ProjectView


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """Days from question to answer, for each answer that is dated; `open` questions wait."""

    days: tuple[int, ...]
    open: int

    @property
    def median(self) -> float:
        """The middle of the days; there must be an answer."""
        return median(self.days)


def ask_times(view: ProjectView) -> ResponseTimes:
    """Measure from the day something was asked to the day it was answered."""
    dated = [(one.raised, one.answered) for one in view.asks if one.raised and one.answered]
    days = tuple(sorted((answered - raised).days for raised, answered in dated if answered >= raised))
    return ResponseTimes(days, sum(one.status == "open" for one in view.asks))


def feedback_times(view: ProjectView) -> ResponseTimes:
    """Measure from the day of a remark to the first week that knew of a response, so to within a week.

    A response that the first week knew already has no day, unless the remark is younger.
    """
    weeks = (
        *((look.day, frozenset(look.answered)) for look in view.looks),
        (view.status, frozenset(one.id for one in view.feedback if is_answered(one))),
    )
    said = [one for one in view.feedback if one.quote]
    days = [(day - one.date).days for one in said if (day := _answered(one, weeks))]
    return ResponseTimes(tuple(sorted(days)), sum(not is_answered(one) for one in said))


def together(many: Sequence[ResponseTimes]) -> ResponseTimes:
    """Put the answers of several projects together."""
    return ResponseTimes(tuple(sorted(day for one in many for day in one.days)), sum(one.open for one in many))


def _answered(one: FeedbackView, weeks: Sequence[tuple[date, frozenset[str]]]) -> date | None:
    first = weeks[0][0]
    day = next((day for day, answered in weeks if one.id in answered and day >= one.date), None)
    return None if day == first and one.date < first else day
