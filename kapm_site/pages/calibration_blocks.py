"""How forecasts held and how long answers took, as tables: for the internal page and for the portfolio."""

from collections.abc import Sequence

from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Cell, Column, Row, Table
from kapm_site.pages.calibration import Held
from kapm_site.pages.fields import decimals, sentences
from kapm_site.pages.response_times import ResponseTimes
from kapm_site.pages.setting import Setting


def held_text(held: Held, words: Language) -> str:
    """Say how many dates held of how many: never a share without its sample."""
    return words.text("calibration.of", held=words.number(held.held), total=words.number(held.of))


def held_finding(counts: Sequence[Held], words: Language) -> str:
    """Say how many of the surest dates held; nothing where none is decided."""
    if not counts:
        return ""
    surest = counts[-1]
    level = words.percent(surest.level)
    return words.plural("calibration.held", surest.of, held=words.number(surest.held), level=level)


def calibration_note(words: Language, *, dates: bool, answers: bool) -> str:
    """Say what is counted: of finish dates, of answers."""
    return sentences(
        words,
        words.text("calibration.note") if dates else "",
        words.text("calibration.response_note") if answers else "",
    )


def held_table(counts: Sequence[Held], setting: Setting) -> list[Block]:
    """Hold the share of the dates that held against what was promised."""
    if not counts:
        return []
    words = setting.words
    columns = (
        Column(words.text("label.confidence")),
        Column(words.text("label.held"), "number"),
        Column(words.text("label.share"), "number"),
        Column(words.text("label.promised"), "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(f"P{one.level}"),
                Cell(held_text(one, words)),
                Cell(words.percent(one.percent)),
                Cell(words.percent(one.level)),
            )
        )
        for one in counts
    )
    return [Table(words.text("calibration.title"), columns, rows)]


def response_table(asks: ResponseTimes, feedback: ResponseTimes, setting: Setting, *, heading: bool) -> list[Block]:
    """Show how long the client's answers and ours took, with how many there are; nothing without any.

    `heading` is for a section that has other tables too.
    """
    words = setting.words
    found = [
        (name, times)
        for name, times in (("calibration.asks", asks), ("calibration.feedback", feedback))
        if times.days or times.open
    ]
    if not any(times.days for _, times in found):
        return []
    columns = (
        Column(words.text("calibration.answers")),
        Column(words.text("label.answers"), "number"),
        Column(words.text("label.median_days"), "number"),
        Column(words.text("label.longest_days"), "number"),
        Column(words.text("label.still_open"), "number"),
    )
    rows = tuple(Row((Cell(words.text(name)), *_cells(times, words))) for name, times in found)
    title = words.text("calibration.response")
    return [Table(title, columns, rows, heading=title if heading else "")]


def _cells(times: ResponseTimes, words: Language) -> tuple[Cell, ...]:
    known = times.days
    return (
        Cell(words.number(len(known))),
        Cell(decimals(words, times.median) if known else ""),
        Cell(words.number(known[-1]) if known else ""),
        Cell(words.number(times.open)),
    )
