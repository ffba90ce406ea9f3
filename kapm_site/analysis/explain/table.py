"""All figures that can be explained, and which of them a dotted name means."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from kapm_site.analysis.explain import (
    changes,
    delays,
    earned_value,
    estimates,
    feedback,
    general,
    health,
    kpis,
    money,
    outlook,
    progress,
    risks,
    schedule,
    slip,
    tasks,
    workload,
)
from kapm_site.analysis.explain.records import Figure

#: By topic, in the order of a report. `<…>` stands for an id, a number or a week.
TOPICS: dict[str, dict[str, Figure]] = {
    "Health": health.FIGURES,
    "Progress": progress.FIGURES,
    "Schedule": schedule.FIGURES,
    "Tasks": tasks.FIGURES,
    "Earned value": earned_value.FIGURES,
    "Estimates": estimates.FIGURES,
    "Forecast": outlook.FORECAST,
    "Buffers": outlook.BUFFERS,
    "Workload": workload.FIGURES,
    "Money": money.FIGURES,
    "KPIs, milestones and asks": kpis.FIGURES,
    "Risks": risks.FIGURES,
    "Changes": changes.FIGURES,
    "Delays": delays.FIGURES,
    "Slip of the finish": slip.FIGURES,
    "Feedback": feedback.FIGURES,
    "Project and findings": general.FIGURES,
}
FIGURES: dict[str, Figure] = {name: figure for figures in TOPICS.values() for name, figure in figures.items()}

#: Names under which a KPI follows a figure that is called otherwise here.
ALIASES = {name: figure for name, figure in kpis.FOLLOWED.items() if name not in FIGURES}


def pattern_of(keys: tuple[str, ...]) -> str | None:
    """Return the name in the table of the figure at a path, or of the nearest one above it; None of a path unknown."""
    for length in range(len(keys), 0, -1):
        for name in _by_length().get(length, ()):
            if all(part == key or part.startswith("<") for part, key in zip(name.split("."), keys, strict=False)):
                return name
    return None


def pattern_named(name: str) -> str | None:
    """Return the name in the table that a dotted name has, without looking at any project; ids may have points."""
    if name in FIGURES:
        return name
    matching = [pattern for pattern in FIGURES if "<" in pattern and _regex(pattern).fullmatch(name)]
    return max(matching, key=lambda pattern: len(re.sub("<.*?>", "", pattern)), default=None)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the name that is most like a word, such as `earned_value.cpi` for `cpi`; empty without any."""
    names = list(known)
    ending = [name for name in names if name.endswith(f".{word.casefold()}")]
    if ending:
        return min(ending, key=len)
    near = get_close_matches(word[:100], names, n=1, cutoff=0.6)
    return near[0] if near else ""


@cache
def _by_length() -> dict[int, list[str]]:
    """Return the names by their number of parts, those with the fewest placeholders first."""
    found: dict[int, list[str]] = {}
    for name in sorted(FIGURES, key=lambda name: name.count("<")):
        found.setdefault(len(name.split(".")), []).append(name)
    return found


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<[^>]*>", ".+", re.escape(pattern)))
