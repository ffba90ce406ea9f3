"""Planned value, earned value and actual cost over time, towards the estimate at completion."""

from functools import partial

from kapm_site.analysis.earned_value import is_too_early
from kapm_site.analysis.records import CurvePoint as ProgressPoint
from kapm_site.analysis.records import EarnedValue
from kapm_site.audience.internal import InternalProject
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Table
from kapm_site.pages.charts.curve import Curve, CurveWords, draw_curve
from kapm_site.pages.charts.curve_data import CurveData, CurveLine, CurvePoint, Limit
from kapm_site.pages.past import month_ends
from kapm_site.pages.setting import Setting

_WIDE, _HEIGHT = 900, 300


def value_lines(project: InternalProject, setting: Setting) -> list[Block]:
    """Draw the three lines and list them by month; nothing without a budget that work earns."""
    view, earned = project.view, project.notes.analysis.earned_value
    points = [point for point in view.curve if point.pv is not None]
    if earned.bac is None or len(points) < 2:  # noqa: PLR2004 - a course has two ends
        return []
    words = setting.words
    data = _data(project, points, earned, setting)
    drawn = [_draw(data, project, setting, width) for width in (_WIDE, setting.widths[1]) if width]
    charts = [chart for chart in drawn if chart]
    title = words.text("chart.value_title")
    figure = Figure(tuple(charts[:1]), tuple(charts[1:]), title, words.text("chart.value_note"))
    return [figure, _table(points, title, setting)]


def _draw(data: CurveData, project: InternalProject, setting: Setting, width: int) -> Curve | None:
    words, status = setting.words, project.view.status
    write = partial(words.money_short, currency=setting.currency)
    told = words.list([course.now for course in (data.planned, data.done, data.spent) if course.now])
    names = CurveWords(words.text("chart.value_title"), told, write, words.date(status, "short"))
    return draw_curve(data, names, setting.frame(width), setting.tick, status=status, height=_HEIGHT)


def _data(project: InternalProject, points: list[ProgressPoint], earned: EarnedValue, setting: Setting) -> CurveData:
    words, status = setting.words, project.view.status
    write = partial(words.money_short, currency=setting.currency)

    def line(name: str, values: list[tuple[ProgressPoint, float | None]], today: float | None) -> CurveLine:
        known = [CurvePoint(point.day, value) for point, value in values if value is not None]
        now = f"{name} {write(today)}" if today is not None else ""
        return CurveLine(tuple(known), "", now)

    spent = line("AC", [(point, point.ac) for point in points], earned.ac)
    limits = (Limit(earned.bac, f"BAC {write(earned.bac)}"),) if earned.bac is not None else ()
    finish = project.view.schedule.forecast_finish
    forecast = CurveLine()
    if earned.eac is not None and earned.ac is not None and finish and finish > status and not is_too_early(earned):
        ends = (CurvePoint(status, earned.ac), CurvePoint(finish, earned.eac))
        forecast = CurveLine(ends, f"EAC {write(earned.eac)}")
    return CurveData(
        planned=line("PV", [(point, point.pv) for point in points], earned.pv),
        done=line("EV", [(point, point.ev) for point in points], earned.ev),
        spent=spent,
        forecast=forecast,
        limits=limits,
    )


def _table(points: list[ProgressPoint], title: str, setting: Setting) -> Table:
    words = setting.words
    kept = month_ends(point.day for point in points)
    rows = tuple(
        Row((setting.day(point.day), *(Cell(setting.money(value)) for value in (point.pv, point.ev, point.ac))))
        for point in points
        if point.day in kept
    )
    columns = (Column(words.text("label.date")), *(Column(name, "number") for name in ("PV", "EV", "AC")))
    return Table(title, columns, rows, lead=0, more=words.text("page.see_table"))
