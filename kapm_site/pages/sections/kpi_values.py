"""Key figures in words and lines: value, unit, direction and course, the same in tiles and in tables."""

from kapm_site.audience.registers import KpiView
from kapm_site.pages.blocks import Chart
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline
from kapm_site.pages.fields import digits_worth
from kapm_site.pages.setting import Setting

_HEIGHT = 28
_LAST = 12
_PERCENT = ("%", "percent")


def kpi_unit(kpi: KpiView) -> str:
    """Give the unit that stands behind a value; per cent is part of it."""
    return "" if kpi.unit in _PERCENT or kpi.value is None else kpi.unit or ""


def kpi_value(kpi: KpiView, value: float | None, setting: Setting, digits: int | None = None) -> str:
    """Write a value with the decimals that are worth reading, or with `digits`; nothing for none."""
    if value is None:
        return ""
    shown = digits_worth(value) if digits is None else digits
    return setting.words.percent(value, shown) if kpi.unit in _PERCENT else setting.words.number(value, shown)


def kpi_state(kpi: KpiView, setting: Setting) -> str:
    """Say how a key figure stands; without thresholds there is no limit that it could be close to."""
    if kpi.status == "amber" and kpi.amber is None and kpi.red is None:
        return setting.words.text("kpi_status.missed")
    if kpi.status == "unknown" and kpi.value is not None:
        return setting.words.text("kpi_status.no_target")
    return setting.words.text(f"kpi_status.{kpi.status}")


def kpi_direction(kpi: KpiView, setting: Setting) -> str:
    """Say which values are good."""
    if kpi.direction != "range":
        return setting.words.text(f"direction.{kpi.direction}")
    digits = digits_worth(kpi.low, kpi.high)
    low, high = kpi_value(kpi, kpi.low, setting, digits), kpi_value(kpi, kpi.high, setting, digits)
    return setting.words.text("direction.range", low=low, high=high)


def kpi_course(kpi: KpiView, setting: Setting, width: int, height: float = _HEIGHT) -> Chart | None:
    """Draw the course of a key figure; one value is none."""
    samples = [Sample(day, value) for day, value in kpi.series]
    if len(samples) < 2:  # noqa: PLR2004 a course has two ends
        return None
    digits = digits_worth(*(value for _, value in kpi.series))
    values = setting.words.list([kpi_value(kpi, value, setting, digits) for _, value in kpi.series[-_LAST:]])
    title = setting.words.text("chart.sparkline", name=kpi.name, values=values)
    frame = setting.frame(width)
    return draw_sparkline(samples, title, "", frame, height=height, target=kpi.target, amber=kpi.amber, red=kpi.red)
