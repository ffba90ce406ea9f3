"""Key figures as printed tables: those without a tile, and how those that need attention are measured."""

from collections.abc import Sequence

from kapm_site.audience.registers import KpiView
from kapm_site.pages.blocks import Cell, Column, Row, Table
from kapm_site.pages.fields import plain, register, titled, with_unit, written
from kapm_site.pages.sections.kpi_values import kpi_course, kpi_direction, kpi_state, kpi_unit, kpi_value
from kapm_site.pages.setting import Setting

#: Pixels of a course in a row.
_WIDTH, _HEIGHT = 110, 16


def course_table(kpis: Sequence[KpiView], setting: Setting) -> Table:
    """List key figures with their course, one a line."""
    words = setting.words
    columns = (
        Column(words.text("label.kpi"), "long"),
        Column(words.text("label.value"), "number"),
        Column(words.text("label.target"), "number"),
        Column(words.text("label.course"), "chart"),
        Column(words.text("label.trend")),
        Column(words.text("label.date"), "date"),
        Column(words.text("label.status"), "mark"),
    )
    return register(setting, words.text("section.kpis"), columns, [_course(kpi, setting) for kpi in kpis], printed=8)


def measure_table(kpis: Sequence[KpiView], setting: Setting) -> Table:
    """Say how key figures are measured, from when they are off target, and whose they are."""
    words = setting.words
    columns = (
        Column(words.text("label.kpi")),
        Column(words.text("label.description"), "long"),
        Column(words.text("label.direction")),
        Column(words.text("health.amber"), "number"),
        Column(words.text("health.red"), "number"),
        Column(words.text("label.owner")),
        Column(words.text("label.goal"), "long"),
    )
    heading = words.text("section.kpi_measures")
    rows = [_measure(kpi, setting) for kpi in kpis]
    return register(setting, heading, columns, rows, heading=heading, dense=True)


def _course(kpi: KpiView, setting: Setting) -> Row:
    words = setting.words
    cells = (
        Cell(kpi.name, tone="strong"),
        Cell(with_unit(kpi_value(kpi, kpi.value, setting), kpi_unit(kpi))),
        Cell(kpi_value(kpi, kpi.target, setting)),
        Cell(chart=kpi_course(kpi, setting, _WIDTH, _HEIGHT)),
        Cell(words.text(f"trend.{kpi.trend}") if kpi.trend else ""),
        setting.day(kpi.day),
        Cell(kpi_state(kpi, setting), health=kpi.status),
    )
    return Row(cells)


def _measure(kpi: KpiView, setting: Setting) -> Row:
    rule = setting.words.text(f"figure.{kpi.computed}") if kpi.computed else ""
    cells = (
        Cell(titled(setting.words, kpi.id, kpi.name), tone="strong"),
        written(setting, kpi.description) if kpi.description else plain(rule),
        plain(kpi_direction(kpi, setting)),
        plain(kpi_value(kpi, kpi.amber, setting)),
        plain(kpi_value(kpi, kpi.red, setting)),
        plain(kpi.owner),
        plain(kpi.goal),
    )
    return Row(cells)
