"""Section 13: change requests, what each does to time and money, and what the approved ones add up to."""

from dataclasses import dataclass
from datetime import date

from kapm_site.audience.registers import ChangeView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Cell, Column, Row, Section, Table
from kapm_site.pages.fields import filled, identity, listed, plain, register, sentences, titled, written
from kapm_site.pages.setting import Setting

_COUNTED = ("approved", "implemented")
_LAST = date.max


@dataclass(frozen=True, slots=True)
class _Running:
    """The sum of the approved changes up to one of them; None where none of them says."""

    days: float | None = None
    cost: float | None = None


def changes(view: ProjectView, setting: Setting) -> Section | None:
    """Show the register and its running effect on the baseline."""
    if not view.changes:
        return None
    words = setting.words
    finding = sentences(words, _waiting(view, setting), _effect(view, setting))
    return Section(
        "changes",
        words.text("section.changes"),
        finding,
        blocks=(_table(view, setting),),
        short=words.text("nav.changes"),
    )


def _waiting(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    waiting = [change for change in view.changes if change.status == "proposed"]
    if not waiting:
        return words.text("finding.changes_decided")
    oldest = max(change.waiting_days or 0.0 for change in waiting)
    return words.plural("finding.changes_open", len(waiting), days=words.days(oldest))


def _effect(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    counted = [change for change in view.changes if change.status in _COUNTED]
    if not counted:
        return ""
    days = words.days_short(sum(change.days or 0 for change in counted), signed=True)
    costs = [change.cost for change in counted if change.cost is not None]
    if not costs:
        return words.text("finding.changes_effect_days", days=days)
    cost = words.money(sum(costs), setting.currency, signed=True)
    return words.text("finding.changes_effect", days=days, cost=cost)


def _table(view: ProjectView, setting: Setting) -> Table:
    """List the undecided first, as they need a decision; then the decided, the latest first."""
    words = setting.words
    running = _running(view.changes)
    waiting = [change for change in view.changes if change.status == "proposed"]
    decided = [change for change in view.changes if change.status != "proposed"]
    waiting.sort(key=lambda change: (change.date or _LAST, natural(change.id)))
    decided.sort(key=lambda change: (_decided(change), natural(change.id)), reverse=True)
    rows = [_row(change, running.get(change.id), setting) for change in (*waiting, *decided)]
    columns = (
        Column(words.text("label.change"), "long"),
        Column(words.text("label.status")),
        Column(words.text("label.decided"), "date"),
        Column(words.text("label.days"), "number"),
        Column(words.text("label.cost"), "number"),
        Column(words.text("label.running_days"), "number"),
        Column(words.text("label.running_cost"), "number"),
    )
    return register(setting, words.text("section.changes"), columns, rows, file="changes")


def _running(changes: tuple[ChangeView, ...]) -> dict[str, _Running]:
    """Add up the approved changes in the order in which they were decided."""
    sums: dict[str, _Running] = {}
    total = _Running()
    for change in sorted((c for c in changes if c.status in _COUNTED), key=lambda c: (_decided(c), natural(c.id))):
        total = _Running(_plus(total.days, change.days), _plus(total.cost, change.cost))
        sums[change.id] = total
    return sums


def _plus(total: float | None, more: float | None) -> float | None:
    return total if more is None else (total or 0) + more


def _decided(change: ChangeView) -> date:
    return change.decided or change.date or date.min


def _row(change: ChangeView, running: _Running | None, setting: Setting) -> Row:
    words = setting.words
    sums = running or _Running()
    cells = (
        Cell(titled(words, change.id, change.title), tone="strong"),
        Cell(words.text(f"change_status.{change.status}"), tone="warn" if change.status == "proposed" else ""),
        setting.day(change.decided),
        _days(change.days, setting),
        _money(change.cost, setting),
        _days(sums.days, setting),
        _money(sums.cost, setting),
    )
    details = filled(
        (words.text("label.reason"), written(setting, change.reason)),
        (words.text("label.scope"), written(setting, change.scope)),
        (words.text("label.requested_by"), plain(change.requested_by)),
        (words.text("label.date"), setting.day(change.date)),
        (words.text("label.by"), plain(change.by)),
        (words.text("label.tasks"), listed(words, change.tasks)),
        identity(words, change.id),
    )
    return Row(cells, id=f"change-{change.id}", details=details)


def _days(days: float | None, setting: Setting) -> Cell:
    return Cell(setting.words.days_short(days, signed=True)) if days is not None else Cell()


def _money(amount: float | None, setting: Setting) -> Cell:
    if amount is None:
        return Cell()
    return Cell(setting.words.money(amount, setting.currency, signed=True))
