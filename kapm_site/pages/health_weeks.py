"""Health by week: a map of signs, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Table
from kapm_site.pages.charts.health_signs import Health
from kapm_site.pages.charts.heat import HeatMap, HeatRow, HeatWords, draw_heat
from kapm_site.pages.fields import sentences
from kapm_site.pages.past import Course, baseline_marks, by_week, moves, weeks_of
from kapm_site.pages.setting import Setting

#: Weeks that are drawn at most, and the pixels that one has at least: on the wide site, on a phone, in print.
MOST_WEEKS = 61
_WIDE, _NARROW, _PRINT = 15, 10, 9
_ROWS = {"web": 24, "print": 17}
_ORDER: tuple[Health, ...] = ("green", "amber", "red", "stale", "unknown")


@dataclass(frozen=True, slots=True)
class HealthCourse:
    """The health of a project, or of one of its dimensions, over the weeks; `note` and `href` are for its table."""

    name: str
    healths: Course[str]
    note: str = ""
    href: str = ""


def health_weeks(
    courses: Sequence[HealthCourse], title: str, subject: str, setting: Setting, breaks: Sequence[date] = ()
) -> list[Block]:
    """Show courses as a map of weeks and, on the site, as a table.

    Args:
        courses: From the top down.
        title: What the map is; its heading and its name.
        subject: What the rows are, such as "Dimension".
        setting: How the page is set.
        breaks: Days from which another baseline was in force.
    """
    weeks = weeks_of((day for one in courses for day, _ in one.healths), MOST_WEEKS)
    wide, narrow = setting.widths
    drawn = _draw(courses, weeks, title, setting, wide, breaks)
    if drawn is None:
        return []
    small = _draw(courses, weeks, title, setting, narrow, breaks) if narrow else None
    figure = Figure((drawn,), (small,) if small else (), title, baseline_marks(breaks, setting.words))
    return [figure, _table(courses, title, subject, setting)] if setting.medium == "web" else [figure]


def _draw(
    courses: Sequence[HealthCourse],
    weeks: Sequence[date],
    title: str,
    setting: Setting,
    width: int,
    breaks: Sequence[date],
) -> HeatMap | None:
    words = setting.words
    rows = [HeatRow(one.name, _cells(one, weeks), _tips(one, weeks, setting)) for one in courses]
    seen = {health for row in rows for health in row.cells}
    key = tuple((health, words.text(f"health.{health}")) for health in _ORDER if health in seen)
    desc = words.text("chart.weeks_desc", period=words.period(weeks[0], weeks[-1])) if weeks else ""
    least = _PRINT if setting.medium == "print" else _WIDE if width == setting.widths[0] else _NARROW
    return draw_heat(
        rows,
        weeks,
        HeatWords(title, sentences(words, desc, baseline_marks(breaks, words)), key),
        setting.frame(width),
        setting.tick,
        breaks=breaks,
        row=_ROWS[setting.medium],
        least=least,
    )


def _cells(one: HealthCourse, weeks: Sequence[date]) -> tuple[Health | None, ...]:
    return cast("tuple[Health | None, ...]", by_week(one.healths, weeks))


def _tips(one: HealthCourse, weeks: Sequence[date], setting: Setting) -> tuple[str, ...]:
    """Say week and health where a mouse rests; what is on track needs no words."""
    words = setting.words
    if setting.medium == "print":
        return ()
    return tuple(
        words.text("page.labelled", label=words.date(week), value=words.text(f"health.{health}"))
        if health not in (None, "green", "unknown")
        else ""
        for week, health in zip(weeks, by_week(one.healths, weeks), strict=True)
    )


def _table(courses: Sequence[HealthCourse], title: str, subject: str, setting: Setting) -> Table:
    """Write each course as the days on which it turned."""
    words = setting.words
    rows = tuple(
        Row(
            (
                Cell(one.name, note=one.note, href=one.href),
                Cell(
                    " · ".join(
                        words.text("page.labelled", label=words.date(day), value=words.text(f"health.{health}"))
                        for day, health in moves(one.healths)
                    )
                ),
            )
        )
        for one in courses
    )
    columns = (Column(subject), Column(words.text("label.course"), "long"))
    return Table(title, columns, rows, lead=0, more=words.text("page.see_table"))
