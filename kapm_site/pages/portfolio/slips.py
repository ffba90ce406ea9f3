"""The slip league: which projects finish late, and where a late milestone says that they may."""

from dataclasses import dataclass

from kapm_site.audience.charter import TaskView
from kapm_site.audience.internal import InternalView, PortfolioProject
from kapm_site.language import Language
from kapm_site.pages.blocks import Cell, Column, Row, Section
from kapm_site.pages.charts.slips import SlipRow, draw_slip_strips
from kapm_site.pages.fields import register
from kapm_site.pages.portfolio.shared import about, all_projects, open_milestones, project_href
from kapm_site.pages.setting import Setting

_BAR_WIDTH = 240


@dataclass(frozen=True, slots=True)
class _Slip:
    """How late a project finishes, and its latest milestone; days are working days rounded as they are shown."""

    project: PortfolioProject
    days: float
    milestone: TaskView | None


def slips_section(view: InternalView, setting: Setting) -> Section | None:
    """Rank projects by the slip of finish and milestones, save those that hold all dates or have none."""
    running = [one for one in all_projects(view) if not one.finished and one.view.schedule.forecast_finish]
    if not running:
        return None
    words, title = setting.words, setting.words.text("portfolio.slips")
    slips = sorted((slip for project in running if (slip := _slip(project))), key=_order)
    late = sum(slip.days > 0 for slip in slips)
    told = words.plural("portfolio.late_count", late) if late else words.text("portfolio.on_time")
    if not slips:
        return Section("slips", title, told)
    strips = draw_slip_strips([_strip(slip, words) for slip in slips], "", setting.frame(_BAR_WIDTH))
    columns = (
        Column(words.text("label.project")),
        Column(words.text("label.slip_days"), "number"),
        Column("", "chart"),
        Column(words.text("label.agreed"), "date"),
        Column(words.text("label.forecast"), "date"),
        Column(words.text("portfolio.latest_milestone"), "long"),
        Column(words.text("label.cause")),
    )
    rows = [
        Row(
            (
                Cell(slip.project.view.name, note=slip.project.view.client_name, href=project_href(slip.project.view)),
                Cell(words.day_count(slip.days, signed=True), tone="bad" if slip.days > 0 else ""),
                Cell(_strip(slip, words).text, chart=strip) if slip.days else Cell(),
                *_dates(slip, setting),
                Cell(_milestone(slip, words)),
                Cell(_cause(slip.project, words)),
            ),
            about=about(slip.project.view),
        )
        for slip, strip in zip(slips, strips, strict=True)
    ]
    return Section("slips", title, told, blocks=(register(setting, title, columns, rows),))


def _slip(project: PortfolioProject) -> _Slip | None:
    schedule = project.view.schedule
    against_agreed = schedule.agreed_finish is not None and schedule.agreed_slip_days is not None
    days = schedule.agreed_slip_days if against_agreed else schedule.slip_days
    late = [task for _, task in open_milestones(project.view) if task.slip_days and round(task.slip_days, 1) > 0]
    worst = max(late, key=lambda task: (task.slip_days or 0, task.critical), default=None)
    shown = round(days or 0, 1) + 0.0
    return _Slip(project, shown, worst) if shown or worst else None


def _order(slip: _Slip) -> tuple[float, float, str]:
    milestone = slip.milestone.slip_days if slip.milestone else 0
    return -slip.days, -(milestone or 0), slip.project.view.name


def _strip(slip: _Slip, words: Language) -> SlipRow:
    view = slip.project.view
    critical = dict(view.dimensions)["schedule"].health == "red" if view.dimensions else False
    return SlipRow(view.name, slip.days, words.days_short(slip.days, signed=True), critical)


def _dates(slip: _Slip, setting: Setting) -> tuple[Cell, Cell]:
    schedule = slip.project.view.schedule
    return setting.day(schedule.agreed_finish or schedule.baseline_finish), setting.day(schedule.forecast_finish)


def _milestone(slip: _Slip, words: Language) -> str:
    task = slip.milestone
    if task is None or task.slip_days is None:
        return ""
    return words.text("page.labelled", label=task.name, value=words.days_short(task.slip_days, signed=True))


def _cause(project: PortfolioProject, words: Language) -> str:
    """Name the cause of most of the delay."""
    stated = [(days, cause) for cause, days in project.causes if days > 0]
    if not stated:
        return ""
    name = max(stated)[1]
    return words.text(f"cause.{name}") if words.has(f"cause.{name}") else ""
