"""Section 7: done this period, next period, and whatever else the author wrote."""

from kapm_site.audience.views import NarrativeView, ProjectView
from kapm_site.pages.blocks import Beside, Block, Prose, Section
from kapm_site.pages.print_widths import HALF
from kapm_site.pages.setting import Setting

#: Characters up to which two texts stand side by side in print, where neither can go on on the next page.
_SHORT = 1200


def done(view: ProjectView, setting: Setting) -> Section | None:
    """What was done in the period of the latest update."""
    told = view.narrative
    if told is None or not told.done:
        return None
    return Section("done", setting.words.text("section.done"), note=_note(told, setting), blocks=(Prose(told.done),))


def coming(view: ProjectView, setting: Setting) -> Section | None:
    """What is committed for the next period."""
    told = view.narrative
    if told is None or not told.next:
        return None
    note = "" if told.done else _note(told, setting)
    return Section("next", setting.words.text("section.next"), note=note, blocks=(Prose(told.next),))


def period(view: ProjectView, setting: Setting) -> Section | None:
    """What was done and what is committed, side by side where both are short: one section of a printed report."""
    told = view.narrative
    if told is None or not told.done or not told.next:
        return done(view, setting) or coming(view, setting)
    words = setting.words
    left, right = Prose(told.done, words.text("section.done")), Prose(told.next, words.text("section.next"))
    blocks: tuple[Block, ...] = (left, right)
    if max(len(told.done), len(told.next)) <= _SHORT and "![" not in told.done + told.next:
        blocks = (Beside(left, right, HALF, HALF),)
    return Section("period", words.text("section.period"), note=_note(told, setting), blocks=blocks)


def narrative(view: ProjectView, setting: Setting) -> Section | None:
    """Everything else that the latest update says, under its own headings."""
    told = view.narrative
    if told is None or not told.others:
        return None
    blocks = tuple(Prose(body, heading=title) for title, body in told.others if body)
    if not blocks:
        return None
    note = "" if told.done or told.next else _note(told, setting)
    return Section("narrative", setting.words.text("section.narrative"), note=note, blocks=blocks)


def _note(told: NarrativeView, setting: Setting) -> str:
    """Say for which period and by whom; the first of the sections says it for all."""
    words = setting.words
    period = words.period(*told.period) if told.period else words.date(told.date)
    return " · ".join(part for part in (period, told.author) if part)
