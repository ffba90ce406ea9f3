"""Section 11: budget, spent, ordered, expected, as far as the reader may see it."""

from datetime import date
from itertools import accumulate

from kapm_site.audience.views import MoneyView, ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Pairs, Row, Section
from kapm_site.pages.charts.bars import BarChart, BarPart, BarRow, draw_bars
from kapm_site.pages.fields import Pair, filled, needed_digits, plain, register
from kapm_site.pages.setting import Setting

_EVEN = 0.005
#: Months that print shows.
_MONTHS = 2


def money(view: ProjectView, setting: Setting) -> Section | None:
    """Draw what is expected against the budget, and list spending by month."""
    found = view.money
    if found is None:
        return None
    words = setting.words
    blocks: list[Block] = []
    wide, narrow = setting.widths
    chart = _chart(found, setting, wide)
    if chart is not None:
        small = _chart(found, setting, narrow) if narrow else None
        blocks.append(Figure((chart,), (small,) if small else ()))
    pairs = _pairs(found, setting)
    if setting.medium == "print":
        pairs = (*pairs, *_last_months(found, setting))
    if pairs:
        blocks.append(Pairs(pairs, run_in=True))
    if found.by_month and setting.medium == "web":
        blocks.append(_months(found, setting))
    if not blocks:
        return None
    title = words.text("section.money")
    # The printed chart has the words of the note in it, and the figures below it.
    note = _note(found, setting) if setting.medium == "web" else ""
    return Section("money", title, _finding(found, setting), note, blocks=tuple(blocks))


def _finding(found: MoneyView, setting: Setting) -> str:
    words = setting.words
    if found.budget and found.eac is not None:
        budget, eac = setting.money(found.budget), setting.money(found.eac)
        gap = found.eac - found.budget
        if abs(gap) < _EVEN * found.budget:
            return words.text("finding.budget_exact", budget=budget)
        amount = setting.money(abs(gap))
        tolerance = found.tolerance_percent or 0
        if 0 < gap <= found.budget * tolerance / 100:
            shown = words.percent(tolerance, needed_digits((tolerance,), 1))
            return words.text("finding.budget_over_tolerated", eac=eac, amount=amount, tolerance=shown)
        name = "finding.budget_over" if gap > 0 else "finding.budget_within"
        return words.text(name, eac=eac, amount=amount, budget=budget)
    if found.budget and found.spent is not None:
        percent = words.percent(100 * found.spent / found.budget)
        spent, budget = setting.money(found.spent), setting.money(found.budget)
        return words.text("finding.budget_spent", spent=spent, budget=budget, percent=percent)
    return _single(found, setting)


def _single(found: MoneyView, setting: Setting) -> str:
    """Say the one figure that can be compared with no other."""
    words = setting.words
    if found.eac is not None:
        return words.text("finding.money_expected", eac=setting.money(found.eac))
    if found.spent is not None:
        return words.text("finding.money_spent", spent=setting.money(found.spent))
    return words.text("finding.money_budget", budget=setting.money(found.budget)) if found.budget is not None else ""


def _note(found: MoneyView, setting: Setting) -> str:
    """Say what the forecast is made of."""
    rest = _rest(found)
    if rest is None:
        return ""
    spent, committed = setting.money(found.spent), setting.money(found.committed or 0)
    return setting.words.text("money.parts", spent=spent, committed=committed, rest=setting.money(rest))


def _rest(found: MoneyView) -> float | None:
    """What is still to come, None where it is not known or already ordered."""
    if found.eac is None or found.spent is None:
        return None
    rest = found.eac - found.spent - (found.committed or 0)
    return rest if rest > 0 else None


def _chart(found: MoneyView, setting: Setting, width: int) -> BarChart | None:
    words = setting.words
    rest = _rest(found)
    parts = [
        BarPart(found.spent or 0, "ink", words.text("label.spent")),
        BarPart(found.committed or 0, "mid", words.text("label.committed")),
        BarPart(rest or 0, "soft", words.text("label.still_to_come")),
    ]
    expected = tuple(part for part in parts if part.value > 0)
    rows = [_bar(words.text("label.budget"), found.budget, (BarPart(found.budget or 0, "ghost"),), setting)]
    if rest is None:
        rows.append(_bar(words.text("label.spent"), found.spent, expected, setting))
        rows.append(_bar(words.text("figure.eac"), found.eac, (BarPart(found.eac or 0, "soft"),), setting))
    else:
        rows.append(_bar(words.text("figure.eac"), found.eac, expected, setting))
    drawn = [row for row in rows if row]
    if len(drawn) < 2:  # noqa: PLR2004 -- one bar compares nothing
        return None
    title = words.text("chart.money_title")
    return draw_bars(drawn, title, _finding(found, setting), setting.frame(width))


def _bar(name: str, amount: float | None, parts: tuple[BarPart, ...], setting: Setting) -> BarRow | None:
    return BarRow(name, parts, setting.money(amount)) if amount is not None else None


def _pairs(found: MoneyView, setting: Setting) -> tuple[tuple[str, Cell], ...]:
    words = setting.words
    tolerated = found.tolerance_percent
    tolerance = words.percent(tolerated, needed_digits((tolerated,), 1)) if tolerated is not None else ""
    return filled(
        (words.text("label.budget"), plain(setting.money(found.budget))),
        (words.text("label.contingency"), plain(setting.money(found.contingency))),
        (words.text("label.tolerance"), plain(tolerance)),
        (words.text("label.spent"), plain(setting.money(found.spent))),
        (words.text("label.committed"), plain(setting.money(found.committed) if found.committed else "")),
        (words.text("figure.eac"), plain(setting.money(found.eac))),
    )


def _running(found: MoneyView) -> list[tuple[date, float, float]]:
    """List month, amount and sum up to it, the latest first."""
    sums = accumulate(amount for _, amount in found.by_month)
    return [(month, amount, total) for (month, amount), total in zip(found.by_month, sums, strict=True)][::-1]


def _last_months(found: MoneyView, setting: Setting) -> list[Pair]:
    """Write the latest months as print has room for them: amount, and cost in all."""
    words = setting.words

    def told(amount: float, total: float) -> str:
        sum_ = words.text("page.labelled", label=words.text("label.running_cost"), value=setting.money(total))
        return f"{setting.money(amount)} · {sum_}"

    return [(words.date(month, "month"), Cell(told(*sums))) for month, *sums in _running(found)[:_MONTHS]]


def _months(found: MoneyView, setting: Setting) -> Block:
    words = setting.words
    columns = (
        Column(words.text("label.month")),
        Column(words.text("label.spent"), "number"),
        Column(words.text("label.running_cost"), "number"),
    )
    rows = [
        Row(
            (
                Cell(words.date(month, "month"), sort=month.isoformat()),
                plain(setting.money(amount)),
                plain(setting.money(total)),
            )
        )
        for month, amount, total in _running(found)
    ]
    heading = words.text("label.by_month")
    return register(setting, heading, columns, rows, heading=heading, lead=6, dense=True)
