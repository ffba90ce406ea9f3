"""The thresholds of a KPI lie in the order in which it gets worse.

Where more is better (`direction: up`), target, amber and red go down; where less is better (`direction: down`), they
go up. For a `range`, `low` and `high` say where the figure should be, and `amber` and `red` are distances outside it,
so neither is negative and red is not less than amber. In any other order a KPI would be red and green at once.
"""

from itertools import pairwise

from kapm_site.model.measures import Kpi
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

_CODE = "kpi-thresholds"


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report KPIs whose thresholds contradict each other."""
    return [
        problem
        for kpi in project.kpis.kpis
        for problem in (_check_range(kpi) if kpi.direction == "range" else _check_order(kpi))
        if not kpi.lost("direction")
    ]


def _check_order(kpi: Kpi) -> list[Problem]:
    sign = 1 if kpi.direction == "up" else -1
    word = "below" if kpi.direction == "up" else "above"
    limits = [(name, value) for name in ("target", "amber", "red") if (value := getattr(kpi, name)) is not None]
    for (better, limit), (worse, value) in pairwise(limits):
        if sign * value > sign * limit:
            message = f"KPI '{kpi.id}': '{worse}' {value:g} is not {word} '{better}' {limit:g}"
            hint = f"with direction: {kpi.direction}, each of target, amber and red lies {word} the one before"
            return [Problem(kpi.mark(worse), _CODE, message, hint=hint)]
    return []


def _check_range(kpi: Kpi) -> list[Problem]:
    if kpi.lost("low") or kpi.lost("high"):
        return []
    if kpi.low is None or kpi.high is None:
        missing = " and ".join(f"'{name}'" for name in ("low", "high") if getattr(kpi, name) is None)
        hint = "give both ends of the range"
        return [Problem(kpi.mark("direction"), _CODE, f"KPI '{kpi.id}' is a range without {missing}", hint=hint)]
    problems: list[tuple[str, str, str]] = []
    if kpi.low > kpi.high:
        problems.append(("high", f"'high' {kpi.high:g} is below 'low' {kpi.low:g}", "swap the two"))
    elif kpi.target is not None and not kpi.low <= kpi.target <= kpi.high:
        what = f"'target' {kpi.target:g} is outside of {kpi.low:g} to {kpi.high:g}"
        problems.append(("target", what, "move the target into the range"))
    amber, red = kpi.amber, kpi.red
    hint = "in a range, amber and red are distances outside of it"
    if amber is not None and amber < 0:
        problems.append(("amber", f"'amber' {amber:g} is negative", hint))
    elif red is not None and red < (amber or 0):
        problems.append(("red", f"'red' {red:g} is less than {f'amber {amber:g}' if amber else '0'}", hint))
    return [Problem(kpi.mark(key), _CODE, f"KPI '{kpi.id}': {what}", hint=hint) for key, what, hint in problems]
