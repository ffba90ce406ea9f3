"""Earned value week by week, as it was known at the time."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial

from kapm_site.audience.internal import InternalProject
from kapm_site.audience.looks import look_of
from kapm_site.audience.weeks import Look
from kapm_site.pages.blocks import Cell, Chart, Column, Figure, Row, Section, Table
from kapm_site.pages.charts.sparkline import Sample
from kapm_site.pages.charts.trend import Trend, TrendLine, TrendWords, draw_trend
from kapm_site.pages.fields import sentences
from kapm_site.pages.past import baseline_marks, corners, has_past, new_baselines
from kapm_site.pages.setting import Setting

_WIDE, _HEIGHT = 900, 220
#: Per cent of the work planned from which an index says something: a day's work more or less moves it far before.
_EARLY = 10
#: The indices with the dashes that tell their lines apart; the names are those of `kapm_site.analysis.earned_value`.
_INDICES: tuple[tuple[str, Callable[[Look], float | None], str], ...] = (
    ("SPI", lambda look: look.spi, ""),
    ("CPI", lambda look: look.cpi, "6 3"),
    ("SPI(t)", lambda look: look.spi_t, "2 3"),
)


def trends_section(project: InternalProject, setting: Setting) -> Section | None:
    """Draw the indices and the estimate at completion of each week; None where too few weeks have any."""
    view = project.view
    if not has_past(view):
        return None
    words, breaks = setting.words, new_baselines(view)
    weeks = (*view.looks, look_of(view))
    bac = project.notes.analysis.earned_value.bac
    figures = [_indices(weeks, setting, breaks), _estimate(weeks, bac, setting, breaks)]
    shown = tuple(figure for figure in figures if figure)
    if not shown:
        return None
    title = words.text("internal.trends")
    return Section("internal-trends", title, _finding(weeks, setting), blocks=(*shown, _table(weeks, title, setting)))


def _indices(weeks: Sequence[Look], setting: Setting, breaks: Sequence[date]) -> Figure | None:
    words = setting.words
    write = cache(partial(words.number, digits=2))
    shown = [look for look in weeks if look.planned_percent is None or look.planned_percent >= _EARLY]
    lines = [
        TrendLine(samples, f"{name} {write(samples[-1].value)}", ends=True, dash=dash)
        for name, value, dash in _INDICES
        if len(samples := _samples(shown, value)) > 1
    ]
    early = words.text("chart.indices_early", percent=words.percent(_EARLY)) if len(shown) < len(weeks) else ""
    note = sentences(words, words.text("chart.indices_note"), early, baseline_marks(breaks, words))
    told = words.list([line.label for line in lines])

    def drawn(width: int) -> Trend | None:
        names = TrendWords(
            words.text("chart.indices_title"),
            told,
            write,
            write,
            words.text("label.planned"),
        )
        return draw_trend(lines, names, setting.frame(width), setting.tick, target=1.0, breaks=breaks, height=_HEIGHT)

    return _figure(drawn, words.text("chart.indices_title"), note, setting)


def _estimate(weeks: Sequence[Look], bac: float | None, setting: Setting, breaks: Sequence[date]) -> Figure | None:
    words = setting.words
    samples = _samples(weeks, lambda look: look.eac)
    if len(samples) < 2:  # noqa: PLR2004 - a course has two ends
        return None

    write = cache(partial(words.money_short, currency=setting.currency))

    def drawn(width: int) -> Trend | None:
        title = words.text("figure.eac")
        ends = words.list([f"{words.date(one.day)}: {write(one.value)}" for one in (samples[0], samples[-1])])
        names = TrendWords(title, ends, write, write, words.text("label.budget"))
        # It moves when costs are booked, not from week to week.
        line = TrendLine(samples, f"EAC {write(samples[-1].value)}", ends=True, steps=True)
        return draw_trend([line], names, setting.frame(width), setting.tick, target=bac, breaks=breaks, height=_HEIGHT)

    return _figure(drawn, words.text("figure.eac"), baseline_marks(breaks, words), setting)


def _figure(draw: Callable[[int], Chart | None], heading: str, caption: str, setting: Setting) -> Figure | None:
    narrow = setting.widths[1]
    wide, small = draw(_WIDE), draw(narrow) if narrow else None
    return Figure((wide,), (small,) if small else (), heading, caption) if wide else None


def _samples(weeks: Sequence[Look], value: Callable[[Look], float | None]) -> tuple[Sample, ...]:
    known = tuple((look.day, found) for look in weeks if (found := value(look)) is not None)
    return tuple(Sample(day, found) for day, found in corners(known))


def _finding(weeks: Sequence[Look], setting: Setting) -> str:
    """Say how far the estimate moved since the first week that had one."""
    words = setting.words
    known = [(look.day, look.eac) for look in weeks if look.eac is not None]
    if len(known) < 2:  # noqa: PLR2004 - a move has two ends
        return ""
    (first, before), (_, now) = known[0], known[-1]
    values = {"before": setting.money(before), "now": setting.money(now), "date": words.date(first)}
    if values["before"] == values["now"]:
        return words.text("internal.eac_holds", now=values["now"], date=values["date"])
    return words.text("internal.eac_rose" if now > before else "internal.eac_fell", **values)


def _table(weeks: Sequence[Look], title: str, setting: Setting) -> Table:
    """List the figures of each week, the latest first."""
    words = setting.words

    def ratio(value: float | None) -> Cell:
        return Cell(words.number(value, 2) if value is not None else "")

    rows = tuple(
        Row((setting.day(look.day), *(ratio(value(look)) for _, value, _ in _INDICES), Cell(setting.money(look.eac))))
        for look in reversed(weeks)
    )
    columns = (
        Column(words.text("label.week")),
        *(Column(name, "number") for name, _, _ in _INDICES),
        Column("EAC", "number"),
    )
    return Table(title, columns, rows, lead=0, more=words.text("page.see_table"))
