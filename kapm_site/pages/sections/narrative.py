"""Section 7: done this period, next period, and whatever else the author wrote."""

from kapm_site.audience.views import NarrativeView, ProjectView
from kapm_site.pages.blocks import Prose, Section
from kapm_site.pages.setting import Setting


def done(view: ProjectView, setting: Setting) -> Section | None:
    """What was done in the period of the latest update."""
    told = view.narrative
    if told is None or not told.done:
        return None
    words = setting.words
    return Section("done", words.text("section.done"), note=_note(told, setting), blocks=(Prose(told.done),))


def coming(view: ProjectView, setting: Setting) -> Section | None:
    """What is committed for the next period."""
    told = view.narrative
    if told is None or not told.next:
        return None
    return Section("next", setting.words.text("section.next"), blocks=(Prose(told.next),))


def narrative(view: ProjectView, setting: Setting) -> Section | None:
    """Everything else that the latest update says, under its own headings."""
    told = view.narrative
    if told is None or not told.others:
        return None
    blocks = tuple(Prose(body, heading=title) for title, body in told.others if body)
    return Section("narrative", setting.words.text("section.narrative"), blocks=blocks) if blocks else None


def _note(told: NarrativeView, setting: Setting) -> str:
    words = setting.words
    period = words.period(*told.period) if told.period else words.date(told.date)
    return " · ".join(part for part in (period, told.author) if part)
