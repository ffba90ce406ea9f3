"""The sections of a report, in their order: each builds itself from the view, or is None with nothing to say."""

from collections.abc import Callable

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Section
from kapm_site.pages.sections.about import about
from kapm_site.pages.sections.changes import changes
from kapm_site.pages.sections.communication import communication
from kapm_site.pages.sections.decisions import decisions
from kapm_site.pages.sections.delays import delays
from kapm_site.pages.sections.deliverables import deliverables
from kapm_site.pages.sections.feedback import feedback
from kapm_site.pages.sections.glossary import glossary
from kapm_site.pages.sections.goals import goals
from kapm_site.pages.sections.health import health
from kapm_site.pages.sections.kpis import kpis
from kapm_site.pages.sections.lessons import lessons
from kapm_site.pages.sections.milestones import milestones
from kapm_site.pages.sections.money import money
from kapm_site.pages.sections.narrative import narrative, period
from kapm_site.pages.sections.needs_you import needs_you
from kapm_site.pages.sections.people import people
from kapm_site.pages.sections.plan import plan
from kapm_site.pages.sections.progress import progress
from kapm_site.pages.sections.risks import risks
from kapm_site.pages.sections.training import training
from kapm_site.pages.setting import Setting

Builder = Callable[[ProjectView, Setting], Section | None]

SECTIONS: tuple[Builder, ...] = (
    needs_you,
    health,
    kpis,
    period,
    narrative,
    milestones,
    plan,
    delays,
    progress,
    money,
    risks,
    changes,
    decisions,
    deliverables,
    feedback,
    about,
    goals,
    people,
    communication,
    training,
    lessons,
    glossary,
)
