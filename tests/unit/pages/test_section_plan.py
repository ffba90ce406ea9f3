"""Milestones, the plan and delays say how the work stands, and leave no field of a task unsaid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich_workspace import printed, project, set_for, texts_of, web
from small_workspace import ERP, client

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Figure, Section, Table
from kapm_site.pages.charts.gantt import GanttChart
from kapm_site.pages.sections.delays import delays
from kapm_site.pages.sections.milestones import milestone_status, milestones
from kapm_site.pages.sections.plan import plan
from kapm_site.pages.setting import Medium

NB = "\N{NO-BREAK SPACE}"
PLAN = """
audience: client
tasks:
  - id: phase
    name: Phaseword
    tasks:
      - {id: design, name: Designtask, start: 2026-10-05, finish: 2026-10-16, progress: 100,
         actual_start: 2026-10-05, actual_finish: 2026-10-19, delay: {cause: scope, note: Scopenote}}
      - {id: build, name: Buildtask, owner: okafor, description: "Do **buildword**", start: 2026-10-19,
         finish: 2026-11-13, progress: 50, actual_start: 2026-10-20, remaining: 9d, work: 3w, actual_work: 17h,
         assigned: [{person: ortiz, units: 60}], labels: [Labelword], deadline: 2026-12-22,
         progress_method: milestones, steps: [{name: Stepword, weight: 3, done: true}, {name: Laterstep, weight: 1}],
         estimate: {optimistic: 11d, likely: 12d, pessimistic: 23d, distribution: pert},
         source: {system: jira, key: ERP-77, url: "https://jira.example/ERP-77"},
         depends_on: [{task: design, type: SS, lag: 2d}],
         constraint: {type: start_no_earlier_than, date: 2026-10-14},
         delay: {cause: client, note: Delay *noteword*, recovery: Recover **recoveryword**, owner: lund,
                 new_finish: 2026-12-04}}
      - {id: test, name: Testtask, start: 2026-11-16, finish: 2026-11-20, progress: 20, actual_start: 2026-11-16,
         remaining: 8d}
  - {id: reserve, name: Bufferword, buffer: true, start: 2026-12-07, finish: 2026-12-11, depends_on: [build]}
  - {id: early, name: Kicked off, milestone: true, finish: 2026-10-06, progress: 100, actual_finish: 2026-10-06}
  - {id: golive, name: Go-live, owner: ortiz, milestone: true, finish: 2026-11-27, depends_on: [test]}
  - {id: review, name: Review, milestone: true, finish: 2027-01-29}
"""
BASELINE = """
audience: client
baselines:
  - id: b1
    approved: 2026-10-01
    tasks:
      design: {start: 2026-10-05, finish: 2026-10-16}
      build: {start: 2026-10-19, finish: 2026-11-13}
      test: {start: 2026-11-16, finish: 2026-11-20}
      early: {finish: 2026-10-06}
      golive: {finish: 2026-11-27}
      review: {finish: 2027-01-29}
"""
FILES = {f"{ERP}/plan.yaml": PLAN, f"{ERP}/baselines.yaml": BASELINE}
SAID = (
    *("Phaseword", "1.2 Buildtask", "Do **buildword**", "Ada Okafor", "Teo Ortiz (60%)", "Labelword", "Buffer"),
    *(f"19{NB}Oct{NB}2026", f"13{NB}Nov{NB}2026", f"20{NB}Oct{NB}2026", f"22{NB}Dec{NB}2026"),
    *("3 wk", "17 h", f"9{NB}d", "By weighted steps", "Stepword (weight 3, done) and Laterstep (weight 1)"),
    *(f"11{NB}d to 23{NB}d, most likely 12{NB}d", "PERT", "jira ERP-77", "https://jira.example/ERP-77"),
    *(f"with the start of Designtask, 2{NB}d later", f"Start no earlier than 14{NB}Oct{NB}2026", "reserve"),
)


def shown(changed: dict[str, str] | None = None) -> ProjectView:
    """Show the project with this plan."""
    return project({**FILES, **(changed or {})})


def tables(section: Section | None) -> list[Table]:
    """List the tables of a section that must be there."""
    assert section is not None
    return [block for block in section.blocks if isinstance(block, Table)]


def the(section: Section | None) -> Section:
    """Give a section that must be there."""
    assert section is not None
    return section


def charts(section: Section | None) -> tuple[list[GanttChart], list[GanttChart]]:
    """Give the wide and the narrow Gantt charts of a section."""
    assert section is not None
    figure = next(block for block in section.blocks if isinstance(block, Figure))
    wide = [chart for chart in figure.wide if isinstance(chart, GanttChart)]
    return wide, [chart for chart in figure.narrow if isinstance(chart, GanttChart)]


def gantt_figure(section: Section | None) -> Figure:
    """Give the figure of the plan."""
    assert section is not None
    return next(block for block in section.blocks if isinstance(block, Figure))


def column(table: Table, index: int) -> list[str]:
    """Give the texts of a column."""
    return [row.cells[index].text for row in table.rows]


def test_every_field_of_a_task_is_shown() -> None:
    """Whatever a task says stands in a column or among its details."""
    told = texts_of(plan(shown(), web()))
    assert [text for text in SAID if text not in told] == []


def test_print_says_all_of_the_task_that_asks_for_attention_first() -> None:
    """Paper lists what comes next before what is later or done, phases last, and details the first alone."""
    view = replace(shown(), tasks=tuple(task for task in shown().tasks if task.id != "test"))
    table = tables(plan(view, printed()))[0]
    names = [row.cells[0].text for row in table.rows]
    assert names == ["1.2 Buildtask", "2 Bufferword", "1.1 Designtask", "1 Phaseword"]
    told = texts_of(plan(view, printed()))
    assert [text for text in SAID if text not in told and text not in {"Buffer", "reserve"}] == []


@pytest.mark.parametrize("medium", ["web", "print"])
def test_a_late_item_says_cause_recovery_owner_and_new_date(medium: str) -> None:
    """The register of delays answers what a reader asks of late work."""
    told = texts_of(delays(shown(), set_for("web" if medium == "web" else "print")))
    said = ("Client input", "Delay *noteword*", "Recover **recoveryword**", "Sofie Lund", f"4{NB}Dec{NB}2026")
    assert [text for text in said if text not in told] == []


def test_late_work_that_says_nothing_is_named() -> None:
    """An open late item without cause says so to its team, and its date is what the plan expects."""
    section = delays(replace(shown(), unanswered=frozenset({"test"})), web())
    row = next(row for row in tables(section)[0].rows if row.id == "delay-test")
    assert [cell.text for cell in row.cells[2:4]] == ["No cause stated", "No recovery stated yet"]
    assert row.cells[5].note == "Forecast"
    assert "1 late item has no stated cause or recovery yet." in texts_of(section)


def test_what_we_have_not_written_down_is_not_told_to_the_client() -> None:
    """A missing cause is for the team to mend, and no recovery is claimed either."""
    told = " ".join(texts_of(delays(shown(), web())))
    assert "stated" not in told
    assert "recovery plan" not in told


def dated(name: str, **days: str | int) -> str:
    """Write a task with a name and an id of its first letter."""
    fields = "".join(f", {key}: {value}" for key, value in days.items())
    return f"  - {{id: {name[0].lower()}, name: {name}, start: 2026-11-09{fields}}}\n"


@pytest.mark.parametrize(
    ("day", "finish", "left", "said"),
    [
        (date(2026, 11, 20), "2026-11-20", "0d", ""),
        (date(2026, 11, 21), "2026-11-20", "0d", "1 open task is past its agreed finish."),
        (date(2026, 11, 20), "2026-11-24", "6d", "1 open task is forecast to end after its agreed finish."),
    ],
)
def test_late_is_what_is_past_or_forecast_to_be(day: date, finish: str, left: str, said: str) -> None:
    """Due today is not late; what is not due yet is late by forecast only, even in a project that gains time."""
    tasks = dated("Alpha", finish=finish, actual_start="2026-11-09", remaining=left)
    view = client(
        {f"{ERP}/plan.yaml": f"audience: client\ntasks:\n{tasks}", f"{ERP}/baselines.yaml": ""}, status=day
    ).projects[0]
    told = the(plan(view, web())).finding
    assert said in told if said else "agreed finish." not in told
    assert "behind" not in told


def test_no_milestone_is_late_by_no_days() -> None:
    """On its day it is on time; on a Saturday after it is past its date, and no working day has gone by."""
    files = {
        f"{ERP}/plan.yaml": "audience: client\ntasks:\n  - {id: m, name: M, milestone: true, finish: 2026-11-20}\n",
        f"{ERP}/baselines.yaml": "",
    }
    friday, saturday = (client(files, status=date(2026, 11, day)).projects[0] for day in (20, 21))
    assert delays(friday, web()) is None
    assert column(tables(milestones(friday, web()))[0], -2) == ["On time"]
    assert the(milestones(saturday, web())).finding.startswith("1 milestone is past its date.")
    assert the(delays(saturday, web())).finding.startswith("1 item is past its date.")


def test_work_late_only_with_its_predecessors_is_not_asked() -> None:
    """A milestone that was not to be reached yet is late with the work before it."""
    row = next(row for row in tables(delays(shown(), web()))[0].rows if row.id == "delay-golive")
    assert row.cells[2].text == "Late with the work before it"
    assert row.cells[3].text == ""


def test_finished_late_work_stands_last() -> None:
    """What still can be mended comes before what is over."""
    rows = tables(delays(shown(), web()))[0].rows
    assert rows[-1].id == "delay-design"
    assert rows[-1].cells[0].note == f"done 19{NB}Oct{NB}2026"


def test_a_delay_of_work_on_time_is_told_with_the_task() -> None:
    """A cause that was written down is shown though the item is not late any more."""
    view = shown()
    tasks = tuple(replace(task, late=False) for task in view.tasks)
    told = texts_of(plan(replace(view, tasks=tasks), web()))
    assert "Recover **recoveryword**" in told
    assert delays(replace(view, tasks=tasks), web()) is None


def test_next_milestones_stand_first_and_reached_ones_last() -> None:
    """A reader looks for what comes."""
    table = tables(milestones(shown(), web()))[0]
    assert [row.id for row in table.rows] == ["milestone-golive", "milestone-review", "milestone-early"]
    assert column(table, len(table.columns) - 2) == ["Late", "On time", "Done"]


def test_a_moved_milestone_says_what_was_expected_before() -> None:
    """The date of the last report stands below the forecast where it has changed."""
    view = shown()
    earlier = tuple(
        replace(task, forecast_finish=task.forecast_finish - timedelta(days=3))
        if task.id == "golive" and task.forecast_finish
        else task
        for task in view.tasks
    )
    before = replace(view, tasks=earlier, status=date(2026, 11, 13))
    section = milestones(replace(view, before=before), web())
    golive = next(row for row in tables(section)[0].rows if row.id == "milestone-golive")
    assert golive.cells[2].note.startswith("was ")
    assert f"1 milestone moved since 13{NB}Nov{NB}2026." in texts_of(section)


def test_a_milestone_whose_day_has_passed_is_overdue() -> None:
    """An agreed date in the past that was not met is no forecast any more."""
    golive = next(task for task in shown().tasks if task.id == "golive")
    assert milestone_status(golive, date(2026, 11, 20)) == "late"
    assert milestone_status(golive, date(2026, 11, 30)) == "overdue"
    assert milestone_status(replace(golive, late=False, slip_days=-2.0), date(2026, 11, 20)) == "early"


def test_the_phone_opens_phases() -> None:
    """Phases stand as strips below one axis and open on their tasks; the wide chart shows all at once."""
    figure = gantt_figure(plan(shown(), web()))
    wide, narrow = charts(plan(shown(), web()))
    assert len(wide[0].names) == 8
    assert [chart.names for chart in narrow] == [()]
    folded = [name.text for fold in figure.narrow_folds for name in fold.chart.names]
    heads = [fold.name for fold in figure.narrow_folds if fold.strip]
    assert sorted([*folded, *heads]) == sorted(name.text for name in wide[0].names)


def test_a_long_plan_shows_its_upper_levels_first() -> None:
    """The rest waits behind a click: at once where a week can be seen, else phase by phase on an axis of its own."""
    year, decade = gantt_figure(plan(long_plan(finish=2027), web())), gantt_figure(plan(long_plan(finish=2036), web()))
    assert [len(chart.names) for chart in year.wide] == [10]
    assert [len(fold.chart.names) for fold in year.wide_folds] == [80]
    assert [(fold.name, len(fold.chart.names)) for fold in decade.wide_folds] == [(f"Phase {n}", 7) for n in range(10)]
    assert all(isinstance(fold.chart, GanttChart) and len(fold.chart.axis) > 3 for fold in decade.wide_folds)


def test_a_line_for_the_whole_plan_is_no_phase() -> None:
    """Where everything hangs below one line, the phases are what hangs below it."""
    below = "".join(f"    {line}\n" for line in phases(2027).splitlines())
    figure = gantt_figure(plan(planned(f"  - id: root\n    name: Everything\n    tasks:\n{below}"), web()))
    assert [fold.name for fold in figure.narrow_folds] == [f"Phase {n}" for n in range(10)]


def long_plan(finish: int) -> ProjectView:
    """Show a plan of ten phases with seven tasks each, the last of which ends in a year."""
    return planned(phases(finish))


def planned(tasks: str) -> ProjectView:
    """Show a project with these tasks and hardly anything else."""
    emptied = {f"{ERP}/{name}.yaml": "" for name in ("risks", "changes", "feedback", "baselines", "asks")}
    return project({f"{ERP}/plan.yaml": f"audience: client\ntasks:\n{tasks}", **emptied})


def phases(finish: int) -> str:
    """Write the phases of a long plan."""
    task = "      - {{id: t{p}-{n}, name: Task {n}, start: 2026-10-05, finish: {day}}}\n"
    return "".join(
        f"  - id: p{p}\n    name: Phase {p}\n    tasks:\n"
        + "".join(
            task.format(p=p, n=n, day=f"{finish}-06-30" if p + n == 15 else f"2026-11-{10 + n}") for n in range(7)
        )
        for p in range(10)
    )


def test_a_long_plan_takes_several_pages_on_one_scale() -> None:
    """Print splits the chart, and the status date stands in the same place in every part."""
    lines = "".join(f"  - {{id: t{n}, name: Task {n}, start: 2026-10-05, finish: 2026-12-18}}\n" for n in range(60))
    emptied = {f"{ERP}/{name}.yaml": "" for name in ("risks", "changes", "feedback", "baselines")}
    view = project({f"{ERP}/plan.yaml": f"audience: client\ntasks:\n{lines}", **emptied})
    pages, narrow = charts(plan(view, printed()))
    assert sum(len(page.names) for page in pages) == 60
    first, *others = (page.status[0].x1 for page in pages)
    assert others == [pytest.approx(first, abs=1)] * 2
    assert narrow == []


def test_a_plan_without_room_leaves_out_its_deepest_level() -> None:
    """Print shows phases and milestones of a plan of hundreds of tasks; what is left of its register is counted."""
    lines = "".join(f"      - {{id: t{n}, name: Task {n}, start: 2026-10-05, finish: 2026-12-18}}\n" for n in range(95))
    phase = f"  - id: phase\n    name: Phaseword\n    tasks:\n{lines}"
    mark = "      - {id: mark, name: Markword, milestone: true, finish: 2026-12-18}\n"
    emptied = {f"{ERP}/{name}.yaml": "" for name in ("risks", "changes", "feedback", "baselines")}
    view = project({f"{ERP}/plan.yaml": f"audience: client\ntasks:\n{phase}{mark}", **emptied})
    pages, _ = charts(plan(view, printed()))
    assert [text.text for page in pages for text in page.names] == ["Phaseword", "Markword"]
    assert tables(plan(view, printed()))[0].more == "91 more on the site"


def test_the_weeks_ahead_list_open_leaves_only() -> None:
    """What is done, a phase, a buffer, and what lies beyond six weeks have no place there."""
    table = next(t for t in tables(plan(shown(), web())) if t.heading == "The weeks ahead")
    told = dict(zip(column(table, 0), column(table, 1), strict=True))
    assert told == {"1.2 Buildtask": "Finishes", "1.3 Testtask": "Finishes", "4 Go-live": "Milestone"}


@pytest.mark.parametrize("tag", ["en", "zh-CN", "de"])
def test_each_language_has_all_texts(tag: str) -> None:
    """No text is missing in one of the languages."""
    for build in (milestones, plan, delays):
        section = build(shown(), web(tag))
        assert section is not None
        assert section.finding


def test_a_project_without_a_plan_has_none_of_these_sections() -> None:
    """Sections with nothing to say vanish."""
    bare = replace(shown(), tasks=())
    assert [build(bare, web()) for build in (milestones, plan, delays)] == [None, None, None]


@pytest.mark.parametrize("medium", ["web", "print"])
def test_the_agreed_plan_is_explained_where_it_is_drawn(medium: Medium) -> None:
    """Without a baseline no bar has a thin one below it, and the caption speaks of none."""
    view = project({f"{ERP}/plan.yaml": PLAN})

    def caption(agreed: bool) -> str:
        now = replace(view, schedule=replace(view.schedule, has_baseline=agreed))
        section = plan(now, set_for(medium))
        assert section is not None
        figures = [block for block in section.blocks if isinstance(block, Figure)]
        charts = [(chart, one.caption) for one in figures for chart in one.wide if isinstance(chart, GanttChart)]
        assert any(chart.baselines for chart, _ in charts) == agreed
        return charts[0][1]

    assert "The thin grey bar is the agreed plan." in caption(agreed=True)
    assert "thin grey bar" not in caption(agreed=False)
