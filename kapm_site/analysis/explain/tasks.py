"""Explains the dates, slack and progress of a task, and what it earns and costs."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from kapm_site.analysis.explain.links import predecessors, successors
from kapm_site.analysis.explain.progress import percent_numbers, shares
from kapm_site.analysis.explain.records import Case, Figure, Input, Inputs
from kapm_site.analysis.explain.sources import CALENDAR, COUNT, CPM, EVM_METHODS, HOUSE
from kapm_site.analysis.explain.task_money import FIGURES as MONEY
from kapm_site.analysis.explain.task_money import ROLLS_UP, approved_dates, progress_method, reported_progress
from kapm_site.analysis.explain.typed import (
    PLAN_KEYS,
    PROGRESS_KEYS,
    leaves_of,
    of_task,
    progress_place,
    status_date,
    working_day,
)
from kapm_site.analysis.records import TaskFigures

#: Reads the instant that decides which leaf a parent takes a date from.
Instant = Callable[[TaskFigures], datetime | None]


def _leaf(case: Case, instant: Instant, choose: Callable[[Iterable[datetime]], datetime]) -> TaskFigures:
    """Return the leaf that decides: the task itself, or of a parent the one with the first or last date."""
    leaves = [leaf for leaf in leaves_of(case.analysis, case.task.id) if instant(leaf) is not None]
    if not leaves:
        return case.task
    decisive = choose([moment for leaf in leaves if (moment := instant(leaf)) is not None])
    return next(leaf for leaf in leaves if instant(leaf) == decisive)


def _planned(instant: Instant, choose: Callable[[Iterable[datetime]], datetime]) -> Inputs:
    def found(case: Case) -> Iterator[Input]:
        leaf = _leaf(case, instant, choose)
        yield from of_task(leaf.task, *PLAN_KEYS)
        yield from predecessors(case, leaf, "early_finish")

    return found


def _expected(instant: Instant, choose: Callable[[Iterable[datetime]], datetime]) -> Inputs:
    def found(case: Case) -> Iterator[Input]:
        leaf = _leaf(case, instant, choose)
        yield from of_task(leaf.task, *PROGRESS_KEYS, "delay", *PLAN_KEYS)
        if not leaf.started:
            yield from predecessors(case, leaf, "forecast_finish")
        yield from status_date(case)

    return found


def _late(instant: Instant, choose: Callable[[Iterable[datetime]], datetime]) -> Inputs:
    def found(case: Case) -> Iterator[Input]:
        leaf = _leaf(case, instant, choose)
        yield from of_task(leaf.task, "deadline", "constraint", "duration", "start", "finish")
        yield from successors(case, leaf, "late_start")

    return found


def _slack(case: Case) -> Iterator[Input]:
    leaf = _slackest(case)
    yield from of_task(leaf.task, *PLAN_KEYS, "deadline")
    yield from successors(case, leaf, "late_start")


def _free(case: Case) -> Iterator[Input]:
    yield from of_task(case.task.task, *PLAN_KEYS)
    yield from successors(case, case.task, "early_start")


def _slackest(case: Case) -> TaskFigures:
    leaves = leaves_of(case.analysis, case.task.id)
    return min(leaves, key=lambda leaf: leaf.total_slack_days or 0.0, default=case.task)


def _slack_numbers(case: Case) -> str:
    task = case.task
    if task.is_parent:
        return f"the least of its subtasks, {_slackest(case).id} = {task.total_slack_days or 0.0:g} d"
    es, ls, ef, lf = task.early_start, task.late_start, task.early_finish, task.late_finish
    if es is None or ls is None or ef is None or lf is None:
        return ""
    return f"min({ls:%F %H:%M} − {es:%F %H:%M}, {lf:%F %H:%M} − {ef:%F %H:%M}) = {task.total_slack_days or 0.0:g} d"


def _due(case: Case) -> Iterator[Input]:
    if case.task.is_parent:
        yield from shares(case, lambda leaf: leaf.planned_percent, progress_place, case.task.id)
    yield from approved_dates(case)
    yield from status_date(case)


def _done_numbers(case: Case) -> str:
    if case.task.is_parent:
        return percent_numbers(case, lambda leaf: leaf.percent_complete, case.task.id)
    method = "milestone" if case.task.task.milestone else next(progress_method(case)).value
    return f"by the method {method}: {{}}"


def _due_numbers(case: Case) -> str:
    if case.task.is_parent:
        return percent_numbers(case, lambda leaf: leaf.planned_percent, case.task.id)
    start, finish = case.task.baseline_start, case.task.baseline_finish
    if start is None or finish is None:
        return "not in the baseline, so nothing is planned for it: {}"
    return f"share of the working time from {start:%F} to {finish:%F} that has passed: {{}}"


def _itself(case: Case) -> Iterator[Input]:
    yield from of_task(case.task.task)


_EARLY = "Early dates: the forward pass from the project's start, without looking at the status date"
_LATE = "Late dates: the backward pass from the project's finish, deadlines and constraints"

_OF_TASK: dict[str, Figure] = {
    "": Figure(
        "group",
        "Dates, slack, progress and money of this task.",
        "The figures below it",
        CPM,
        inputs=(_itself,),
    ),
    "wbs": Figure(
        "text",
        "The task's number in the outline of the plan.",
        "Its place in plan.yaml, counted from 1 at each level",
        COUNT,
        inputs=(_itself,),
    ),
    "start": Figure(
        "date",
        "The first planned day of work on the task.",
        "The agreed date; else the early start" + ROLLS_UP + "the first of theirs",
        CPM,
        inputs=(_planned(lambda leaf: leaf.start, min),),
    ),
    "finish": Figure(
        "date",
        "The last planned day of work on the task.",
        "The agreed date; else the early finish" + ROLLS_UP + "the last of theirs",
        CPM,
        inputs=(_planned(lambda leaf: leaf.finish, max),),
    ),
    "early_start": Figure(
        "moment",
        "The earliest moment at which the task could begin.",
        _EARLY + ROLLS_UP + "the first of theirs",
        CPM,
        inputs=(_planned(lambda leaf: leaf.early_start, min),),
    ),
    "early_finish": Figure(
        "moment",
        "The earliest moment at which the task could be finished.",
        _EARLY + ROLLS_UP + "the last of theirs",
        CPM,
        inputs=(_planned(lambda leaf: leaf.early_finish, max),),
    ),
    "late_start": Figure(
        "moment",
        "The latest moment at which the task must begin for the project to end on its planned day.",
        _LATE + ROLLS_UP + "the first of theirs",
        CPM,
        inputs=(_late(lambda leaf: leaf.late_start, min),),
    ),
    "late_finish": Figure(
        "moment",
        "The latest moment at which the task must be finished for the project to end on its planned day.",
        _LATE + ROLLS_UP + "the last of theirs",
        CPM,
        inputs=(_late(lambda leaf: leaf.late_finish, max),),
    ),
    "total_slack_days": Figure(
        "days",
        "How many working days the task may slip before the project does.",
        "Total slack = min(LS − ES, LF − EF)" + ROLLS_UP + "the least of theirs",
        CPM,
        _slack_numbers,
        inputs=(_slack,),
        settings=(working_day,),
    ),
    "free_slack_days": Figure(
        "days",
        "How many working days the task may slip before the next task does.",
        "Free slack = max(0, min(total slack, smallest gap to a successor))" + ROLLS_UP + "the least of theirs",
        CPM,
        "max(0, min({.total_slack_days}, smallest gap to a successor)) = {}",
        inputs=(_free,),
        settings=(working_day,),
    ),
    "critical": Figure(
        "flag",
        "Whether a day's delay of the task is a day's delay of the project.",
        "Critical = total slack ≤ 0; support that accompanies work never is" + ROLLS_UP + "any of theirs",
        CPM,
        "total slack {.total_slack_days}: {}",
        inputs=(_slack,),
    ),
    "forecast_start": Figure(
        "date",
        "The first day of work as it looks today.",
        "The actual start; else behind the predecessors and never before the status date" + ROLLS_UP + "the first",
        CPM,
        inputs=(_expected(lambda leaf: leaf.forecast_start, min),),
    ),
    "forecast_finish": Figure(
        "date",
        "The last day of work as it looks today.",
        "The actual finish; else the new finish promised, or the status date plus what remains; not begun, behind the "
        "predecessors" + ROLLS_UP + "the last of theirs",
        CPM,
        inputs=(_expected(lambda leaf: leaf.forecast_finish, max),),
    ),
    "baseline_start": Figure(
        "date",
        "The first day of work as it was approved.",
        "The baseline approved last; today's plan where there is none",
        HOUSE,
        inputs=(approved_dates,),
        remedy="Let the change that brought the task be approved, and record a new baseline.",
    ),
    "baseline_finish": Figure(
        "date",
        "The last day of work as it was approved.",
        "The baseline approved last; today's plan where there is none",
        HOUSE,
        inputs=(approved_dates,),
        remedy="Let the change that brought the task be approved, and record a new baseline.",
    ),
    "slip_days": Figure(
        "days",
        "By how many working days the task is expected to end, or ended, later than approved.",
        "Slip = working days from baseline finish to forecast finish",
        CALENDAR,
        "from {.baseline_finish} to {.forecast_finish} = {}",
        inputs=(approved_dates, _expected(lambda leaf: leaf.forecast_finish, max)),
        settings=(working_day,),
        remedy="Let the change that brought the task be approved, and record a new baseline.",
    ),
    "duration_days": Figure(
        "days",
        "How many working days the task is planned to take.",
        "Duration = what is written; else the likely estimate, or work ÷ units of the people assigned; else one day",
        CALENDAR,
        inputs=(_planned(lambda leaf: leaf.finish, max),),
        settings=(working_day,),
    ),
    "late": Figure(
        "flag",
        "Whether the task is expected, or ended, half a day or more after its approved day, or that day is over.",
        "Late = slip ≥ 0.5 working days, or not finished on the day after baseline finish",
        HOUSE,
        "slip {.slip_days}: {}",
        inputs=(approved_dates, _expected(lambda leaf: leaf.forecast_finish, max)),
    ),
    "percent_complete": Figure(
        "percent",
        "How much of the task is done.",
        "By the method its progress is measured with" + ROLLS_UP + "their weighted mean",
        EVM_METHODS,
        _done_numbers,
        inputs=(reported_progress,),
        settings=(progress_method,),
    ),
    "planned_percent": Figure(
        "percent",
        "How much of the task should be done by now.",
        "Working time from baseline start to status date ÷ working time from baseline start to baseline finish"
        + ROLLS_UP
        + "their weighted mean",
        EVM_METHODS,
        _due_numbers,
        inputs=(_due,),
    ),
    **MONEY,
}

FIGURES: dict[str, Figure] = {
    f"schedule.tasks.<task>.{name}" if name else "schedule.tasks.<task>": figure for name, figure in _OF_TASK.items()
}
