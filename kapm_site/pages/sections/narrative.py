"""Section 7: done this period, next period, and whatever else the author wrote."""

from dataclasses import replace

from kapm_site.audience.views import NarrativeView, ProjectView
from kapm_site.language import isolated
from kapm_site.pages.blocks import Beside, Block, Prose, Section
from kapm_site.pages.print_widths import HALF
from kapm_site.pages.setting import Setting

#: Characters up to which two texts stand side by side in print, where neither can go on on the next page.
_SHORT = 1200


def period(view: ProjectView, setting: Setting) -> Section | None:
    """What was done in the period of the latest update, and what is committed for the next, beside each other."""
    told, words = view.narrative, setting.words
    if told is None or not (told.done or told.next):
        return None
    done = Prose(told.done or "", words.text("section.done"), setting.written)
    coming = Prose(told.next or "", words.text("section.next"), setting.written)
    blocks = tuple(block for block in (done, coming) if block.markdown)
    if len(blocks) == 1:
        (block,) = blocks
        return Section("period", block.heading, note=_note(told, setting), blocks=(replace(block, heading=""),))
    return Section(
        "period",
        words.text("section.period"),
        note=_note(told, setting),
        blocks=_placed(done, coming, setting),
        short=words.text("nav.period"),
    )


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


def _placed(done: Prose, coming: Prose, setting: Setting) -> tuple[Block, ...]:
    """Set both beside each other; in print where both are short, as neither can go on on the next page."""
    if setting.medium == "web":
        return (Beside(done, coming),)
    both = done.markdown + coming.markdown
    if max(len(done.markdown), len(coming.markdown)) <= _SHORT and "![" not in both:
        return (Beside(done, coming, HALF, HALF),)
    return (done, coming)


def _note(told: NarrativeView, setting: Setting) -> str:
    """Say for which period and by whom; the first of the sections says it for all."""
    words = setting.words
    period = words.period(*told.period) if told.period else words.date(told.date)
    return " · ".join(part for part in (period, isolated(told.author or "")) if part)
