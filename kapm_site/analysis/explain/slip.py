"""Explains when the project's finish moved, window by window, and which work moved it, step by step."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input, Unit
from kapm_site.analysis.explain.sources import AS_BUILT, COUNT, WINDOWS
from kapm_site.analysis.explain.typed import largest, of_baseline, of_task, place, working_day
from kapm_site.analysis.outlook import SlipStep

NEEDS_LOOKS = "Record a baseline with `kapm baseline`; each released report adds a window."


def _looks(case: Case) -> Iterator[Input]:
    project = case.analysis.project
    for baseline in project.baselines.baselines:
        if baseline.approved is not None:
            name, day = f"baseline {baseline.id}, approved", baseline.approved.isoformat()
            yield Input(name, day, "date", place(baseline, "approved"))
    for report in project.reports:
        mark = place(report, "status_date")
        yield Input(f"report {report.number:g}", report.status_date.isoformat(), "date", mark)
    yield Input("schedule.forecast_finish", case.figure("schedule.forecast_finish"), "date")


def _window_numbers(case: Case) -> str:
    window = case.analysis.outlook.windows[int(case.keys[2])]
    return f"from {window.before} to {window.after} = {window.days:.4g} d"


def _steps(case: Case) -> Iterator[Input]:
    tasks = case.analysis.schedule.tasks
    found = []
    for step in case.analysis.outlook.slip_steps:
        task = tasks.get(step.task_id or "")
        mark = place(task.task, "delay" if task.task.delay else "id") if task else None
        found.append(Input(f"{step.task_id or 'no single task'}, {step.cause}", step.days, "days", mark))
    yield from largest(found, "steps")
    yield Input("schedule.slip_days", case.figure("schedule.slip_days"), "days")


def _step(case: Case) -> SlipStep:
    return case.analysis.outlook.slip_steps[int(case.keys[2])]


def _step_task(case: Case) -> Iterator[Input]:
    task = case.analysis.schedule.tasks.get(_step(case).task_id or "")
    if task is None:
        yield Input("schedule.slip_days", case.figure("schedule.slip_days"), "days")
    else:
        yield from of_task(task.task, "delay", "actual_finish", "remaining", "finish")
        yield from of_baseline(case.analysis, task, "finish")


def _of_window(unit: Unit, sentence: str, formula: str) -> Figure:
    return Figure(unit, sentence, formula, WINDOWS, inputs=(_looks,), settings=(working_day,), remedy=NEEDS_LOOKS)


def _of_step(unit: Unit, sentence: str, formula: str) -> Figure:
    return Figure(unit, sentence, formula, AS_BUILT, inputs=(_step_task,), settings=(working_day,))


FIGURES: dict[str, Figure] = {
    "delays.windows": _of_window(
        "group",
        "When the delay grew: from one look at the plan to the next.",
        "Delay of a window = working days from the finish expected at its start to that at its end",
    ),
    "delays.windows.<n>": Figure(
        "group",
        "How far the expected finish moved between two looks at the plan.",
        "Delay of a window = working days from the finish expected at its start to that at its end",
        WINDOWS,
        _window_numbers,
        inputs=(_looks,),
        settings=(working_day,),
    ),
    "delays.windows.<n>.start": _of_window("date", "The day of the first of the two looks.", "A baseline or report"),
    "delays.windows.<n>.finish": _of_window(
        "date", "The day of the second of the two looks.", "A baseline or report, or the status date"
    ),
    "delays.windows.<n>.before": _of_window(
        "date", "The finish expected at the first look.", "Finish of the baseline, or forecast finish of the report"
    ),
    "delays.windows.<n>.after": _of_window(
        "date", "The finish expected at the second look.", "Finish of the baseline or report, or forecast finish today"
    ),
    "delays.windows.<n>.days": Figure(
        "days",
        "By how many working days the expected finish moved between the two looks.",
        "Delay of a window = working days from the finish expected at its start to that at its end",
        WINDOWS,
        "from {.before} to {.after} = {}",
        inputs=(_looks,),
        settings=(working_day,),
    ),
    "delays.windows.<n>.name": _of_window(
        "text", "Which look ends the window; empty for today.", "Id of the baseline, or number of the report"
    ),
    "delays.slip_steps": Figure(
        "group",
        "Which work moved the project's finish, task by task along the chain that decides it.",
        "Steps along the driving chain; together they are the slip of the project",
        AS_BUILT,
        inputs=(_steps,),
        settings=(working_day,),
    ),
    "delays.slip_steps.<n>": _of_step(
        "group",
        "What one task adds to the slip of the project.",
        "Slip of the task − slack behind it that is used up, less the same of what it waits for",
    ),
    "delays.slip_steps.<n>.task": _of_step("text", "Which task it is.", "A task of the chain that decides the finish"),
    "delays.slip_steps.<n>.days": _of_step(
        "days",
        "By how many working days the task moves the project's finish; below zero it makes time up.",
        "Slip of the task − slack behind it that is used up, less the same of what it waits for",
    ),
    "delays.slip_steps.<n>.cause": Figure(
        "text",
        "Why the task moves the project's finish.",
        "`delay.cause` of the task; `unstated` where nobody has said, `recovered` where time was made up",
        COUNT,
        inputs=(_step_task,),
        remedy="Write `delay: {cause: …}` at the task.",
    ),
}
