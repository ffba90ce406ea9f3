"""What differs in the registers: risks, issues, change requests, decisions, requests, actions, feedback."""

from kapm_site.compare import Difference, Kind, Topic, Value
from kapm_site.language import Language
from kapm_site.pages.changed.forms import Speech, Teller, happened, happened_on, moved, named, number, string
from kapm_site.pages.changed.plan import state
from kapm_site.pages.excerpts import plain_sentence
from kapm_site.pages.fields import decimals


def _risk_added(difference: Difference, speech: Speech) -> str:
    words, rating = speech.words, _rating(difference.after, speech.words)
    if not rating:
        return happened(difference, speech)
    return words.text("changed.risk_added_rated", name=named(difference, words), after=rating)


def _risk_moved(difference: Difference, speech: Speech) -> str:
    """Say where in the matrix a risk went, and whether that is higher or lower by its score."""
    words, facts = speech.words, difference.facts
    told = {
        "name": named(difference, words),
        "before": _rating(difference.before, words),
        "after": _rating(difference.after, words),
    }
    if not told["after"]:
        return words.text("changed.risk_moved_lost", **told)
    if not told["before"]:
        return words.text("changed.risk_moved_known", **told)
    earlier, later = number(facts.get("score_before")), number(facts.get("score_after"))
    if earlier is None or later is None or earlier == later:
        return words.text("changed.risk_moved", **told)
    return words.text("changed.risk_moved_up" if later > earlier else "changed.risk_moved_down", **told)


def _rating(value: Value, words: Language) -> str:
    """Write probability times impact, or nothing where one of them is unknown."""
    if not isinstance(value, tuple):
        return ""
    known = [decimals(words, one) for one in value if one is not None]
    return "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(known) if len(known) == len(value) else ""


def _issue_added(difference: Difference, speech: Speech) -> str:
    words, severity = speech.words, _severity(difference.after, speech.words)
    if not severity:
        return happened(difference, speech)
    return words.text("changed.issue_added_rated", name=named(difference, words), after=severity)


def _issue_done(difference: Difference, speech: Speech) -> str:
    words, done = speech.words, plain_sentence(string(difference.facts.get("resolution")))
    also = words.text("changed.issue_resolution", text=done) if done else ""
    return speech.join(happened(difference, speech), also)


def _issue_changed(difference: Difference, speech: Speech) -> str:
    words = speech.words
    before, after = number(difference.before), number(difference.after)
    told = {
        "name": named(difference, words),
        "before": _severity(before, words),
        "after": _severity(after, words),
    }
    if after is None:
        return words.text("changed.issue_changed_lost", **told)
    if before is None or told["before"] == told["after"]:
        return words.text("changed.issue_changed_known", **told)
    return words.text("changed.issue_changed_up" if after > before else "changed.issue_changed_down", **told)


def _severity(value: Value, words: Language) -> str:
    severity = number(value)
    return words.quoted(words.text(f"severity.{round(severity)}")) if severity is not None else ""


def _change_added(difference: Difference, speech: Speech) -> str:
    words, impact = speech.words, _impact(difference, speech)
    if not impact:
        return happened(difference, speech)
    return words.text("changed.change_added_impact", name=named(difference, words), impact=impact)


def _change_decided(difference: Difference, speech: Speech) -> str:
    """Say what became of a change request; how much says the text as far as it matters then."""
    words = speech.words
    family = f"changed.change_{string(difference.after)}"
    values = {"by": string(difference.facts.get("by")), "impact": _impact(difference, speech)}
    for part, value in values.items():
        if value and words.has(f"{family}_{part}"):
            family = f"{family}_{part}"
    return words.text(family, name=named(difference, words), **values)


def _impact(difference: Difference, speech: Speech) -> str:
    words = speech.words
    cost, days = number(difference.facts.get("cost")), number(difference.facts.get("days"))
    parts = [
        words.money(cost, speech.currency, signed=True) if cost else "",
        words.days(days, signed=True) if days else "",
    ]
    known = [part for part in parts if part]
    return words.text("page.joined", first=known[0], second=known[1]) if len(known) > 1 else "".join(known)


def _ask_answered(difference: Difference, speech: Speech) -> str:
    words, outcome = speech.words, plain_sentence(string(difference.facts.get("outcome")))
    also = words.text("changed.ask_outcome", text=outcome) if outcome else ""
    return speech.join(happened_on(difference, speech), also)


def _feedback(difference: Difference, speech: Speech) -> str:
    words, by = speech.words, giver(difference)
    family = f"changed.feedback_{difference.kind}"
    told = words.text(f"{family}_from", by=by) if by else words.text(family)
    if difference.kind != "added":
        return told
    marks = [
        words.text(f"changed.feedback_{name}", mark=decimals(words, mark))
        for name in ("csat", "nps")
        if (mark := number(difference.facts.get(name))) is not None
    ]
    return speech.join(told, *marks)


def giver(difference: Difference) -> str:
    """Name who gave feedback, which has no name of its own."""
    return string(difference.facts.get("from"))


REGISTERS: dict[tuple[Topic, Kind], Teller] = {
    ("risk", "added"): _risk_added,
    ("risk", "done"): happened,
    ("risk", "occurred"): happened,
    ("risk", "moved"): _risk_moved,
    ("risk", "removed"): happened,
    ("risk", "reopened"): happened,
    ("issue", "added"): _issue_added,
    ("issue", "done"): _issue_done,
    ("issue", "reopened"): happened,
    ("issue", "changed"): _issue_changed,
    ("assumption", "added"): happened,
    ("assumption", "done"): happened,
    ("dependency", "added"): happened_on,
    ("dependency", "done"): happened,
    ("dependency", "changed"): state,
    ("change", "added"): _change_added,
    ("change", "decided"): _change_decided,
    ("change", "changed"): _change_decided,
    ("decision", "added"): happened_on,
    ("ask", "added"): happened_on,
    ("ask", "answered"): _ask_answered,
    ("ask", "removed"): happened,
    ("ask", "moved"): moved,
    ("ask", "reopened"): happened,
    ("action", "added"): happened_on,
    ("action", "done"): happened_on,
    ("action", "moved"): moved,
    ("action", "reopened"): happened,
    ("feedback", "added"): _feedback,
    ("feedback", "answered"): _feedback,
}
