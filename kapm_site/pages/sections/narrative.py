"""Section 7: done this period, next period, and whatever else the author wrote."""

from kapm_site.audience.views import NarrativeView, ProjectView
from kapm_site.pages.blocks import Prose, Section
from kapm_site.pages.setting import Setting


def done(view: ProjectView, setting: Setting) -> Section | None:
    """What was done in the period of the latest update."""
    told = view.narrative
    if told is None or not told.done:
        return None
    body = Prose(told.done, language=setting.written)
    return Section("done", setting.words.text("section.done"), note=_note(told, setting), blocks=(body,))


def coming(view: ProjectView, setting: Setting) -> Section | None:
    """What is committed for the next period."""
    told = view.narrative
    if told is None or not told.next:
        return None
    note = "" if told.done else _note(told, setting)
    body = Prose(told.next, language=setting.written)
    return Section("next", setting.words.text("section.next"), note=note, blocks=(body,))


def narrative(view: ProjectView, setting: Setting) -> Section | None:
    """Everything else that the latest update says, under its own headings."""
    told = view.narrative
    if told is None or not told.others:
        return None
    blocks = tuple(Prose(body, title, setting.written) for title, body in told.others if body)
    if not blocks:
        return None
    note = "" if told.done or told.next else _note(told, setting)
    return Section("narrative", setting.words.text("section.narrative"), note=note, blocks=blocks)


def _note(told: NarrativeView, setting: Setting) -> str:
    """Say for which period and by whom; the first of the sections says it for all."""
    words = setting.words
    period = words.period(*told.period) if told.period else words.date(told.date)
    return " · ".join(part for part in (period, told.author) if part)
