"""Health by week: a map of signs, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Table
from kapm_site.pages.charts.health_signs import Health
from kapm_site.pages.charts.heat import HeatMap, HeatRow, HeatWords, draw_heat
from kapm_site.pages.charts.inks import Frame
from kapm_site.pages.fields import sentences
from kapm_site.pages.past import Course, baseline_marks, by_week, moves, weeks_of
from kapm_site.pages.setting import Setting, Ticks

#: Weeks that are drawn at most, and the pixels that one has at least: on the wide site, on a phone, in print.
MOST_WEEKS = 61
_LEAST, _LEAST_NARROW = {"web": 15, "print": 9}, 10
_ROWS = {"web": 24, "print": 17}
#: Rows that a description names.
_NAMED = 6
#: The order in which a key names them.
HEALTHS: tuple[Health, ...] = ("green", "amber", "red", "stale", "unknown")


@dataclass(frozen=True, slots=True)
class HealthCourse:
    """The health of a project, or of one of its dimensions, over the weeks; what follows is for its table."""

    name: str
    healths: Course[str]
    note: str = ""
    href: str = ""
    about: str = ""


def health_weeks(
    courses: Sequence[HealthCourse], title: str, subject: str, setting: Setting, breaks: tuple[date, ...] = ()
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
    rows = tuple(HeatRow(one.name, cast("tuple[Health | None, ...]", by_week(one.healths, weeks))) for one in courses)
    wide, narrow = setting.widths
    words = _words(rows, weeks, title, setting, breaks)
    row, least = _ROWS[setting.medium], _LEAST[setting.medium]
    drawn = _draw(rows, weeks, words, setting.frame(wide), setting.tick, breaks, (row, least))
    if drawn is None:
        return []
    small = None
    if narrow:
        small = _draw(rows, weeks, words, setting.frame(narrow), setting.tick, breaks, (row, _LEAST_NARROW))
    figure = Figure((drawn,), (small,) if small else (), title, baseline_marks(breaks, setting.words))
    return [figure, _table(courses, title, subject, setting)] if setting.medium == "web" else [figure]


def _words(
    rows: Sequence[HeatRow], weeks: Sequence[date], title: str, setting: Setting, breaks: Sequence[date]
) -> HeatWords:
    words = setting.words
    seen = {health for row in rows for health in row.cells}
    key = tuple((health, words.text(f"health.{health}")) for health in HEALTHS if health in seen)
    period = words.text("chart.weeks_desc", period=words.period(weeks[0], weeks[-1])) if weeks else ""
    return HeatWords(title, sentences(words, _now(rows, words), period, baseline_marks(breaks, words)), key)


def _now(rows: Sequence[HeatRow], words: Language) -> str:
    """Say what is not on track today, the first ones by name."""
    off = [(row.name, row.cells[-1]) for row in rows if row.cells and row.cells[-1] not in (None, "green")]
    if not off:
        return words.text("chart.weeks_on_track")
    told = [
        words.text("page.labelled", label=name, value=words.text(f"health.{health}")) for name, health in off[:_NAMED]
    ]
    if len(off) > _NAMED:
        told.append(words.plural("page.more", len(off) - _NAMED))
    return words.text("chart.weeks_now", list=words.list(told))


@lru_cache(maxsize=8)  # the client's page and the internal one mostly show the same map
def _draw(
    rows: tuple[HeatRow, ...],
    weeks: tuple[date, ...],
    words: HeatWords,
    frame: Frame,
    tick: Ticks,
    breaks: tuple[date, ...],
    sizes: tuple[float, float],
) -> HeatMap | None:
    return draw_heat(rows, weeks, words, frame, tick, breaks=breaks, row=sizes[0], least=sizes[1])


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
            ),
            about=one.about,
        )
        for one in courses
    )
    columns = (Column(subject), Column(words.text("label.course"), "long"))
    return Table(title, columns, rows, lead=0, more=words.text("page.see_table"))
