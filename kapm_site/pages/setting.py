"""How one page is set: language, medium, and the frames and words that its charts and tables need."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kapm_site.language import Language
from kapm_site.model.settings import HealthRules, Paper
from kapm_site.pages.blocks import Cell
from kapm_site.pages.charts.inks import Frame, look_for

Medium = Literal["web", "print"]

#: Widths of charts in CSS pixels: the site's wide column, a phone's column, the 182 mm of an A4 page.
WIDE, NARROW, PRINT = 1120, 358, 687

_DATE_STYLES = {
    "day": "short",
    "day_year": "medium",
    "week": "short",
    "month": "month_short",
    "quarter": "month_short",
    "month_year": "month",
    "quarter_year": "month",
}
#: Families in the order they are tried; Chinese text needs its own face named.
_FONT = "Kapm Sans, Kapm Sans SC"


@dataclass(frozen=True, slots=True)
class Ticks:
    """Writes dates on an axis: a value that is equal for two readers of one language."""

    words: Language

    def __call__(self, day: date, style: str, /) -> str:
        """Write a date; see `DateLabel` for the styles."""
        if style in _DATE_STYLES:
            return self.words.date(day, _DATE_STYLES[style])  # type: ignore[arg-type]
        return f"{day.year}年" if self.words.tag.startswith("zh") else str(day.year)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every section is given besides its view.

    Attributes:
        accent: The client's colour, made dark enough for white paper.
        currency: ISO 4217.
        internal: The reader belongs to the delivering organisation.
        rules: Thresholds of the health rules, for the pages that explain them.
        written: Tag of the language that people write in, where that is not the page's.
        year: Tables write dates of this year without it, as paper is narrow; 0 for none.
        paper: What a report is printed on.
    """

    words: Language
    medium: Medium
    accent: str
    currency: str
    internal: bool = False
    rules: HealthRules = field(default_factory=HealthRules)
    written: str = ""
    year: int = 0
    paper: Paper = "a4"

    def frame(self, width: int) -> Frame:
        """Return the frame of a chart of that width; on the site its style sheet names the font."""
        return Frame(width, look_for(self.accent, font=_FONT if self.medium == "print" else ""))

    @property
    def widths(self) -> tuple[int, int | None]:
        """Widths to draw a chart at: wide and narrow on the site, one in print."""
        return (WIDE, NARROW) if self.medium == "web" else (PRINT, None)

    @property
    def tick(self) -> Ticks:
        """What writes the dates on an axis."""
        return Ticks(self.words)

    def day(self, day: date | None) -> Cell:
        """Show a date in a table."""
        return Cell(self.date(day), sort=day.isoformat()) if day else Cell()

    def date(self, day: date) -> str:
        """Write a date as short as tables of this medium want it."""
        return self.words.date(day, "short" if day.year == self.year else "medium")

    def money(self, amount: float | None) -> str:
        """Write money in the project's currency; nothing for none."""
        return self.words.money(amount, self.currency) if amount is not None else ""
