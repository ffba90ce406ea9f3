"""The six figures of the one-page edition: progress, finish and money first, then the key figures."""

from kapm_site.audience.registers import KpiView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Chart, Tile
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline
from kapm_site.pages.sections.kpi_values import kpi_state, kpi_unit, kpi_value
from kapm_site.pages.setting import Setting

_MOST = 6
_SPARK, _HEIGHT = 64, 20
#: Pixels that a value of 17 points may take before it leaves its course no room.
_VALUE_SIZE, _ROOM = 22.7, 100
#: Pixels of a unit behind it, and of both without a course.
_UNIT_SIZE, _TILE = 12, 168
#: What the three leading tiles show already.
_SHOWN = ("schedule.slip_days", "budget.spent_percent")
_ORDER = {"red": 0, "amber": 1, "green": 2}


def brief_tiles(view: ProjectView, setting: Setting, most: int = _MOST) -> tuple[Tile, ...]:
    """Choose and fill at most six tiles: of the key figures those that miss their target before the others."""
    leading = [tile for tile in (_progress(view, setting), _finish(view, setting), _spent(view, setting)) if tile]
    kpis = [kpi for kpi in view.kpis if kpi.value is not None and kpi.computed not in _SHOWN]
    ranked = sorted(kpis, key=lambda kpi: _ORDER.get(kpi.status, len(_ORDER)))[: max(most - len(leading), 0)]
    chosen = [_kpi(kpi, setting) for kpi in kpis if kpi in ranked]
    return (*leading, *chosen)[:most]


def _progress(view: ProjectView, setting: Setting) -> Tile | None:
    words = setting.words
    if view.actual_percent is None:
        return None
    name = words.text("figure.progress.actual_percent")
    samples = [Sample(point.day, point.actual_percent) for point in view.curve if point.actual_percent is not None]
    planned = view.planned_percent
    note = words.text("page.plan_is", planned=words.percent(planned)) if planned is not None else ""
    health, text = _pace(view.actual_percent, planned, setting)
    value = words.percent(view.actual_percent)
    return Tile(name, value, "", health, text, note, _spark(name, value, samples, setting))


def _pace(actual: float, planned: float | None, setting: Setting) -> tuple[str, str]:
    """Judge progress against plan in whole points, by the rule of the schedule."""
    if planned is None:
        return "", ""
    words, rule = setting.words, setting.rules.schedule
    gap = round(planned) - round(actual)
    if gap <= 0:
        return "green", words.text("page.on_plan") if gap == 0 else words.plural("page.points_ahead", -gap)
    limits = (("red", rule.red_behind_percent), ("amber", rule.amber_behind_percent))
    health = next((name for name, limit in limits if planned - actual > limit), "green")
    return health, words.plural("page.points_behind", gap)


def _finish(view: ProjectView, setting: Setting) -> Tile | None:
    words, dates = setting.words, view.schedule
    if dates.forecast_finish is None:
        return None
    agreed = dates.agreed_finish or dates.baseline_finish
    slip = dates.agreed_slip_days if dates.agreed_finish else dates.slip_days
    text = ""
    if slip is not None:
        days = words.days(abs(slip))
        late = words.text("page.late_by", days=days) if slip > 0 else words.text("page.early_by", days=days)
        text = late if slip else words.text("page.on_time")
    found = dict(view.dimensions).get("schedule")
    health = "green" if slip is not None and slip <= 0 else found.health if found else ""
    note = words.text("page.agreed_date", date=words.date(agreed)) if agreed else ""
    day = dates.forecast_finish
    value = words.date(day, "short" if day.year == view.status.year else "medium")
    return Tile(words.text("figure.finish"), value, "", health, text, note, None)


def _spent(view: ProjectView, setting: Setting) -> Tile | None:
    words, money = setting.words, view.money
    if money is None or money.spent is None:
        return None
    value = words.money_short(money.spent, setting.currency)
    parts = []
    if money.budget:
        parts.append(words.text("page.of_total", total=words.money_short(money.budget, setting.currency)))
    if money.eac is not None:
        parts.append(words.text("page.at_completion", amount=words.money_short(money.eac, setting.currency)))
    total, samples = 0.0, []
    for month, amount in money.by_month:
        total += amount
        samples.append(Sample(month, total))
    found = dict(view.dimensions).get("cost")
    health = found.health if found else ""
    name = words.text("label.spent")
    text = words.text(f"health.{health}") if health else ""
    return Tile(name, value, "", health, text, " · ".join(parts), _spark(name, value, samples, setting))


def _kpi(kpi: KpiView, setting: Setting) -> Tile:
    words = setting.words
    shown, unit = kpi_value(kpi, kpi.value, setting), kpi_unit(kpi)
    target = kpi_value(kpi, kpi.target, setting)
    note = words.text("page.target_is", target=target) if target else ""
    samples = [Sample(day, number) for day, number in kpi.series]
    wide = text_width(shown, _VALUE_SIZE, bold=True) + text_width(unit, _UNIT_SIZE) > _TILE
    return Tile(
        kpi.name,
        shown,
        "" if wide else unit,
        kpi.status,
        kpi_state(kpi, setting),
        " · ".join(part for part in (unit if wide else "", note) if part),
        _spark(kpi.name, f"{shown} {unit}".strip(), samples, setting, kpi.target),
    )


def _spark(name: str, value: str, samples: list[Sample], setting: Setting, target: float | None = None) -> Chart | None:
    """Draw the course; one value is none, and a wide value leaves no room for it."""
    if len(samples) < 2 or text_width(value, _VALUE_SIZE, bold=True) > _ROOM:  # noqa: PLR2004 - it has two ends
        return None
    title = setting.words.text("chart.sparkline", name=name, values=value)
    return draw_sparkline(samples, title, "", setting.frame(_SPARK), height=_HEIGHT, target=target)
