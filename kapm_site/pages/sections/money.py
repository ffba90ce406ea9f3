"""Section 11: budget, spent, ordered, expected, as far as the reader may see it."""

from itertools import accumulate

from kapm_site.audience.views import MoneyView, ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Pairs, Row, Section
from kapm_site.pages.charts.bars import BarChart, BarPart, BarRow, draw_bars
from kapm_site.pages.fields import filled, plain, register
from kapm_site.pages.setting import Setting

_EVEN = 0.005


def money(view: ProjectView, setting: Setting) -> Section | None:
    """Draw the sums on one scale and list spending by month."""
    found = view.money
    if found is None or (found.budget is None and found.spent is None):
        return None
    words = setting.words
    blocks: list[Block] = []
    wide, narrow = setting.widths
    chart = _chart(found, setting, wide)
    if chart is not None:
        small = _chart(found, setting, narrow) if narrow else None
        blocks.append(Figure((chart,), (small,) if small else (), caption=words.text("chart.money_note")))
    pairs = _pairs(found, setting)
    if pairs:
        blocks.append(Pairs(pairs))
    if found.by_month:
        blocks.append(_months(found, setting))
    return Section("money", words.text("section.money"), _finding(found, setting), blocks=tuple(blocks))


def _finding(found: MoneyView, setting: Setting) -> str:
    words = setting.words
    if found.budget and found.eac is not None:
        budget, eac = setting.money(found.budget), setting.money(found.eac)
        gap = found.eac - found.budget
        if abs(gap) < _EVEN * found.budget:
            return words.text("finding.budget_exact", budget=budget)
        amount = setting.money(abs(gap))
        name = "finding.budget_over" if gap > 0 else "finding.budget_within"
        return words.text(name, eac=eac, amount=amount, budget=budget)
    if found.budget and found.spent is not None:
        percent = words.percent(100 * found.spent / found.budget)
        spent, budget = setting.money(found.spent), setting.money(found.budget)
        return words.text("finding.budget_spent", spent=spent, budget=budget, percent=percent)
    return ""


def _chart(found: MoneyView, setting: Setting, width: int) -> BarChart | None:
    words = setting.words
    spent, committed = found.spent or 0, found.committed or 0
    ordered = (BarPart(spent, "ink"), BarPart(committed, "accent")) if committed else (BarPart(spent, "ink"),)
    rows = [
        _bar(words.text("label.budget"), found.budget, (BarPart(found.budget or 0, "ghost"),), setting),
        _bar(words.text("label.spent"), found.spent, ordered, setting),
        _bar(words.text("figure.eac"), found.eac, (BarPart(found.eac or 0, "soft"),), setting),
    ]
    title = words.text("chart.money_title")
    return draw_bars([row for row in rows if row], title, _finding(found, setting), setting.frame(width))


def _bar(name: str, amount: float | None, parts: tuple[BarPart, ...], setting: Setting) -> BarRow | None:
    return BarRow(name, parts, setting.words.money_short(amount, setting.currency)) if amount is not None else None


def _pairs(found: MoneyView, setting: Setting) -> tuple[tuple[str, Cell], ...]:
    words = setting.words
    tolerance = words.percent(found.tolerance_percent, 1) if found.tolerance_percent is not None else ""
    return filled(
        (words.text("label.budget"), plain(setting.money(found.budget))),
        (words.text("label.contingency"), plain(setting.money(found.contingency))),
        (words.text("label.tolerance"), plain(tolerance)),
        (words.text("label.spent"), plain(setting.money(found.spent))),
        (words.text("label.committed"), plain(setting.money(found.committed) if found.committed else "")),
        (words.text("figure.eac"), plain(setting.money(found.eac))),
    )


def _months(found: MoneyView, setting: Setting) -> Block:
    words = setting.words
    columns = (
        Column(words.text("label.month")),
        Column(words.text("label.spent"), "number"),
        Column(words.text("label.running_cost"), "number"),
    )
    running = accumulate(amount for _, amount in found.by_month)
    rows = [
        Row(
            (
                Cell(words.date(month, "month"), sort=month.isoformat()),
                plain(setting.money(amount)),
                plain(setting.money(total)),
            )
        )
        for (month, amount), total in zip(found.by_month, running, strict=True)
    ]
    rows.reverse()
    return register(setting, words.text("section.money"), columns, rows, lead=6, printed=6, dense=True)
