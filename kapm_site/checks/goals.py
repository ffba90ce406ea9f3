"""A goal is SMART: specific, measurable, achievable, relevant, time-bound.

Each letter has its place in the data: S is an `owner`, for a goal nobody owns is a wish; M a `kpi` or `metric` with a
target; A `achievable_because`; R `relevant_to`; T the `due` date. The message names the letters that are missing, the
hint what to write for each, with what the project already knows.
"""

from dataclasses import dataclass

from kapm_site.checks.names import name_of
from kapm_site.model.charter import Goal
from kapm_site.model.record import Record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter that is missing: why it counts as missing, and what to write."""

    letter: str
    reason: str
    remedy: str


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report goals that lack a letter."""
    problems = []
    for goal in project.project.goals:
        missing = _missing_letters(goal, project)
        if missing:
            letters = ", ".join(f"{lack.letter} ({lack.reason})" for lack in missing)
            hint = "; ".join(f"{lack.letter}: {lack.remedy}" for lack in missing)
            message = f"{name_of(goal)} is not SMART, it lacks {letters}"
            problems.append(Problem(goal.mark("id"), "goal-not-smart", message, "warning", hint=hint))
    return problems


def _missing_letters(goal: Goal, project: Project) -> list[_Letter]:
    charter = project.project
    manager = f", such as owner: {charter.manager}" if charter.manager else ""
    finish = f", such as due: {str(charter.finish)[:10]}, the project's finish" if charter.finish else ""
    letters = [
        _Letter("S", "nobody owns it", f"add 'owner' with a person's id{manager}") if _absent(goal, "owner") else None,
        _missing_measure(goal, project),
        _Letter("A", "nothing says why it can be reached", "add 'achievable_because' with what makes it possible")
        if _absent(goal, "achievable_because")
        else None,
        _Letter("R", "nothing says which aim it serves", "add 'relevant_to' with the client's aim")
        if _absent(goal, "relevant_to")
        else None,
        _Letter("T", "no date to reach it by", f"add 'due'{finish}") if _absent(goal, "due") else None,
    ]
    return [letter for letter in letters if letter is not None]


def _missing_measure(goal: Goal, project: Project) -> _Letter | None:
    """Look at the KPI where there is one: that is what the pages show, whatever the goal's own metric says."""
    if goal.kpi is not None:
        kpi = next((kpi for kpi in project.kpis.kpis if kpi.id == goal.kpi), None)
        if kpi is None or not all(_absent(kpi, field) for field in ("target", "high", "low")):
            return None  # a KPI that is not there is reported where it is named
        return _Letter("M", f"its KPI '{kpi.id}' has no target", f"add 'target' to KPI '{kpi.id}' in kpis.yaml")
    if goal.metric is not None:
        lacks = _absent(goal.metric, "target")
        return _Letter("M", "its metric has no target", "add 'target' to its metric") if lacks else None
    if not _absent(goal, "metric", "kpi"):
        return None
    serving = next((kpi.id for kpi in project.kpis.kpis if kpi.goal == goal.id), None)
    either = "add 'kpi' with a KPI's id, or 'metric' with name, baseline, target and current"
    return _Letter("M", "nothing measures it", f"add kpi: {serving}, which names this goal" if serving else either)


def _absent(record: Record, *fields: str) -> bool:
    return all(getattr(record, field) is None and not record.lost(field) for field in fields)
