"""The brief edition: what one A4 page must say, and which of its texts is too long where it does not fit."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from kapm_site.audience.charter import TaskView
from kapm_site.audience.registers import RiskView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Row, Table, Tiles
from kapm_site.pages.brief_tiles import brief_tiles
from kapm_site.pages.charts.dumbbell import DumbbellRow, draw_dumbbell_head, draw_dumbbells
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.excerpts import first_sentence
from kapm_site.pages.fields import sentences, titled
from kapm_site.pages.imprint import Imprint, PrintHead, Running, print_head, running, version_line
from kapm_site.pages.opening import Opening, opening
from kapm_site.pages.print_widths import COLUMN, fit_table
from kapm_site.pages.sections.risks import by_weight, score_cell
from kapm_site.pages.setting import Setting

_ASKS, _CHANGES, _MILESTONES, _RISKS = 4, 5, 4, 3
_DUMBBELL = 165
#: Widths in CSS pixels at 12 px a line: of the lead at its larger size, and of the 150 mm column.
_LEAD, _COLUMN = 475, 567


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its label in the margin, a quieter line below it, and what it shows."""

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


def brief_report(view: ProjectView, setting: Setting, imprint: Imprint) -> BriefReport:
    """Build the brief edition; see `full_report` for the arguments."""
    words = setting.words
    return BriefReport(
        head=print_head(view, setting, imprint, words.text("edition.brief")),
        running=running(view, setting, imprint),
        opening=opening(view, setting, imprint, most_asks=_ASKS, most_changes=_CHANGES, compact=True),
        parts=tuple(part for part in _parts(view, setting) if part),
        contact=_contact(view, setting),
        address=imprint.address,
        address_text=imprint.shown_address,
        version=version_line(imprint.version, words),
    )


def longest_part(report: BriefReport) -> str:
    """Say in English which part takes most lines beyond its usual share, for the hint of a report that is too long."""
    start = report.opening
    changes = start.changes.lines if start.changes else ()
    lines = {
        "the headline": _lines(start.headline, _LEAD) - 3,
        "what is needed from the client": sum(_lines(ask.title, _COLUMN * 0.8) for ask in start.asks)
        + sum(_lines(f"{ask.owner} {ask.due} {ask.effect}", _COLUMN) for ask in start.asks)
        - 5,
        "what has changed": sum(_lines(line, _COLUMN) for line in changes) - 4,
        "the name of the project": 2 * _lines(start.title, 260) - 2,
        "the reason of the declared health": _lines(start.reason, _COLUMN),
    }
    for part in report.parts:
        if isinstance(part.block, Table):
            texts = [cell.text for row in part.block.rows for cell in row.cells if not cell.chart]
            lines[f"the texts under “{part.title}”"] = sum(_lines(text, 190) - 1 for text in texts)
        if isinstance(part.block, Tiles):
            notes = [note for tile in part.block.tiles for note in (tile.name, tile.note)]
            lines[f"the names under “{part.title}”"] = sum(_lines(note, 174) - 1 for note in notes)
    return max(lines, key=lambda name: lines[name])


def _lines(text: str, width: float) -> int:
    return ceil(text_width(text) / width) if text else 0


def _parts(view: ProjectView, setting: Setting) -> list[Part | None]:
    return [_figures(view, setting), _milestones(view, setting), _risks(view, setting)]


def _figures(view: ProjectView, setting: Setting) -> Part | None:
    tiles = brief_tiles(view, setting)
    return Part(setting.words.text("section.kpis"), "", Tiles(tiles)) if tiles else None


def _milestones(view: ProjectView, setting: Setting) -> Part | None:
    """Show the next milestones on one time line."""
    words = setting.words
    coming = sorted(_coming(view), key=lambda pair: (pair[0], pair[1].wbs))
    shown = coming[:_MILESTONES]
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
    return Part(words.text("page.next_milestones"), note, table)


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


def _risks(view: ProjectView, setting: Setting) -> Part | None:
    words = setting.words
    known = [risk for risk in by_weight(view.risks) if risk.status != "closed"]
    if not known:
        return None
    columns = (
        Column(words.text("label.risk"), "long"),
        Column(words.text("label.score"), "number"),
        Column(words.text("label.plan"), "long"),
    )
    rows = tuple(_risk(risk, view.before, setting) for risk in known[:_RISKS])
    note = words.text("page.top_of", shown=words.number(len(rows)), total=words.number(len(known)))
    return Part(
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
