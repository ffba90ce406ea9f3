"""Section 14: what was decided, and who does what by when."""

from datetime import date

from kapm_site.audience.registers import ActionView, DecisionView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Cell, Column, Row, Section, Table
from kapm_site.pages.fields import filled, identity, plain, register, sentences, titled, under_title, written
from kapm_site.pages.sections.needs_you import answers
from kapm_site.pages.setting import Setting

_LAST = date.max


def decisions(view: ProjectView, setting: Setting) -> Section | None:
    """Show decisions, the latest first, and actions, the overdue first; in print what the client answered as well."""
    words = setting.words
    found = [_decision_table(view, setting), _action_table(view, setting)]
    if setting.medium == "print":
        found.insert(1, answers(view, setting))
    tables = [table for table in found if table]
    if not tables:
        return None
    title, blocks = under_title(words.text("section.decisions_actions"), tables)
    finding = sentences(words, _decided(view, setting), _to_do(view, setting))
    short = words.text("section.decisions") if len(tables) > 1 else ""
    return Section("decisions", title, finding, blocks=blocks, short=short)


def _decided(view: ProjectView, setting: Setting) -> str:
    """Count what was decided since the last report, or name the last decision."""
    words = setting.words
    made = [one for one in view.decisions if one.date <= view.status]
    if not made:
        return ""
    since = view.report.status_date if view.report else None
    fresh = [one for one in made if since and since < one.date]
    if since and fresh:
        return words.plural("finding.decisions", len(fresh), date=words.date(since))
    last = max(made, key=lambda one: (one.date, natural(one.id)))
    return words.text("finding.decisions_latest", date=words.date(last.date), title=last.title)


def _to_do(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    if not view.actions:
        return ""
    left = [action for action in view.actions if action.done is None]
    overdue = sum(action.overdue_days is not None for action in left)
    if not left:
        return words.text("finding.actions_done")
    if overdue:
        return words.plural("finding.actions_overdue", overdue)
    due = [action.due for action in left if action.due]
    return words.plural("finding.actions_open", len(left), date=words.date(min(due))) if due else ""


def _decision_table(view: ProjectView, setting: Setting) -> Table | None:
    if not view.decisions:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.decision"), "long"),
        Column(words.text("label.date"), "date"),
        Column(words.text("label.by")),
    )
    ordered = sorted(view.decisions, key=lambda one: (one.date, natural(one.id)), reverse=True)
    rows = [_decision(one, view.status, setting) for one in ordered]
    heading = words.text("section.decisions")
    return register(setting, heading, columns, rows, heading=heading, lead=4, printed=3, file="decisions")


def _decision(one: DecisionView, status: date, setting: Setting) -> Row:
    words = setting.words
    day, note = setting.day(one.date), words.text("page.upcoming") if one.date > status else ""
    cells = (
        Cell(titled(words, one.id, one.title), tone="strong"),
        Cell(day.text, note=note, sort=day.sort),
        plain(one.by),
    )
    details = filled(
        (words.text("label.rationale"), written(setting, one.rationale)),
        (words.text("label.ask"), plain(one.ask)),
        (words.text("label.change"), plain(one.change)),
        identity(words, one.id),
    )
    return Row(cells, id=f"decision-{one.id}", details=details)


def _action_table(view: ProjectView, setting: Setting) -> Table | None:
    if not view.actions:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.action"), "long"),
        Column(words.text("label.owner")),
        Column(words.text("label.due"), "date"),
        Column(words.text("label.state"), "mark"),
        Column(words.text("label.raised"), "date"),
        Column(words.text("label.meeting")),
    )
    left = [action for action in view.actions if action.done is None]
    done = [action for action in view.actions if action.done is not None]
    left.sort(key=lambda action: (action.due or _LAST, natural(action.id)))
    done.sort(key=lambda action: (action.done or _LAST, natural(action.id)), reverse=True)
    rows = [_action(action, setting) for action in (*left, *done)]
    heading = words.text("section.actions")
    return register(setting, heading, columns, rows, heading=heading, file="actions")


def _action(action: ActionView, setting: Setting) -> Row:
    words = setting.words
    cells = (
        Cell(titled(words, action.id, action.title), tone="strong" if action.done is None else ""),
        plain(action.owner),
        setting.day(action.due),
        _state(action, setting),
        setting.day(action.raised),
        plain(action.meeting),
    )
    return Row(cells, id=f"action-{action.id}", details=filled(identity(words, action.id)))


def _state(action: ActionView, setting: Setting) -> Cell:
    words = setting.words
    if action.done is not None:
        return Cell(words.text("page.done_on", date=words.date(action.done)), tone="soft")
    if action.overdue_days is not None:
        days = words.days(action.overdue_days) if action.overdue_days else ""
        text = words.text("page.overdue_by", days=days) if days else words.text("action_status.overdue")
        return Cell(text, tone="bad")
    return Cell(words.text("action_status.open"))
