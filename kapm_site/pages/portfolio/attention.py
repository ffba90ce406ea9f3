"""The attention queue: which projects and accounts need somebody, why, and by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kapm_site.audience.internal import InternalAccount, InternalView, PortfolioProject
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Cell, Queue, QueueItem, Section
from kapm_site.pages.fields import sentences
from kapm_site.pages.portfolio.money import account_money
from kapm_site.pages.portfolio.reports import next_number
from kapm_site.pages.portfolio.shared import about, all_projects, days_after, open_milestones, project_href
from kapm_site.pages.reasons import is_worse, reason_text
from kapm_site.pages.setting import Setting

#: Calendar days before a milestone at which it is looked at as a gate.
GATE_DAYS = 14
#: Calendar days before a contract's renewal at which somebody must act.
RENEWAL_DAYS = 30
#: Percentage points by which a margin may fall below its plan before somebody must look.
MARGIN_POINTS = 1.0

#: Findings that the queue names by themselves and does not count once more.
_NAMED = frozenset({"overdue-ask", "report-overdue", "status-stale", "change-undecided"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something needs attention; a lower rank is graver, no day means now.

    Attributes:
        href: Where the reason can be read in full.
        urgent: It is of today, whatever other dates there are.
    """

    rank: int
    text: str
    href: str
    day: date | None = None
    urgent: bool = False


def attention_section(view: InternalView, setting: Setting) -> Section | None:
    """Queue up what needs attention, the gravest first; None on a quiet day."""
    items = attention_items(view, setting.words)
    if not items:
        return None
    return Section(
        "attention", setting.words.text("portfolio.attention"), _finding(view, setting), blocks=(Queue(items),)
    )


def attention_items(view: InternalView, words: Language) -> tuple[QueueItem, ...]:
    """Gather the items of projects and accounts."""
    found: list[tuple[tuple[int, int, int], QueueItem]] = []
    for place, project in enumerate(all_projects(view)):
        if reasons := sorted(project_reasons(project, words), key=lambda reason: reason.rank):
            found.append(((reasons[0].rank, place, 0), _project_item(project.view, reasons, words)))
    for place, account in enumerate(view.accounts):
        if reasons := list(account_reasons(account, view.status, words)):
            found.append(((reasons[0].rank, len(found), place), _account_item(account, reasons, words)))
    return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))


def project_reasons(project: PortfolioProject, words: Language) -> Iterator[Reason]:
    """Find why a project needs attention."""
    yield from _health_reasons(project.view, words)
    yield from _ask_reasons(project.view, words)
    due = project.reporting.due
    if due and project.reporting.overdue:
        number = words.number(next_number(project.view))
        text = words.text("attention.report_due", number=number, date=words.date(due))
        yield Reason(4, text, project_href(project.view), urgent=True)
    yield from _gate_reasons(project.view, words)
    yield from _change_reasons(project.view, words)
    yield from _override_reasons(project.view, words)
    warnings = [one for one in project.findings if one.severity != "info" and one.code not in _NAMED]
    if warnings:
        href = project_href(project.view, "internal-findings")
        yield Reason(8, words.plural("attention.warnings", len(warnings)), href)


def account_reasons(account: InternalAccount, status: date, words: Language) -> Iterator[Reason]:
    """Find why an account needs attention: its margin, its renewal."""
    money = account_money(account)
    if money.margin is not None and money.planned is not None and money.planned - money.margin > MARGIN_POINTS:
        percent, planned = words.percent(money.margin, 1), words.percent(money.planned, 1)
        yield Reason(5, words.text("attention.margin", percent=percent, planned=planned), "#money")
    contract = account.account.contract if account.account else None
    if contract and contract.renewal and 0 <= (contract.renewal - status).days <= RENEWAL_DAYS:
        text = words.text("attention.renewal", date=words.date(contract.renewal))
        yield Reason(5, text, "#money", contract.renewal)


def _health_reasons(view: ProjectView, words: Language) -> Iterator[Reason]:
    since = view.health.silent_since
    if since is not None:
        days = words.plural("days.calendar", (view.status - since).days)
        text = words.text("attention.stale", date=words.date(since), days=days)
        yield Reason(2, text, project_href(view), urgent=True)
    for name, health in view.dimensions:
        if health.health == "red":
            text = words.text(
                "portfolio.because", dimension=words.text(f"dimension.{name}"), reason=reason_text(health, words)
            )
            yield Reason(0, text, project_href(view, "health"), urgent=True)
    if view.health.health == "red" and view.health.declared:
        yield Reason(0, reason_text(view.health, words), project_href(view, "health"), urgent=True)
    if is_worse(view.health.health, view.health.previous):
        now, before = (words.text(f"health_word.{health}") for health in (view.health.health, view.health.previous))
        text = words.text("attention.worsening", health=now, before=before)
        yield Reason(1, text, project_href(view, "health"), urgent=True)
    for name, health in view.dimensions:
        if is_worse(health.health, health.previous) and health.health != "red":
            now, before = (words.text(f"health_word.{one}") for one in (health.health, health.previous))
            turned = words.text("attention.worsening", health=now, before=before)
            text = words.text("portfolio.because", dimension=words.text(f"dimension.{name}"), reason=turned)
            yield Reason(1, text, project_href(view, "health"))


def _ask_reasons(view: ProjectView, words: Language) -> Iterator[Reason]:
    for ask in view.asks:
        if ask.days_left is not None and ask.days_left < 0:
            text = words.text("attention.ask_overdue", title=ask.title, days=words.days(-ask.days_left))
            yield Reason(3, text, project_href(view, "needs_you"), ask.due, urgent=True)


def _gate_reasons(view: ProjectView, words: Language) -> Iterator[Reason]:
    for day, task in sorted(open_milestones(view), key=lambda pair: (pair[0], natural(pair[1].id))):
        left = (day - view.status).days
        if 0 <= left <= GATE_DAYS:
            text = words.text("attention.gate", name=task.name, days=words.plural("days.calendar", left))
            yield Reason(5, text, project_href(view, "milestones"), day)


def _change_reasons(view: ProjectView, words: Language) -> Iterator[Reason]:
    scope = dict(view.dimensions).get("scope")
    # Where scope is red, its reason already names the change.
    if scope and scope.rule_id == "reason.scope_waiting" and scope.health != "red":
        days = words.days(float(str(scope.facts["days"])))
        text = words.text("attention.change_waiting", title=str(scope.facts["title"]), days=days)
        yield Reason(6, text, project_href(view, "changes"))


def _override_reasons(view: ProjectView, words: Language) -> Iterator[Reason]:
    for name, health in (("overall", view.health), *view.dimensions):
        if health.declared and health.computed and is_worse(health.computed, health.health):
            text = words.text(
                "attention.override",
                declared=words.text(f"health_word.{health.health}"),
                computed=words.text(f"health_word.{health.computed}"),
                date=words.date(health.expires) if health.expires else "",
            )
            named = words.text("portfolio.because", dimension=words.text(f"dimension.{name}"), reason=text)
            yield Reason(7, named, project_href(view, "internal-health"))


def _project_item(view: ProjectView, reasons: list[Reason], words: Language) -> QueueItem:
    health = view.health.health
    name = Cell(view.name, health=health, note=view.client_name, href=project_href(view))
    return QueueItem(name, _cells(reasons), _when(reasons, words), words.text(f"health.{health}"), about(view))


def _account_item(account: InternalAccount, reasons: list[Reason], words: Language) -> QueueItem:
    name = Cell(account.name, href="#clients")
    return QueueItem(name, _cells(reasons), _when(reasons, words), about=account.client_id)


def _cells(reasons: list[Reason]) -> tuple[Cell, ...]:
    return tuple(Cell(reason.text, href=reason.href) for reason in reasons)


def _when(reasons: list[Reason], words: Language) -> Cell:
    if any(reason.urgent for reason in reasons):
        return Cell(words.text("portfolio.now"))
    day = min((reason.day for reason in reasons if reason.day), default=None)
    return Cell(words.date(day, "short")) if day else Cell()


def _finding(view: InternalView, setting: Setting) -> str:
    words = setting.words
    projects = [project.view for project in all_projects(view)]
    overdue = sum(1 for one in projects for ask in one.asks if ask.days_left is not None and ask.days_left < 0)
    until = days_after(view.status, GATE_DAYS)
    gates = sum(1 for one in projects for day, _ in open_milestones(one) if view.status <= day <= until)
    return sentences(
        words,
        words.plural("portfolio.asks_overdue", overdue) if overdue else "",
        words.plural("portfolio.gates_until", gates, date=words.date(until)) if gates else "",
    )
