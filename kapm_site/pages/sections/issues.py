"""What stands beside the risks: issues, assumptions, and dependencies on others."""

from datetime import date

from kapm_site.audience.registers import AssumptionView, DependencyView, IssueView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Cell, Column, Row, Table, Tone
from kapm_site.pages.fields import filled, identity, plain, register, titled, written
from kapm_site.pages.setting import Setting

_LAST = date.max


def issue_finding(view: ProjectView, setting: Setting) -> str:
    """Say how many issues are open, and how many of them are serious."""
    words = setting.words
    known = [issue for issue in view.issues if issue.status == "open"]
    if not view.issues:
        return ""
    if not known:
        return words.text("finding.issues_none")
    severe = sum(_is_severe(issue, setting) for issue in known)
    if severe:
        return words.plural("finding.issues_severe", severe)
    return words.plural("finding.issues_open", len(known))


def issue_table(view: ProjectView, setting: Setting) -> Table | None:
    """List issues: open ones first, the severe before the slight."""
    if not view.issues:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.issue"), "long"),
        Column(words.text("label.severity")),
        Column(words.text("label.owner")),
        Column(words.text("label.raised"), "date"),
        Column(words.text("label.due"), "date"),
        Column(words.text("label.status")),
    )
    ordered = sorted(
        view.issues,
        key=lambda issue: (issue.status != "open", -(issue.severity or 0), issue.due or _LAST, natural(issue.id)),
    )
    rows = [_issue(issue, view, setting) for issue in ordered]
    heading = words.text("section.issues")
    return register(setting, heading, columns, rows, heading=heading, printed=3, detailed=2, file="issues")


def assumption_table(view: ProjectView, setting: Setting) -> Table | None:
    """List assumptions, those that nobody has confirmed first."""
    if not view.assumptions:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.assumption"), "long"),
        Column(words.text("label.validated"), "date"),
        Column(words.text("label.status")),
    )
    ordered = sorted(
        view.assumptions, key=lambda one: (_is_confirmed(one, view), one.validated or _LAST, natural(one.id))
    )
    rows = [_assumption(one, view, setting) for one in ordered]
    heading = words.text("section.assumptions")
    return register(
        setting, heading, columns, rows, heading=heading, printed=3, detailed=2, dense=True, file="assumptions"
    )


def dependency_table(view: ProjectView, setting: Setting) -> Table | None:
    """List what others must bring: broken first, then what is needed next."""
    if not view.dependencies:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.dependency"), "long"),
        Column(words.text("label.on")),
        Column(words.text("label.needed_by"), "date"),
        Column(words.text("label.status")),
    )
    order = {"broken": 0, "open": 1, "met": 2}
    ordered = sorted(view.dependencies, key=lambda one: (order[one.status], one.needed_by or _LAST, natural(one.id)))
    rows = [_dependency(one, view, setting) for one in ordered]
    heading = words.text("section.dependencies")
    return register(
        setting, heading, columns, rows, heading=heading, printed=3, detailed=2, dense=True, file="dependencies"
    )


def _issue(issue: IssueView, view: ProjectView, setting: Setting) -> Row:
    words = setting.words
    is_open = issue.status == "open"
    severity = words.text(f"severity.{round(issue.severity)}") if issue.severity is not None else ""
    tone: Tone = "bad" if is_open and _is_severe(issue, setting) else ""
    due = setting.day(issue.due)
    late = is_open and issue.due is not None and issue.due < view.status
    cells = (
        Cell(titled(words, issue.id, issue.title), tone="strong"),
        Cell(severity, tone=tone, sort=str(issue.severity or "")),
        plain(issue.owner),
        setting.day(issue.raised),
        Cell(due.text, tone="bad" if late else "", sort=due.sort),
        Cell(words.text(f"issue_status.{issue.status}")),
    )
    details = filled(
        (words.text("label.resolution"), written(setting, issue.resolution)),
        identity(words, issue.id),
    )
    return Row(cells, id=f"issue-{issue.id}", details=details)


def _assumption(one: AssumptionView, view: ProjectView, setting: Setting) -> Row:
    words = setting.words
    status = "validated" if _is_confirmed(one, view) else "open"
    cells = (
        Cell(titled(words, one.id, one.text)),
        setting.day(one.validated),
        Cell(words.text(f"assumption_status.{status}")),
    )
    return Row(cells, id=f"assumption-{one.id}", details=filled(identity(words, one.id)))


def _dependency(one: DependencyView, view: ProjectView, setting: Setting) -> Row:
    words = setting.words
    late = one.status == "open" and one.needed_by is not None and one.needed_by < view.status
    due = setting.day(one.needed_by)
    cells = (
        Cell(titled(words, one.id, one.text)),
        plain(one.on),
        Cell(due.text, tone="bad" if late else "", sort=due.sort),
        Cell(words.text(f"dependency_status.{one.status}"), tone="bad" if one.status == "broken" else ""),
    )
    return Row(cells, id=f"dependency-{one.id}", details=filled(identity(words, one.id)))


def _is_severe(issue: IssueView, setting: Setting) -> bool:
    return issue.severity is not None and issue.severity >= setting.rules.quality.severe_from


def _is_confirmed(one: AssumptionView, view: ProjectView) -> bool:
    return one.validated is not None and one.validated <= view.status
