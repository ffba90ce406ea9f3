"""Differences become sentences: the loud ones one each, the quiet ones together by topic and kind."""

from collections.abc import Iterable, Sequence

from kapm_site.compare import Difference
from kapm_site.language import Language
from kapm_site.pages.changed.figures import FIGURES
from kapm_site.pages.changed.forms import Speech
from kapm_site.pages.changed.plan import PLAN
from kapm_site.pages.changed.registers import REGISTERS, giver

TELLERS = {**FIGURES, **PLAN, **REGISTERS}
#: Names in the sentence on several; the rest is counted.
_NAMED = 3


def told(differences: Iterable[Difference], words: Language, currency: str, *, short: bool = False) -> tuple[str, ...]:
    """Say what differs.

    Args:
        differences: The important ones first.
        words: The reader's language.
        currency: Of the project, ISO 4217.
        short: Leave out reasons and answers.

    Returns:
        The loud ones in their order, one each; then the quiet ones, together by topic and kind.
    """
    speech = Speech(words, currency, short)
    loud, groups = [], dict[tuple[str, str], list[Difference]]()
    for one in differences:
        if one.quiet:
            groups.setdefault((one.topic, one.kind), []).append(one)
        else:
            loud.append(_told(one, speech))
    return (*loud, *(sentence for group in groups.values() for sentence in _together(group, speech)))


def told_one(difference: Difference, words: Language, currency: str) -> str:
    """Say one difference in a sentence, or two where a reason or an answer goes with it.

    Raises:
        KeyError: Nobody has words for such a difference.
    """
    return _told(difference, Speech(words, currency))


def _told(difference: Difference, speech: Speech) -> str:
    return TELLERS[difference.topic, difference.kind](difference, speech)


def _together(group: Sequence[Difference], speech: Speech) -> list[str]:
    """Say several of a kind in one sentence, where they have names to be called by."""
    words = speech.words
    text = f"changed.many_{group[0].topic}_{group[0].kind}"
    names = list(dict.fromkeys(name for one in group if (name := _name(one, words))))[:_NAMED]
    if len(group) == 1 or not names or not words.has(text):
        return [_told(one, speech) for one in group]
    rest = sum(_name(one, words) not in names for one in group)
    more = [words.plural("changed.more", rest)] if rest else []
    return [words.plural(text, len(group), names=words.list([*names, *more]))]


def _name(difference: Difference, words: Language) -> str:
    """Give the name in a list: names of records may hold commas, so they have quotation marks there too."""
    if difference.topic == "dimension":
        return words.text(f"dimension.{difference.id}")
    if difference.topic == "feedback":
        return giver(difference)
    return difference.name if difference.topic == "person" else words.quoted(difference.name)
