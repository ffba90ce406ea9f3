"""When milestones were expected, week by week: what was said then against when it was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Table
from kapm_site.pages.charts.inks import Frame
from kapm_site.pages.charts.milestone_trend import MilestoneCourse, MilestoneTrend, draw_milestone_trend
from kapm_site.pages.fields import sentences
from kapm_site.pages.past import Course, baseline_marks, corners, has_past, moves, new_baselines
from kapm_site.pages.setting import Setting, Ticks

#: Lines that an eye can follow, and names that a caption can hold.
_MOST, _NAMED = 8, 12
_HEIGHTS = {"web": 360, "print": 215}


@dataclass(frozen=True, slots=True)
class _Followed:
    """A milestone with the days it was expected on; of a reached one the last is the day it was reached, then."""

    task: TaskView
    expected: Course[date]

    @property
    def moved(self) -> int:
        """Days between the earliest and the latest of the days."""
        days = [day for _, day in self.expected]
        return (max(days) - min(days)).days

    @property
    def reached(self) -> bool:
        """Whether the day it was reached is known, so that its line ends there."""
        return self.task.actual_finish is not None


def milestone_weeks(view: ProjectView, setting: Setting) -> list[Block]:
    """Draw the milestone trend and, on the site, list each move; nothing where too few weeks are known."""
    if not has_past(view):
        return []
    weeks = [(look.day, {one.id: one.day for one in look.milestones if not one.done}) for look in view.looks]
    followed = [one for task in view.tasks if task.milestone and (one := _follow(task, weeks, view.status))]
    if not followed:
        return []
    followed.sort(key=lambda one: (one.moved == 0, one.reached, one.expected[-1][1]))
    shown, rest = followed[:_MOST], followed[_MOST:]
    words, breaks = setting.words, new_baselines(view)
    courses, height = tuple(_course(one, view.status.year, words) for one in shown), _HEIGHTS[setting.medium]
    frames = [setting.frame(width) for width in setting.widths if width]
    desc = _moves_told(shown, words)
    charts = [_draw(courses, words, desc, frame, setting.tick, height, breaks) for frame in frames]
    figures = [chart for chart in charts if chart]
    if not figures:
        return []
    reached = words.text("chart.trend_reached") if any(chart.diagonal for chart in figures) else ""
    note = words.text("chart.trend_note")
    caption = sentences(words, note, reached, _rest(rest, words), baseline_marks(breaks, words))
    title = words.text("chart.trend_title")
    figure = Figure(tuple(figures[:1]), tuple(figures[1:]), title, caption)
    return [figure, _table(followed, title, setting)] if setting.medium == "web" else [figure]


def _moves_told(followed: Sequence[_Followed], words: Language) -> str:
    """Say which milestones moved from where to where."""
    moved = [one for one in followed if one.moved]
    if not moved:
        return words.text("chart.trend_steady")
    return sentences(
        words,
        *(
            words.text(
                "chart.trend_moved",
                name=one.task.name,
                before=words.date(one.expected[0][1]),
                after=words.date(one.expected[-1][1]),
            )
            for one in moved
        ),
    )


def _follow(task: TaskView, weeks: Sequence[tuple[date, dict[str, date]]], status: date) -> _Followed | None:
    """Follow a milestone from week to week; None where it was reached before, or was never expected before."""
    known = [(day, expected[task.id]) for day, expected in weeks if task.id in expected]
    reached = task.actual_finish
    last = task.forecast_finish or task.finish
    if reached is not None:
        points = [*((day, found) for day, found in known if day < reached), (reached, reached)]
    elif last is not None:
        points = [*known, (status, last)]
    else:
        return None
    return _Followed(task, tuple(points)) if len(points) > 1 else None


@lru_cache(maxsize=8)  # the client's page and the internal one often show the same milestones
def _draw(
    courses: tuple[MilestoneCourse, ...],
    words: Language,
    desc: str,
    frame: Frame,
    tick: Ticks,
    height: float,
    breaks: tuple[date, ...],
) -> MilestoneTrend | None:
    title, diagonal = words.text("chart.trend_title"), words.text("chart.trend_diagonal")
    return draw_milestone_trend(courses, title, desc, frame, tick, height=height, diagonal=diagonal, breaks=breaks)


def _course(one: _Followed, year: int, words: Language) -> MilestoneCourse:
    """A line with its date; the year is shown where it is not that of the report."""
    task, slip, day = one.task, one.task.slip_days, one.expected[-1][1]
    return MilestoneCourse(
        name=task.name,
        points=corners(one.expected),
        when=words.date(day, "short" if day.year == year else "medium"),
        note=words.days_short(slip, signed=True) if slip else "",
        done=one.reached,
        critical=task.critical,
        late=task.late,
    )


def _rest(rest: Sequence[_Followed], words: Language) -> str:
    if not rest:
        return ""
    names = [one.task.name for one in rest[:_NAMED]]
    if len(rest) > _NAMED:
        names.append(words.plural("page.more", len(rest) - _NAMED))
    return words.plural("chart.trend_rest", len(rest), names=words.list(names))


def _table(followed: Sequence[_Followed], title: str, setting: Setting) -> Table:
    """Write each milestone's dates with the weeks from which they were expected."""
    words = setting.words
    rows = tuple(Row((Cell(one.task.name), Cell(_told(one, words)))) for one in followed)
    columns = (Column(words.text("label.milestone")), Column(words.text("label.expected_on"), "long"))
    return Table(title, columns, rows, lead=0, more=words.text("page.see_table"))


def _told(one: _Followed, words: Language) -> str:
    turns = moves(one.expected)
    said = [
        words.text("page.labelled", label=words.date(day), value=words.date(expected))
        for day, expected in (turns[:-1] if one.reached and turns[-1] == one.expected[-1] else turns)
    ]
    if one.reached:
        said.append(words.text("page.done_on", date=words.date(one.expected[-1][1])))
    return " · ".join(said)
