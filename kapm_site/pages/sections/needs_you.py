"""Section 3: what is needed from the client, the open requests first."""

from dataclasses import replace
from datetime import date

from kapm_site.audience.registers import AskView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.asks import open_asks, time_left
from kapm_site.pages.blocks import Cell, Column, Row, Section, Table
from kapm_site.pages.fields import filled, identity, plain, register, sentences, titled, written
from kapm_site.pages.setting import Setting

#: Requests that paper lists behind those on its first page.
_PRINTED = 10


def needs_you(view: ProjectView, setting: Setting) -> Section | None:
    """List requests: open by due date, then those answered or withdrawn, the latest first."""
    if not view.asks:
        return None
    words = setting.words
    waiting = open_asks(view)
    title, tables = words.text("section.needs_you"), []
    if waiting:
        columns = _columns(setting, "label.due", "label.effect_if_late")
        rows = [_waiting(ask, setting) for ask in waiting]
        tables.append(register(setting, title, columns, rows, file="asks"))
    if answered := answers(view, setting):
        tables.append(answered)
    short = words.text("nav.needs_you")
    return Section("needs-you", title, _finding(waiting, setting), blocks=tuple(tables), short=short)


def further_asks(view: ProjectView, setting: Setting, shown: int) -> Section | None:
    """List the open requests on paper behind those that its first page shows."""
    waiting = open_asks(view)
    if len(waiting) <= shown:
        return None
    words = setting.words
    *columns, _ = _columns(setting, "label.due", "label.effect_if_late")  # all have the same status
    rows = [_waiting(ask, setting) for ask in waiting[shown:]]
    rows = [replace(row, cells=row.cells[:-1]) for row in rows]
    title = words.text("section.further_asks")
    finding = words.text("finding.further_asks", shown=words.number(shown), total=words.number(len(waiting)))
    table = register(setting, title, columns, rows, printed=_PRINTED, detailed=0)
    return Section("needs-you", title, finding, blocks=(table,))


def answers(view: ProjectView, setting: Setting) -> Table | None:
    """List the requests that were answered or withdrawn, the latest first."""
    closed = [ask for ask in view.asks if ask.status != "open"]
    if not closed:
        return None
    closed.sort(key=lambda ask: (ask.answered or ask.raised or date.min, natural(ask.id)), reverse=True)
    columns = _columns(setting, "label.answered", "label.outcome")
    rows = [_closed(ask, setting) for ask in closed]
    heading = setting.words.text("label.answers")
    file = "asks" if len(closed) == len(view.asks) else ""
    return register(setting, heading, columns, rows, heading=heading, lead=3, printed=1, file=file)


def _finding(waiting: list[AskView], setting: Setting) -> str:
    words = setting.words
    if not waiting:
        return words.text("page.nothing_needed")
    overdue = [-ask.days_left for ask in waiting if ask.days_left is not None and ask.days_left < 0]
    return sentences(
        words,
        words.plural("finding.needs_you", len(waiting)),
        words.plural("finding.asks_overdue", len(overdue), days=words.days(max(overdue))) if overdue else "",
    )


def _columns(setting: Setting, day: str, text: str) -> tuple[Column, ...]:
    words = setting.words
    return (
        Column(words.text("label.ask"), "long"),
        Column(words.text("label.kind")),
        Column(words.text("label.owner")),
        Column(words.text(day), "date"),
        Column(words.text(text), "long"),
        Column(words.text("label.status")),
    )


def _waiting(ask: AskView, setting: Setting) -> Row:
    left, tone = time_left(ask, setting.words)
    return _row(ask, setting, setting.day(ask.due)._replace(tone=tone, note=left), ask.effect)


def _closed(ask: AskView, setting: Setting) -> Row:
    return _row(ask, setting, setting.day(ask.answered), ask.outcome)


def _row(ask: AskView, setting: Setting, day: Cell, text: str | None) -> Row:
    words = setting.words
    cells = (
        Cell(titled(words, ask.id, ask.title), tone="strong"),
        plain(words.text(f"ask_kind.{ask.kind}")),
        plain(ask.owner),
        day,
        written(setting, text),
        plain(words.text(f"ask_status.{ask.status}")),
    )
    waited = words.days(ask.days_waiting) if ask.days_waiting is not None else ""
    other = ask.effect if ask.status != "open" else ask.outcome
    details = filled(
        identity(words, ask.id),
        (words.text("label.raised"), setting.day(ask.raised)),
        (words.text("label.days_waiting"), plain(waited)),
        (words.text("label.due"), setting.day(ask.due) if ask.status != "open" else Cell()),
        (words.text("label.effect_if_late" if ask.status != "open" else "label.outcome"), written(setting, other)),
    )
    return Row(cells, id=f"ask-{ask.id}", details=details)
