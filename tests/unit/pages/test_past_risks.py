"""Risks over the weeks: how many, how much, and which of them moved when."""

from dataclasses import replace
from datetime import date

import pytest
from rich_workspace import printed, project, web
from small_workspace import STATUS
from weekly_looks import week, with_looks

from kapm_site.audience.registers import RiskView
from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import RiskLook
from kapm_site.pages.blocks import Block, Figure, Table
from kapm_site.pages.charts.trend import Trend
from kapm_site.pages.sections.risks import risks
from kapm_site.pages.setting import Setting

NB = "\N{NO-BREAK SPACE}"


def risk(name: str, score: float | None, status: str = "open", closed: date | None = None) -> RiskView:
    """Make a risk."""
    return replace(project().risks[0], id=f"risk-{name}", title=name, score=score, status=status, closed=closed)


def view() -> ProjectView:
    """Show six risks.

    One rose in week 40, one fell in week 50 and again today, one was closed and one occurred after week 30, one is
    new since week 20, and one has stayed as it is.
    """
    known = {"Rises": 6.0, "Falls": 20.0, "Closes": 9.0, "Occurs": 8.0, "Stays": 4.0}
    steps = {
        0: known,
        20: {**known, "New": 12.0},
        31: {name: score for name, score in {**known, "New": 12.0}.items() if name not in ("Closes", "Occurs")},
        40: {"Rises": 15.0, "Falls": 20.0, "Stays": 4.0, "New": 12.0},
        50: {"Rises": 15.0, "Falls": 16.0, "Stays": 4.0, "New": 12.0},
    }
    today = (
        risk("Rises", 15),
        risk("Falls", 10),
        risk("Closes", 9, "closed", date(2026, 4, 30)),
        risk("Occurs", 8, "occurred"),
        risk("New", 12),
        risk("Stays", 4),
        risk("Unheard", 4, "closed"),
    )
    looks = {n: tuple(RiskLook(f"risk-{name}", score) for name, score in scores.items()) for n, scores in steps.items()}
    summary = replace(project().risk_summary, exposure=9000.0)
    seen = replace(project(), risks=today, risk_summary=summary)
    return with_looks(seen, risks=looks, exposure={0: 5000.0, 20: 12000.0})


def blocks(seen: ProjectView, setting: Setting) -> tuple[Block, ...]:
    """Give the blocks of the section."""
    section = risks(seen, setting)
    assert section is not None
    return section.blocks


def named(seen: ProjectView, setting: Setting, name: str) -> Table:
    """Give the table with a caption."""
    caption = setting.words.text(name)
    (found,) = [one for one in blocks(seen, setting) if isinstance(one, Table) and one.caption == caption]
    return found


@pytest.mark.parametrize("tag", ["en", "zh-CN"])
def test_each_move_has_its_day(tag: str) -> None:
    """The last thing that happened to each risk, the latest first; what stayed as it was is left out."""
    setting = web(tag)
    words = setting.words
    rows = [[cell.text for cell in row.cells[:4]] for row in named(view(), setting, "chart.risk_moves").rows]
    assert rows == [
        ["Falls", "10", words.text("risk_move.down", before="16"), words.date(STATUS)],
        ["Rises", "15", words.text("risk_move.up", before="6"), words.date(week(40))],
        ["Occurs", "", words.text("risk_status.occurred"), words.date(week(31))],
        ["Closes", "", words.text("risk_status.closed"), words.date(date(2026, 4, 30))],
        ["New", "12", words.text("risk_move.new"), words.date(week(20))],
    ]


def test_worse_and_better_look_different() -> None:
    """What rose or occurred is bad, what fell or closed is good, what is new is neither."""
    table = named(view(), web(), "chart.risk_moves")
    assert [row.cells[2].tone for row in table.rows] == ["good", "bad", "bad", "good", ""]


def test_scores_are_told_beside_their_line() -> None:
    """A screen reader hears the turns that the line shows; all lines share one scale."""
    cell = named(view(), web(), "chart.risk_moves").rows[0].cells[4]
    assert cell.text == f"26{NB}Sep{NB}2025: 20 · 11{NB}Sep{NB}2026: 16 · 20{NB}Nov{NB}2026: 10"
    charts = [row.cells[4].chart for row in named(view(), web(), "chart.risk_moves").rows]
    assert all(chart is not None for chart in charts)
    assert len({chart.limits[0].y1 for chart in charts if chart is not None}) == 1  # type: ignore[attr-defined]


def test_the_sums_are_listed_from_each_week_in_which_they_changed() -> None:
    """Open risks and what is at stake, today before all; a week like the one before is left out."""
    rows = [[cell.text for cell in row.cells] for row in named(view(), web(), "chart.risk_weeks").rows]
    assert rows == [
        [web().words.date(STATUS), "4", "€9,000"],
        [web().words.date(week(31)), "4", "€12,000"],
        [web().words.date(week(20)), "6", "€12,000"],
        [web().words.date(week(0)), "5", "€5,000"],
    ]


def test_the_sums_are_drawn_with_their_last_value() -> None:
    """Two charts beside one another, or one where no amount is known."""
    figure = next(block for block in blocks(view(), web()) if isinstance(block, Figure) and block.titled)
    count, stake = figure.wide
    assert isinstance(count, Trend)
    assert isinstance(stake, Trend)
    assert [text.text for text in (*count.labels, *stake.labels)] == ["4", "€9k"]
    assert len(figure.narrow) == 2
    bare = with_looks(replace(view(), risk_summary=project().risk_summary), risks={0: (RiskLook("risk-Rises", 6.0),)})
    figure = next(block for block in blocks(bare, web()) if isinstance(block, Figure) and block.titled)
    assert len(figure.wide) == 1


@pytest.mark.parametrize(
    ("seen", "setting"),
    [(with_looks(project(), 0), web()), (with_looks(project(), 1), web()), (view(), printed())],
    ids=["none", "one week", "print"],
)
def test_without_weeks_or_on_paper_there_is_the_register_alone(seen: ProjectView, setting: Setting) -> None:
    """No empty chart, no empty heading."""
    assert not [block for block in blocks(seen, setting) if isinstance(block, Figure) and block.titled]
    texts = [getattr(block, "heading", "") for block in blocks(seen, setting)]
    assert setting.words.text("chart.risk_moves") not in texts
