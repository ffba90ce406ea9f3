"""What a build is asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from kapm_site.process.limits import MOST_SECONDS


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Options of `kapm build`.

    Attributes:
        status: A bare date means the end of that day's working time.
        only: Build one side of the site alone; the other keeps its last pages.
        pdf: Make the PDF reports.
        jobs: Processes that make PDFs.
        keep_going: Publish the sound projects although others have errors.
        strict: Warnings fail the build.
        seconds: Of processor time that one project, report or page may take.
        parts: Folders with what other jobs have made of it.
    """

    status: date | datetime
    selectors: tuple[str, ...] = ()
    only: Literal["clients", "internal"] | None = None
    pdf: bool = True
    jobs: int = 1
    keep_going: bool = False
    strict: bool = False
    seconds: float = MOST_SECONDS
    parts: tuple[Path, ...] = ()

    def asks_for(self, client: str) -> bool:
        """Tell whether the site of a client is to be built."""
        return not self.selectors or any(selector.split("/")[0] == client for selector in self.selectors)

    def chooses(self, selector: str) -> bool:
        """Tell whether a project is among those that must be sound."""
        return not self.selectors or bool({selector, selector.split("/", maxsplit=1)[0]} & set(self.selectors))

    @property
    def day(self) -> date:
        """The status date."""
        return self.status.date() if isinstance(self.status, datetime) else self.status
