"""Explains earned value and earned schedule."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from kapm_site.analysis.explain.records import Case, Figure, Input, Inputs
from kapm_site.analysis.explain.sources import LIPKE, PMI
from kapm_site.analysis.explain.typed import (
    baseline_of,
    cost_entries,
    cost_place,
    largest,
    leaves_of,
    of_baseline,
    place,
    progress_place,
    status_date,
    typed,
    working_day,
)
from kapm_site.analysis.records import TaskFigures
from kapm_site.problem import Mark

ADD_COST = "Write `cost:` at the tasks of plan.yaml, and record them in a baseline."
ADD_SPENT = "Enter what was spent in costs.yaml, or `actual_cost:` at the tasks."
ADD_PROGRESS = "Enter `progress:`, `actual_start:` and `actual_finish:` at the tasks."


def _parts(
    name: str, amount: Callable[[TaskFigures], float | None], mark: Callable[[Case, TaskFigures], Mark | None]
) -> Inputs:
    def found(case: Case) -> Iterator[Input]:
        leaves = leaves_of(case.analysis)
        listed = [Input(f"{name} of {leaf.id}", amount(leaf), "money", mark(case, leaf)) for leaf in leaves]
        yield from largest(listed, "tasks") or [replace(item, value=0.0) for item in listed[:1]]

    return found


def _cost_mark(case: Case, leaf: TaskFigures) -> Mark | None:
    return cost_place(case.analysis, leaf)


def _finish_mark(case: Case, leaf: TaskFigures) -> Mark | None:
    found = of_baseline(case.analysis, leaf, "finish", "start", "duration")
    return found[0].mark if found else place(leaf.task, "id")


_budgets = _parts("planned cost", lambda leaf: leaf.bac, _cost_mark)
_planned = _parts("pv", lambda leaf: leaf.pv, _finish_mark)
_earned = _parts("ev", lambda leaf: leaf.ev, lambda _, leaf: progress_place(leaf))


def _spent(case: Case) -> Iterator[Input]:
    yield from largest(cost_entries(case.analysis), "costs")


def _baseline(case: Case) -> Iterator[Input]:
    baseline = baseline_of(case.analysis)
    if baseline is not None:
        approved = baseline.approved.isoformat() if baseline.approved else None
        yield Input(f"baseline {baseline.id}, approved", approved, "date", place(baseline, "approved"))


def _start(case: Case) -> Iterator[Input]:
    yield from typed(case.analysis.project.project, "start", "agreed start of the project", "date")


def _planned_duration(case: Case) -> Iterator[Input]:
    if case.weighing.planned_days is not None:
        yield Input("planned duration (PD)", case.weighing.planned_days, "days")


def _is_complete(case: Case) -> bool:
    figures = case.analysis.earned_value
    return figures.etc == 0


def _ieac_numbers(case: Case) -> str:
    figures, planned = case.analysis.earned_value, case.weighing.planned_days
    if figures.ieac_t is None or not figures.spi_t or planned is None:
        return ""
    begin = case.weighing.time.start_at(case.weighing.start)
    if case.value is not None and figures.at_days is not None and figures.ev == figures.bac:
        return f"complete after {figures.at_days:g} d: {figures.ieac_t:%F %H:%M}"
    days = planned / figures.spi_t
    return f"{begin:%F} + {planned:g} d ÷ {figures.spi_t:.4f} = {begin:%F} + {days:,.2f} d = {figures.ieac_t:%F %H:%M}"


def _tcpi_remedy() -> str:
    return f"{ADD_SPENT} Once the work is complete or the budget exhausted there is none by its nature."


FIGURES: dict[str, Figure] = {
    "earned_value": Figure(
        "group",
        "What the work done is worth, against what was planned and what was spent.",
        "The figures below it",
        PMI,
        inputs=(_budgets,),
        remedy=ADD_COST,
    ),
    "earned_value.bac": Figure(
        "money",
        "What all the work is planned to cost.",
        "Budget at completion: BAC = Σ planned cost of the tasks in the baseline",
        PMI,
        inputs=(_budgets, _baseline),
        remedy=ADD_COST,
    ),
    "earned_value.pv": Figure(
        "money",
        "What the work that should be done by now was planned to cost.",
        "Planned value: PV = Σ planned cost of each task × its planned percent",
        PMI,
        inputs=(_planned, _baseline, status_date),
        remedy=ADD_COST,
    ),
    "earned_value.ev": Figure(
        "money",
        "What the work that is done was planned to cost.",
        "Earned value: EV = Σ planned cost of each task × its percent complete",
        PMI,
        inputs=(_earned, _baseline),
        remedy=ADD_COST,
    ),
    "earned_value.ac": Figure(
        "money",
        "What was really spent so far.",
        "Actual cost: AC = Σ costs up to the status date; `actual_cost` of a task in place of its entries",
        PMI,
        inputs=(_spent, status_date),
        remedy=ADD_SPENT,
    ),
    "earned_value.sv": Figure(
        "money",
        "By how much the value of the work done is ahead of plan; below zero it is behind.",
        "Schedule variance: SV = EV − PV",
        PMI,
        "{earned_value.ev} − {earned_value.pv} = {}",
        inputs=(_earned, _planned),
        remedy=ADD_COST,
    ),
    "earned_value.cv": Figure(
        "money",
        "By how much the work done has cost less than planned; below zero it has cost more.",
        "Cost variance: CV = EV − AC",
        PMI,
        "{earned_value.ev} − {earned_value.ac} = {}",
        inputs=(_earned, _spent),
        remedy=ADD_SPENT,
    ),
    "earned_value.spi": Figure(
        "ratio",
        "How much of the work that should be done by now is done: 1 is on plan, below it work is behind.",
        "Schedule performance index: SPI = EV ÷ PV",
        PMI,
        "{earned_value.ev} ÷ {earned_value.pv} = {}",
        inputs=(_earned, _planned),
        remedy=ADD_COST,
    ),
    "earned_value.cpi": Figure(
        "ratio",
        "How much planned work each unit of money has bought: 1 is on budget, below it work costs more than planned.",
        "Cost performance index: CPI = EV ÷ AC",
        PMI,
        "{earned_value.ev} ÷ {earned_value.ac} = {}",
        inputs=(_earned, _spent),
        remedy=ADD_SPENT,
    ),
    "earned_value.eac": Figure(
        "money",
        "What the project will have cost at its end if work goes on costing what it has cost so far.",
        "Estimate at completion: EAC = AC + (BAC − EV) ÷ CPI, which is BAC ÷ CPI; of complete work EAC = AC",
        PMI,
        lambda case: (
            "{earned_value.ac}, as the work is complete"
            if _is_complete(case)
            else "{earned_value.ac} + ({earned_value.bac} − {earned_value.ev}) ÷ {earned_value.cpi} = {}"
        ),
        inputs=(_budgets, _earned, _spent),
        remedy=ADD_SPENT,
    ),
    "earned_value.etc": Figure(
        "money",
        "What is still to be spent until the end at the cost of work so far.",
        "Estimate to complete: ETC = EAC − AC",
        PMI,
        "{earned_value.eac} − {earned_value.ac} = {}",
        inputs=(_budgets, _earned, _spent),
        remedy=ADD_SPENT,
    ),
    "earned_value.vac": Figure(
        "money",
        "What will be left of the planned cost at the end; below zero it will not have been enough.",
        "Variance at completion: VAC = BAC − EAC",
        PMI,
        "{earned_value.bac} − {earned_value.eac} = {}",
        inputs=(_budgets, _earned, _spent),
        remedy=ADD_SPENT,
    ),
    "earned_value.tcpi": Figure(
        "ratio",
        "How much planned work each unit of the money left must buy for the planned cost to be enough.",
        "To-complete performance index to BAC: TCPI = (BAC − EV) ÷ (BAC − AC)",
        PMI,
        "({earned_value.bac} − {earned_value.ev}) ÷ ({earned_value.bac} − {earned_value.ac}) = {}",
        inputs=(_budgets, _earned, _spent),
        remedy=_tcpi_remedy(),
    ),
    "earned_value.es_days": Figure(
        "days",
        "After how many working days the plan would have reached the work that is done today.",
        "Earned schedule: ES = time at which PV of the baseline reaches today's EV; on a stretch where nothing is "
        "planned, the time nearest to today",
        LIPKE,
        "PV reaches {earned_value.ev} after {} of the plan",
        inputs=(_earned, _planned_duration, _baseline, _start),
        settings=(working_day,),
        remedy=ADD_COST,
    ),
    "earned_value.at_days": Figure(
        "days",
        "How many working days have gone by since the start; the count stops when the work is complete.",
        "Actual time: AT = working time from the project's start to the status date",
        LIPKE,
        inputs=(_start, status_date),
        settings=(working_day,),
        remedy=ADD_COST,
    ),
    "earned_value.sv_t_days": Figure(
        "days",
        "By how many working days the work done is ahead of plan; below zero it is behind.",
        "Schedule variance in time: SV(t) = ES − AT",
        LIPKE,
        "{earned_value.es_days} − {earned_value.at_days} = {}",
        inputs=(_earned, _start, status_date),
        settings=(working_day,),
        remedy=ADD_COST,
    ),
    "earned_value.spi_t": Figure(
        "ratio",
        "How fast work goes against plan, in time: 1 is on plan, at 0.8 ten days bring what eight should.",
        "Schedule performance index in time: SPI(t) = ES ÷ AT",
        LIPKE,
        "{earned_value.es_days} ÷ {earned_value.at_days} = {}",
        inputs=(_earned, _start, status_date),
        settings=(working_day,),
        remedy=ADD_COST,
    ),
    "earned_value.ieac_t": Figure(
        "moment",
        "When the work will be complete if it goes on as fast as so far.",
        "Independent estimate at completion in time: IEAC(t) = start + PD ÷ SPI(t), PD being the planned duration; of "
        "complete work the day it was completed",
        LIPKE,
        _ieac_numbers,
        inputs=(_planned_duration, _earned, _start, status_date),
        settings=(working_day,),
        remedy=ADD_PROGRESS,
    ),
}
