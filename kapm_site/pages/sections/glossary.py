"""Section 17, terms and rules: the words of this report, and by which rules health is decided."""

from collections.abc import Callable

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Pairs, Row, Section
from kapm_site.pages.fields import decimals, register, sentences
from kapm_site.pages.setting import Setting

_Shown = Callable[[ProjectView], bool]


def _always(view: ProjectView) -> bool:  # noqa: ARG001 - one of several conditions
    return True


def _earned(view: ProjectView) -> bool:
    return view.money is not None and view.money.earned_value is not None


#: Terms in the order in which a report uses them, each with the condition under which it is used.
_TERMS: tuple[tuple[str, _Shown], ...] = (
    ("health", _always),
    ("milestone", lambda view: any(task.milestone for task in view.tasks)),
    ("baseline", _always),
    ("forecast", _always),
    ("slip", _always),
    ("working_day", _always),
    ("critical_path", lambda view: any(task.critical for task in view.tasks)),
    ("buffer", lambda view: any(task.buffer for task in view.tasks)),
    ("probable_finish", _earned),
    ("slack", _earned),
    ("planned_value", _earned),
    ("earned_value", _earned),
    ("actual_cost", _earned),
    ("spi", _earned),
    ("spi_t", lambda view: _earned(view) or any(kpi.computed == "schedule.spi_t" for kpi in view.kpis)),
    ("cpi", lambda view: _earned(view) or any(kpi.computed == "cost.cpi" for kpi in view.kpis)),
    ("tcpi", _earned),
    ("eac", lambda view: view.money is not None and view.money.eac is not None),
    ("kpi", lambda view: bool(view.kpis)),
    ("risk_score", lambda view: any(risk.score is not None for risk in view.risks)),
    ("exposure", lambda view: view.risk_summary.exposure is not None),
    ("change_request", lambda view: bool(view.changes)),
    ("csat", lambda view: view.feedback_summary.csat is not None),
    ("nps", lambda view: view.feedback_summary.nps is not None),
    ("raci", lambda view: bool(view.responsibilities)),
)


def glossary(view: ProjectView, setting: Setting) -> Section | None:
    """Explain the terms that this report uses; on the site the rules of health too, on paper they stand with it."""
    words = setting.words
    short = words.text("section.glossary")
    terms = [(words.text(f"term.{term}"), words.text(f"meaning.{term}")) for term, shown in _TERMS if shown(view)]
    if setting.medium == "print":
        pairs = tuple((term, Cell(meaning)) for term, meaning in terms)
        return Section("glossary", short, blocks=(Pairs(pairs, run_in=True),))
    blocks = (_rules(setting), _terms(terms, setting))
    title = words.text("section.terms_rules")
    return Section("glossary", title, words.text("page.how_to_read"), blocks=blocks, short=short)


def rule_text(dimension: str, setting: Setting) -> str:
    """Say by which rule the health of a dimension, or `overall`, is decided."""
    return _RULES[dimension](setting)


def _terms(terms: list[tuple[str, str]], setting: Setting) -> Block:
    words = setting.words
    columns = (Column(words.text("label.term")), Column(words.text("label.meaning"), "long"))
    rows = [Row((Cell(term, tone="strong"), Cell(meaning))) for term, meaning in terms]
    heading = words.text("section.glossary")
    return register(setting, heading, columns, rows, heading=heading, lead=0, dense=True)


def _rules(setting: Setting) -> Block:
    words = setting.words
    columns = (Column(words.text("label.dimension")), Column(words.text("label.rule"), "long"))
    rows = [
        Row((Cell(words.text(f"dimension.{name}"), tone="strong"), Cell(rule_text(name, setting)))) for name in _RULES
    ]
    heading = words.text("section.rules")
    return register(setting, heading, columns, rows, heading=heading, lead=0, dense=True)


def _overall(setting: Setting) -> str:
    return sentences(setting.words, *(setting.words.text(f"rule.{name}") for name in ("overall", "override", "stale")))


def _scope(setting: Setting) -> str:
    words, rule = setting.words, setting.rules.scope
    return words.text(
        "rule.scope", amber=words.days(rule.amber_undecided_days), red=words.days(rule.red_undecided_days)
    )


def _schedule(setting: Setting) -> str:
    words, rule = setting.words, setting.rules.schedule
    return words.text(
        "rule.schedule",
        amber=words.days(rule.amber_slip_days),
        red=words.days(rule.red_slip_days),
        amber_points=decimals(words, rule.amber_behind_percent),
        red_points=decimals(words, rule.red_behind_percent),
    )


def _cost(setting: Setting) -> str:
    words, rule = setting.words, setting.rules.cost
    return words.text(
        "rule.cost", amber=words.percent(rule.amber_over_percent), red=words.percent(rule.red_over_percent)
    )


def _quality(setting: Setting) -> str:
    words, rule = setting.words, setting.rules.quality
    return words.text("rule.quality", amber=words.number(rule.amber_count), red=words.number(rule.red_count))


def _risk(setting: Setting) -> str:
    words, rule = setting.words, setting.rules.risk
    return words.text("rule.risk", amber=words.number(rule.amber_score), red=words.number(rule.red_score))


def _satisfaction(setting: Setting) -> str:
    words, rule = setting.words, setting.rules.satisfaction
    window = words.plural("days.calendar", round(rule.window_days))
    csat = words.text(
        "rule.satisfaction",
        window=window,
        amber=decimals(words, rule.amber_csat),
        red=decimals(words, rule.red_csat),
    )
    nps = words.text("rule.satisfaction_nps", amber=words.signed(rule.amber_nps), red=words.signed(rule.red_nps))
    return sentences(words, csat, nps)


_RULES: dict[str, Callable[[Setting], str]] = {
    "overall": _overall,
    "scope": _scope,
    "schedule": _schedule,
    "cost": _cost,
    "quality": _quality,
    "risk": _risk,
    "satisfaction": _satisfaction,
}
