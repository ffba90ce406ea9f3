"""The thresholds of the health rules go from amber to red.

In `health:` of kapm.yaml each pair says from where on a dimension is amber and from where on it is red. If red comes
before amber, the dimension can never be amber. A pair of which only one is typed is compared with the other's default.
"""

from kapm_site.model.record import Record
from kapm_site.model.workspace import Workspace
from kapm_site.problem import Problem

#: What follows `amber_` and `red_` in the names of a pair, for each dimension; of the last one, less is worse.
_PAIRS = {
    "scope": ("undecided_days",),
    "schedule": ("slip_days", "behind_percent"),
    "cost": ("over_percent",),
    "quality": ("count",),
    "risk": ("score",),
    "satisfaction": ("csat", "nps"),
}
_FALLING = ("satisfaction",)


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Report pairs in which red comes before amber."""
    health = workspace.settings.health
    return [
        problem
        for dimension, pairs in _PAIRS.items()
        for pair in pairs
        for problem in _check_pair(getattr(health, dimension), pair, -1 if dimension in _FALLING else 1)
    ]


def _check_pair(rules: Record, pair: str, sign: int) -> list[Problem]:
    names = (f"amber_{pair}", f"red_{pair}")
    amber, red = (float(getattr(rules, name)) for name in names)
    if sign * amber <= sign * red or any(rules.lost(name) for name in names):
        return []
    typed = next((name for name in reversed(names) if rules.mark(name) != rules.mark()), names[1])
    message = f"'{names[1]}' {red:g} comes before '{names[0]}' {amber:g}"
    hint = f"'{names[1]}' is at {'least' if sign > 0 else 'most'} '{names[0]}'"
    return [Problem(rules.mark(typed), "health-thresholds", message, hint=hint)]
