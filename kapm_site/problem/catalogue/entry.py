"""One entry of the catalogue of problem codes."""

from dataclasses import dataclass

from kapm_site.problem.records import Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """What a problem code means; `docs/problems.md` and `kapm explain` print it.

    Attributes:
        severity: The severity its problems carry.
        summary: The rule in one short sentence.
        meaning: Why it matters to the reader of a report or to the tool, in one or two sentences.
        remedy: What to type or change.
    """

    severity: Severity
    summary: str
    meaning: str
    remedy: str
