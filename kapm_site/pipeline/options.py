"""What a build is asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


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
    """

    status: date | datetime
    selectors: tuple[str, ...] = ()
    only: Literal["clients", "internal"] | None = None
    pdf: bool = True
    jobs: int = 1
    keep_going: bool = False
    strict: bool = False

    @property
    def day(self) -> date:
        """The status date."""
        return self.status.date() if isinstance(self.status, datetime) else self.status
