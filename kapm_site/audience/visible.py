"""A project without what its reader may not see, so that sums and counts come from visible records alone."""

from dataclasses import replace

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.outlook import Outlook
from kapm_site.analysis.records import Analysis
from kapm_site.audience.reader import Reader
from kapm_site.model.plan import Task
from kapm_site.model.workspace import Project

_LISTS = ("asks", "baselines", "decisions", "actions", "changes", "kpis", "feedback", "meetings", "training", "lessons")


def visible_project(reader: Reader) -> Project:
    """Return the project with hidden baselines and records left out; the plan stays whole, as its truth is one.

    Money is left out where its file or budget is not for the reader: entries, commitments, actual cost of tasks.
    Where nothing is hidden it is the project itself, so that its figures need not be computed again.
    """
    project = reader.project
    if reader.internal:
        return project
    files = {name: _only_visible(reader, name, (name,)) for name in _LISTS}
    files["risks"] = _only_visible(reader, "risks", ("risks", "issues", "assumptions", "dependencies"))
    changes: dict[str, object] = dict(files)
    if not sees_costs(reader) and _has_costs(project):
        changes["costs"] = project.costs.model_copy(update={"entries": (), "commitments": ()})
        changes["plan"] = project.plan.model_copy(update={"tasks": tuple(map(_without_cost, project.plan.tasks))})
    if project.project.budget is not None and not sees_budget(reader):
        changes["project"] = project.project.model_copy(update={"budget": None})
    if all(file is getattr(project, name) for name, file in changes.items()):
        return project
    return replace(project, **changes)  # type: ignore[arg-type]


def seen_figures(reader: Reader, analysis: Analysis, seen: Project) -> Analysis:
    """Compute the figures of what the reader sees of a project, where that is less than all."""
    if seen is analysis.project:
        return analysis
    # What was worked out of the future is the same, save where the reader knows another baseline.
    hides, kept = hides_baseline(reader, analysis), analysis.outlook
    return analyse(
        analysis.settings,
        analysis.account,
        seen,
        analysis.status,
        outlook=hides and kept != Outlook(buffers=kept.buffers),
        buffers=hides and bool(kept.buffers),
    )


def hides_baseline(reader: Reader, analysis: Analysis) -> bool:
    """Tell whether the plan is compared with a baseline that the reader does not see."""
    file, counts = reader.project.baselines, analysis.schedule.baseline_id
    return counts is not None and all(one.id != counts for one in reader.visible(file.baselines, file.audience))


def sees_costs(reader: Reader) -> bool:
    """Tell whether the reader sees what was spent."""
    return reader.sees(reader.project.costs.audience)


def sees_budget(reader: Reader) -> bool:
    """Tell whether the reader sees the budget."""
    budget = reader.project.project.budget
    return budget is not None and reader.sees(budget.audience)


def _only_visible(reader: Reader, name: str, lists: tuple[str, ...]) -> object:
    file = getattr(reader.project, name)
    shown = {key: reader.visible(getattr(file, key), file.audience) for key in lists}
    is_whole = all(len(records) == len(getattr(file, key)) for key, records in shown.items())
    return file if is_whole else file.model_copy(update=shown)


def _has_costs(project: Project) -> bool:
    """Tell whether anything was spent, or promised."""
    costs = project.costs
    return bool(costs.entries or costs.commitments) or any(task.actual_cost is not None for task in project.tasks())


def _without_cost(task: Task) -> Task:
    return task.model_copy(update={"actual_cost": None, "tasks": tuple(map(_without_cost, task.tasks))})
