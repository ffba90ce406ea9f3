"""The one-page edition keeps to its caps and names the part that is too long."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from rich_workspace import printed, project, with_dropped
from small_workspace import STATUS

from kapm_site.audience.charter import TaskView
from kapm_site.audience.registers import KpiView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Table
from kapm_site.pages.brief_report import BriefReport, brief_report
from kapm_site.pages.brief_room import STEPS, brief_forms, surplus
from kapm_site.pages.brief_tiles import brief_tiles
from kapm_site.pages.imprint import Imprint, Version

NB = "\N{NO-BREAK SPACE}"


def brief(view: ProjectView) -> BriefReport:
    """Build the edition."""
    return brief_report(view, printed(), Imprint(number=2, version=Version("abc")))


def table(report: BriefReport, title: str) -> Table:
    """Give the table of a part."""
    block = next(part.block for part in report.parts if part.title == title)
    assert isinstance(block, Table)
    return block


def milestone(task: TaskView, number: int, finish: date, **changes: object) -> TaskView:
    """Make a milestone of a task."""
    named = {"id": f"m{number}", "name": f"M{number}", "milestone": True, "actual_finish": None}
    dates = {"forecast_finish": finish, "baseline_finish": finish}
    return replace(task, **{**named, **dates, **changes})  # type: ignore[arg-type]


def test_four_next_milestones_with_slip() -> None:
    """Milestones to come, the nearest first; a critical slip is red; years are shown where they differ."""
    view = project()
    task = view.tasks[0]
    late = milestone(
        task, 2, date(2027, 1, 8), baseline_finish=date(2026, 12, 18), slip_days=8.0, critical=True, late=True
    )
    others = [milestone(task, n, date(2027, n, 1)) for n in range(3, 8)]
    done = milestone(task, 9, date(2026, 11, 1), actual_finish=date(2026, 11, 1))
    report = brief(replace(view, tasks=(*others, late, done)))
    rows = table(report, "Next milestones").rows
    assert [row.cells[0].text for row in rows] == ["M2", "M3", "M4", "M5"]
    assert [cell.text for cell in rows[0].cells[1:4]] == [f"18{NB}Dec", f"8{NB}Jan{NB}2027", f"+8{NB}d"]
    assert rows[0].cells[3].tone == "bad"
    assert rows[0].cells[4].chart is not None
    assert [part.note for part in report.parts if part.title == "Next milestones"] == ["The first 4 of 6"]


def test_three_top_risks_with_their_plan() -> None:
    """The highest risks, each with the first sentence of its plan and its owner."""
    view = project()
    first = view.risks[0]
    plans = "1. Do this first. Then that.\n2. Later"
    many = tuple(replace(first, id=f"r{n}", title=f"Risk {n}", score=float(n), plan=plans) for n in range(1, 6))
    rows = table(brief(replace(view, risks=many)), "Top risks").rows
    assert [row.cells[0].text for row in rows] == ["r5 Risk 5", "r4 Risk 4", "r3 Risk 3"]
    assert rows[0].cells[2].text == "Do this first. Teo Ortiz"


def kpi(number: int, status: str, **changes: object) -> KpiView:
    """Make a key figure with a course."""
    series = ((date(2026, 10, 1), 1.0), (STATUS, 2.0))
    names = [field for field in KpiView.__dataclass_fields__ if field not in ("id", "name", "series")]
    values = {**dict.fromkeys(names), "direction": "up", "status": status, "value": 2.0, "target": 3.0, **changes}
    return KpiView(id=f"k{number}", name=f"K{number}", series=series, **values)  # type: ignore[arg-type]


def test_six_tiles_the_failing_key_figures_before_the_others() -> None:
    """Progress and finish lead; of the key figures those off target get the room, in the author's order."""
    words = ["green", "amber", "green", "red", "green", "amber"]
    view = replace(project(), kpis=tuple(kpi(n, word) for n, word in enumerate(words)), money=None)
    tiles = brief_tiles(view, printed())
    assert [tile.name for tile in tiles] == ["Progress", "Finish", "K0", "K1", "K3", "K5"]
    assert tiles[2].health_text == "On target"
    assert tiles[2].note == "target 3"
    assert tiles[2].chart is not None


def test_wide_value_has_no_course_beside_it() -> None:
    """A value that fills its tile would push its sparkline to the next line."""
    view = replace(project(), kpis=(kpi(0, "green", value=1234567.25, unit="pieces"),), money=None)
    assert brief_tiles(view, printed())[2].chart is None


@pytest.mark.parametrize(
    ("planned", "actual", "health", "text"),
    [
        (70.0, 50.0, "red", "20 points behind"),
        (70.0, 64.0, "amber", "6 points behind"),
        (70.0, 69.0, "green", "1 point behind"),
        (50.0, 50.2, "green", "as planned"),
        (50.0, 54.0, "green", "4 points ahead"),
    ],
)
def test_progress_is_judged_by_the_rule_of_the_schedule(planned: float, actual: float, health: str, text: str) -> None:
    """The tile says how many points the work is off, and its mark follows the workspace's thresholds."""
    tile = brief_tiles(replace(project(), planned_percent=planned, actual_percent=actual), printed())[0]
    assert (tile.health, tile.health_text) == (health, text)


def test_late_finish_is_not_called_on_time() -> None:
    """The mark of the finish goes with its words, whatever else decides the schedule's health."""
    view = project()
    dates = replace(view.schedule, agreed_slip_days=0.0)
    assert (brief_tiles(replace(view, schedule=dates), printed())[1].health) == "green"


def long(view: ProjectView, part: str) -> ProjectView:
    """Make one part of the page too long."""
    words = "long words that go on and on and on " * 12
    risk, ask, task = view.risks[0], view.asks[0], view.tasks[0]
    if part == "the headline":
        assert view.narrative
        view = replace(view, narrative=replace(view.narrative, headline=words))
    elif part == "what is needed from the client":
        view = replace(view, asks=(replace(ask, title=words, days_left=3.0),))
    elif part == "what has changed":
        view = with_dropped(view, words, words)
    elif part == "the texts under “Top risks”":
        view = replace(view, risks=(replace(risk, plan=words),))
    elif part == "the texts under “Next milestones”":
        view = replace(view, tasks=(milestone(task, 1, date(2027, 1, 4), name=words),))
    elif part == "the names under “Key figures”":
        view = replace(view, kpis=(replace(kpi(0, "green"), name=words),))
    else:
        view = replace(view, name=words)
    return view


PARTS = (
    "the headline",
    "what is needed from the client",
    "what has changed",
    "the name of the project",
    "the texts under “Top risks”",
    "the texts under “Next milestones”",
    "the names under “Key figures”",
)


@pytest.mark.parametrize("part", PARTS)
def test_longest_part_is_named(part: str) -> None:
    """The hint names what its author has to shorten."""
    found = surplus(brief(long(project(), part)))
    assert found.part == part
    assert found.lines > found.usual


def crowded(view: ProjectView, asks: int = 6) -> ProjectView:
    """Give the page more of everything than it has room for."""
    effect = "Without it the work of the next stage starts later, and the people who wait for it are booked elsewhere"
    ask, risk, task = view.asks[0], view.risks[0], view.tasks[0]
    name = "Second rehearsal of the migration in the test system of the plant"
    crowd = replace(
        view,
        name="Rollout of the warehouse management system in all distribution centres of the northern region",
        asks=tuple(replace(ask, id=f"q{n}", title=f"{name} {n}", effect=effect) for n in range(asks)),
        risks=tuple(replace(risk, id=f"r{n}", title=f"{name} {n}", plan=f"{effect}. Then more.") for n in range(7)),
        tasks=tuple(milestone(task, n, date(2027, 1, n), name=f"{name} {n}") for n in range(1, 8)),
        kpis=tuple(kpi(n, "green") for n in range(6)),
    )
    return with_dropped(crowd, *(f"{name} {n}" for n in range(9)))


def test_a_page_that_is_too_full_sheds_by_rule() -> None:
    """The fullest form that should fit comes first, the least that the page may show last; the notes stay true."""
    assert len(brief_forms(project(), printed(), Imprint())) <= 3
    forms = brief_forms(crowded(project()), printed(), Imprint())
    first, last = forms[0], forms[-1]
    assert 1 < len(forms) <= 3
    assert len(table(first, "Top risks").rows) < 3
    for report, shown in ((first, len(table(first, "Top risks").rows)), (last, 1)):
        assert {part.note for part in report.parts if part.title == "Top risks"} == {f"The first {shown} of 7"}
    assert len(table(last, "Next milestones").rows) == len(table(last, "Top risks").rows) == 1
    assert (len(last.opening.asks), last.opening.asks_note) == (2, "The first 2 of 6")
    assert last.opening.changes
    assert last.opening.changes.lines[-1] == "8 more on the site"


def test_what_is_shed_first_is_what_a_reader_misses_least() -> None:
    """Changes, then risks, milestones, the second line of tiles; each step leaves out a little more."""
    for before, after in pairwise(STEPS):
        pairs = [(getattr(before, name), getattr(after, name)) for name in before.__slots__]
        assert all(one >= other for one, other in pairs)
        assert sum(one - other for one, other in pairs) in (1, 2, 3)
    assert STEPS[1].changes < STEPS[0].changes
    assert STEPS[-1].asks == 2
