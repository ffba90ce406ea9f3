"""What a reader cares about: the weight of each difference, and which are told only in passing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from kapm_site.compare.difference import Difference, Kind, Topic
from kapm_site.model.order import natural

#: Below it a difference is quiet.
_LOUD = 10.0
_MOST_DAYS = 20.0
_BY_HEALTH = {"red": 2.0, "amber": 1.0}

#: From what decides about the project down to what is only kept in order. The gaps leave room for what `_more` adds.
WEIGHTS: dict[tuple[Topic, Kind], float] = {
    # Is it well, and when does it end? Asked first by everybody.
    ("health", "changed"): 100,
    ("finish", "moved"): 92,
    ("forecast", "moved"): 86,
    ("dimension", "changed"): 83,
    # What was promised by name; how far it moved counts, up to twenty days.
    ("milestone", "removed"): 82,
    ("milestone", "reopened"): 81,
    ("milestone", "done"): 80,
    ("milestone", "added"): 79,
    ("milestone", "moved"): 58,
    # What waits for the reader.
    ("ask", "added"): 57,
    ("ask", "reopened"): 56,
    # What was agreed: results accepted, changes decided, a new plan, goals reached.
    ("deliverable", "changed"): 55,
    ("change", "decided"): 54,
    ("baseline", "added"): 53,
    ("goal", "done"): 52,
    # Money.
    ("budget", "changed"): 51,
    ("eac", "changed"): 50,
    # Figures beyond a threshold; red counts for more.
    ("kpi", "crossed"): 46,
    # What may go wrong, and what has; the score and the severity count.
    ("risk", "occurred"): 40,
    ("risk", "moved"): 39,
    ("risk", "added"): 38,
    ("risk", "reopened"): 38,
    ("issue", "added"): 34,
    ("issue", "reopened"): 34,
    ("issue", "changed"): 33,
    ("risk", "done"): 33,
    ("issue", "done"): 33,
    ("dependency", "changed"): 32,
    # What is to be done now and was not before, and what no more.
    ("change", "added"): 31,
    ("task", "removed"): 30,
    ("task", "added"): 29,
    ("task", "reopened"): 28,
    # How far it is.
    ("progress", "changed"): 27,
    # What was said and settled.
    ("decision", "added"): 26,
    ("ask", "answered"): 25,
    ("ask", "moved"): 24,
    ("ask", "removed"): 23,
    ("satisfaction", "changed"): 22,
    ("feedback", "added"): 21,
    ("feedback", "answered"): 20,
    ("goal", "added"): 19,
    ("goal", "removed"): 19,
    ("goal", "changed"): 18,
    ("dependency", "done"): 17,
    ("dependency", "added"): 16,
    ("assumption", "done"): 15,
    ("training", "done"): 14,
    ("training", "changed"): 13,
    # Daily work: told by numbers, not one by one.
    ("task", "done"): 9,
    ("task", "moved"): 8,
    ("spent", "changed"): 7,
    ("kpi", "changed"): 6,
    ("kpi", "added"): 6,
    ("kpi", "removed"): 6,
    ("risk", "removed"): 5,
    ("change", "changed"): 5,
    ("meeting", "added"): 4,
    ("action", "done"): 4,
    ("action", "added"): 3,
    ("action", "moved"): 3,
    ("assumption", "added"): 3,
    ("training", "added"): 3,
    ("lesson", "added"): 2,
    ("person", "added"): 2,
    ("person", "removed"): 2,
}

_TOPICS: tuple[Topic, ...] = get_args(Topic)


def rank(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """Weigh differences and sort them, the heaviest first; equal ones by topic and id."""
    weighed = (_weigh(one) for one in differences)
    return tuple(sorted(weighed, key=lambda one: (-one.weight, _TOPICS.index(one.topic), natural(one.id))))


def _weigh(one: Difference) -> Difference:
    """Weigh a difference; one that is quiet for a reason of its own comes after all that is loud."""
    weight = WEIGHTS[one.topic, one.kind]
    quiet = one.quiet or weight < _LOUD
    if quiet:
        return replace(one, weight=weight / 10, quiet=True)
    return replace(one, weight=weight + _more(one))


def _more(one: Difference) -> float:
    """Tell what the size of a difference adds to its weight."""
    days = min(abs(one.days or 0.0), _MOST_DAYS)
    more = 0.0
    match one.topic, one.kind:
        case "milestone", "moved":
            more = days
        case (("finish" | "forecast"), "moved"):
            more = days / 4
        case "dimension", _:
            more = _BY_HEALTH.get(str(one.after), 0.0)
        case "kpi", "crossed":
            more = _BY_HEALTH.get(str(one.facts["status_after"]), 0.0)
        case "risk", ("added" | "moved" | "occurred" | "reopened"):
            more = _number(one.facts["score_after"]) / 5
        case "issue", ("added" | "changed" | "reopened"):
            more = _number(one.after) / 2
    return more


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
