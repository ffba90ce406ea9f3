"""The full edition: an opening on the first page, then the numbered sections with all their registers."""

from dataclasses import dataclass, replace

from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Prose, Section
from kapm_site.pages.fields import Pair, sentences
from kapm_site.pages.imprint import Imprint, PrintHead, Running, print_head, running, version_line
from kapm_site.pages.opening import Opening, opening
from kapm_site.pages.print_widths import fit_section
from kapm_site.pages.sections import SECTIONS
from kapm_site.pages.sections.about import charter_pairs
from kapm_site.pages.sections.needs_you import further_asks, needs_you
from kapm_site.pages.setting import Setting

_MOST_ASKS, _MOST_CHANGES = 5, 6
#: Sections of the site that paper has in another way: the first page says what is needed, a short section what else.
_ELSEWHERE = (needs_you,)
#: Sections that are one on paper, under a title of their own.
_TOGETHER = {
    "about": ("section.about_goals", "goals"),
    "team": ("section.team_communication", "communication"),
    "training": ("section.training_lessons", "lessons"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A section with its number before its title."""

    anchor: str
    title: str
    section: Section


@dataclass(frozen=True, slots=True)
class FullReport:
    """The context of `print/full.html.j2`; `contents` are two columns.

    Attributes:
        about: Sentences on the report itself.
        charter: Who answers for the project, and what was agreed.
    """

    head: PrintHead
    running: Running
    opening: Opening
    contents: tuple[tuple[Entry, ...], ...]
    about: tuple[str, ...]
    charter: tuple[Pair, ...]
    address: str
    address_text: str
    sections: tuple[Numbered, ...]


def full_report(view: ProjectView, setting: Setting, imprint: Imprint) -> FullReport:
    """Build the full edition.

    Args:
        view: The project as its reader sees it.
        setting: With the medium `print`.
        imprint: Number, version, address.
    """
    words, setting = setting.words, replace(setting, year=view.status.year)
    builders = (build for build in SECTIONS if build not in _ELSEWHERE)
    built = (further_asks(view, setting, _MOST_ASKS), *(build(view, setting) for build in builders))
    found = _together([section for section in built if section], words)
    sections = tuple(
        Numbered(section.id, f"{number}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{section.title}", fit_section(section))
        for number, section in enumerate(found, 1)
    )
    entries = [Entry(one.anchor, one.title) for one in sections]
    half = (len(entries) + 1) // 2
    return FullReport(
        head=print_head(view, setting, imprint, words.text("edition.full")),
        running=running(view, setting, imprint),
        opening=opening(view, setting, imprint, most_asks=_MOST_ASKS, most_changes=_MOST_CHANGES),
        contents=(tuple(entries[:half]), tuple(entries[half:])),
        about=_about(view, imprint, words),
        charter=charter_pairs(view, setting),
        address=imprint.address,
        address_text=words.text("page.whole_report", address=imprint.shown_address) if imprint.address else "",
        sections=sections,
    )


def _together(sections: list[Section], words: Language) -> list[Section]:
    """Join small sections with the one that follows, whose title then stands above its blocks."""
    joined: list[Section] = []
    for section in sections:
        last = joined[-1] if joined else None
        title, second = _TOGETHER.get(last.id, ("", "")) if last else ("", "")
        if last and second == section.id:
            joined[-1] = replace(
                last,
                title=words.text(title),
                finding=sentences(words, last.finding, section.finding),
                blocks=(*_under(last), *_under(section)),
            )
        else:
            joined.append(section)
    return joined


def _under(section: Section) -> tuple[Block, ...]:
    """Give the blocks of a section, the first with a heading."""
    first, *others = section.blocks or (Prose(""),)
    return (replace(first, heading=first.heading or section.title), *others)


def _about(view: ProjectView, imprint: Imprint, words: Language) -> tuple[str, ...]:
    """Say who wrote it, who gets it, what it was made from."""
    author = (view.narrative.author if view.narrative else None) or (view.manager.name if view.manager else "")
    names = words.list(imprint.distribution) if imprint.distribution else ""
    parts = (
        words.text("page.author", name=author) if author else "",
        words.text("page.distribution", names=names) if names else "",
        version_line(imprint.version, words),
        "" if view.schedule.has_baseline else words.text("page.no_baseline"),
    )
    return tuple(part for part in parts if part)
