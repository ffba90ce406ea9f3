"""Forms of sentences that many topics share: something moved in time, rose or fell, or happened on a day.

The ids of the texts are `changed.<topic>_<kind>`, with a last part for each form, such as `_later` or `_undated`:
which words tell a direction or a missing value is for the language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kapm_site.compare import Difference, Value
from kapm_site.language import Language
from kapm_site.pages.fields import sentences


@dataclass(frozen=True, slots=True)
class Speech:
    """How a reader is spoken to.

    Attributes:
        currency: That of the project, ISO 4217.
        short: There is room for what has changed, not for why.
    """

    words: Language
    currency: str
    short: bool = False

    def money(self, amount: float) -> str:
        """Write an amount."""
        return self.words.money(amount, self.currency)

    def join(self, *parts: str) -> str:
        """Put sentences after one another, what has changed first; empty ones are none."""
        known = [part for part in parts if part]
        return sentences(self.words, *(known[:1] if self.short else known))


Teller = Callable[[Difference, Speech], str]


def named(difference: Difference, words: Language) -> str:
    """Put the name in quotation marks; a parent task says how many tasks go with it."""
    name = words.quoted(difference.name)
    tasks = difference.facts.get("tasks")
    return words.plural("changed.with_subtasks", tasks, name=name) if isinstance(tasks, int) and tasks else name


def happened(difference: Difference, speech: Speech) -> str:
    """Say what happened, and nothing more."""
    return speech.words.text(f"changed.{_family(difference)}", name=named(difference, speech.words))


def happened_on(difference: Difference, speech: Speech) -> str:
    """Say what happened and when, as far as the day is known."""
    words, day = speech.words, difference.after
    if not isinstance(day, date):
        return happened(difference, speech)
    return words.text(f"changed.{_family(difference)}_on", name=named(difference, words), date=words.date(day))


def moved(difference: Difference, speech: Speech) -> str:
    """Say from where to where a date moved, how far, and why."""
    return day_moved(_family(difference), difference, speech.words)


def day_moved(family: str, difference: Difference, words: Language) -> str:
    """Say it with the texts of a family."""
    name, before, after = named(difference, words), difference.before, difference.after
    if not isinstance(after, date):
        gone = words.date(before) if isinstance(before, date) else ""
        return words.text(f"changed.{family}_undated", name=name, before=gone)
    if not isinstance(before, date):
        return words.text(f"changed.{family}_dated", name=name, after=words.date(after))
    first, second = both_days(before, after, words)
    days = difference.days
    if not days:
        return words.text(f"changed.{family}", name=name, before=first, after=second)
    told = {"name": name, "before": first, "after": second, "days": words.days(abs(days))}
    if days < 0:
        return words.text(f"changed.{family}_earlier", **told)
    because = f"because.{difference.cause}"
    if words.has(because) and words.has(f"changed.{family}_later_because"):
        return words.text(f"changed.{family}_later_because", **told, because=words.text(because))
    return words.text(f"changed.{family}_later", **told)


def level(
    family: str, before: Value, after: Value, write: Callable[[float], str], words: Language, name: str = ""
) -> str:
    """Say that a figure rose or fell, is known for the first time, or is not known any more."""
    earlier, later = number(before), number(after)
    if later is None:
        return words.text(f"changed.{family}_lost", name=name, before="" if earlier is None else write(earlier))
    if earlier is None or write(earlier) == write(later):
        return words.text(f"changed.{family}_known", name=name, after=write(later))
    told = {"name": name, "before": write(earlier), "after": write(later), "difference": write(abs(later - earlier))}
    return words.text(f"changed.{family}_rose" if later > earlier else f"changed.{family}_fell", **told)


def both_days(before: date, after: date, words: Language) -> tuple[str, str]:
    """Write two days; a year that both share stands once, where the language puts it."""
    if before.year != after.year:
        return words.date(before), words.date(after)
    if words.tag.startswith("zh"):
        return words.date(before), words.date(after, "short")
    return words.date(before, "short"), words.date(after)


def number(value: object) -> float | None:
    """Take a value for a number where it is one."""
    return float(value) if isinstance(value, int | float) else None


def string(value: object) -> str:
    """Take a value for a text where it is one."""
    return value if isinstance(value, str) else ""


def _family(difference: Difference) -> str:
    return f"{difference.topic}_{difference.kind}"
