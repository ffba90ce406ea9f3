"""Days without work as a chart shows them: closures and public holidays by name, weekends without one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kapm_site.analysis.public_holidays import holiday_names, public_days
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.charts.gantt_rows import ClosedSpan


def closed_spans(view: ProjectView, words: Language) -> tuple[ClosedSpan, ...]:
    """Name the runs of closed days: as the calendar does, else by their public holidays."""
    weekend = _weekend(view)
    spans = []
    for first, last, name in view.closed_days:
        days = [day for day in _days(first, last) if day.weekday() not in weekend]
        spans.append(ClosedSpan(first, last, name or (_called(view, words, days) if days else ""), own=bool(name)))
    return tuple(spans)


def _weekend(view: ProjectView) -> frozenset[int]:
    """Find the weekdays that are free in most weeks."""
    if not view.closed_days:
        return frozenset()
    weeks = ((view.closed_days[-1][1] - view.closed_days[0][0]).days + 1) / 7
    free = Counter(day.weekday() for first, last, _ in view.closed_days for day in _days(first, last))
    return frozenset(weekday for weekday, count in free.items() if count > weeks / 2)


def _called(view: ProjectView, words: Language, days: Sequence[date]) -> str:
    """Name the public holidays among some days, simply as such where the reader's language has no names for them."""
    if view.holidays_of is None:
        return words.text("label.day_off")
    country, subdivision = view.holidays_of
    off = [day for day in days if day.toordinal() in public_days(country, subdivision, day.year).off]
    names = [holiday_names(country, subdivision, day.year, words.tag).get(day, "") for day in off]
    # In brackets stands for which other day one is free: it says nothing where the holiday itself is named.
    known = list(dict.fromkeys(name for name in names if name and "(" not in name and "（" not in name))
    return words.list(known) if known else words.text("label.public_holiday" if off else "label.day_off")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
