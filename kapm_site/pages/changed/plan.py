"""What differs in the plan: milestones, tasks, deliverables, goals, training, meetings, the team."""

from datetime import date

from kapm_site.compare import Difference, Kind, Topic
from kapm_site.pages.changed.figures import figure_writer
from kapm_site.pages.changed.forms import (
    Speech,
    Teller,
    happened,
    happened_on,
    level,
    moved,
    named,
    number,
    string,
)


def _milestone_removed(difference: Difference, speech: Speech) -> str:
    words, day = speech.words, difference.before
    if not isinstance(day, date):
        return happened(difference, speech)
    return words.text("changed.milestone_removed_from", name=named(difference, words), date=words.date(day))


def _milestone_done(difference: Difference, speech: Speech) -> str:
    words, day, days = speech.words, difference.after, difference.days
    if not isinstance(day, date) or not days:
        return happened_on(difference, speech)
    told = {"name": named(difference, words), "date": words.date(day), "days": words.days(abs(days))}
    return words.text("changed.milestone_done_later" if days > 0 else "changed.milestone_done_earlier", **told)


def state(difference: Difference, speech: Speech) -> str:
    """Say in what state something is now; a date instead of a state moved."""
    words, after = speech.words, string(difference.after)
    if isinstance(difference.before, date) or isinstance(difference.after, date):
        return moved(difference, speech)
    family = f"{difference.topic}_{difference.kind}"
    if after and words.has(f"changed.{family}_{after}"):
        family = f"{family}_{after}"
    return words.text(f"changed.{family}", name=named(difference, words))


def _goal_changed(difference: Difference, speech: Speech) -> str:
    words = speech.words
    if number(difference.before) is None and number(difference.after) is None:
        return happened(difference, speech)
    write = figure_writer(difference, words)
    return level("goal_changed", difference.before, difference.after, write, words, named(difference, words))


def _person(difference: Difference, speech: Speech) -> str:
    return speech.words.text(f"changed.person_{difference.kind}", name=difference.name)


PLAN: dict[tuple[Topic, Kind], Teller] = {
    ("milestone", "added"): happened_on,
    ("milestone", "removed"): _milestone_removed,
    ("milestone", "moved"): moved,
    ("milestone", "done"): _milestone_done,
    ("milestone", "reopened"): happened,
    ("task", "added"): happened,
    ("task", "removed"): happened,
    ("task", "done"): happened_on,
    ("task", "moved"): moved,
    ("task", "reopened"): happened,
    ("deliverable", "changed"): state,
    ("goal", "added"): happened,
    ("goal", "removed"): happened,
    ("goal", "done"): happened,
    ("goal", "changed"): _goal_changed,
    ("training", "added"): happened_on,
    ("training", "done"): happened_on,
    ("training", "changed"): state,
    ("lesson", "added"): happened,
    ("meeting", "added"): happened_on,
    ("person", "added"): _person,
    ("person", "removed"): _person,
}
