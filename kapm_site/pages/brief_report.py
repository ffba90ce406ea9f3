"""The brief edition: what one A4 page must say, and which of its texts is too long where it does not fit."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kapm_site.audience.charter import TaskView
from kapm_site.audience.registers import RiskView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Row, Table, Tiles
from kapm_site.pages.brief_tiles import brief_tiles
from kapm_site.pages.charts.dumbbell import DumbbellRow, draw_dumbbell_head, draw_dumbbells
from kapm_site.pages.excerpts import first_sentence
from kapm_site.pages.fields import sentences, titled
from kapm_site.pages.imprint import Imprint, PrintHead, Running, print_head, running, version_line
from kapm_site.pages.opening import Opening, opening
from kapm_site.pages.print_widths import COLUMN, fit_table
from kapm_site.pages.sections.risks import by_weight, score_cell
from kapm_site.pages.setting import Setting

_DUMBBELL = 165


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of each part the page shows: lines of changes, and of the others how many."""

    asks: int = 4
    changes: int = 5
    milestones: int = 4
    risks: int = 3
    tiles: int = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its label in the margin, a quieter line below it, and what it shows; `cap` limits it."""

    cap: Literal["tiles", "milestones", "risks"]
    title: str
    note: str
    block: Block


@dataclass(frozen=True, slots=True)
class BriefReport:
    """The context of `print/brief.html.j2`."""

    head: PrintHead
    running: Running
    opening: Opening
    parts: tuple[Part, ...]
    contact: str
    address: str
    address_text: str
    version: str


def brief_report(view: ProjectView, setting: Setting, imprint: Imprint, caps: Caps | None = None) -> BriefReport:
    """Build the brief edition; see `full_report` for the arguments. Without `caps` it is as full as it may be."""
    words, caps = setting.words, caps or Caps()
    return BriefReport(
        head=print_head(view, setting, imprint, words.text("edition.brief")),
        running=running(view, setting, imprint),
        opening=opening(view, setting, imprint, most_asks=caps.asks, most_changes=caps.changes, compact=True),
        parts=tuple(part for part in _parts(view, setting, caps) if part),
        contact=_contact(view, setting),
        address=imprint.address,
        address_text=imprint.shown_address,
        version=version_line(imprint.version, words),
    )


def _parts(view: ProjectView, setting: Setting, caps: Caps) -> list[Part | None]:
    return [
        _figures(view, setting, caps.tiles),
        _milestones(view, setting, caps.milestones),
        _risks(view, setting, caps.risks),
    ]


def _figures(view: ProjectView, setting: Setting, most: int) -> Part | None:
    tiles = brief_tiles(view, setting, most)
    return Part("tiles", setting.words.text("section.kpis"), "", Tiles(tiles)) if tiles else None


def _milestones(view: ProjectView, setting: Setting, most: int) -> Part | None:
    """Show the next milestones on one time line."""
    words = setting.words
    coming = sorted(_coming(view), key=lambda pair: (pair[0], pair[1].wbs))
    shown = coming[:most]
    marks = [
        DumbbellRow(day, task.baseline_finish, critical=task.critical, late=task.late, desc=_told(task, day, setting))
        for day, task in shown
    ]
    title, frame = words.text("chart.trend_title"), setting.frame(_DUMBBELL)
    charts = draw_dumbbells(marks, frame, setting.tick, status=view.status, height=20)
    if not charts:
        return None
    head = draw_dumbbell_head(marks, title, frame, setting.tick, status=view.status)
    columns = (
        Column(words.text("label.milestone"), "long"),
        Column(words.text("label.baseline"), "date"),
        Column(words.text("label.forecast"), "date"),
        Column(words.text("figure.schedule.slip_days"), "number"),
        Column("", "chart", chart=head),
    )
    rows = tuple(
        _milestone(task, day, Cell(_told(task, day, setting), chart=chart), view, setting)
        for (day, task), chart in zip(shown, charts, strict=True)
    )
    table = fit_table(Table(words.text("page.next_milestones"), columns, rows), COLUMN)
    note = ""
    if len(coming) > len(shown):
        note = words.text("page.top_of", shown=words.number(len(shown)), total=words.number(len(coming)))
    return Part("milestones", words.text("page.next_milestones"), note, table)


def _coming(view: ProjectView) -> list[tuple[date, TaskView]]:
    """List the milestones that are still to come, each with the day on which it is expected."""
    return [
        (day, task)
        for task in view.tasks
        if task.milestone and task.actual_finish is None and (day := task.forecast_finish or task.finish)
    ]


def _told(task: TaskView, day: date, setting: Setting) -> str:
    words = setting.words
    if not task.slip_days or task.slip_days < 0:
        return f"{task.name}: {words.date(day)}"
    return f"{task.name}: {words.date(day)}, {words.text('page.late_by', days=words.days(task.slip_days))}"


def _near(day: date | None, view: ProjectView, setting: Setting) -> Cell:
    """Show a date without its year where that is the year of the report."""
    if day is None:
        return Cell()
    return Cell(setting.words.date(day, "short" if day.year == view.status.year else "medium"))


def _milestone(task: TaskView, day: date, chart: Cell, view: ProjectView, setting: Setting) -> Row:
    words = setting.words
    slip = task.slip_days
    late = slip is not None and slip > 0
    cells = (
        Cell(task.name, tone="strong"),
        _near(task.baseline_finish, view, setting),
        _near(day, view, setting),
        Cell(words.days_short(slip, signed=True) if slip else "", tone="bad" if late and task.critical else ""),
        chart,
    )
    return Row(cells)


def _risks(view: ProjectView, setting: Setting, most: int) -> Part | None:
    words = setting.words
    known = [risk for risk in by_weight(view.risks) if risk.status != "closed"]
    if not known:
        return None
    columns = (
        Column(words.text("label.risk"), "long"),
        Column(words.text("label.score"), "number"),
        Column(words.text("label.plan"), "long"),
    )
    rows = tuple(_risk(risk, view.before, setting) for risk in known[:most])
    note = words.text("page.top_of", shown=words.number(len(rows)), total=words.number(len(known)))
    return Part(
        "risks",
        words.text("page.top_risks"),
        note if len(known) > len(rows) else "",
        fit_table(Table(words.text("page.top_risks"), columns, rows), COLUMN),
    )


def _risk(risk: RiskView, before: ProjectView | None, setting: Setting) -> Row:
    words = setting.words
    plan = first_sentence(risk.plan) if risk.plan else ""
    score = score_cell(risk, before, setting)
    cells = (
        Cell(titled(words, risk.id, risk.title), tone="strong"),
        score,
        Cell(sentences(words, plan, risk.owner or ""), markdown=True),
    )
    return Row(cells)


def _contact(view: ProjectView, setting: Setting) -> str:
    words, manager = setting.words, view.manager
    if manager is None:
        address = view.organization.email or ""
        return words.text("page.questions", contact=address) if address else view.organization.name
    parts = (manager.name, manager.email or view.organization.email or "")
    return words.text("page.questions", contact=" · ".join(part for part in parts if part))
