"""Section 6: key figures as tiles: actual, target, trend, status."""

from kapm_site.audience.registers import KpiView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Chart, Section, Tile, Tiles
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline
from kapm_site.pages.fields import digits_worth, filled, plain, written
from kapm_site.pages.setting import Setting

_ORDER = {"red": 0, "amber": 1, "green": 2}
_SPARK = 240
_SPARK_IN_PRINT = 120
_LAST = 12
#: More names than these are no sentence; the tiles say them.
_NAMED = 3


def kpis(view: ProjectView, setting: Setting) -> Section | None:
    """Show the key figures, those that miss their target first."""
    if not view.kpis:
        return None
    words = setting.words
    ranked = sorted(view.kpis, key=lambda kpi: _ORDER.get(kpi.status, len(_ORDER)))
    tiles = Tiles(tuple(_tile(kpi, setting) for kpi in ranked))
    note = words.text("chart.spark_note") if any(tile.chart for tile in tiles.tiles) else ""
    return Section("kpis", words.text("section.kpis"), _finding(view, setting), note, blocks=(tiles,))


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    judged = [kpi for kpi in view.kpis if kpi.status in _ORDER]
    missed = [kpi.name for kpi in judged if kpi.status != "green"]
    if not judged:
        return ""
    total = words.number(len(judged))
    if len(missed) > _NAMED:
        return words.plural("finding.kpis_missed_many", len(missed), total=total)
    if missed:
        return words.plural("finding.kpis_missed", len(missed), total=total, names=words.list(missed))
    return words.plural("finding.kpis_met", len(judged))


def _tile(kpi: KpiView, setting: Setting) -> Tile:
    words = setting.words
    digits = digits_worth(kpi.value)
    target = _shown(kpi, kpi.target, setting, digits_worth(kpi.target))
    parts = (
        words.text("page.target_is", target=target) if target else "",
        words.text(f"trend.{kpi.trend}") if kpi.trend else "",
        words.date(kpi.day) if kpi.day else "",
    )
    percent = kpi.unit in ("%", "percent")
    return Tile(
        name=kpi.name,
        value=_shown(kpi, kpi.value, setting, digits) if kpi.value is not None else "–",
        unit="" if percent or kpi.value is None else kpi.unit or "",
        health=kpi.status,
        health_text=words.text(f"kpi_status.{kpi.status}"),
        note=" · ".join(part for part in parts if part),
        chart=_chart(kpi, setting),
        details=_details(kpi, setting) if setting.medium == "web" else (),
    )


def _shown(kpi: KpiView, value: float | None, setting: Setting, digits: int) -> str:
    words = setting.words
    if value is None:
        return ""
    return words.percent(value, digits) if kpi.unit in ("%", "percent") else words.number(value, digits)


def _chart(kpi: KpiView, setting: Setting) -> Chart | None:
    samples = [Sample(day, value) for day, value in kpi.series]
    if len(samples) < 2:  # noqa: PLR2004 a course has two ends
        return None
    digits = digits_worth(*(value for _, value in kpi.series))
    values = setting.words.list([_shown(kpi, value, setting, digits) for _, value in kpi.series[-_LAST:]])
    title = setting.words.text("chart.sparkline", name=kpi.name, values=values)
    width = _SPARK if setting.medium == "web" else _SPARK_IN_PRINT
    return draw_sparkline(samples, title, "", setting.frame(width), target=kpi.target, amber=kpi.amber, red=kpi.red)


def _details(kpi: KpiView, setting: Setting) -> tuple[tuple[str, Cell], ...]:
    words = setting.words
    digits = digits_worth(*(value for _, value in kpi.series))

    def number(name: str, value: float | None) -> tuple[str, Cell]:
        return words.text(name), plain(_shown(kpi, value, setting, digits_worth(value)))

    course = [f"{words.date(day)}: {_shown(kpi, value, setting, digits)}" for day, value in kpi.series]
    return filled(
        (words.text("label.id"), plain(kpi.id)),
        (words.text("label.description"), written(setting, kpi.description)),
        (words.text("label.owner"), plain(kpi.owner)),
        (words.text("label.goal"), plain(kpi.goal)),
        (words.text("label.direction"), plain(_direction(kpi, setting))),
        number("label.low", kpi.low),
        number("label.high", kpi.high),
        (words.text("health.amber"), plain(_shown(kpi, kpi.amber, setting, digits_worth(kpi.amber)))),
        (words.text("health.red"), plain(_shown(kpi, kpi.red, setting, digits_worth(kpi.red)))),
        (words.text("label.rule"), plain(words.text(f"figure.{kpi.computed}") if kpi.computed else "")),
        (words.text("label.value"), plain(" · ".join(course))),
    )


def _direction(kpi: KpiView, setting: Setting) -> str:
    if kpi.direction != "range":
        return setting.words.text(f"direction.{kpi.direction}")
    digits = digits_worth(kpi.low, kpi.high)
    low, high = _shown(kpi, kpi.low, setting, digits), _shown(kpi, kpi.high, setting, digits)
    return setting.words.text("direction.range", low=low, high=high)
