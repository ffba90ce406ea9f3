"""Earned value and earned schedule: every figure with one plain sentence.

Names, formulas and their sources are those of `kapm_site.analysis.earned_value`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kapm_site.analysis.days import finish_day
from kapm_site.analysis.records import EarnedValue
from kapm_site.audience.internal import InternalProject
from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Cell, Column, Pairs, Row, Section, Table
from kapm_site.pages.internal_notes.findings import program_language
from kapm_site.pages.internal_notes.value_lines import value_lines
from kapm_site.pages.setting import Setting

#: The rest of the work is divided by this.
_FACTORS = {
    "1": "1",
    "cpi": "CPI",
    "spi": "SPI",
    "spi_t": "SPI(t)",
    "sci": "SPI × CPI",
    "sci_t": "SPI(t) × CPI",
    "cpi_spi": "0.8 CPI + 0.2 SPI",
    "cpi_spi_t": "0.8 CPI + 0.2 SPI(t)",
}
_METHODS = {"pv": "PV", "ed": "ED", "es": "ES"}
_CENT = 0.005


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure: its message id, its value, its sentence, and its name in the JSON."""

    label: str
    value: str
    sentence: str
    name: str


def earned_value_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show all figures of earned value, and the ways to estimate cost and finish."""
    earned = project.notes.analysis.earned_value
    if earned.bac is None and earned.ac is None:
        return None
    words = setting.words
    blocks = [*value_lines(project, setting), _figures(project, earned, setting)]
    if earned.etc:
        # Of work that is done there is nothing left to estimate.
        blocks += [block for block in (_eac_by(earned, setting), _finish_by(earned, setting)) if block]
    told = _cpi(earned, setting)
    title = words.text("internal.earned_value")
    return Section("internal-earned-value", title, told, _note(project, earned, setting), blocks=tuple(blocks))


def _note(project: InternalProject, earned: EarnedValue, setting: Setting) -> str:
    """Say why actual cost is not what the page says was spent: tasks may state theirs, whatever entries say."""
    words, spent = setting.words, project.notes.analysis.money.spent
    if earned.ac is None or spent is None or abs(earned.ac - spent) < _CENT:
        return ""
    return words.text("money.ac_beside_spent", ac=setting.money(earned.ac), spent=setting.money(spent))


def _figures(project: InternalProject, earned: EarnedValue, setting: Setting) -> Block:
    words, missing = setting.words, project.notes.analysis.missing
    said = [*_sums(project, earned, setting), *_indices(earned, setting), *_times(earned, setting)]
    columns = (
        Column(words.text("label.figure")),
        Column(words.text("label.value"), "number"),
        Column(words.text("label.sentence"), "long"),
    )
    rows = tuple(_row(one, missing.get(f"earned_value.{one.name}"), words) for one in said)
    return Table(words.text("internal.earned_value"), columns, rows, lead=len(rows))


def _row(said: _Said, missing: str | None, words: Language) -> Row:
    told = Cell(said.sentence) if said.value else Cell(missing or "", tone="soft", language=program_language(words))
    return Row((Cell(words.text(said.label)), Cell(said.value), told))


def _sums(project: InternalProject, earned: EarnedValue, setting: Setting) -> Iterator[_Said]:
    words, money = setting.words, setting.money
    percent = _share(earned.ev, earned.bac, words)
    planned = words.text(
        "money.planned_means",
        date=words.date(project.view.status),
        percent=_share(earned.pv, earned.bac, words),
        amount=money(earned.pv),
    )
    yield _Said("figure.bac", money(earned.bac), words.text("money.bac_means"), "bac")
    yield _Said("figure.pv", money(earned.pv), planned, "pv")
    done = {"percent": percent, "amount": money(earned.ev), "gap": _gap(earned.sv, setting)}
    earned_text = _by_sign(earned.sv, ("money.earned_more", "money.earned_less", "money.earned_equal"), done, words)
    yield _Said("figure.ev", money(earned.ev), earned_text, "ev")
    cost = {"amount": money(earned.ac), "gap": _gap(earned.cv, setting)}
    spent_text = _by_sign(earned.cv, ("money.spent_less", "money.spent_more", "money.even"), cost, words)
    yield _Said("figure.ac", money(earned.ac), spent_text, "ac")
    gap = {"gap": _gap(earned.sv, setting)}
    sv_text = _by_sign(earned.sv, ("money.sv_more", "money.sv_less", "money.even"), gap, words)
    yield _Said("figure.sv", _signed(earned.sv, setting), sv_text, "sv")
    gap = {"gap": _gap(earned.cv, setting)}
    cv_text = _by_sign(earned.cv, ("money.cv_under", "money.cv_over", "money.even"), gap, words)
    yield _Said("figure.cv", _signed(earned.cv, setting), cv_text, "cv")
    yield _Said("figure.eac", money(earned.eac), words.text("money.eac_means", amount=money(earned.eac)), "eac")
    yield _Said("figure.etc", money(earned.etc), words.text("money.etc_means", amount=money(earned.etc)), "etc")
    gap = {"gap": _gap(earned.vac, setting)}
    vac_text = _by_sign(earned.vac, ("money.vac_under", "money.vac_over", "money.even"), gap, words)
    yield _Said("figure.vac", _signed(earned.vac, setting), vac_text, "vac")


def _indices(earned: EarnedValue, setting: Setting) -> Iterator[_Said]:
    words = setting.words
    spi = _ratio(earned.spi, words)
    spi_text = _per_unit("money.spi_means", earned.spi, setting)
    yield _Said("figure.schedule.spi", spi, spi_text, "spi")
    yield _Said("figure.cost.cpi", _ratio(earned.cpi, words), _cpi(earned, setting), "cpi")
    tcpi_text = ""
    if earned.tcpi is not None:
        percent = words.percent(abs(earned.tcpi - 1) * 100)
        name = "money.tcpi_harder" if earned.tcpi > 1 else "money.tcpi_easier"
        tcpi_text = words.text(name, percent=percent)
    yield _Said("figure.tcpi", _ratio(earned.tcpi, words), tcpi_text, "tcpi")


def _times(earned: EarnedValue, setting: Setting) -> Iterator[_Said]:
    words = setting.words
    es, at, late = (_days(value, words) for value in (earned.es_days, earned.at_days, earned.sv_t_days))
    gap = {"days": _days(abs(earned.sv_t_days or 0), words)}
    late_text = _by_sign(earned.sv_t_days, ("money.sv_t_early", "money.sv_t_late", "money.even"), gap, words)
    finish = words.date(finish_day(earned.ieac_t)) if earned.ieac_t else ""
    spi_t_text = words.text("money.spi_t_means", used=at, earned=es)
    yield _Said("figure.es_days", es, words.text("money.es_means", days=es), "es_days")
    yield _Said("figure.at_days", at, words.text("money.at_means", days=at), "at_days")
    yield _Said("figure.sv_t_days", late, late_text, "sv_t_days")
    yield _Said("figure.schedule.spi_t", _ratio(earned.spi_t, words), spi_t_text, "spi_t")
    yield _Said("figure.ieac_t", finish, words.text("money.ieac_t_means", date=finish), "ieac_t")


def _eac_by(earned: EarnedValue, setting: Setting) -> Block | None:
    pairs = tuple(
        (f"AC + (BAC − EV) ÷ {_factor(name)}", Cell(setting.money(amount)))
        for name, amount in earned.eac_by.items()
        if amount is not None and name in _FACTORS
    )
    return Pairs(pairs, setting.words.text("internal.eac_by")) if pairs else None


def _finish_by(earned: EarnedValue, setting: Setting) -> Block | None:
    pairs = []
    for name, moment in earned.finish_by.items():
        method, _, factor = name.partition("_")
        if moment is not None and factor in _FACTORS:
            formula = f"{_METHODS.get(method, method)}, {_FACTORS[factor]}"
            pairs.append((formula, setting.day(finish_day(moment))))
    return Pairs(tuple(pairs), setting.words.text("internal.finish_by")) if pairs else None


def _factor(name: str) -> str:
    return f"({_FACTORS[name]})" if " " in _FACTORS[name] else _FACTORS[name]


def _cpi(earned: EarnedValue, setting: Setting) -> str:
    return _per_unit("money.cpi_means", earned.cpi, setting)


def _per_unit(message_id: str, ratio: float | None, setting: Setting) -> str:
    """Say what a unit of money is worth by an index."""
    if ratio is None:
        return ""
    words, currency = setting.words, setting.currency
    return words.text(message_id, unit=words.money(1, currency), amount=words.money(ratio, currency, digits=2))


def _by_sign(value: float | None, ids: tuple[str, str, str], values: dict[str, str], words: Language) -> str:
    """Choose the sentence for a difference that is above, below or next to nothing."""
    if value is None:
        return ""
    above, below, equal = ids
    return words.text(above if value >= _CENT else below if value <= -_CENT else equal, **values)


def _gap(value: float | None, setting: Setting) -> str:
    return setting.money(abs(value)) if value is not None else ""


def _signed(value: float | None, setting: Setting) -> str:
    return setting.words.money(value, setting.currency, signed=True) if value is not None else ""


def _share(part: float | None, whole: float | None, words: Language) -> str:
    return words.percent(100 * part / whole) if part is not None and whole else ""


def _ratio(value: float | None, words: Language) -> str:
    return words.number(value, 2) if value is not None else ""


def _days(value: float | None, words: Language) -> str:
    return words.days(value) if value is not None else ""
