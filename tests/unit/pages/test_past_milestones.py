"""The milestone trend: what was expected against when it was expected."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich_workspace import printed, project, web
from small_workspace import STATUS
from weekly_looks import week, with_looks

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import MilestoneLook
from kapm_site.pages.blocks import Figure, Table
from kapm_site.pages.charts.inks import PAPER
from kapm_site.pages.charts.milestone_trend import MilestoneTrend
from kapm_site.pages.sections.milestones import milestones
from kapm_site.pages.setting import Setting

NB = "\N{NO-BREAK SPACE}"
BEFORE, AFTER, REACHED = date(2026, 11, 13), date(2026, 12, 4), date(2026, 9, 8)


def milestone(name: str, day: date, *, reached: bool = False) -> TaskView:
    """Make a milestone that is expected on a day, or was reached then."""
    like = next(task for task in project().tasks if task.milestone)
    actual = day if reached else None
    return replace(
        like,
        id=name,
        name=name,
        finish=day,
        forecast_finish=day,
        actual_finish=actual,
        percent_complete=100.0 if reached else 0.0,
    )


def view(*more: TaskView) -> ProjectView:
    """Show a milestone that slipped in week 40 and today, one that was reached, and some that held their day."""
    tasks = (milestone("Go-live", AFTER), milestone("Design", REACHED, reached=True), *more)
    held = tuple(MilestoneLook(task.id, task.finish or STATUS, done=False) for task in more)
    first = (MilestoneLook("Go-live", BEFORE, done=False), MilestoneLook("Design", BEFORE, done=False), *held)
    second = (MilestoneLook("Go-live", BEFORE + timedelta(days=7), done=False), *first[1:])
    last = (second[0], MilestoneLook("Design", REACHED, done=True), *held)
    return with_looks(replace(project(), tasks=tasks), milestones={0: first, 40: second, 50: last})


def shown(seen: ProjectView, setting: Setting) -> tuple[MilestoneTrend, Figure, list[Table]]:
    """Give the wide chart, its figure, and the tables of the section."""
    section = milestones(seen, setting)
    assert section is not None
    (figure,) = [block for block in section.blocks if isinstance(block, Figure)]
    chart = figure.wide[0]
    assert isinstance(chart, MilestoneTrend)
    return chart, figure, [block for block in section.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("count", [0, 1])
def test_without_two_weeks_there_is_no_trend(count: int) -> None:
    """The dates of today and of the last report stand in the register."""
    section = milestones(with_looks(project(), count), web())
    assert section is not None
    assert len(section.blocks) == 1


def test_a_milestone_that_no_week_knew_is_not_drawn() -> None:
    """One that is new today, or was reached before the first week, has no line; without any there is no chart."""
    assert [row.cells[0].text for row in shown(view(), web())[2][1].rows] == ["Go-live", "Design"]
    section = milestones(with_looks(replace(project(), tasks=view().tasks)), web())
    assert section is not None
    assert len(section.blocks) == 1


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (
            "en",
            [
                "26 Sep 2025: 13 Nov 2026 · 3 Jul 2026: 20 Nov 2026 · 20 Nov 2026: 4 Dec 2026",
                "26 Sep 2025: 13 Nov 2026 · done 8 Sep 2026",
            ],
        ),
        (
            "zh-CN",
            [
                "2025年9月26日：2026年11月13日 · 2026年7月3日：2026年11月20日 · 2026年11月20日：2026年12月4日",
                "2025年9月26日：2026年11月13日 · 2026年9月8日完成",
            ],
        ),
    ],
)
def test_each_move_is_told_once(tag: str, said: list[str]) -> None:
    """From which week which day was expected, and when it was reached."""
    (_, _, (_, table)) = shown(view(), web(tag))
    assert [row.cells[1].text.replace(NB, " ") for row in table.rows] == said
    assert (table.lead, bool(table.more)) == (0, True)


def test_a_reached_milestone_ends_on_the_diagonal() -> None:
    """It is hollow and ends where the week is the day; what the weeks after it say is not drawn."""
    chart, _, _ = shown(view(), web())
    open_, reached = chart.diamonds
    assert (open_.fill is PAPER, reached.fill is PAPER) == (False, True)
    (diagonal,) = chart.diagonal
    x, y = (float(part) for part in reached.d[1:].split("L")[0].split())
    share = (x - diagonal.x1) / (diagonal.x2 - diagonal.x1)
    assert y + 5 == pytest.approx(diagonal.y1 + share * (diagonal.y2 - diagonal.y1), abs=0.2)


def test_a_line_has_its_corners_only() -> None:
    """Sixty weeks on one level are two points."""
    chart, _, _ = shown(view(), web())
    assert [course.d.count("L") + 1 for course in chart.courses] == [5, 3]
    assert chart.dots[1].cx > chart.dots[0].cx


def test_eight_are_drawn_and_the_others_named() -> None:
    """Those that moved are drawn first; names beyond a dozen are counted."""
    held = [milestone(f"Held {n:02}", AFTER + timedelta(days=n)) for n in range(22)]
    chart, figure, (_, table) = shown(view(*held), web())
    assert len(chart.diamonds) == 8
    assert {text.text for text in chart.labels} >= {"Go-live", "Held 00", "Held 05"}
    assert "16 more milestones are not drawn: Held 06, Held 07," in figure.caption
    assert "Held 17 and 4 more." in figure.caption
    assert len(table.rows) == 24


def test_new_baselines_are_marked() -> None:
    """The line that the caption explains is drawn."""
    seen = view()
    looks = tuple(replace(look, baseline="b0" if look.day < week(20) else "b1") for look in seen.looks)
    chart, figure, _ = shown(replace(seen, looks=looks), web())
    assert len(chart.breaks) == 1
    assert figure.caption.endswith(f"Dotted upright line: new baseline (13{NB}Feb{NB}2026).")


def test_print_has_the_chart_alone() -> None:
    """Paper has no table to open, and a lower chart."""
    chart, _, tables = shown(view(), printed())
    assert len(tables) == 1
    assert chart.sheet.height <= 215
