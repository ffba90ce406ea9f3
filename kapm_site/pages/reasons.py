"""Why a health is what it is, in a sentence: the rule that decided and its values in the reader's words."""

from collections.abc import Mapping
from datetime import date

from kapm_site.audience.charter import HealthView
from kapm_site.language import Language
from kapm_site.pages.fields import needed_digits

#: From good to bad; a health that is not among them is no judgement that could be better or worse.
_ORDER = ("green", "amber", "red")


def reason_text(health: HealthView, words: Language) -> str:
    """Say why; what a person declared gives their reason. Empty where the reader may not know."""
    if health.declared:
        return health.reason or words.text("reason.declared")
    if health.rule_id == "reason.overall" and health.health == "green":
        return words.text("reason.overall_green")  # naming all of them says nothing
    return rule_text(health.rule_id, health.facts, words)


def rule_text(rule: str | None, facts: Mapping[str, object], words: Language) -> str:
    """Say which rule decided, and its values. Empty where the reader may not know."""
    return _sentence(rule, facts, words) if rule is not None and words.has(rule) else ""


def silence_text(health: HealthView, words: Language) -> str:
    """Say since when nobody has said anything, where the health is stale for it; else nothing."""
    since = health.silent_since
    return words.text("page.silent_since", date=words.date(since)) if since is not None else ""


def is_worse(now: str, before: str | None) -> bool:
    """Tell whether a health is worse than the one before."""
    return now in _ORDER and before in _ORDER and _ORDER.index(now) > _ORDER.index(str(before))


def _sentence(rule: str, facts: Mapping[str, object], words: Language) -> str:
    if rule == "reason.missing":
        why = str(facts.get("reason_id", ""))
        values = {name: _written(name, value, words) for name, value in facts.items()}
        return words.text("reason.missing", reason=words.text(why, **values)) if words.has(why) else ""
    if rule == "reason.overall":
        names = [words.text(f"dimension.{name}") for name in str(facts["names"]).split(",")]
        return words.text("reason.overall", names=words.list(names))
    values = {name: _written(name, value, words) for name, value in facts.items()}
    count = facts.get("n")
    if isinstance(count, int):
        return words.plural(rule, count, **{name: value for name, value in values.items() if name != "n"})
    return words.text(rule, **values)


def _written(name: str, value: object, words: Language) -> str:
    if isinstance(value, date):
        return words.date(value)
    if isinstance(value, str):
        return value
    if not isinstance(value, int | float):
        return ""
    if name == "days":
        return words.days(value)
    digits = needed_digits([value], 1)
    if name == "percent":
        return words.percent(value, digits)
    return words.number(value, {"mean": 1, "points": digits}.get(name, 0))
