"""Released reports made again from their commits, and an account of what differs from what was recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kapm_site.model.reports import ReportFile
from kapm_site.model.workspace import Project
from kapm_site.pipeline.past.history import ProjectHistory
from kapm_site.pipeline.released.frozen import Frozen, Order, freeze, made_with, order_of
from kapm_site.pipeline.released.kept import sha256_of
from kapm_site.pipeline.released.release import figures_of
from kapm_site.problem import Problem
from kapm_site.render.pdf import render_pdfs

Outcome = Literal["same bytes", "same content", "other content", "not made"]


@dataclass(frozen=True, slots=True)
class EditionCheck:
    """An edition made again, by its name; `pdf` is None where it could not be made."""

    edition: str
    outcome: Outcome
    pdf: bytes | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A released report made again.

    Attributes:
        differences: What is not as it was recorded, one line each: versions, health, figures.
        problems: What kept it from being made, or was found while it was.
    """

    number: int
    editions: tuple[EditionCheck, ...] = ()
    differences: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether every edition is what was sent, byte for byte."""
        return bool(self.editions) and all(one.outcome == "same bytes" for one in self.editions)


def verify(history: ProjectHistory, project: Project, report: ReportFile, *, templates: bool) -> Verified:
    """Make a released report again and compare it with its record.

    Args:
        history: Of the project, as far back as the commit of the report.
        project: As it is today.
        report: Its record.
        templates: What lies in `templates/` of the commit is a theme.
    """
    number = int(report.number)
    order = order_of(history, project, report, templates=templates)
    if not isinstance(order, Order):
        return Verified(number, problems=(order,) if order else ())
    frozen = freeze(order)
    if isinstance(frozen, list):
        return Verified(number, problems=tuple(frozen))
    checks, problems = [], list(frozen.problems)
    made = render_pdfs(one.job for one in frozen.reports.values())
    for edition, (pdf, found) in zip(frozen.reports, made, strict=True):
        problems += found
        checks.append(_checked(report, edition, frozen, pdf.content if pdf else None))
    differences = () if all(one.outcome == "same bytes" for one in checks) else tuple(_differences(report, frozen))
    return Verified(number, tuple(checks), differences, tuple(problems))


def _checked(report: ReportFile, edition: str, frozen: Frozen, pdf: bytes | None) -> EditionCheck:
    if pdf is None:
        return EditionCheck(edition, "not made", None)
    if sha256_of(pdf) == report.sha256.get(edition):
        return EditionCheck(edition, "same bytes", pdf)
    same = frozen.content[edition] == report.content.get(edition)
    return EditionCheck(edition, "same content" if same else "other content", pdf)


def _differences(report: ReportFile, frozen: Frozen) -> Iterator[str]:
    """Compare what was recorded with what is made today: first the versions, which explain the rest."""
    yield from _compared(report.made_with, made_with())
    health = frozen.analysis.health
    yield from _compared({"health": report.health.overall}, {"health": health.overall.health})
    yield from _compared(
        {str(name): value for name, value in report.health.dimensions.items()},
        {name: one.health for name, one in health.dimensions.items()},
    )
    yield from _compared(report.figures, figures_of(frozen.analysis))


def _compared(recorded: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*recorded, *now)):
        before, after = recorded.get(name, "nothing"), now.get(name, "nothing")
        if before != after:
            yield f"{name}: {before} in the record, {after} now"
