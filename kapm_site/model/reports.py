"""Updates, the narrative of a period, and numbered reports, the frozen record of what was sent."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from kapm_site.model.charter import Audience, Dimension, HealthOverrides
from kapm_site.model.record import NOWHERE, Record
from kapm_site.model.scalars import Day, EditionName, Line, Number
from kapm_site.problem import Mark

Edition = Literal["full", "brief"]
EDITIONS: tuple[Edition, ...] = ("full", "brief")
Health = Literal["green", "amber", "red", "stale", "unknown"]


class ReportingPeriod(Record):
    """The days a report covers."""

    from_: Day = Field(alias="from", description="first day")
    to: Day = Field(description="last day")


class UpdateMatter(Record):
    """The front matter of `updates/<date>.md`."""

    headline: Line | None = Field(None, description="the status in three sentences at most")
    audience: Audience | None = Field(None, description="`client`: the client sees the update")
    period: ReportingPeriod | None = Field(None, description="days it covers")
    author: Line | None = Field(None, description="who wrote it: person id, or a name")
    health_override: HealthOverrides = Field((), description="declared health: one mapping or a list")


@dataclass(frozen=True, slots=True)
class UpdateSection:
    """A level-two section of an update.

    Attributes:
        title: Its heading; empty for what stands above the first one.
        mark: Where the heading stands.
        body_mark: Where the first line of the body stands.
    """

    title: str
    body: str
    mark: Mark
    body_mark: Mark = NOWHERE


@dataclass(frozen=True, slots=True)
class Update:
    """The narrative of a reporting period; `date` is the name of its file."""

    date: date
    matter: UpdateMatter
    sections: tuple[UpdateSection, ...]
    mark: Mark

    def section(self, title: str) -> UpdateSection | None:
        """Return a section by its title, whatever its case."""
        return next((section for section in self.sections if section.title.casefold() == title.casefold()), None)


class ReportHealth(Record):
    """Health as it was reported."""

    overall: Health = Field("unknown", description="overall health")
    dimensions: dict[Dimension, Health] = Field({}, description="health by dimension")


class ReportFile(Record):
    """One numbered, frozen report: `reports/<NNN>.yaml`."""

    number: Number = Field(ge=1, description="number of the report")
    status_date: Day = Field(description="status date")
    commit: Line | None = Field(None, description="commit it was made from")
    health: ReportHealth = Field(ReportHealth(), description="health as reported")
    figures: dict[Line, Line] = Field({}, description="headline figures as reported")
    sha256: dict[EditionName, Line] = Field(
        {}, description="sha256 of each edition's file, by `full`, `brief`, `full.en`"
    )
    content: dict[EditionName, Line] = Field({}, description="sha256 of what each edition's file was made from")
    made_with: dict[Line, Line] = Field({}, description="versions of kapm and of what its PDFs depend on")
