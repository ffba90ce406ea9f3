"""The section that says what the project is."""

from dataclasses import replace
from datetime import date

import pytest
from rich_workspace import project, web

from kapm_site.audience.charter import PersonView
from kapm_site.audience.views import BaselineView
from kapm_site.pages.blocks import Pairs, Prose, Table
from kapm_site.pages.full_report import full_report
from kapm_site.pages.imprint import Imprint
from kapm_site.pages.sections.about import about
from kapm_site.pages.setting import Medium


@pytest.mark.parametrize("medium", ["web", "print"])
def test_who_answers_for_the_project_is_said(medium: Medium) -> None:
    """Description, sponsor, manager and baselines stand on the page and in the report: they are visible fields."""
    view = replace(
        project(),
        description="Replaces three systems.",
        sponsor="Hanna Lind",
        manager=PersonView("ana", "Ana Okafor", None, "vendor", None, "ana@tidewater.example"),
        baselines=(BaselineView("b1", "As contracted", date(2026, 5, 4), "Steering group", "More sites", counts=True),),
    )
    setting = replace(web(), medium=medium)
    section = about(view, setting)
    assert section is not None
    prose, *pairs, baselines = section.blocks
    assert prose == Prose("Replaces three systems.")
    charter = full_report(view, setting, Imprint()).charter
    found = pairs[0].pairs if pairs and isinstance(pairs[0], Pairs) else charter
    said = {text for _, cell in found for text in (cell.text, cell.note)}
    assert {"Hanna Lind", "Ana Okafor", "ana@tidewater.example"} <= said
    assert isinstance(baselines, Table)
    assert [cell.text for cell in baselines.rows[0].cells][::2] == ["As contracted", "Steering group"]
