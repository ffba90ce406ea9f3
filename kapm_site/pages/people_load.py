"""What people have to do, week by week: a chart of those who have most, and who is over 100 % with what."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kapm_site.analysis.outlook import PersonLoad, WeekLoad
from kapm_site.analysis.workload import overloaded
from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Table
from kapm_site.pages.charts.heat import HeatWords, LoadRow, Workload, draw_workload
from kapm_site.pages.fields import listed, register, sentences
from kapm_site.pages.setting import Setting

#: Weeks and people of the chart; a phone shows fewer weeks.
_WEEKS, _FEW_WEEKS, _PEOPLE = 16, 6, 12
_WHOLE = 100
_TASKS = 4


def load_blocks(
    loads: Sequence[PersonLoad], names: Mapping[str, str], tasks: Mapping[str, str], setting: Setting, status: date
) -> tuple[Block, ...]:
    """Draw who has most to do, and list who is over 100 %.

    Args:
        loads: Of the people; the busiest are drawn.
        names: Names of people by id; without one the id stands.
        tasks: Names of tasks by id; without one the id stands.
        setting: For the web.
        status: The chart begins with its week.
    """
    ranked = sorted(loads, key=lambda load: (-_peak(load), load.person))
    figure = _figure(ranked[:_PEOPLE], names, setting, status)
    over = overloaded(ranked)
    table = _table(over, names, tasks, setting) if over else None
    weeks = _weeks(ranked[:_PEOPLE], names, setting, status) if figure else None
    return tuple(block for block in (figure, weeks, table) if block is not None)


def first_over(loads: Sequence[PersonLoad]) -> tuple[PersonLoad, WeekLoad] | None:
    """Find the fullest week of the person who is booked most; None where nobody is over 100 %."""
    weeks = [(week.percent, load, week) for load in overloaded(loads) for week in load.weeks]
    _, load, week = max(weeks, key=lambda entry: entry[0], default=(0, None, None))
    return (load, week) if load is not None and week is not None else None


def _figure(loads: Sequence[PersonLoad], names: Mapping[str, str], setting: Setting, status: date) -> Block | None:
    wide, narrow = setting.widths
    drawn = _drawn(loads, names, setting, (status, _WEEKS), wide)
    small = _drawn(loads, names, setting, (status, _FEW_WEEKS), narrow) if narrow else None
    caption = setting.words.text("chart.workload_note")
    return Figure((drawn,), (small,) if small else (), caption=caption) if drawn else None


def _weeks(loads: Sequence[PersonLoad], names: Mapping[str, str], setting: Setting, status: date) -> Table:
    """Write the weeks of the chart, those of each person in a row."""
    words = setting.words
    first = status - timedelta(days=status.weekday())
    last = first + timedelta(weeks=_WEEKS)
    rows = tuple(
        Row(
            (
                Cell(names.get(load.person, load.person)),
                Cell(
                    " · ".join(
                        words.text("page.labelled", label=words.date(week.monday), value=words.percent(week.percent))
                        for week in load.weeks
                        if first <= week.monday < last
                    )
                ),
            )
        )
        for load in loads
    )
    columns = (Column(words.text("label.person")), Column(words.text("label.week"), "long"))
    return Table(words.text("chart.workload_title"), columns, rows, lead=0, more=words.text("page.see_table"))


def _drawn(
    loads: Sequence[PersonLoad], names: Mapping[str, str], setting: Setting, span: tuple[date, int], width: int
) -> Workload | None:
    status, most = span
    last = max((week.monday for load in loads for week in load.weeks), default=None)
    monday = status - timedelta(days=status.weekday())
    if last is None or last < monday:
        return None
    count = min((last - monday).days // 7 + 1, most)
    weeks = [monday + timedelta(weeks=number) for number in range(count)]
    rows = [LoadRow(names.get(load.person, load.person), _shares(load, weeks)) for load in loads]
    words = HeatWords(setting.words.text("chart.workload_title"), _told(loads, names, weeks, setting.words))
    return draw_workload(rows, weeks, words, setting.frame(width), setting.tick, value=lambda x: f"{x * _WHOLE:.0f}")


def _told(loads: Sequence[PersonLoad], names: Mapping[str, str], weeks: Sequence[date], words: Language) -> str:
    """Say who is over 100 %, each with their fullest week."""
    told = []
    for load in loads:
        shown = [week for week in load.weeks if week.monday in weeks]
        peak = max(shown, key=lambda week: week.percent, default=None)
        if peak is not None and peak.percent > _WHOLE:
            name, percent = names.get(load.person, load.person), words.percent(peak.percent)
            told.append(words.text("internal.people_full", name=name, percent=percent, date=words.date(peak.monday)))
    return sentences(words, *told) if told else words.text("internal.people_free")


def _shares(load: PersonLoad, weeks: Sequence[date]) -> tuple[float | None, ...]:
    known = {week.monday: week.percent / _WHOLE for week in load.weeks}
    return tuple(known.get(week) for week in weeks)


def _table(over: Sequence[PersonLoad], names: Mapping[str, str], tasks: Mapping[str, str], setting: Setting) -> Table:
    words = setting.words
    columns = (
        Column(words.text("label.person")),
        Column(words.text("label.peak"), "number"),
        Column(words.text("label.week"), "date"),
        Column(words.text("label.over_weeks"), "number"),
        Column(words.text("label.tasks"), "long"),
    )
    rows = [_row(load, names, tasks, words) for load in over]
    return register(setting, words.text("internal.people"), columns, rows)


def _row(load: PersonLoad, names: Mapping[str, str], tasks: Mapping[str, str], words: Language) -> Row:
    peak = max(load.weeks, key=lambda week: (week.percent, -week.monday.toordinal()))
    causes = [tasks.get(task, task) for task in peak.tasks[:_TASKS]]
    return Row(
        (
            Cell(names.get(load.person, load.person)),
            Cell(words.percent(peak.percent), tone="bad"),
            Cell(words.date(peak.monday), sort=peak.monday.isoformat()),
            Cell(words.number(len(load.weeks))),
            listed(words, causes),
        )
    )


def _peak(load: PersonLoad) -> float:
    return max((week.percent for week in load.weeks), default=0.0)
