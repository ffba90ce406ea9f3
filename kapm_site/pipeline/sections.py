"""The markup of a page's sections; a section that two pages of a project share is written once."""

from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from kapm_site.language import Language
from kapm_site.pages.blocks import Section
from kapm_site.pipeline.assets import Images
from kapm_site.render.markdown import to_html
from kapm_site.render.templates import environment, render_part


@dataclass(slots=True)
class Written:
    """Markup of sections that show no picture, whose address would differ from page to page."""

    found: dict[int, tuple[Section, Markup]] = field(default_factory=dict)


class SectionWriter:
    """Writes the sections of one page."""

    def __init__(self, overrides: Path | None, images: Images, words: Language, written: Written) -> None:
        self._environment = environment(overrides)
        self._images = images
        self._words = words
        self._written = written

    def write(self, section: Section) -> Markup:
        """Write a section, or give what was written of this very section before."""
        known = self._written.found.get(id(section))
        if known is not None:
            return known[1]
        before, words = self._images.shown, self._words
        context = {"section": section, "md": self.markdown, "asset": self._images.of_theme}
        markup = render_part(self._environment, "partials/section.html.j2", context, t=words.text, tn=words.plural)
        if self._images.shown == before:
            self._written.found[id(section)] = section, markup  # with the section, so that its id stays its own
        return markup

    def markdown(self, text: str) -> Markup:
        """Turn Markdown into safe HTML."""
        return to_html(text, images=self._images)
