"""Explains late work: how late, why, what is done about it, and when the slip grew."""

from collections.abc import Iterator

from kapm_site.analysis.delays import UNSTATED
from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import CALENDAR, COUNT, CPM, HOUSE
from kapm_site.analysis.explain.typed import (
    PROGRESS_KEYS,
    largest,
    of_baseline,
    of_task,
    place,
    typed,
    working_day,
)
from kapm_site.analysis.records import LateItem, TaskFigures


def _item(case: Case) -> LateItem:
    return case.analysis.delays.items[int(case.keys[2])]


def _task(case: Case) -> TaskFigures:
    return case.analysis.schedule.tasks[_item(case).task_id]


def _days(case: Case) -> Iterator[Input]:
    tasks = case.analysis.schedule.tasks
    cause = case.keys[2] if case.keys[1:2] == ("by_cause",) and len(case.keys) > len(("delays", "by_cause")) else None
    found = []
    for item in case.analysis.delays.items:
        if cause in (None, item.cause or UNSTATED):
            task = tasks[item.task_id].task
            mark = place(task, "delay") if task.delay else place(task, "id")
            if item.own_days:
                name = f"own slip of {item.task_id}, {item.cause or UNSTATED}"
                found.append(Input(name, item.own_days, "days", mark))
    yield from largest(found, "late tasks") or [Input("late tasks", len(found), "number")]


def _late_task(case: Case) -> Iterator[Input]:
    yield from of_task(_task(case).task)


def _slip(case: Case) -> Iterator[Input]:
    task = _task(case)
    yield from of_baseline(case.analysis, task, "start", "finish")
    yield from of_task(task.task, *PROGRESS_KEYS, "delay", "finish")


def _slip_numbers(case: Case) -> str:
    task = _task(case)
    if task.baseline_finish is None or task.forecast_finish is None:
        return ""
    return f"from {task.baseline_finish:%F} to {task.forecast_finish:%F} = {_item(case).slip_days:g} d"


def _delay(case: Case) -> Iterator[Input]:
    task = _task(case).task
    if task.delay is not None:
        for key in ("cause", "recovery", "owner", "new_finish"):
            yield from typed(task.delay, key, f"delay.{key} of {task.id}")
    yield Input(f"task {task.id}", task.name, "text", place(task, "id"))


def _progress(case: Case) -> Iterator[Input]:
    yield from of_task(_task(case).task, *PROGRESS_KEYS)


def _slack(case: Case) -> Iterator[Input]:
    yield Input(f"schedule.tasks.{_task(case).id}.total_slack_days", _task(case).total_slack_days, "days")
    yield from of_task(_task(case).task)


FIGURES: dict[str, Figure] = {
    "delays": Figure("group", "What is late, and why.", "The figures below it", COUNT, inputs=(_days,)),
    "delays.total_days": Figure(
        "days",
        "How many working days late tasks have lost; what a task only inherits from the work before it is not counted.",
        "Σ (slip − slip of the latest work it waits for) of late tasks, each at least 0; no parents, no buffers",
        CALENDAR,
        inputs=(_days,),
        settings=(working_day,),
    ),
    "delays.by_cause": Figure(
        "group",
        "How many working days tasks have lost, by what made them late.",
        "Σ own slip of late tasks by `delay.cause`; `unstated` where nobody has said",
        COUNT,
        inputs=(_days,),
    ),
    "delays.by_cause.<cause>": Figure(
        "days",
        "How many working days tasks have lost for this cause.",
        "Σ own slip of late tasks with this `delay.cause`; `unstated` where nobody has said",
        COUNT,
        inputs=(_days,),
        settings=(working_day,),
    ),
    "delays.items": Figure(
        "group",
        "The late tasks, the worst first.",
        "Late = slip ≥ 0.5 working days, or baseline finish passed and not finished",
        HOUSE,
        inputs=(_days,),
    ),
    "delays.items.<n>": Figure(
        "group",
        "A late task: how late, why, and what is done about it.",
        "Late = slip ≥ 0.5 working days, or baseline finish passed and not finished",
        HOUSE,
        _slip_numbers,
        inputs=(_slip,),
    ),
    "delays.items.<n>.task": Figure("text", "Which task is late.", "Its id in plan.yaml", COUNT, inputs=(_late_task,)),
    "delays.items.<n>.own_days": Figure(
        "days",
        "How many working days the task adds to what it inherits from the work before it.",
        "Own slip = slip − slip of the latest work it, or a parent of it, waits for, at least 0",
        CALENDAR,
        inputs=(_slip,),
    ),
    "delays.items.<n>.slip_days": Figure(
        "days",
        "By how many working days the task is late.",
        "Slip = working days from baseline finish to forecast finish, at least 0",
        CALENDAR,
        _slip_numbers,
        inputs=(_slip,),
        settings=(working_day,),
    ),
    "delays.items.<n>.cause": Figure(
        "text",
        "What made the task late.",
        "`delay.cause` of the task",
        COUNT,
        inputs=(_delay,),
        remedy="Write `delay: {cause: …}` at the task.",
    ),
    "delays.items.<n>.critical": Figure(
        "flag",
        "Whether the project is late because this task is.",
        "Critical = total slack ≤ 0",
        CPM,
        inputs=(_slack,),
    ),
    "delays.items.<n>.finished": Figure(
        "flag",
        "Whether the late task is done by now.",
        "Finished = `actual_finish` up to the status date, or progress 100 where the method takes that for it",
        HOUSE,
        inputs=(_progress,),
    ),
    "delays.items.<n>.new_finish": Figure(
        "date",
        "By when the task is promised now.",
        "`delay.new_finish` of the task",
        COUNT,
        inputs=(_delay,),
        remedy="Write `delay: {new_finish: …}` at the task.",
    ),
    "delays.items.<n>.gaps": Figure(
        "list",
        "What nobody has said about the late task yet.",
        "Of cause, recovery, owner and new finish, those its `delay` lacks; of finished work only the cause is asked",
        HOUSE,
        inputs=(_delay,),
    ),
}
