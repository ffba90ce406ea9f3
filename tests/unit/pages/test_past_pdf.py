"""A year of weeks adds a map and a milestone trend to the full edition, and nothing to the brief one."""

from datetime import timedelta
from functools import cache
from itertools import cycle

import pytest
from rich_workspace import with_dropped
from test_print_pdf import (
    DROPPED,
    SELECTORS,
    edition,
    examples,
    made_of,
    setting_of,
    text_of,
    validator,
)
from weekly_looks import with_looks

from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import MilestoneLook
from kapm_site.render.pdf import Pdf

pytestmark = pytest.mark.pdf


def with_past(view: ProjectView) -> ProjectView:
    """Give a project sixty weeks in which health turned every ten weeks, and every milestone moved twice."""
    names = [name for name, _ in view.dimensions]
    turns = dict(zip(range(0, 60, 10), cycle(("green", "amber", "red", "stale", "unknown")), strict=False))
    days = {task.id: task.forecast_finish or view.status for task in view.tasks if task.milestone}
    milestones = {
        week: tuple(MilestoneLook(name, day - timedelta(days=early), done=False) for name, day in days.items())
        for week, early in ((0, 60), (20, 30), (40, 9))
    }
    return with_looks(
        view,
        health=turns,
        dimensions={week: tuple((name, health) for name in names) for week, health in turns.items()},
        milestones=milestones,
        baseline={0: "first", 30: "second"},
    )


@cache
def with_weeks(name: str, selector: str) -> Pdf:
    """Make an edition of an example with a past."""
    return made_of(name, with_past(with_dropped(examples()[selector], *DROPPED)))


@pytest.mark.parametrize("selector", [SELECTORS[1], *SELECTORS[3:]])
def test_the_full_edition_grows_by_a_page_at_most(selector: str) -> None:
    """In each language, with the map of weeks and the milestone trend in it."""
    before, after = edition("full", selector), with_weeks("full", selector)
    assert after.pages - before.pages in (0, 1)
    words = setting_of(examples()[selector]).words
    text = "".join(text_of(after, number) for number in range(after.pages))
    shown = [words.text(name) in text for name in ("chart.health_weeks", "chart.trend_title", "chart.risk_weeks")]
    assert shown == [True, True, False]


def test_the_brief_edition_stays_as_it_is() -> None:
    """One page with the same words."""
    before, after = (make("brief", SELECTORS[1]) for make in (edition, with_weeks))
    assert (after.pages, text_of(after, 0)) == (1, text_of(before, 0))


def test_it_stays_accessible() -> None:
    """The edition with its new pictures keeps PDF/UA-1."""
    report = validator.validate_pdf_bytes(with_weeks("full", SELECTORS[4]).content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
