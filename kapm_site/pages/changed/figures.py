"""What differs in the project as a whole: health, dates, progress, money, satisfaction, key figures."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from kapm_site.compare import Difference, Kind, Topic
from kapm_site.language import Language
from kapm_site.pages.changed.forms import Speech, Teller, happened, happened_on, level, moved, named, number, string
from kapm_site.pages.excerpts import plain_sentence
from kapm_site.pages.fields import digits_worth, measured
from kapm_site.pages.reasons import is_worse, rule_text


def _health(difference: Difference, speech: Speech) -> str:
    """Say which way the health went, and which rule or whose word decided."""
    words = speech.words
    topic, before, after = difference.topic, string(difference.before), string(difference.after) or "unknown"
    values = {
        "dimension": words.text(f"dimension.{difference.id}") if topic == "dimension" else "",
        "before": words.quoted(words.text(f"health_word.{before}")) if before else "",
        "after": words.quoted(words.text(f"health_word.{after}")),
    }
    text = words.text(f"changed.{topic}_{_direction(before, after)}", **values)
    return speech.join(text, _why(difference, words))


def _direction(before: str, after: str) -> str:
    if not before:
        return "known"
    if is_worse(after, before):
        return "worse"
    return "better" if is_worse(before, after) else "other"


def _why(difference: Difference, words: Language) -> str:
    facts = difference.facts
    if facts.get("declared"):
        reason = plain_sentence(string(facts.get("reason")))
        return words.text("changed.declared", reason=reason) if reason else words.text("reason.declared")
    rule, values = facts.get("rule_id"), facts.get("facts")
    if rule == "reason.overall":
        return ""  # the dimension that decides it is told by itself
    return rule_text(string(rule) or None, values if isinstance(values, Mapping) else {}, words)


def _forecast(difference: Difference, speech: Speech) -> str:
    even = difference.facts.get("p50_after")
    words = speech.words
    also = words.text("changed.forecast_even", date=words.date(even)) if isinstance(even, date) else ""
    return speech.join(moved(difference, speech), also)


def _progress(difference: Difference, speech: Speech) -> str:
    words, planned = speech.words, number(difference.facts.get("planned_after"))
    known = [value for one in (difference.before, difference.after) if (value := number(one)) is not None]
    digits = 0 if len({words.percent(value) for value in known}) == len(known) else 1
    told = level("progress_changed", difference.before, difference.after, partial(words.percent, digits=digits), words)
    plan = words.text("changed.progress_plan", planned=words.percent(planned)) if planned is not None else ""
    return speech.join(told, plan)


def _amount(difference: Difference, speech: Speech) -> str:
    family = f"{difference.topic}_changed"
    return level(family, difference.before, difference.after, speech.money, speech.words)


def _budget(difference: Difference, speech: Speech) -> str:
    """Say what became of the budget, and of the contingency where that moved."""
    facts = difference.facts
    budget = _amount(difference, speech) if difference.before != difference.after else ""
    earlier, later = number(facts.get("contingency_before")), number(facts.get("contingency_after"))
    reserve = level("contingency", earlier, later, speech.money, speech.words) if earlier != later else ""
    return speech.join(budget, reserve)


def _satisfaction(difference: Difference, speech: Speech) -> str:
    words, facts = speech.words, difference.facts
    before, after = difference.before, difference.after
    mean = partial(words.number, digits=1)
    csat = level("satisfaction_changed", before, after, mean, words) if before != after else ""
    earlier, later = number(facts.get("nps_before")), number(facts.get("nps_after"))
    nps = level("nps", earlier, later, words.signed, words) if earlier != later else ""
    return speech.join(csat, nps)


def figure_writer(difference: Difference, words: Language) -> Callable[[float], str]:
    """Give how the values of a key figure are written: with its unit, both with as many decimals."""
    values = [number(difference.before), number(difference.after)]
    digits, unit = digits_worth(*values), string(difference.facts.get("unit")) or None
    return lambda value: measured(words, value, unit, digits)


def _kpi_crossed(difference: Difference, speech: Speech) -> str:
    words, write, name = speech.words, figure_writer(difference, speech.words), named(difference, speech.words)
    before, after = number(difference.before), number(difference.after)
    family = f"kpi_crossed_{string(difference.facts.get('status_after')) or 'unknown'}"
    if after is None or not words.has(f"changed.{family}_from"):
        return words.text("changed.kpi_crossed_unknown", name=name)
    if before is None or write(before) == write(after):
        return words.text(f"changed.{family}", name=name, after=write(after))
    return words.text(f"changed.{family}_from", name=name, before=write(before), after=write(after))


def _kpi_changed(difference: Difference, speech: Speech) -> str:
    words = speech.words
    write = figure_writer(difference, words)
    return level("kpi_changed", difference.before, difference.after, write, words, named(difference, words))


def _kpi_added(difference: Difference, speech: Speech) -> str:
    words, value = speech.words, number(difference.after)
    if value is None:
        return happened(difference, speech)
    told = figure_writer(difference, words)(value)
    return words.text("changed.kpi_added_at", name=named(difference, words), after=told)


FIGURES: dict[tuple[Topic, Kind], Teller] = {
    ("health", "changed"): _health,
    ("dimension", "changed"): _health,
    ("finish", "moved"): moved,
    ("forecast", "moved"): _forecast,
    ("baseline", "added"): happened_on,
    ("progress", "changed"): _progress,
    ("budget", "changed"): _budget,
    ("eac", "changed"): _amount,
    ("spent", "changed"): _amount,
    ("satisfaction", "changed"): _satisfaction,
    ("kpi", "crossed"): _kpi_crossed,
    ("kpi", "changed"): _kpi_changed,
    ("kpi", "added"): _kpi_added,
    ("kpi", "removed"): happened,
}
