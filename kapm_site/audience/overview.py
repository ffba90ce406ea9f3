"""What start pages and the portfolio show of a project: of all projects it is in memory at the same time."""

from dataclasses import replace

from kapm_site.audience.views import ProjectView


def overview(view: ProjectView) -> ProjectView:
    """Leave out what is on the project's own pages alone.

    Kept of the tasks are the milestones and the work that is left; of the risks the gravest.
    """
    tasks = tuple(task for task in view.tasks if task.milestone or task.actual_finish is None)
    return replace(
        view,
        tasks=tasks or view.tasks[:1],  # a finished plan is not an empty one
        risks=tuple(risk for risk in view.risks if risk.id in view.risk_summary.top),
        curve=(),
        buffers=(),
        slip=None,
        baselines=(),
        kpis=(),
        issues=(),
        assumptions=(),
        dependencies=(),
        decisions=(),
        actions=(),
        goals=(),
        responsibilities=(),
        meetings=(),
        training=(),
        lessons=(),
        closed_days=(),
        before=None,
        looks=(),
    )
