"""Explains the progress of the whole project: weighted means of what its tasks say."""

from collections.abc import Callable, Iterator
from math import fsum

from kapm_site.analysis.explain.records import Case, Figure, Input, Unit
from kapm_site.analysis.explain.sources import EVM_METHODS, HOUSE
from kapm_site.analysis.explain.typed import (
    cost_place,
    largest,
    leaves_of,
    of_baseline,
    place,
    progress_place,
    setting,
    status_date,
)
from kapm_site.analysis.records import TaskFigures
from kapm_site.problem import Mark

Percent = Callable[[TaskFigures], float]

ADD_TASKS = "Add tasks to plan.yaml, each with dates or a duration, and record them in a baseline."


def shares(
    case: Case, percent: Percent, mark: Callable[[TaskFigures], Mark | None], task_id: str | None = None
) -> list[Input]:
    """List the tasks that contribute most to a weighted percentage, in points of it."""
    weights, whole = _weights(case, task_id)
    leaves = [leaf for leaf in leaves_of(case.analysis, task_id) if leaf.id in weights]
    found = [
        Input(f"{leaf.id}: {percent(leaf):g}% × weight", percent(leaf) * weights[leaf.id] / whole, "points", mark(leaf))
        for leaf in leaves
        if whole
    ]
    listed = largest(found, "tasks")
    # Where nothing is done yet, the tasks themselves say so.
    return listed or [Input(f"{leaf.id}: 0% × weight", 0.0, "points", mark(leaf)) for leaf in leaves[:1]]


def percent_numbers(case: Case, percent: Percent, task_id: str | None = None) -> str:
    """Write a weighted percentage with its numbers."""
    weights, whole = _weights(case, task_id)
    leaves = [leaf for leaf in leaves_of(case.analysis, task_id) if leaf.id in weights]
    if not whole or case.value is None:
        return ""
    done = fsum(percent(leaf) / 100 * weights[leaf.id] for leaf in leaves)
    unit = case.analysis.money.currency if case.weighing.by == "cost" else "d"
    return f"{done:,.2f} {unit} ÷ {whole:,.2f} {unit} = {case.value:.4g}%"


def _weights(case: Case, task_id: str | None) -> tuple[dict[str, float], float]:
    """Return the weights of the leaves, all alike where nothing weighs."""
    ids = {leaf.id for leaf in leaves_of(case.analysis, task_id)}
    weights = {leaf: weight for leaf, weight in case.weighing.weights.items() if leaf in ids}
    if not fsum(weights.values()):
        weights = dict.fromkeys(weights, 1.0)
    return weights, fsum(weights.values())


def _actual(case: Case) -> Iterator[Input]:
    yield from shares(case, lambda leaf: leaf.percent_complete, progress_place)


def _planned(case: Case) -> Iterator[Input]:
    def finish(leaf: TaskFigures) -> Mark | None:
        found = of_baseline(case.analysis, leaf, "finish", "start", "duration")
        return found[0].mark if found else place(leaf.task, "id")

    yield from shares(case, lambda leaf: leaf.planned_percent, finish)
    yield from status_date(case)


def _weight(case: Case) -> Iterator[Input]:
    yield Input("progress.weight", case.analysis.progress.weight, "text")
    charter = case.analysis.project.project
    if charter.progress_method is not None:
        yield setting(charter, "progress_method", "progress_method of the project", "text")


def _weighing(case: Case) -> Iterator[Input]:
    unit: Unit = "money" if case.weighing.by == "cost" else "days"
    leaves = [leaf for leaf in leaves_of(case.analysis) if leaf.id in case.weighing.weights]
    found = [
        Input(f"weight of {leaf.id}", case.weighing.weights[leaf.id], unit, cost_place(case.analysis, leaf))
        for leaf in leaves
    ]
    yield from largest(found, "tasks") or [Input("plan", "no task weighs anything")]


FIGURES: dict[str, Figure] = {
    "progress": Figure(
        "group",
        "How much of the whole work is done, and how much should be.",
        "The figures below it",
        EVM_METHODS,
        inputs=(_actual,),
        remedy=ADD_TASKS,
    ),
    "progress.planned_percent": Figure(
        "percent",
        "How much of the whole work should be done by now.",
        "Planned percent = Σ weight × planned percent of each task ÷ Σ weight",
        EVM_METHODS,
        lambda case: percent_numbers(case, lambda leaf: leaf.planned_percent),
        inputs=(_planned,),
        settings=(_weight,),
        remedy=ADD_TASKS,
    ),
    "progress.actual_percent": Figure(
        "percent",
        "How much of the whole work is done.",
        "Actual percent = Σ weight × percent complete of each task ÷ Σ weight",
        EVM_METHODS,
        lambda case: percent_numbers(case, lambda leaf: leaf.percent_complete),
        inputs=(_actual,),
        settings=(_weight,),
        remedy=ADD_TASKS,
    ),
    "progress.weight": Figure(
        "text",
        "What makes one task count for more than another in the progress of the whole.",
        "Planned cost where every task has one, else planned work where every task has it, else duration",
        HOUSE,
        inputs=(_weighing,),
    ),
}
