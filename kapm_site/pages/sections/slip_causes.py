"""How the finish came to be later than agreed: a waterfall of causes, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from kapm_site.audience.views import ProjectView, SlipCause, SlipView
from kapm_site.language import WHOLE_DAYS, Language
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Table
from kapm_site.pages.charts.waterfall import WaterfallEnd, WaterfallStep, draw_waterfall
from kapm_site.pages.fields import needed_digits, sentences
from kapm_site.pages.setting import Setting

#: Pixels beyond which the eye loses the line from a name to its bar.
_WIDEST = 900
#: Work that is named beside a cause.
_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """A cause as it is shown: its name, its days rounded, the words for them, and the work behind it."""

    name: str
    days: float
    text: str
    tasks: tuple[tuple[str, float], ...]


def slip_causes(view: ProjectView, setting: Setting) -> list[Block]:
    """Draw what each cause adds from the baseline's finish to the expected one; nothing where nothing moved it."""
    slip, dates = view.slip, view.schedule
    if slip is None or dates.baseline_finish is None or dates.forecast_finish is None:
        return []
    words, (wide, narrow) = setting.words, setting.widths
    parts = _parts(slip, words)
    total = words.days_short(_total(parts), signed=True)
    begin = WaterfallEnd(words.text("label.baseline_finish"), words.date(dates.baseline_finish))
    finish = words.text("page.joined", first=words.date(dates.forecast_finish), second=total)
    end = WaterfallEnd(words.text("label.forecast_finish"), finish)
    title = words.text("chart.slip_title")
    steps = [WaterfallStep(part.name, part.days, part.text, _work(part, words, _NAMED)) for part in parts]
    told = words.list([words.text("page.labelled", label=part.name, value=part.text) for part in parts])
    frames = [setting.frame(width) for width in (min(wide, _WIDEST), narrow) if width]
    drawn = [chart for frame in frames if (chart := draw_waterfall(steps, begin, end, title, told, frame))]
    figure = Figure(tuple(drawn[:1]), tuple(drawn[1:]), title, _caption(slip, words))
    return [figure, _table(parts, title, words)] if setting.medium == "web" else [figure]


def _caption(slip: SlipView, words: Language) -> str:
    note = words.text("chart.slip_parallel", tasks=_named(slip.parallel, words, _NAMED)) if slip.parallel else ""
    return sentences(words, words.text("chart.slip_note"), note)


def _parts(slip: SlipView, words: Language) -> list[_Part]:
    """Round the days so that what is shown adds up: the largest part takes what rounding leaves."""
    whole = max(abs(one.days) for one in slip.causes) >= WHOLE_DAYS
    digits = 0 if whole else needed_digits([one.days for one in slip.causes], 1)
    days = [round(one.days, digits) for one in slip.causes]
    largest = max(range(len(days)), key=lambda index: abs(days[index]))
    rest = round(fsum(one.days for one in slip.causes), digits) - fsum(days)
    days[largest] = round(days[largest] + rest, digits)
    return [
        _Part(_name(one, words), shown, words.days_short(shown, signed=True), one.tasks)
        for one, shown in zip(slip.causes, days, strict=True)
    ]


def _total(parts: Sequence[_Part]) -> float:
    return round(fsum(part.days for part in parts), 1)


def _table(parts: Sequence[_Part], title: str, words: Language) -> Table:
    columns = (
        Column(words.text("label.cause")),
        Column(words.text("label.moved_days"), "number"),
        Column(words.text("label.tasks"), "long"),
    )
    rows = [Row((Cell(part.name), Cell(part.text), Cell(_work(part, words, len(part.tasks))))) for part in parts]
    total = _total(parts)
    rows.append(Row((Cell(words.text("label.total")), Cell(words.days_short(total, signed=True)), Cell()), strong=True))
    return Table(title, columns, tuple(rows), lead=0, more=words.text("page.see_table"))


def _name(one: SlipCause, words: Language) -> str:
    return words.text("cause.none" if one.cause == "unstated" else f"cause.{one.cause}")


def _work(part: _Part, words: Language, most: int) -> str:
    """Name the work that lost, or made up, most."""
    return _named(part.tasks, words, most)


def _named(tasks: Sequence[tuple[str, float]], words: Language, most: int) -> str:
    ordered = sorted(tasks, key=lambda task: -abs(task[1]))
    names = [
        words.text("page.labelled", label=name, value=words.days_short(round(abs(days), 1)))
        for name, days in ordered[:most]
    ]
    if len(ordered) > most:
        names.append(words.plural("page.more", len(ordered) - most))
    return words.list(names) if names else ""
