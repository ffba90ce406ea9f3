"""Explains the dates of the whole project."""

from collections.abc import Iterator

from kapm_site.analysis.explain.links import predecessors
from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import CALENDAR, COUNT, CPM, HOUSE
from kapm_site.analysis.explain.typed import (
    PLAN_KEYS,
    PROGRESS_KEYS,
    baseline_of,
    first,
    leaves_of,
    of_baseline,
    of_task,
    place,
    setting,
    status_date,
    typed,
    working_day,
)
from kapm_site.analysis.records import TaskFigures

ADD_TASKS = "Add tasks to plan.yaml, each with dates or a duration."
RECORD_BASELINE = "Record today's plan as a baseline and let it be approved."


def _driving(case: Case) -> list[TaskFigures]:
    return [task for task in leaves_of(case.analysis) if task.id in case.weighing.driving]


def _first_work(case: Case) -> Iterator[Input]:
    start = case.analysis.schedule.start
    yield from typed(case.analysis.project.project, "start", "agreed start of the project", "date")
    at_start = [task for task in leaves_of(case.analysis) if start is not None and task.start == start]
    yield from first([item for task in at_start for item in of_task(task.task, *PLAN_KEYS)], "such inputs")


def _last_work(case: Case) -> Iterator[Input]:
    finish = case.analysis.schedule.finish
    last = [task for task in _driving(case) if finish is not None and task.finish == finish]
    yield from first([item for task in last for item in of_task(task.task, *PLAN_KEYS)], "such inputs")


def _last_of_baseline(case: Case) -> Iterator[Input]:
    baseline = baseline_of(case.analysis)
    if baseline is not None:
        approved = baseline.approved.isoformat() if baseline.approved else None
        yield Input(f"baseline {baseline.id}, approved", approved, "date", place(baseline, "approved"))
    finish = case.analysis.schedule.baseline_finish
    last = [task for task in _driving(case) if finish is not None and task.baseline_finish == finish]
    yield from first(
        [item for task in last for item in of_baseline(case.analysis, task, "start", "finish")], "such inputs"
    )


def _last_expected(case: Case) -> Iterator[Input]:
    finish = case.analysis.schedule.forecast_finish
    last = [task for task in _driving(case) if finish is not None and task.forecast_finish == finish]
    keys = (*PROGRESS_KEYS, "delay", *PLAN_KEYS)
    yield from first([item for task in last for item in of_task(task.task, *keys)], "such inputs")
    for task in last:
        if not task.started:
            yield from predecessors(case, task, "forecast_finish")


def _agreed(case: Case) -> Iterator[Input]:
    yield from typed(case.analysis.project.project, "finish", "agreed finish of the project", "date")


def _path(case: Case) -> Iterator[Input]:
    tasks = case.analysis.schedule.tasks
    found = [
        Input(f"schedule.tasks.{task_id}.total_slack_days", tasks[task_id].total_slack_days, "days", mark)
        for task_id in case.value
        for mark in (place(tasks[task_id].task, "id"),)
    ]
    yield from first(found, "tasks on it")


def _items(case: Case) -> Iterator[Input]:
    found = [
        Input(f"schedule.tasks.{task.id}", task.task.name, "text", place(task.task, "id"))
        for task in case.analysis.schedule.tasks.values()
    ]
    yield from first(found, "tasks")


def _baseline(case: Case) -> Iterator[Input]:
    for entry in case.analysis.project.baselines.baselines:
        approved = entry.approved.isoformat() if entry.approved else "not approved"
        yield Input(f"baseline {entry.id}", approved, "text", place(entry, "approved"))


def _agreed_calendar(case: Case) -> Iterator[Input]:
    yield from working_day(case)
    if "start" in case.analysis.project.project.model_fields_set:
        yield setting(case.analysis.project.project, "start", "project.start", "date")


FIGURES: dict[str, Figure] = {
    "schedule": Figure(
        "group",
        "When the work starts and ends: as planned, as first agreed, and as it looks today.",
        "The figures below it",
        CPM,
        inputs=(_first_work, _last_work),
        remedy=ADD_TASKS,
    ),
    "schedule.start": Figure(
        "date",
        "The first day on which work is planned.",
        "Start = earliest planned start of all tasks",
        CPM,
        inputs=(_first_work,),
        remedy=ADD_TASKS,
    ),
    "schedule.finish": Figure(
        "date",
        "The last day of work in today's plan.",
        "Finish = latest planned finish of all tasks; buffers and accompanying support do not count",
        CPM,
        inputs=(_last_work,),
        settings=(_agreed_calendar,),
        remedy=ADD_TASKS,
    ),
    "schedule.baseline_finish": Figure(
        "date",
        "The last day of work as it was approved, against which delay is counted.",
        "Baseline finish = latest finish in the baseline approved last; today's plan where there is none",
        HOUSE,
        inputs=(_last_of_baseline,),
        remedy=RECORD_BASELINE,
    ),
    "schedule.forecast_finish": Figure(
        "date",
        "The last day of work as it looks today, with what is done, what is left and what was promised.",
        "Forecast finish = latest expected finish of all tasks: done work at its actual dates, work under way after "
        "its remaining time from the status date, the rest behind its predecessors and never in the past",
        CPM,
        inputs=(_last_expected, status_date),
        remedy=ADD_TASKS,
    ),
    "schedule.slip_days": Figure(
        "days",
        "By how many working days the project is expected to end later than approved; below zero it is earlier.",
        "Slip = working days from baseline finish to forecast finish",
        CALENDAR,
        "from {schedule.baseline_finish} to {schedule.forecast_finish} = {}",
        inputs=(_last_of_baseline, _last_expected),
        settings=(working_day,),
        remedy=RECORD_BASELINE,
    ),
    "schedule.agreed_finish": Figure(
        "date",
        "The last day of the project as it was agreed with the client.",
        "`finish` of project.yaml",
        COUNT,
        inputs=(_agreed,),
        remedy="Write `finish:` in project.yaml.",
    ),
    "schedule.agreed_slip_days": Figure(
        "days",
        "By how many working days the project is expected to end later than agreed with the client.",
        "Slip = working days from agreed finish to forecast finish",
        CALENDAR,
        "from {schedule.agreed_finish} to {schedule.forecast_finish} = {}",
        inputs=(_agreed, _last_expected),
        settings=(working_day,),
        remedy="Write `finish:` in project.yaml.",
    ),
    "schedule.baseline": Figure(
        "text",
        "The approved plan that today's is compared with.",
        "The baseline approved last up to the status date",
        HOUSE,
        inputs=(_baseline, status_date),
        remedy=RECORD_BASELINE,
    ),
    "schedule.critical_path": Figure(
        "list",
        "The tasks of which none can be a day late without the project being late.",
        "Critical = total slack ≤ 0, in the order of early starts",
        CPM,
        inputs=(_path,),
        remedy=ADD_TASKS,
    ),
    "schedule.tasks": Figure(
        "group",
        "Dates, slack, progress and money of each task.",
        "Tasks with subtasks roll up from them",
        CPM,
        inputs=(_items,),
        remedy=ADD_TASKS,
    ),
}
