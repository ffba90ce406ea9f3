"""Explains what a task is worth, earns and costs, and what its progress is read from."""

from collections.abc import Callable, Iterator

from kapm_site.analysis.explain.progress import shares
from kapm_site.analysis.explain.records import Case, Figure, Input, Inputs
from kapm_site.analysis.explain.sources import PMI
from kapm_site.analysis.explain.typed import (
    PROGRESS_KEYS,
    cost_entries,
    cost_place,
    first,
    largest,
    leaves_of,
    of_baseline,
    of_task,
    progress_place,
    setting,
    status_date,
)
from kapm_site.analysis.records import TaskFigures

ROLLS_UP = "; of a task with subtasks, "
ADD_COST = "Write `cost:` at the task, or in its baseline where that records costs."


def approved_dates(case: Case) -> Iterator[Input]:
    """Yield the dates of a task in the baseline that counts."""
    leaves = leaves_of(case.analysis, case.task.id)
    found = [item for leaf in leaves for item in of_baseline(case.analysis, leaf, "start", "finish")]
    yield from first(found, "such inputs")


def progress_method(case: Case) -> Iterator[Input]:
    """Yield how the progress of a task is measured, and who says so."""
    task, charter = case.task.task, case.analysis.project.project
    if task.progress_method is not None:
        yield setting(task, "progress_method", "progress_method of the task", "text")
    elif charter.progress_method is not None:
        yield setting(charter, "progress_method", "progress_method of the project", "text")
    else:
        yield Input("progress_method", "percent", "text")


def reported_progress(case: Case) -> Iterator[Input]:
    """Yield what is typed of the progress of a task, or what its subtasks contribute."""
    if case.task.is_parent:
        yield from shares(case, lambda leaf: leaf.percent_complete, progress_place, case.task.id)
    else:
        yield from of_task(case.task.task, *PROGRESS_KEYS)


def _parts(amount: Callable[[TaskFigures], float | None]) -> Inputs:
    """Return a function that lists what the leaves of a task contribute to an amount of money."""

    def found(case: Case) -> Iterator[Input]:
        leaves = leaves_of(case.analysis, case.task.id)
        listed = [
            Input(f"{case.keys[-1]} of {leaf.id}", amount(leaf), "money", cost_place(case.analysis, leaf))
            for leaf in leaves
        ]
        if case.task.is_parent and any(item.value for item in listed):
            yield from largest(listed, "subtasks")
        else:
            mark = cost_place(case.analysis, case.task)
            yield Input(f"bac of {case.task.id}", case.task.bac, "money", mark)

    return found


def _spent(case: Case) -> Iterator[Input]:
    below = {task.id for task in case.analysis.schedule.tasks.values() if case.task.id in (task.id, *task.path)}
    yield from largest(cost_entries(case.analysis, frozenset(below)), "costs")


#: By the last part of the name.
FIGURES: dict[str, Figure] = {
    "bac": Figure(
        "money",
        "What the task is planned to cost in all.",
        "BAC = planned cost in the baseline" + ROLLS_UP + "their sum",
        PMI,
        inputs=(_parts(lambda leaf: leaf.bac),),
        remedy=ADD_COST,
    ),
    "pv": Figure(
        "money",
        "What the work that should be done by now was planned to cost.",
        "PV = BAC × planned percent; a fixed part at its own time" + ROLLS_UP + "their sum",
        PMI,
        "{.bac} × {.planned_percent} → {}",
        inputs=(_parts(lambda leaf: leaf.pv), approved_dates),
        remedy=ADD_COST,
    ),
    "ev": Figure(
        "money",
        "What the work that is done was planned to cost.",
        "EV = BAC × percent complete; a fixed part at its own time; of accompanying support EV = PV"
        + ROLLS_UP
        + "their sum",
        PMI,
        "{.bac} × {.percent_complete} → {}",
        inputs=(_parts(lambda leaf: leaf.ev), reported_progress),
        settings=(progress_method,),
        remedy=ADD_COST,
    ),
    "ac": Figure(
        "money",
        "What was spent on the task so far.",
        "AC = its `actual_cost`; else its entries in costs.yaml up to the status date" + ROLLS_UP + "their sum too",
        PMI,
        inputs=(_spent, status_date),
        remedy="Enter costs with `task:` in costs.yaml, or `actual_cost:` at the task.",
    ),
}
