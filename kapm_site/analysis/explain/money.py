"""Explains money: agreed, spent, ordered."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import COUNT
from kapm_site.analysis.explain.typed import largest, place, setting, status_date

ADD_BUDGET = "Write `budget: {amount: …}` in project.yaml."
ADD_COSTS = "Enter what was spent under `entries:` in costs.yaml."


def _budget(case: Case) -> Iterator[Input]:
    budget = case.analysis.project.project.budget
    if budget is not None:
        yield setting(budget, "amount", "budget.amount", "money")


def _contingency(case: Case) -> Iterator[Input]:
    budget = case.analysis.project.project.budget
    if budget is not None and budget.contingency is not None:
        yield setting(budget, "contingency", "budget.contingency", "money")


def _entries(case: Case) -> Iterator[Input]:
    day = case.analysis.status.date()
    kind = case.keys[2] if case.keys[1:2] == ("by_kind",) and len(case.keys) > len(("money", "by_kind")) else None
    found = [
        Input(f"cost of {entry.date}, {entry.task or entry.kind}", entry.amount, "money", place(entry, "amount"))
        for entry in case.analysis.project.costs.entries
        if entry.date <= day and kind in (None, entry.kind)
    ]
    yield from largest(found, "costs")


def _commitments(case: Case) -> Iterator[Input]:
    found = [
        Input(f"ordered for {entry.date}", entry.amount, "money", place(entry, "amount"))
        for entry in case.analysis.project.costs.commitments
    ]
    yield from largest(found, "orders")


def _currency(case: Case) -> Iterator[Input]:
    analysis = case.analysis
    for record, name in ((analysis.project.project, "project"), (analysis.account.client, "client")):
        if record.currency is not None:
            yield setting(record, "currency", f"currency of the {name}", "text")
            return
    yield setting(analysis.settings, "currency", "currency of the workspace", "text")


FIGURES: dict[str, Figure] = {
    "money": Figure(
        "group",
        "What is agreed, spent and ordered.",
        "The figures below it",
        COUNT,
        inputs=(_budget, _entries),
        remedy=ADD_BUDGET,
    ),
    "money.currency": Figure(
        "text",
        "The currency all money of the project is in.",
        "`currency` of the project, else of the client, else of the workspace",
        COUNT,
        inputs=(_currency,),
    ),
    "money.budget": Figure(
        "money",
        "What was agreed to be spent.",
        "`budget.amount` of project.yaml",
        COUNT,
        inputs=(_budget,),
        remedy=ADD_BUDGET,
    ),
    "money.contingency": Figure(
        "money",
        "What is set aside for known risks, beside the budget.",
        "`budget.contingency` of project.yaml",
        COUNT,
        inputs=(_contingency,),
        remedy="Write `budget: {contingency: …}` in project.yaml.",
    ),
    "money.spent": Figure(
        "money",
        "What was spent so far.",
        "Σ entries of costs.yaml up to the status date",
        COUNT,
        inputs=(_entries, status_date),
        remedy=ADD_COSTS,
    ),
    "money.spent_percent": Figure(
        "percent",
        "How much of the budget is spent.",
        "Spent ÷ budget",
        COUNT,
        "{money.spent} ÷ {money.budget} = {}",
        inputs=(_budget, _entries),
        remedy=f"{ADD_BUDGET} {ADD_COSTS}",
    ),
    "money.committed": Figure(
        "money",
        "What is ordered and not yet spent.",
        "Σ commitments of costs.yaml",
        COUNT,
        inputs=(_commitments,),
        remedy="Enter orders under `commitments:` in costs.yaml.",
    ),
    "money.by_kind": Figure(
        "group",
        "What was spent, by kind of cost.",
        "Σ entries of each kind up to the status date",
        COUNT,
        inputs=(_entries, status_date),
        remedy=ADD_COSTS,
    ),
    "money.by_kind.<kind>": Figure(
        "money",
        "What was spent on this kind of cost.",
        "Σ entries of the kind up to the status date",
        COUNT,
        inputs=(_entries, status_date),
        remedy=ADD_COSTS,
    ),
}
