"""Section 6: key figures as tiles: actual, target, trend, status."""

from kapm_site.audience.registers import KpiView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Cell, Section, Tile, Tiles
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.fields import digits_worth, filled, plain, table_link, written
from kapm_site.pages.sections.kpi_tables import course_table, measure_table
from kapm_site.pages.sections.kpi_values import kpi_course, kpi_direction, kpi_state, kpi_unit, kpi_value
from kapm_site.pages.setting import Setting

_ORDER = {"red": 0, "amber": 1, "green": 2}
#: Widths of a course on the site and in print.
_SPARK, _SPARK_IN_PRINT = 240, 92
#: Pixels in print: sizes of a value and its unit, and what they may take beside the course.
_VALUE_SIZE, _UNIT_SIZE, _ROOM = 28, 12, 108
#: Tiles of a printed page: two lines without a hole.
_TILES = 6
#: Where there are more key figures than these, the site alone says how they are measured.
_MEASURED = 3
#: More names than these are no sentence; the tiles say them.
_NAMED = 3
_DOT = " · "


def kpis(view: ProjectView, setting: Setting) -> Section | None:
    """Show the key figures, those that miss their target first."""
    if not view.kpis:
        return None
    words = setting.words
    ranked = sorted(view.kpis, key=lambda kpi: _ORDER.get(kpi.status, len(_ORDER)))
    title = words.text("section.kpis")
    file = table_link(setting, "kpis", title) if any(kpi.series for kpi in view.kpis) else None
    shown = ranked if setting.medium == "web" else ranked[:_TILES]
    tiles = tuple(_tile(kpi, setting) for kpi in shown)
    drawn = [kpi for kpi, tile in zip(shown, tiles, strict=True) if tile.chart]
    note = _note(drawn, setting)
    blocks: list[Block] = [Tiles(tiles, file=file)]
    if setting.medium == "print":
        blocks += [course_table(ranked[_TILES:], setting)] if ranked[_TILES:] else []
        blocks += [measure_table(ranked, setting)] if len(ranked) <= _MEASURED else []
    return Section("kpis", title, _finding(view, setting), note, blocks=tuple(blocks))


def _note(drawn: list[KpiView], setting: Setting) -> str:
    """Explain the lines that the courses have."""
    words = setting.words
    has_target = any(kpi.target is not None for kpi in drawn)
    has_limits = any(kpi.amber is not None or kpi.red is not None for kpi in drawn)
    if has_target and has_limits:
        return words.text("chart.spark_note")
    if has_limits:
        return words.text("chart.spark_limits")
    return words.text("chart.spark_target") if has_target else ""


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    judged = [kpi for kpi in view.kpis if kpi.status in _ORDER]
    missed = [kpi.name for kpi in judged if kpi.status != "green"]
    if not judged:
        return ""
    if len(judged) == 1:
        return words.text("finding.kpi_missed" if missed else "finding.kpi_met")
    if len(missed) == len(judged):
        return words.plural("finding.kpis_missed_all", len(missed))
    total = words.number(len(judged))
    if len(missed) > _NAMED:
        return words.plural("finding.kpis_missed_many", len(missed), total=total)
    if missed:
        return words.plural("finding.kpis_missed", len(missed), total=total, names=words.list(missed))
    return words.plural("finding.kpis_met", len(judged))


def _tile(kpi: KpiView, setting: Setting) -> Tile:
    words = setting.words
    target = kpi_value(kpi, kpi.target, setting)
    value, unit, above = kpi_value(kpi, kpi.value, setting) or "–", kpi_unit(kpi), ""
    web = setting.medium == "web"
    chart = kpi_course(kpi, setting, _SPARK if web else _SPARK_IN_PRINT)
    if not web and not _has_room(value, unit):
        # A long unit would leave the course no room beside the value.
        unit, above = "", unit
        chart = chart if _has_room(value) else None
    facts = (
        above,
        words.text("page.target_is", target=target) if target else "",
        words.text(f"trend.{kpi.trend}") if kpi.trend else "",
        setting.date(kpi.day) if kpi.day else "",
    )
    return Tile(
        name=kpi.name,
        value=value,
        unit=unit,
        health=kpi.status,
        health_text=kpi_state(kpi, setting),
        note=_DOT.join(fact for fact in facts if fact),
        chart=chart,
        details=_details(kpi, setting) if web else (),
    )


def _has_room(value: str, unit: str = "") -> bool:
    return text_width(value, _VALUE_SIZE, bold=True) + text_width(unit, _UNIT_SIZE) <= _ROOM


def _details(kpi: KpiView, setting: Setting) -> tuple[tuple[str, Cell], ...]:
    words = setting.words
    digits = digits_worth(*(value for _, value in kpi.series))

    def number(name: str, value: float | None) -> tuple[str, Cell]:
        return words.text(name), plain(kpi_value(kpi, value, setting))

    course = [f"{words.date(day)}: {kpi_value(kpi, value, setting, digits)}" for day, value in kpi.series]
    return filled(
        (words.text("label.id"), plain(kpi.id)),
        (words.text("label.description"), written(setting, kpi.description)),
        (words.text("label.owner"), plain(kpi.owner)),
        (words.text("label.goal"), plain(kpi.goal)),
        (words.text("label.direction"), plain(kpi_direction(kpi, setting))),
        number("label.low", kpi.low),
        number("label.high", kpi.high),
        (words.text("health.amber"), plain(kpi_value(kpi, kpi.amber, setting))),
        (words.text("health.red"), plain(kpi_value(kpi, kpi.red, setting))),
        (words.text("label.rule"), plain(words.text(f"figure.{kpi.computed}") if kpi.computed else "")),
        (words.text("label.value"), plain(" · ".join(course))),
    )
