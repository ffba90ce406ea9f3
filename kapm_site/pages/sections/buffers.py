"""The buffers of the schedule: how much of each is used up, against how much of the work before it is done."""

from dataclasses import replace

from kapm_site.analysis.buffers import zone_lines
from kapm_site.audience.views import BufferView, ProjectView
from kapm_site.pages.blocks import Beside, Block, Cell, Column, Figure, Row, Table
from kapm_site.pages.charts.fever import Fever, FeverBuffer, FeverWords, FeverZone, draw_fever
from kapm_site.pages.fields import needed_digits, register, sentences
from kapm_site.pages.past import has_past
from kapm_site.pages.print_widths import PAGE
from kapm_site.pages.setting import Setting

#: Widths of the chart: on the site no wider than the eye needs, in print in a column of its own.
_WIDEST, _PRINTED, _SIDE = 480, 330, 88
_HEIGHTS = {"web": 280, "print": 180}
_WHOLE = 100.0


def buffer_blocks(view: ProjectView, setting: Setting) -> list[Block]:
    """Draw the fever chart with the register of buffers; on paper the chart only where one is used up too fast."""
    known = [one for one in view.buffers if one.consumed_percent is not None and one.chain_complete_percent is not None]
    if not known:
        return []
    table = _table(known, setting)
    wide, narrow = setting.widths
    largest = _WIDEST if narrow else _PRINTED
    charts = [_drawn(known, view, setting, width) for width in (min(wide, largest), narrow) if width]
    drawn = [chart for chart in charts if chart]
    words = setting.words
    title, past = words.text("chart.fever_title"), any(chart.courses for chart in drawn)
    caption = sentences(words, words.text("chart.fever_note"), words.text("chart.fever_past") if past else "")
    if setting.medium == "print":
        if all(one.zone == "green" for one in known):
            return [replace(table, heading=title)]
        return [Beside(Figure(tuple(drawn), caption=caption), table, _SIDE, PAGE - _SIDE - 6, title)]
    return [Figure(tuple(drawn[:1]), tuple(drawn[1:]), title, caption), table]


def _drawn(buffers: list[BufferView], view: ProjectView, setting: Setting, width: int) -> Fever | None:
    words = setting.words
    lines = zone_lines()
    below = ("green", *(line.above for line in lines))
    heights = [*((line.at_start, line.at_end) for line in lines), (_WHOLE, _WHOLE)]
    zones = [FeverZone(words.text(f"buffer_zone.{zone}"), *height) for zone, height in zip(below, heights, strict=True)]
    told = [words.text("page.labelled", label=one.name, value=_said(one, setting)) for one in buffers]
    names = FeverWords(
        title=words.text("chart.fever_title"),
        desc=words.list(told),
        done=words.text("label.chain_done"),
        used=words.text("label.buffer_used"),
        percent=words.percent,
    )
    shown = [FeverBuffer(one.name, _course(one, view), one.zone == "red") for one in buffers]
    height = _HEIGHTS[setting.medium]
    return draw_fever(shown, zones, names, setting.frame(width), height=height)


def _course(buffer: BufferView, view: ProjectView) -> tuple[tuple[float, float], ...]:
    """Follow a buffer through the weeks that are known, each point once."""
    past = view.looks if has_past(view) else ()
    points = [(one.complete, one.consumed) for look in past for one in look.buffers if one.id == buffer.task_id]
    today = (buffer.chain_complete_percent or 0.0, buffer.consumed_percent or 0.0)
    return tuple(dict.fromkeys([*(point for point in points if point != today), today]))


def _said(buffer: BufferView, setting: Setting) -> str:
    words = setting.words
    used, done = words.percent(buffer.consumed_percent or 0), words.percent(buffer.chain_complete_percent or 0)
    return words.text("chart.fever_point", used=used, done=done)


def _table(buffers: list[BufferView], setting: Setting) -> Table:
    words = setting.words
    digits = needed_digits([one.size_days for one in buffers], 1)
    columns = (
        Column(words.text("label.buffer"), "long"),
        Column(words.text("label.size_days"), "number"),
        Column(words.text("label.buffer_used"), "number"),
        Column(words.text("label.chain_done"), "number"),
        # Half a printed page has no room for the longest of them on one line.
        Column(words.text("label.status"), "mark" if setting.medium == "web" else "text"),
    )
    rows = [
        Row(
            (
                Cell(one.name),
                Cell(words.number(one.size_days, digits)),
                Cell(words.percent(one.consumed_percent or 0)),
                Cell(words.percent(one.chain_complete_percent or 0)),
                Cell(words.text(f"buffer_zone.{one.zone}"), health=one.zone) if one.zone else Cell(),
            )
        )
        for one in buffers
    ]
    return register(setting, words.text("chart.fever_title"), columns, rows)
