"""A goal is SMART: specific, measurable, achievable, relevant, time-bound.

Each letter has its place in the data: S is an `owner`, for a goal nobody owns is a wish; M a `kpi` or `metric` with a
target; A `achievable_because`; R `relevant_to`; T the `due` date. The message names the letters that are missing.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.charter import Goal
from kapm_site.model.record import Record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report goals that lack a letter."""
    problems = []
    for goal in project.project.goals:
        missing = _missing_letters(goal, project)
        if missing:
            message = f"{name_of(goal)} is not SMART: {', '.join(f'{letter} ({why})' for letter, why, _ in missing)}"
            hint = f"add {', '.join(key for *_, key in missing)}"
            problems.append(Problem(goal.mark("id"), "goal-not-smart", message, "warning", hint=hint))
    return problems


def _missing_letters(goal: Goal, project: Project) -> list[tuple[str, str, str]]:
    letters = (
        ("S", "owner", "nobody owns it", "'owner'"),
        ("A", "achievable_because", "nothing says why it can be reached", "'achievable_because'"),
        ("R", "relevant_to", "nothing says which aim it serves", "'relevant_to'"),
        ("T", "due", "no date to reach it by", "'due'"),
    )
    missing = [(letter, why, key) for letter, field, why, key in letters if _absent(goal, field)]
    if measure := _missing_measure(goal, project):
        missing.insert(1 if missing and missing[0][0] == "S" else 0, measure)
    return missing


def _missing_measure(goal: Goal, project: Project) -> tuple[str, str, str] | None:
    if goal.metric:
        return ("M", "its metric has no target", "'target' to its metric") if _absent(goal.metric, "target") else None
    if goal.kpi is None:
        return ("M", "nothing measures it", "'kpi' or 'metric'") if _absent(goal, "metric", "kpi") else None
    kpi = next((kpi for kpi in project.kpis.kpis if kpi.id == goal.kpi), None)
    if kpi is None or not _absent(kpi, "target") or not _absent(kpi, "high") or not _absent(kpi, "low"):
        return None  # a KPI that is not there is reported where it is named
    return "M", f"its KPI '{kpi.id}' has no target", f"'target' to KPI '{kpi.id}'"


def _absent(record: Record, *fields: str) -> bool:
    return all(getattr(record, field) is None and not record.lost(field) for field in fields)
