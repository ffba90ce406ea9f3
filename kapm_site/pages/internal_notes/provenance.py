"""When each record of the project was last changed, by whom, in which commit."""

from kapm_site.audience.internal import InternalProject
from kapm_site.history.provenance import RecordKind, RecordTouch
from kapm_site.pages.blocks import Cell, Column, Row, Section
from kapm_site.pages.fields import plain, register, titled
from kapm_site.pages.setting import Setting

_KINDS: dict[RecordKind, str] = {
    "project": "label.project",
    "goal": "label.goal",
    "person": "label.person",
    "task": "label.task",
    "milestone": "label.milestone",
    "baseline": "label.baseline",
    "risk": "label.risk",
    "issue": "label.issue",
    "assumption": "label.assumption",
    "dependency": "label.dependency",
    "ask": "record_kind.ask",
    "decision": "label.decision",
    "action": "label.action",
    "change": "record_kind.change",
    "kpi": "label.kpi",
    "feedback": "label.feedback",
    "cost": "label.cost",
    "commitment": "record_kind.commitment",
    "meeting": "label.meeting",
    "training": "label.training",
    "lesson": "label.lesson",
    "update": "record_kind.update",
    "report": "label.report",
}
#: What people call by its name, not by its number.
_BY_NAME: frozenset[RecordKind] = frozenset({"project", "person", "task", "milestone", "baseline"})
_LEAD = 15
#: As git itself shortens a hash.
_SHORT_HASH = 7


def provenance_section(project: InternalProject, setting: Setting) -> Section | None:
    """List the records by their last change, the latest first; nothing where no commit is known."""
    touches = project.notes.touches
    if not touches:
        return None
    words = setting.words
    title = words.text("internal.history")
    columns = (
        Column(words.text("label.record"), "long"),
        Column(words.text("label.kind")),
        Column(words.text("label.last_change"), "date"),
        Column(words.text("label.changed_by")),
        Column(words.text("label.commit")),
    )
    rows = [_row(touch, setting) for touch in touches]
    table = register(setting, title, columns, rows, lead=_LEAD)
    return Section("internal-history", title, _told(touches, setting), blocks=(table,))


def _told(touches: tuple[RecordTouch, ...], setting: Setting) -> str:
    pending = sum(one.touch is None for one in touches)
    if pending:
        return setting.words.plural("internal.history_pending", pending)
    latest = touches[0].touch
    if latest is None:
        return ""
    return setting.words.text("internal.history_last", date=setting.words.date(latest.day), author=latest.author)


def _row(one: RecordTouch, setting: Setting) -> Row:
    words, touch = setting.words, one.touch
    kind = Cell(words.text(_KINDS[one.kind]))
    if touch is None:
        pending = Cell(words.text("internal.not_committed"), tone="warn", sort="9999-12-31")
        return Row((_name(one, setting), kind, pending, Cell(), Cell()))
    changed = (setting.day(touch.day), plain(touch.author), Cell(touch.commit[:_SHORT_HASH]))
    return Row((_name(one, setting), kind, *changed))


def _name(one: RecordTouch, setting: Setting) -> Cell:
    words = setting.words
    if one.kind == "report":
        return Cell(words.text("page.report_number", number=one.id))
    if one.day is not None:
        return Cell(words.date(one.day), note=one.name, sort=one.day.isoformat())
    return Cell((one.name or one.id) if one.kind in _BY_NAME else titled(words, one.id, one.name))
