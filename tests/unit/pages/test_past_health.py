"""Health week by week: what it was, since when, and where another baseline began."""

from dataclasses import replace
from datetime import timedelta

import pytest
from rich_workspace import printed, project, web
from small_workspace import STATUS
from weekly_looks import week, weekly_looks, with_looks

from kapm_site.audience.charter import HealthView
from kapm_site.audience.views import BaselineView, ProjectView
from kapm_site.pages.blocks import Figure, Section, Table
from kapm_site.pages.charts.heat import HeatMap
from kapm_site.pages.charts.inks import AMBER, GREEN, RED, Ink
from kapm_site.pages.past import by_week, corners, moves, new_baselines, weeks_of
from kapm_site.pages.sections.health import health
from kapm_site.pages.setting import Setting

NB = "\N{NO-BREAK SPACE}"
OFF_TRACK = HealthView("red", None, False, None, None, None, None, None, {})


def followed(count: int = 60, baseline: str = "b1") -> ProjectView:
    """Show a project that turned amber in week 40 by its cost and red today, with a new baseline in week 30."""
    dimensions = {
        0: (("cost", "green"), ("risk", "unknown")),
        40: (("cost", "amber"), ("risk", "unknown")),
    }
    looks = {"health": {0: "green", 40: "amber"}, "dimensions": dimensions, "baseline": {0: "b1", 30: "b2"}}
    kept = BaselineView(baseline, None, None, None, None, counts=True)
    shown = replace(project(), health=OFF_TRACK, dimensions=(("cost", OFF_TRACK),), baselines=(kept,))
    return with_looks(shown, count, **looks)


def shown(view: ProjectView, setting: Setting) -> tuple[Figure, list[Table]]:
    """Give the map and the tables of the section."""
    section = health(view, setting)
    assert section is not None
    (figure,) = [block for block in section.blocks if isinstance(block, Figure)]
    return figure, [block for block in section.blocks if isinstance(block, Table)]


def drawn(figure: Figure, place: int = 0) -> HeatMap:
    """Give the wide map, or the narrow one."""
    chart = (*figure.wide, *figure.narrow)[place]
    assert isinstance(chart, HeatMap)
    return chart


@pytest.mark.parametrize("count", [0, 1])
def test_without_two_weeks_there_is_no_map(count: int) -> None:
    """What one earlier week can say, the table of dimensions says."""
    section = health(with_looks(project(), count), web())
    assert section is not None
    assert len(section.blocks) == 1


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", f"{{first}}: On track · {{turn}}: At risk · 20{NB}Nov{NB}2026: Off track"),
        ("zh-CN", "2025年9月26日：正常 · 2026年7月3日：有风险 · 2026年11月20日：异常"),
    ],
)
def test_each_turn_is_told_with_its_day(tag: str, said: str) -> None:
    """The table has a line for overall and each dimension of today, with the days of its turns only."""
    setting = web(tag)
    days = {"first": setting.words.date(week(0)), "turn": setting.words.date(week(40))}
    _, (_, table) = shown(followed(), setting)
    assert [row.cells[1].text for row in table.rows] == [said.format(**days)] * 2
    assert [row.cells[0].text for row in table.rows] == [
        setting.words.text("dimension.overall"),
        setting.words.text("dimension.cost"),
    ]
    assert table.lead == 0


def test_the_map_has_a_sign_for_each_week() -> None:
    """Sixty weeks and today: forty on track, twenty at risk, today off track, in both rows."""
    figure, _ = shown(followed(), web())
    chart = drawn(figure)
    assert missing(chart) <= 1
    assert counted(chart, AMBER) == 2 * 20
    assert counted(chart, RED) == 2


def counted(chart: HeatMap, ink: Ink) -> int:
    """Count the signs of a colour."""
    return sum(path.d.count("M") for path in chart.signs if ink in (path.stroke, path.fill))


def missing(chart: HeatMap) -> int:
    """Count the oldest weeks that the page has no room for."""
    return 61 - sum(counted(chart, ink) for ink in (GREEN, AMBER, RED)) // 2


@pytest.mark.parametrize("tag", ["en", "de", "zh-CN"])
def test_a_year_is_shown_on_a_wide_page_and_half_of_it_on_a_phone(tag: str) -> None:
    """Whatever the language, 60 weeks fit the wide page and the printed one, and the last 24 a phone."""
    figure, _ = shown(followed(), web(tag))
    assert missing(drawn(figure)) <= 1
    assert missing(drawn(shown(followed(), printed(tag))[0])) <= 1
    assert missing(drawn(figure, 1)) <= 61 - 24
    assert drawn(figure, 1).sheet.width <= 358


def test_three_weeks_are_a_map_too() -> None:
    """A young project has few columns, each as wide as its date needs."""
    chart = drawn(shown(followed(3), web())[0])
    assert counted(chart, GREEN) == 2 * 3
    assert len(chart.axis) == 4


def test_the_new_baseline_is_marked_in_its_week() -> None:
    """A dotted line before the week, and its date in the caption; going on with the same is no mark."""
    figure, _ = shown(followed(baseline="b2"), web())
    assert figure.caption == f"Dotted upright line: new baseline (24{NB}Apr{NB}2026)."
    (rule,) = drawn(figure).breaks
    (triangles,) = [path for path in drawn(figure).signs if path.fill is AMBER]
    assert 9 < (float(triangles.d[1:].split()[0]) - rule.x1) / drawn(figure).grounds[0].width < 11
    assert new_baselines(followed(baseline="b2")) == (week(30),)
    assert new_baselines(followed(baseline="b3")) == (week(30), STATUS)
    assert shown(with_looks(replace(project(), baselines=())), web())[0].caption == ""


def test_print_has_the_map_alone() -> None:
    """Paper shows the map without its table, lower than the site's."""
    figure, tables = shown(followed(), printed())
    assert len(tables) == 1
    assert drawn(figure).sheet.height < drawn(shown(followed(), web())[0]).sheet.height


def test_a_hidden_dimension_stays_hidden() -> None:
    """What the reader does not see today is not in the map either, though a look has it."""
    section = health(followed(), web())
    assert isinstance(section, Section)
    assert "Risk" not in str(section)


def test_courses_of_weeks() -> None:
    """Moves keep what differs, corners what a line needs, and a week without a look is empty."""
    looks = weekly_looks(6, health={0: "green", 3: "red"})
    values = tuple((look.day, look.health) for look in looks)
    assert [value for _, value in moves(values)] == ["green", "red"]
    assert [day for day, _ in corners(values)] == [values[n][0] for n in (0, 2, 3, 5)]
    weeks = weeks_of((day for day, _ in values), 4)
    assert len(weeks) == 4
    assert by_week((values[0], values[5]), weeks) == (None, None, None, "red")
    assert weeks_of((), 4) == ()
    assert weeks_of((STATUS, STATUS + timedelta(days=1)), 4) == (STATUS - timedelta(days=STATUS.weekday()),)
