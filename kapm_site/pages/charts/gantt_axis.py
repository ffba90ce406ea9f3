"""What lies under and above the rows of a Gantt chart: months, closed days, the status date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kapm_site.pages.charts.gantt_layout import HEAD, RULE_AT, Plan
from kapm_site.pages.charts.gantt_rows import ClosedSpan, GanttRow, GanttWords
from kapm_site.pages.charts.inks import HAIR, INK, MUTE, RULE, WASH
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import Line, Rect, Text, line, rect, tenth
from kapm_site.pages.charts.scale import TimeScale, TimeTick
from kapm_site.pages.charts.spacing import Lanes

LONG = 28
#: Pixels from which a weekend and a holiday are seen.
_LEAST_DAY, _LEAST_SPAN = 4, 1.5
_UPPER = 12
_LOWER = 32


def shades(plan: Plan, closed: Sequence[ClosedSpan]) -> tuple[Rect, ...]:
    """Closed days behind the bars, those with a name a little darker."""
    found = []
    for span in seen(plan.scale, closed, weekends=not plan.narrow):
        left = plan.scale.at(span.start)
        width = plan.scale.after(span.finish) - left
        ink, tip = (HAIR, "" if plan.narrow else span.name) if span.name else (WASH, "")
        found += [rect(left, top, width, bottom - top, ink, tip=tip) for top, bottom in plan.bands()]
    return tuple(found)


def seen(scale: TimeScale, closed: Sequence[ClosedSpan], *, weekends: bool = False) -> list[ClosedSpan]:
    """The closed days inside a chart that are wide enough to see: weekends where days are, others as a whole."""
    found = []
    for span in closed:
        first, last = max(span.start, scale.first), min(span.finish, scale.last)
        width = ((last - first).days + 1) * scale.day_width
        if first <= last and (width >= _LEAST_SPAN if span.name else weekends and scale.day_width >= _LEAST_DAY):
            found.append(replace(span, start=first, finish=last))
    return found


def grid(rows: Sequence[GanttRow], plan: Plan, ticks: Sequence[TimeTick]) -> tuple[Line, ...]:
    """Lines of the time axis, under the heads and between phases."""
    lines = [line(0, RULE_AT, plan.width, RULE_AT, RULE)]
    dash = plan.dashes()
    lines += [line(tick.x, RULE_AT, tick.x, plan.bottom, HAIR, dash=dash) for tick in ticks if tick.boundary]
    for index, row in enumerate(rows):
        if index and (plan.narrow or row.depth == 0):
            lines.append(line(0, plan.edges[index], plan.width, plan.edges[index], HAIR))
    return tuple(lines)


def status_lines(plan: Plan, status: date | None, ticks: Sequence[TimeTick]) -> tuple[Line, ...]:
    """The end of the status date, from its label down; it leaves out a month's name in its way."""
    if status is None:
        return ()
    x = plan.scale.after(status)
    struck = any(tick.x - 3 < x < tick.x + text_width(tick.label) + 3 for tick in ticks if tick.label)
    heads = [(_UPPER + 4, _LOWER - 11), (RULE_AT - 2, RULE_AT)] if struck else [(_UPPER + 4, RULE_AT)]
    marks = [line(x, top, x, bottom, INK, width=1.2) for top, bottom in heads]
    return (*marks, line(x, RULE_AT, x, plan.bottom, INK, width=1.2, dash=plan.dashes()))


def axis(
    plan: Plan,
    words: GanttWords,
    ticks: Sequence[TimeTick],
    status: date | None,
    closed: Sequence[ClosedSpan],
) -> tuple[Text, ...]:
    """The words above the chart; the months again below it if it is long."""
    texts: list[Text] = []
    if not plan.narrow:
        heads = zip(plan.cell_ends, words.heads, strict=False)
        texts += [Text(0, _LOWER, words.name, MUTE)] if words.name else []
        texts += [Text(x, _LOWER, head, MUTE, "end") for x, head in heads if head]
    heights = [_LOWER] + ([tenth(plan.bottom + 16)] if plan.count > LONG else [])
    texts += [Text(tick.x, y, tick.label, MUTE) for y in heights for tick in ticks if tick.label]
    return (*texts, *_above(plan, words, status, closed))


def _above(plan: Plan, words: GanttWords, status: date | None, closed: Sequence[ClosedSpan]) -> list[Text]:
    """The status date and the names of closures on one line, the former first."""
    wanted: list[tuple[str, float, bool]] = []
    if status is not None and words.status:
        wanted.append((words.status, plan.scale.after(status), True))
    wanted += [
        (span.name, (plan.scale.at(span.start) + plan.scale.after(span.finish)) / 2, False)
        for span in seen(plan.scale, closed)
        if span.own
    ]
    lanes, texts = Lanes(1), []
    for label, x, bold in wanted:
        half = text_width(label, bold=bold) / 2
        centre = min(max(x, half), plan.width - half)
        if lanes.take(centre - half, centre + half) is not None:
            texts.append(Text(tenth(centre), _UPPER, label, INK if bold else MUTE, "middle", bold=bold))
    return texts


def total_height(plan: Plan) -> float:
    """The height of the whole chart."""
    return tenth(max(plan.bottom, HEAD) + (24 if plan.count > LONG else 6))
