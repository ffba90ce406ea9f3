"""Explains the running effect of change requests."""

from collections.abc import Callable, Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input, Inputs, Unit
from kapm_site.analysis.explain.sources import COUNT
from kapm_site.analysis.explain.typed import first, largest, place
from kapm_site.model.registers import Change, ChangeImpact, ChangeStatus
from kapm_site.problem import Mark

APPROVED: tuple[ChangeStatus, ...] = ("approved", "implemented")
PROPOSED: tuple[ChangeStatus, ...] = ("proposed",)


def _effects(
    statuses: tuple[ChangeStatus, ...], key: str, unit: Unit, effect: Callable[[ChangeImpact], float | None]
) -> Inputs:
    def found(case: Case) -> Iterator[Input]:
        known = [change for change in case.analysis.project.changes.changes if change.status in statuses]
        listed = [
            Input(f"{key} of change {change.id}", effect(change.impact), unit, place(change, "impact", key))
            for change in known
            if change.impact is not None
        ]
        yield from largest(listed, "changes") or [
            Input("changes that count", len(known), "number", _first_place(known))
        ]

    return found


def _first_place(changes: list[Change]) -> Mark | None:
    return place(changes[0], "id") if changes else None


def _proposed(case: Case) -> Iterator[Input]:
    known = [change for change in case.analysis.project.changes.changes if change.status in PROPOSED]
    yield from first([Input(f"change {c.id}", c.title, "text", place(c, "status")) for c in known], "changes")
    yield Input("changes in the register", len(case.analysis.project.changes.changes), "number")


def _days(impact: ChangeImpact) -> float | None:
    return impact.days


def _cost(impact: ChangeImpact) -> float | None:
    return impact.cost


FIGURES: dict[str, Figure] = {
    "changes": Figure(
        "group",
        "What changes have done to the plan, and may yet do.",
        "The figures below it",
        COUNT,
        inputs=(_proposed,),
    ),
    "changes.approved_days": Figure(
        "days",
        "By how many working days approved changes have moved the finish.",
        "Σ `impact.days` of approved and implemented changes",
        COUNT,
        inputs=(_effects(APPROVED, "days", "days", _days),),
    ),
    "changes.approved_cost": Figure(
        "money",
        "By how much approved changes have raised the price.",
        "Σ `impact.cost` of approved and implemented changes",
        COUNT,
        inputs=(_effects(APPROVED, "cost", "money", _cost),),
    ),
    "changes.proposed": Figure(
        "number",
        "How many changes wait for a decision.",
        "Count of changes with `status: proposed`",
        COUNT,
        inputs=(_proposed,),
    ),
    "changes.proposed_days": Figure(
        "days",
        "By how many working days the finish would move if all that is proposed were approved.",
        "Σ `impact.days` of proposed changes",
        COUNT,
        inputs=(_effects(PROPOSED, "days", "days", _days),),
    ),
    "changes.proposed_cost": Figure(
        "money",
        "By how much the price would rise if all that is proposed were approved.",
        "Σ `impact.cost` of proposed changes",
        COUNT,
        inputs=(_effects(PROPOSED, "cost", "money", _cost),),
    ),
}
