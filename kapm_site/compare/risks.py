"""What differs in the register of what may go wrong: risks, issues, assumptions, dependencies."""

from collections.abc import Iterator

from kapm_site.audience.registers import DependencyView, IssueView, RiskView
from kapm_site.audience.views import ProjectView
from kapm_site.compare.difference import Difference, Kind, Value
from kapm_site.compare.matching import match
from kapm_site.compare.working_days import WorkingDays

#: What has happened to a risk that is in a state now and was not before.
_RISK_KINDS: dict[str, Kind] = {"open": "reopened", "occurred": "occurred", "closed": "done"}


def risk_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of risks: one that was deleted while it was open is gone without a word."""
    found = match(before.risks, after.risks)
    for new in found.added:
        yield _risk("added" if new.status == "open" else _RISK_KINDS[new.status], None, new)
    for old in found.removed:
        if old.status == "open":
            yield _risk("removed", old, None)
    for old, new in found.kept:
        if old.status != new.status:
            yield _risk(_RISK_KINDS[new.status], old, new)
        elif new.status == "open" and _place(old) != _place(new):
            yield _risk("moved", old, new)


def issue_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of issues; whether a resolved one is closed as well is of no interest."""
    found = match(before.issues, after.issues)
    for new in found.added:
        yield _issue("added" if new.status == "open" else "done", None, new)
    for old, new in found.kept:
        was_open, is_open = old.status == "open", new.status == "open"
        if was_open != is_open:
            yield _issue("reopened" if is_open else "done", old, new)
        elif is_open and old.severity != new.severity:
            yield _issue("changed", old, new)


def assumption_differences(before: ProjectView, after: ProjectView, _: WorkingDays) -> Iterator[Difference]:
    """Tell of assumptions that are new, and of those that were found true."""
    found = match(before.assumptions, after.assumptions)
    for new in found.added:
        kind: Kind = "done" if new.validated else "added"
        yield Difference("assumption", kind, new.id, new.text, after=new.validated, quiet=True)
    for old, new in found.kept:
        if new.validated and not old.validated:
            yield Difference("assumption", "done", new.id, new.text, after=new.validated)


def dependency_differences(before: ProjectView, after: ProjectView, days: WorkingDays) -> Iterator[Difference]:
    """Tell of what is needed from elsewhere; the state says more than the day."""
    found = match(before.dependencies, after.dependencies)
    for new in found.added:
        if new.status == "met":
            yield _dependency("done", new, after=new.status, quiet=True)
        else:
            yield _dependency("added", new, after=new.needed_by)
    for old, new in found.kept:
        if old.status != new.status:
            yield _dependency("done" if new.status == "met" else "changed", new, old.status, new.status)
        elif new.status != "met" and old.needed_by != new.needed_by:
            moved = days.moved(old.needed_by, new.needed_by)
            yield _dependency("changed", new, old.needed_by, new.needed_by, days=moved)


def _place(risk: RiskView) -> tuple[float | None, float | None]:
    return risk.probability, risk.impact


def _risk(kind: Kind, old: RiskView | None, new: RiskView | None) -> Difference:
    """Tell of a risk; one that came and went in between is told in passing."""
    known = new or old
    assert known is not None  # noqa: S101 -- told by the one that is there
    facts = {"score_before": old.score if old else None, "score_after": new.score if new else None}
    return Difference(
        "risk",
        kind,
        known.id,
        known.title,
        before=_place(old) if old else None,
        after=_place(new) if new else None,
        facts=facts,
        quiet=kind == "done" and old is None,
    )


def _issue(kind: Kind, old: IssueView | None, new: IssueView) -> Difference:
    return Difference(
        "issue",
        kind,
        new.id,
        new.title,
        before=old.severity if old else None,
        after=new.severity,
        facts={"resolution": new.resolution},
        quiet=kind == "done" and old is None,
    )


def _dependency(
    kind: Kind,
    new: DependencyView,
    before: Value = None,
    after: Value = None,
    *,
    days: float | None = None,
    quiet: bool = False,
) -> Difference:
    facts = {"status": new.status, "on": new.on}
    return Difference("dependency", kind, new.id, new.text, before, after, days, facts=facts, quiet=quiet)
