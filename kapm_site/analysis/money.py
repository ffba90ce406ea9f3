"""Money from `project.yaml` and `costs.yaml`: agreed, spent, ordered. What tasks cost by themselves is not in it."""

from datetime import date
from math import fsum

from kapm_site.analysis.records import MoneyFigures
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project


def currency_of(settings: Settings, account: Account, project: Project) -> str:
    """Return the currency of a project's money."""
    return project.project.currency or account.client.currency or settings.currency


def money_figures(project: Project, currency: str, status: date) -> MoneyFigures:
    """Add up the entries of `costs.yaml` up to a day, and all commitments."""
    entries = [entry for entry in project.costs.entries if entry.date <= status]
    commitments = project.costs.commitments
    by_month: dict[date, float] = {}
    by_kind: dict[str, float] = {}
    for entry in entries:
        month = entry.date.replace(day=1)
        by_month[month] = fsum((by_month.get(month, 0.0), entry.amount))
        by_kind[entry.kind] = fsum((by_kind.get(entry.kind, 0.0), entry.amount))
    budget = project.project.budget
    return MoneyFigures(
        currency=currency,
        budget=budget.amount if budget else None,
        contingency=budget.contingency if budget and budget.contingency is not None else None,
        spent=fsum(entry.amount for entry in entries) if entries else None,
        committed=fsum(commitment.amount for commitment in commitments) if commitments else None,
        by_month=tuple(sorted(by_month.items())),
        by_kind=dict(sorted(by_kind.items())),
    )
