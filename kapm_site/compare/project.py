"""Two views of a project → what differs."""

from collections.abc import Callable, Iterator

from kapm_site.audience.views import ProjectView
from kapm_site.compare import agreements, measures, money, people, risks, tasks, whole
from kapm_site.compare.difference import Difference
from kapm_site.compare.ranking import rank
from kapm_site.compare.working_days import WorkingDays, working_days

_SUBJECTS: tuple[Callable[[ProjectView, ProjectView, WorkingDays], Iterator[Difference]], ...] = (
    whole.health_differences,
    whole.date_differences,
    whole.baseline_differences,
    whole.progress_differences,
    tasks.plan_differences,
    tasks.scope_differences,
    tasks.deliverable_differences,
    money.money_differences,
    measures.kpi_differences,
    measures.satisfaction_differences,
    risks.risk_differences,
    risks.issue_differences,
    risks.assumption_differences,
    risks.dependency_differences,
    agreements.ask_differences,
    agreements.change_differences,
    agreements.decision_differences,
    agreements.action_differences,
    agreements.feedback_differences,
    people.goal_differences,
    people.person_differences,
    people.training_differences,
    people.meeting_differences,
    people.lesson_differences,
)


def compare(before: ProjectView, after: ProjectView) -> tuple[Difference, ...]:
    """Compute what differs between two views of a project for one reader, the important first.

    Each record tells at most one thing of each topic. Nothing comes from elsewhere than the two views, so what
    their reader may not see is in no difference.
    """
    days = working_days(before, after)
    return rank(one for differences in _SUBJECTS for one in differences(before, after, days))
