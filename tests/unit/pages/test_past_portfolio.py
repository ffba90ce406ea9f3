"""The past of all projects: health by week, and how their forecasts held."""

from dataclasses import replace
from datetime import timedelta

import pytest
from small_workspace import STATUS, internal, setting
from weekly_looks import week, weekly_looks

from kapm_site.audience.internal import InternalView, PortfolioProject
from kapm_site.audience.views import ReportView
from kapm_site.audience.weeks import Look
from kapm_site.pages.blocks import Figure, Section, Table
from kapm_site.pages.charts.heat import HeatMap
from kapm_site.pages.charts.inks import GREEN
from kapm_site.pages.portfolio.calibration import calibration_section
from kapm_site.pages.portfolio.health import health_section

NB = "\N{NO-BREAK SPACE}"
DAY = timedelta(days=1)


def portfolio(looks: tuple[Look, ...], reports: tuple[ReportView, ...] = ()) -> InternalView:
    """Show one project that runs, with a past, and one that finished ten days ago, with the same reports."""
    found = internal()
    erp, app = (account.projects[0] for account in found.accounts)
    schedule = replace(app.view.schedule, forecast_finish=STATUS - 10 * DAY)
    changed = (
        with_view(erp, looks=looks, reports=reports),
        replace(with_view(app, schedule=schedule, reports=reports), finished=True),
    )
    accounts = zip(found.accounts, changed, strict=True)
    return replace(found, accounts=tuple(replace(one, projects=(project,)) for one, project in accounts))


def with_view(project: PortfolioProject, **changes: object) -> PortfolioProject:
    """Give a project another view."""
    return replace(project, view=replace(project.view, asks=(), feedback=(), **changes))


def tables(section: Section | None) -> list[list[list[str]]]:
    """Give the words of all tables of a section."""
    assert section is not None
    return [
        [[cell.text.replace(NB, " ") for cell in row.cells] for row in block.rows]
        for block in section.blocks
        if isinstance(block, Table)
    ]


def test_projects_with_a_past_are_on_the_map() -> None:
    """One row for each, in words too; a project that is new this week has only its row in the grid."""
    section = health_section(portfolio(weekly_looks(health={0: "green", 50: "stale"})), setting())
    assert section is not None
    (chart,) = next(block for block in section.blocks if isinstance(block, Figure)).wide
    assert isinstance(chart, HeatMap)
    assert [text.text for text in chart.names if text.bold] == ["ERP rollout"]
    assert {path.fill.name: path.d.count("M") for path in chart.signs if path.stroke is not GREEN} == {
        "none": 10,
        "red": 1,
    }
    day = setting().words.date(week(50)).replace(NB, " ")
    assert tables(section) == [[["ERP rollout", f"26 Sep 2025: On track · {day}: Stale · 20 Nov 2026: Off track"]]]


@pytest.mark.parametrize("looks", [(), weekly_looks(1)], ids=["none", "one week"])
def test_without_a_past_there_is_the_grid_alone(looks: tuple[Look, ...]) -> None:
    """No empty map."""
    section = health_section(portfolio(looks), setting())
    assert section is not None
    assert len(section.blocks) == 1


@pytest.mark.parametrize(
    ("tag", "finding", "share"),
    [
        ("en", "1 of 2 finish dates given with 80% confidence held.", "1 of 2"),
        ("zh-CN", "以 80% 把握给出的 2\N{NO-BREAK SPACE}个完成日期中，1\N{NO-BREAK SPACE}个兑现。", "2 个中 1 个"),
        ("de", f"Gehalten: 1 von 2 Endterminen mit 80{NB}% Sicherheit.", "1 von 2"),
    ],
)
def test_dates_of_all_projects_are_counted(tag: str, finding: str, share: str) -> None:
    """The running project missed both dates, the finished one held the surer: then each by itself."""
    reports = (ReportView(1, STATUS - 90 * DAY, "green", STATUS - 30 * DAY, STATUS - 5 * DAY),)
    section = calibration_section(portfolio((), reports), setting(tag))
    assert section is not None
    assert section.finding == finding
    levels, projects = tables(section)
    assert [row[0] for row in levels] == ["P50", "P80"]
    assert levels[1][1] == share
    assert [row[0] for row in projects] == ["ERP rollout", "Grid app"]
    if tag == "en":
        assert [row[1:] for row in projects] == [["0 of 1", "0 of 1"], ["0 of 1", "1 of 1"]]


def test_without_dates_and_answers_there_is_no_section() -> None:
    """Nothing is claimed of forecasts that nobody made."""
    assert calibration_section(portfolio(()), setting()) is None
