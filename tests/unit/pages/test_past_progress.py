"""Plan and progress as they were known in each week, beside what is known today."""

import pytest
from rich_workspace import printed, project, web
from small_workspace import STATUS
from weekly_looks import with_looks

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Figure, Table
from kapm_site.pages.charts.curve import Curve
from kapm_site.pages.sections.progress import progress
from kapm_site.pages.setting import Setting

NB = "\N{NO-BREAK SPACE}"


def view(count: int = 4) -> ProjectView:
    """Show a project whose progress was overstated until the week before last, and whose plan was not known first."""
    return with_looks(project(), count, planned_percent={1: 40.0, 3: 60.5}, actual_percent={0: 50.0, 2: 45.0})


def blocks(seen: ProjectView, setting: Setting) -> tuple[Block, ...]:
    """Give the blocks of the section."""
    section = progress(seen, setting)
    assert section is not None
    return section.blocks


def curve(seen: ProjectView, setting: Setting) -> Curve:
    """Give the curve, the wide one on the site."""
    figure = blocks(seen, setting)[0]
    assert isinstance(figure, Figure)
    chart = figure.wide[0]
    assert isinstance(chart, Curve)
    return chart


def dotted(chart: Curve) -> list[int]:
    """Count the points of each dotted course."""
    return [path.d.count("L") + 1 for path in chart.courses if path.dash == "1 3"]


@pytest.mark.parametrize(("tag", "day"), [("en", f"30{NB}Oct{NB}2026"), ("zh-CN", "2026年10月30日")])
def test_each_week_says_what_was_known(tag: str, day: str) -> None:
    """The latest first, today before all; what was not known is empty."""
    seen = view()
    table = blocks(seen, web(tag))[2]
    assert isinstance(table, Table)
    words = web(tag).words
    today = [words.percent(seen.planned_percent or 0, 1), words.percent(seen.actual_percent or 0, 1)]
    assert [[cell.text for cell in row.cells[1:]] for row in table.rows] == [
        today, ["60.5%", "45.0%"], ["40.0%", "45.0%"], ["40.0%", "50.0%"], ["", "50.0%"],
    ]  # fmt: skip
    assert table.rows[2].cells[0].text == words.date(STATUS.replace(day=6))
    assert table.rows[3].cells[0].text == day


def test_what_was_known_is_dotted_behind_the_curve() -> None:
    """Four weeks and today of progress, one less of a plan that came later; the caption explains the dots."""
    assert dotted(curve(view(), web())) == [4, 5]
    figure = blocks(view(), web())[0]
    assert isinstance(figure, Figure)
    assert figure.caption == "The dotted lines show plan and progress as they were known in each week."


@pytest.mark.parametrize("seen", [view(0), view(1)])
def test_too_few_weeks_leave_the_curve_alone(seen: ProjectView) -> None:
    """No dots, no caption, no table of weeks."""
    assert dotted(curve(seen, web())) == []
    figure, months = blocks(seen, web())
    assert isinstance(figure, Figure)
    assert figure.caption == ""
    assert getattr(months, "more", "") == "The same as a table"


def test_print_keeps_the_curve_of_today() -> None:
    """Paper has no room for two stories."""
    assert dotted(curve(view(), printed())) == []
    assert len(blocks(view(), printed())) == 1
