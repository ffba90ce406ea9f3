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
_LEAST, _LEAST_NARROW = {"web": 15, "print": 9}, 10
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
    rows = [HeatRow(one.name, cast("tuple[Health | None, ...]", by_week(one.healths, weeks))) for one in courses]
    wide, narrow = setting.widths
    words = _words(rows, weeks, title, setting, breaks)
    least = _LEAST[setting.medium]
    drawn = _draw(rows, weeks, words, setting, (wide, least), breaks)
    if drawn is None:
        return []
    small = _draw(rows, weeks, words, setting, (narrow, _LEAST_NARROW), breaks) if narrow else None
    figure = Figure((drawn,), (small,) if small else (), title, baseline_marks(breaks, setting.words))
    return [figure, _table(courses, title, subject, setting)] if setting.medium == "web" else [figure]


def _words(
    rows: Sequence[HeatRow], weeks: Sequence[date], title: str, setting: Setting, breaks: Sequence[date]
) -> HeatWords:
    words = setting.words
    seen = {health for row in rows for health in row.cells}
    key = tuple((health, words.text(f"health.{health}")) for health in _ORDER if health in seen)
    desc = words.text("chart.weeks_desc", period=words.period(weeks[0], weeks[-1])) if weeks else ""
    return HeatWords(title, sentences(words, desc, baseline_marks(breaks, words)), key)


def _draw(
    rows: Sequence[HeatRow],
    weeks: Sequence[date],
    words: HeatWords,
    setting: Setting,
    width: tuple[int, int],
    breaks: Sequence[date],
) -> HeatMap | None:
    frame, row = setting.frame(width[0]), _ROWS[setting.medium]
    return draw_heat(rows, weeks, words, frame, setting.tick, breaks=breaks, row=row, least=width[1])


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
