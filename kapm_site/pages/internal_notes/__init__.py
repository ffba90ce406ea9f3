"""What the internal project page shows after the client's sections: findings, rules, all figures, locked data."""

from kapm_site.audience.internal import InternalProject
from kapm_site.pages.blocks import Section
from kapm_site.pages.internal_notes.account import account_section
from kapm_site.pages.internal_notes.calibration import calibration_section
from kapm_site.pages.internal_notes.costs import costs_section
from kapm_site.pages.internal_notes.earned_value import earned_value_section
from kapm_site.pages.internal_notes.findings import findings_section, missing_section
from kapm_site.pages.internal_notes.health import health_section
from kapm_site.pages.internal_notes.people import people_section
from kapm_site.pages.internal_notes.provenance import provenance_section
from kapm_site.pages.internal_notes.slip import slip_section
from kapm_site.pages.internal_notes.tasks import notes_section, tasks_section
from kapm_site.pages.internal_notes.trends import trends_section
from kapm_site.pages.setting import Setting

__all__ = ["SECTIONS", "internal_sections"]

#: In the order of the page; a section with nothing to say vanishes.
SECTIONS = (
    findings_section,
    health_section,
    slip_section,
    earned_value_section,
    trends_section,
    calibration_section,
    people_section,
    costs_section,
    account_section,
    notes_section,
    tasks_section,
    provenance_section,
    missing_section,
)


def internal_sections(project: InternalProject, setting: Setting) -> tuple[Section, ...]:
    """Build the sections that only internal readers see of a project."""
    found = (build(project, setting) for build in SECTIONS)
    return tuple(section for section in found if section is not None)
