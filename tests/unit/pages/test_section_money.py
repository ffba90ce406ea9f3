"""The section of money draws what can be compared."""

from dataclasses import replace

from rich_workspace import project, web

from kapm_site.audience.views import MoneyView
from kapm_site.pages.blocks import Figure
from kapm_site.pages.sections.money import money


def figures(budget: float | None, spent: float | None) -> list[Figure]:
    """Give the charts of the section."""
    found = MoneyView("EUR", budget, None, None, spent, None, None, (), None)
    section = money(replace(project(), money=found), web())
    assert section is not None
    return [block for block in section.blocks if isinstance(block, Figure)]


def test_one_amount_is_no_chart() -> None:
    """A single bar has nothing beside it to be held against."""
    assert figures(1000, None) == []
    assert len(figures(1000, 400)) == 1
